"""The public rosters as they are; skipped where the files are not at hand."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from exchange.parsing import parse_date, parse_money
from exchange.reading import read_table

ROSTERS = Path(__file__).parents[3] / "shared" / "data"
CASES = [
    ("roster_montgomery_md_2016.csv", "current_annual_salary", 9_228, "677244566.60"),
    ("roster_montgomery_md_2024_graded.csv", "Base Salary", 10_398, "1023034997.78"),
]


def roster(filename):
    path = ROSTERS / filename
    if not path.exists():
        pytest.skip(f"{filename} is not here")
    return path


@pytest.mark.parametrize(("filename", "column", "people", "total"), CASES)
def test_every_row_and_every_cent(filename, column, people, total):
    path = roster(filename)

    table = read_table(path.read_bytes(), filename)

    index = [header.name for header in table.headers].index(column)
    assert (len(table.rows), table.problems) == (people, ())
    assert sum(parse_money(cell) for cell in table.column(index)) == Decimal(total)
    with path.open(newline="", encoding="utf-8") as lines:
        assert [list(row.cells) for row in table.rows] == [
            [cell.strip() for cell in line] for line in list(csv.reader(lines))[1:]
        ]


def test_every_hire_date_agrees_with_its_year():
    path = roster(CASES[0][0])

    table = read_table(path.read_bytes(), path.name)

    assert [str(parse_date(row.cells[6]).year) for row in table.rows] == table.column(7)
