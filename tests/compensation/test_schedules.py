"""Pay tables from files: read exactly, put in force, raised from file to file."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from compensation.conditions import read_schedule
from compensation.models import Schedule
from compensation.pay.schedule import Schedule as PayTable
from compensation.pay.schedule import graded_steps, numbered_steps, open_range
from compensation.schedules.files import columns_and_rows, read_schedule_file
from compensation.services import import_schedule
from organization.refusal import Refused
from tests.world import AT

STEPS = b"grade,step_1,step_2,step_3\nA1,31250.00,32031.25,32832.03\nA2,40000,41000,\n"
RANGES = b"group,min,max,note\nA10,27910,39571,kept\nB22,40000.50,60000.50,\n"


def written(tmp_path, content):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    return path


def adjusted(path, *options):
    out = io.StringIO()
    call_command("adjust_schedule", str(path), *options, stdout=out)
    return list(csv.reader(io.StringIO(out.getvalue())))


def test_steps_are_read_and_a_grade_may_end_early():
    file = read_schedule_file(STEPS, "t.csv")
    assert file.schedule.grades == (
        graded_steps("A1", (31_250_00, 32_031_25, 32_832_03)),
        graded_steps("A2", (40_000_00, 41_000_00)),
    )


def test_open_ranges_are_read_with_the_midpoint_half_way():
    file = read_schedule_file(RANGES, "t.csv")
    assert file.schedule.grades[1] == open_range("B22", 40_000_50, 60_000_50, 50_000_50)


def test_a_tenure_chart_has_years_in_place_of_steps():
    wide = read_schedule_file(
        b"grade,Year 0,Year 1,2 Years\nCO,20.50,20.9613,21.4329\n", "t.csv", basis="hourly"
    )
    (grade,) = wide.schedule.grades
    assert (grade.numbers, grade.steps) == ((0, 1, 2), (205_000, 209_613, 214_329))
    long = b"grade,years of service,pay\nCO,0,42000\nCO,1,42945\nCO,2,43911.26\n"
    (grade,) = read_schedule_file(long, "t.csv").schedule.grades
    assert (grade.numbers, grade.steps) == ((0, 1, 2), (42_000_00, 42_945_00, 43_911_26))


def test_a_tenure_chart_may_leave_years_out(tmp_path):
    content = b"grade,Year 0,Year 1,Year 2,Year 5\nCO,42000,42945,,45000\nSGT,50000,51000,52000,55000\n"
    table = read_schedule_file(content, "t.csv").schedule
    assert table.grades[0] == numbered_steps("CO", {0: 42_000_00, 1: 42_945_00, 5: 45_000_00})
    columns, rows = columns_and_rows(table)
    assert columns == ["grade", "year_0", "year_1", "year_2", "year_5"]
    assert rows[0] == ["CO", "42000.00", "42945.00", "", "45000.00"]
    again = "\n".join(",".join(row) for row in [columns, *rows]).encode()
    assert read_schedule_file(again, "t.csv").schedule == table
    assert adjusted(written(tmp_path, content), "--percent=2")[1] == [
        "CO",
        "42840.00",
        "43803.90",
        "",
        "45900.00",
    ]
    long = b"grade,years of service,pay\nCO,0,42000\nCO,5,45000\n"
    assert read_schedule_file(long, "t.csv").schedule.grades[0].numbers == (0, 5)


@pytest.mark.parametrize("cell", ["", "open", "No maximum", "n/a", "\u2014"])
def test_a_range_without_a_maximum_is_open(tmp_path, cell):
    content = f"grade,min,mid,max\n12,40000,50000,60000\nE1,90000,,{cell}\nE2,90000,120000,{cell}\n".encode()
    table = read_schedule_file(content, "t.csv").schedule
    assert table.grades[1:] == (
        open_range("E1", 90_000_00, None),
        open_range("E2", 90_000_00, None, 120_000_00),
    )
    _, rows = columns_and_rows(table)
    assert rows[1:] == [["E1", "90000.00", "", ""], ["E2", "90000.00", "120000.00", ""]]
    raised = adjusted(written(tmp_path, content), "--percent=2", "--method=minimum")
    assert raised[2:] == [["E1", "91800.00", "", cell], ["E2", "91800.00", "122400.00", cell]]


def test_steps_and_ranges_of_one_table_are_exported_together():
    steps, ranges = graded_steps("N5", (100_00, 110_00)), open_range("E1", 90_00, None)
    columns, rows = columns_and_rows(PayTable((steps, ranges)))
    assert columns == ["grade", "step_1", "step_2", "min", "mid", "max"]
    content = "\n".join(",".join(row) for row in [columns, *rows]).encode()
    assert read_schedule_file(content, "t.csv").schedule.grades == (steps, ranges)


def test_a_blank_minimum_or_midpoint_of_a_range_is_named():
    content = b"grade,min,mid,max\nA,,50,60\nB,40,,60\nC,40,30,\n"
    assert [str(problem) for problem in read_schedule_file(content, "t.csv").problems] == [
        "Row 2, column min is empty.",
        "Row 3, column mid is empty.",
        "Row 4, column mid: “30” is out of order: minimum, midpoint and maximum must rise.",
    ]


def test_every_bad_cell_is_named_by_row_and_column():
    content = b"grade,step_1,step_2,step_3\nA1,100,9O,\nA1,100,200,300\n,1,2,3\nA4,100,,300\nA5,100,90,\n"
    assert [str(problem) for problem in read_schedule_file(content, "t.csv").problems] == [
        "Row 2, column step_2: “9O” has the letter O in place of a zero.",
        "Row 3, column grade: “A1” stands in row 2 already.",
        "Row 4, column grade has no grade.",
        "Row 5, column step_2 is empty between two steps.",
        "Row 6, column step_2: “90” is not above step 1, 100.",
    ]


def test_two_columns_that_could_be_the_minimum_are_asked_about():
    content = b"group,fy24_min,fy24_max,fy25_min,fy25_max\nA,1,2,3,4\n"
    with pytest.raises(Refused, match="fy24_min or fy25_min"):
        read_schedule_file(content, "t.csv")
    named = {"minimum": "fy25_min", "maximum": "fy25_max"}
    assert read_schedule_file(content, "t.csv", named=named).schedule.grades == (open_range("A", 300, 400),)


def test_a_step_in_each_row_is_read_and_written_back(tmp_path):
    content = b'Grade,Step,Hourly Rate\nA05,2,17.9999\nA05,1,17.2512\nA06,1,"$18.0000 "\n'
    file = read_schedule_file(content, "t.csv", basis="hourly")
    assert file.schedule.grades == (
        graded_steps("A05", (172_512, 179_999)),
        graded_steps("A06", (180_000,)),
    )
    rows = adjusted(written(tmp_path, content), "--percent=2.5", "--basis=hourly")
    assert rows[1:] == [["A05", "2", "18.4499"], ["A05", "1", "17.6825"], ["A06", "1", "18.4500"]]


def test_steps_in_rows_that_do_not_fit_are_named():
    content = b"grade,step,amount\nA,1,100\nA,1,200\nA,3,90\nB,12a,5\n,1,5\nB,1,\n"
    assert [str(problem) for problem in read_schedule_file(content, "t.csv").problems] == [
        "Row 3, column step: “1” of grade A stands in row 2 already.",
        "Row 4, column step: “3” of grade A follows step 1; there is no step 2.",
        "Row 4, column amount: “90” is not above step 1, 100.",
        "Row 5, column step: “12a” is not a step.",
        "Row 6, column grade has no grade.",
        "Row 7, column amount is empty.",
    ]


@pytest.mark.parametrize(
    ("content", "basis", "grade"),
    [
        (b"Class Code,Job,Grade,Step 1,Step 2\n7,Clerk,III,100,120\n", "annual", graded_steps),
        (b"Grade,Step A,Step B\nIII,100,120\n", "annual", graded_steps),
        (b"Grade,A,B\nIII,100,120\n", "annual", graded_steps),
        (b"Range,Entry,Top\nIII,100,120\n", "annual", open_range),
        (b"Grade,Annual Min,Annual Max,Hourly Min,Hourly Max\nIII,100,120,1,2\n", "annual", open_range),
    ],
)
def test_columns_as_counties_name_them(content, basis, grade):
    expected = grade("III", (100_00, 120_00)) if grade is graded_steps else grade("III", 100_00, 120_00)
    assert read_schedule_file(content, "t.csv", basis=basis).schedule.grades == (expected,)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("grade,step_1,step_3", "step 1 and step 3, and no step 2"),
        ("grade,step_1,step_1", "Step 1 stands in two columns"),
        ("grade,hourly min,hourly max", "hourly min is hourly, and the table is read as annual"),
        ("grade,monthly min,monthly max", "neither annual nor hourly"),
        ("grade,salary grade,min", "grade could be grade or salary grade"),
        ("grade,this,that", "neither steps"),
        ("grade,min,ceiling", "a minimum and no maximum"),
    ],
)
def test_columns_in_doubt_are_refused(header, words):
    with pytest.raises(Refused, match=words):
        read_schedule_file(f"{header}\nA,10,20\n".encode(), "t.csv")


def test_an_amount_that_has_no_place_is_named():
    problems = read_schedule_file(b"grade,min,max\nA,100,99999999999\n", "t.csv").problems
    assert [str(problem) for problem in problems] == [
        "Row 2, column max: “99999999999” is more than is kept."
    ]


def test_importing_ends_the_table_before_and_twice_changes_nothing(world):
    by = world.person("miguel")
    options = {"by": by, "at": AT, "starts_on": date(2026, 10, 3)}
    schedule, changed = import_schedule(STEPS, "t.csv", **options)
    assert changed
    assert read_schedule(schedule) == read_schedule_file(STEPS, "t.csv").schedule
    world.schedule.refresh_from_db()
    assert world.schedule.ends_on == date(2026, 10, 3)
    assert import_schedule(STEPS, "t.csv", **options) == (schedule, False)
    with pytest.raises(Refused, match="Another GENERAL schedule begins on October 3, 2026"):
        import_schedule(RANGES, "t.csv", **options)
    with pytest.raises(Refused, match="no comma"):
        import_schedule(STEPS, "t.csv", **options, code="LAW, 2")


def test_open_ranges_and_charts_are_kept_as_they_are(world):
    table = PayTable((numbered_steps("CO", {0: 30_000_00, 5: 33_000_00}), open_range("E1", 90_000_00, None)))
    content = "\n".join(",".join(row) for row in _rows(table)).encode()
    kept = {"by": world.person("miguel"), "at": AT, "starts_on": date(2026, 10, 3)}
    schedule, _ = import_schedule(content, "t.csv", **kept)
    assert read_schedule(schedule) == table


def _rows(table):
    columns, rows = columns_and_rows(table)
    return [columns, *rows]


def test_a_bad_file_leaves_nothing(world):
    with pytest.raises(Refused, match="One cell can't be used"):
        import_schedule(
            b"grade,step_1\nA,x\n", "t.csv", by=world.person("miguel"), at=AT, starts_on=date(2026, 10, 3)
        )
    assert list(Schedule.objects.all()) == [world.schedule]


def test_only_hr_imports(world):
    with pytest.raises(Refused, match="Only an HR administrator"):
        import_schedule(STEPS, "t.csv", by=world.person("carl"), at=AT, starts_on=date(2026, 10, 3))


def test_the_command_answers_in_json(world, tmp_path):
    out = io.StringIO()
    call_command(
        "import_schedule", str(written(tmp_path, STEPS)), "--starts-on=2026-10-03", "--json", stdout=out
    )
    assert json.loads(out.getvalue()) == {
        "schedule": "General schedule 2026",
        "code": "GENERAL",
        "starts_on": "2026-10-03",
        "grades": 2,
        "without_maximum": [],
        "changed": True,
    }


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("cells", ["31875.00", "32671.88", "33488.67"]),
        ("minimum", ["31875.00", "32671.88", "33488.68"]),
    ],
)
def test_a_table_is_raised_from_file_to_file(tmp_path, method, expected):
    rows = adjusted(written(tmp_path, STEPS), "--percent=2", f"--method={method}")
    assert rows[0] == ["grade", "step_1", "step_2", "step_3"]
    assert rows[1] == ["A1", *expected]
    assert rows[2][3] == ""


def test_the_federal_table_of_2025_follows_from_that_of_2024(tmp_path):
    header = ["grade", *(f"step_{step}" for step in range(1, 11))]
    before = [
        "GS-03,26975,27874,28773,29672,30571,31470,32369,33268,34167,35066",
        "GS-15,123041,127142,131243,135344,139445,143546,147647,151748,155849,159950",
    ]
    after = [
        "GS-03,27434,28348,29262,30176,31090,32004,32918,33832,34746,35660",
        "GS-15,125133,129304,133475,137646,141817,145988,150159,154330,158501,162672",
    ]
    path = written(tmp_path, "\n".join([",".join(header), *before]).encode())
    rows = adjusted(path, "--percent=1.7", "--method=increment", "--round=dollar")
    assert rows == [header, *(line.split(",") for line in after)]


def test_the_federal_tables_of_2023_and_2024_follow_from_that_of_2022(tmp_path):
    """First steps of grades 3, 9 and 15 as published for 2022; raised by 4.1% and 4.7%."""
    header = ["grade", *(f"step_{step}" for step in range(1, 11))]
    published = {
        "GS-03": (24749, 825, 26975, 899),
        "GS-09": (47097, 1570, 51332, 1711),
        "GS-15": (112890, 3763, 123041, 4101),
    }
    rows = [
        [grade, *(first + step * increment for step in range(10))]
        for grade, (first, increment, _, _) in published.items()
    ]
    for percent in ("4.1", "4.7"):
        text = "\n".join(",".join(map(str, row)) for row in [header, *rows])
        path = written(tmp_path, text.encode())
        header, *rows = adjusted(path, f"--percent={percent}", "--method=increment", "--round=dollar")
    assert rows == [
        [grade, *(str(first + step * increment) for step in range(10))]
        for grade, (_, _, first, increment) in published.items()
    ]


def test_the_greater_of_a_percent_and_dollars_and_other_columns_stay(tmp_path):
    rows = adjusted(written(tmp_path, RANGES), "--percent=5", "--at-least=3000", "--round=dollar")
    assert rows == [
        ["group", "min", "max", "note"],
        ["A10", "30910", "42571", "kept"],
        ["B22", "43001", "63001", ""],
    ]


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--percent=2,5x", "“2,5x” is not a percentage"),
        ("--percent=-3", "A raise is not below zero"),
        ("--amount=-1", "A raise is not below zero"),
        ("--divisor=0", "The divisor must be at least 1"),
        ("--divisor=x", "invalid int value"),
        ("--round=dime", "invalid choice: 'dime'"),
    ],
)
def test_a_bad_option_is_a_sentence(tmp_path, option, words):
    with pytest.raises(CommandError, match=words):
        adjusted(written(tmp_path, STEPS), option)
