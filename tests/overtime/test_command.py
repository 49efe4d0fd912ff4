import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from overtime.models import Worksheet
from tests.overtime.lumps import NAMES, rows_of


def told(*arguments):
    out = StringIO()
    call_command("overtime_worksheet", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "overtime.csv"
    path.write_text(NAMES + rows_of("10482") + "99,09/13/2025,40,0\n")
    return path


def test_a_file_is_worked_out_without_keeping_it(batch, file):
    answer = json.loads(told(file, "--batch", batch.number, "--json", "--weeks"))

    assert (answer["additional"], answer["lump_sums"], answer["refused_rows"]) == ("1.61", "1125.00", 1)
    marisol = next(each for each in answer["people"] if each["number"] == "10482")
    assert marisol["weeks"][0] == {
        "ends_on": "2025-09-06", "days": 7, "hours": "47", "overtime": "7", "comp_time": "0",
        "share": "21.64", "additional": "1.61",
    }  # fmt: skip
    assert not Worksheet.objects.exists()


def test_it_tells_the_same_in_plain_lines(batch, file):
    assert "1.61 for 1 person, on lump sums of 1125.00" in told(file, "--batch", batch.number)


def test_a_batch_or_file_that_is_not_there_is_refused(batch, file, tmp_path):
    with pytest.raises(CommandError, match="There is no batch 99"):
        told(file, "--batch", 99)
    with pytest.raises(CommandError, match="can't be read"):
        told(tmp_path / "none.csv", "--batch", batch.number)
