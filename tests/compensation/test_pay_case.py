"""`manage.py pay_case`: a plan's document and a file of cases, no database."""

import csv
import io
import json
from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command

from exchange.parsing import BadCell, parse_fte

PLAN = {
    "county_hr_pay_plan": 1,
    "rules": {
        "fiscal_year": {"starts_on": "2026-10-01", "ends_on": "2027-09-30"},
        "performance_period": {"starts_on": "2025-09-01", "ends_on": "2026-08-31"},
        "effective_on": "2026-10-01",
        "across_the_board": {"percent": "2"},
        "merit": {
            "gives": "percent",
            "by": "level",
            "table": [{"level": level, "percent": "2"} for level in (3, 4, 5)],
        },
    },
    "schedule": {"grades": [{"grade": "12", "minimum": "40000", "maximum": "60000"}]},
}
CASES = """Number,Basis,Rate,FTE,Grade,Level
1,annual,"$45,000.00 ",1,12,3
2,hourly,21.5000,0.5,12,4
3,annual,59000,1,12,5
4,annual,63000,1,12,
"""


@pytest.fixture
def answer(tmp_path):
    def ask(*options, plan=PLAN, cases=CASES):
        (tmp_path / "plan.json").write_text(plan if isinstance(plan, str) else json.dumps(plan))
        (tmp_path / "cases.csv").write_text(cases)
        out = io.StringIO()
        with suppress(SystemExit):  # how a refusal in JSON ends
            call_command(
                "pay_case", tmp_path / "plan.json", tmp_path / "cases.csv", *options, stdout=out, stderr=out
            )
        return out.getvalue()

    return ask


@pytest.mark.parametrize("plan", ["[" * 100_000, '{"rules": ' + "9" * 5_000 + "}"])
def test_a_plan_that_no_reader_of_json_takes_is_refused(answer, plan):
    with pytest.raises(CommandError, match="is not JSON"):
        answer(plan=plan)


@pytest.mark.parametrize("fte", ["1.2", "0", "5", "0.00001"])
def test_an_fte_is_what_a_roster_takes_and_refused_in_its_words(answer, fte):
    with pytest.raises(BadCell) as refused:
        parse_fte(fte)
    told = json.loads(answer("--json", cases=f"number,basis,rate,fte\n1,annual,45000,{fte}\n"))
    (problem,) = told["problems"]
    assert problem["sentence"] == f"Row 2, column fte can't be used: “{fte}” {refused.value.reason}."


def test_every_figure_of_each_case(answer):
    told = json.loads(answer("--json", "--explain"))
    assert [(each["number"], each["new_rate"], each["lump"]) for each in told["cases"]] == [
        ("1", "46818.00", "0.00"),
        ("2", "22.3686", "0.00"),
        ("3", "60180.00", "1203.60"),
        ("4", "64260.00", "0.00"),
    ]
    assert told["cases"][3]["reasons"] == [{"reason": "merit:no_rating", "sentence": "No rating of record."}]
    assert told["cases"][0]["arithmetic"][0]["amount"] == "$45,000.00"
    rows = list(csv.DictReader(io.StringIO(answer())))
    assert [(row["new_annual"], row["reasons"]) for row in rows] == [
        ("46818.00", ""),
        ("23263.34", ""),
        ("60180.00", ""),
        ("64260.00", "No rating of record."),
    ]


def test_cases_that_cannot_be_read_are_named_by_row_and_column(answer):
    told = json.loads(answer("--json", cases="number,basis,rate,fte\n1,annual,4x,1\n2,weekly,5,0\n"))
    assert [(each["row"], each["column"]) for each in told["problems"]] == [
        (2, "rate"),
        (3, "basis"),
        (3, "fte"),
    ]
    assert "cases" not in told
    with pytest.raises(CommandError, match="Column pay is not known"):
        answer(cases="number,basis,pay\n1,annual,5\n")


def test_a_plan_that_breaks_a_rule_is_refused_unless_it_is_a_draft(answer):
    rules = PLAN["rules"] | {"across_the_board": {"percent": "30"}}
    told = json.loads(answer("--json", plan=PLAN | {"rules": rules}))
    assert told["problems"][0]["rule"] == "at most 25%"
    drafted = json.loads(answer("--json", "--draft", plan=PLAN | {"rules": rules}))
    assert drafted["problems"] == told["problems"]
    assert drafted["cases"][0]["raised_rate"] == "58500.00"
    assert told["problems"][0]["sentence"] in answer("--draft", plan=PLAN | {"rules": rules})


def test_an_example_that_fails_is_told_beside_the_table_too(answer):
    case = {"basis": "annual", "rate": "45000", "fte": "1", "grade": "12", "level": 3}
    example = {"says": "Rated 3", "case": case, "gives": {"new_annual": "1.00"}}
    said = "Rated 3: new_annual should be 1.00 and comes to 46818.00."
    assert said in answer(plan=PLAN | {"examples": [example]})


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        ("{", "is not JSON"),
        ("{}", "can't be used"),
        (PLAN | {"rules": PLAN["rules"] | {"effective_rule": "period_containing"}}, "can't be computed"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused_in_a_sentence(answer, plan, why):
    with pytest.raises(CommandError, match=why):
        answer(plan=plan)
