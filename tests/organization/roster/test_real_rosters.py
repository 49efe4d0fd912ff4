import csv
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest

from organization.models import Assignment, Employee
from tests.world import ON

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.mark.parametrize(
    ("name", "column", "rows"),
    [
        ("roster_montgomery_md_2016.csv", "current_annual_salary", 9_228),
        ("roster_montgomery_md_2024_graded.csv", "Base Salary", 10_398),
    ],
)
def test_a_published_roster_is_taken_as_it_is_to_the_cent(import_text, name, column, rows):
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not here")
    text = (DATA / name).read_text()
    expected = sum(Decimal(row[column]) for row in csv.DictReader(text.splitlines()))
    kept, found = import_text(text)
    assert (kept.result["added"], found.problems) == (rows, [])
    assert Decimal(kept.result["sums"]["stored"]) == expected
    assert Employee.objects.filter(number__startswith="R-").count() == rows
    again, _ = import_text(text, complete=True)
    assert (again.result["unchanged"], again.result["added"], again.result["gone"]) == (rows, 0, 0)
    assert Assignment.objects.in_force(ON).filter(kind="regular").count() == rows


def test_33_000_rows_in_reasonable_time(import_text, capsys):
    lines = [
        "Emp ID,Name,Department,Job Title,Hire Date,FTE,Salary or Hourly,Annual Salary,Hourly Rate,Supv ID"
    ]
    for count in range(33_000):
        pay = (
            f'Salary,"${40_000 + count % 9000:,}.{count % 100:02d} ",'
            if count % 3
            else f"Hourly,,{15 + count % 20}.25"
        )
        boss = "" if count < 40 else f"{count % 40:05d}"
        lines.append(
            f'{count:05d},"Last{count}, First",Dept {count % 40},Job {count % 700},'
            f"1/2/9{count % 10},1,{pay},{boss}"
        )
    started = perf_counter()
    kept, _ = import_text("\n".join(lines))
    first = perf_counter() - started
    started = perf_counter()
    again, _ = import_text("\n".join(lines), complete=True)
    second = perf_counter() - started
    assert (kept.result["added"], again.result["unchanged"]) == (33_000, 33_000)
    with capsys.disabled():
        print(f"\n33,000 rows: applied in {first:.1f} s, again in {second:.1f} s")
