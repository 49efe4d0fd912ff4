"""A plan as a document: read, written, refused with the place, and its examples computed."""

import json
from datetime import date
from pathlib import Path

import pytest

from compensation.pay import document
from compensation.pay.case import FIGURES, Award, PayCase
from compensation.pay.case_texts import COUNTS, RATES, BadFacts, read_case, write_case
from compensation.pay.json_schema import schema
from compensation.pay.rules import BadRules

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def data():
    """The document that the manual shows."""
    text = (DOCS / "pay-plan.md").read_text()
    return json.loads(text.split("```json")[1].split("```")[0])


def refusals(data):
    with pytest.raises(BadRules) as bad:
        document.read(data)
    return {problem.field: problem.message for problem in bad.value.problems}


def test_the_document_of_the_manual_is_read_and_its_example_holds(data):
    read = document.read(data)
    assert read.schedule.by_code["N5"].steps == (3_125_000, 3_203_125, 3_283_203)
    assert (read.adopted_on, read.pay_periods.days) == (date(2026, 8, 25), 14)
    assert document.failures(read) == []
    assert document.read(json.loads(json.dumps(document.write(read)))) == read


def test_an_example_that_comes_out_otherwise_is_told(data):
    data["examples"][0]["gives"] = {"new_annual": "$46,800", "lump": "0", "new_step": ""}
    (failure,) = document.failures(document.read(data))
    assert str(failure).endswith("new_annual should be $46,800 and comes to 46818.00.")


def test_what_cannot_be_read_is_told_by_its_place(data):
    data["rules"]["across_the_board"]["percent"] = 2.5
    data["schedule"]["grades"][0] = {"grade": "12", "minimum": "40000"}
    data["schedule"]["grades"][1]["steps"][1] = "x"
    data["examples"][0]["case"]["basis"] = "weekly"
    data["examples"][0]["gives"] = {"bonus": "5", "lump": "many"}
    data["pay_periods"]["days"] = 0
    data["adopted_on"] = "08/25/2026"
    data["bonus"] = 1
    assert refusals(data) == {
        "bonus": "“bonus” is not a part of a pay plan's document.",
        "rules.across_the_board.percent": (
            "Write a percentage as text or a whole number, so that it stays exact."
        ),
        "adopted_on": "“08/25/2026” is not a day written like 2026-10-01.",
        "pay_periods": "0 is not from 7 to 31.",
        "schedule.grades.1": "Grade 12 needs steps, or a minimum and a maximum: null if it is open.",
        "schedule.grades.2": "“x” is not an amount of dollars.",
        "examples.1.gives.bonus": "“bonus” is not a figure of an award.",
        "examples.1.gives.lump": "“many” is not a figure.",
        "examples.1.case.basis": "“weekly” is none of annual, hourly.",
    }


@pytest.mark.parametrize("data", [None, [], "plan", {}, {"county_hr_pay_plan": 2}])
def test_what_is_no_plan_is_refused(data):
    assert list(refusals(data)) == ["county_hr_pay_plan"]


def test_a_schedule_that_cannot_be_used_is_refused(data):
    data["schedule"]["grades"][1]["steps"] = ["32000", "31000"]
    assert "step 2, $31,000.00, is not above step 1" in refusals(data)["schedule"]


def test_a_case_is_written_as_it_is_read():
    case = PayCase(
        "7", "hourly", 265_730, 1950, 5_000, "temporary", "grant", True, "N5", 3, date(2020, 5, 4), None, 4,
        375, 4_250, None, date(2024, 1, 1), None,
    )  # fmt: skip
    assert read_case(write_case(case)) == case
    assert write_case(case)["rate"] == "26.5730"


def test_facts_that_cannot_be_read_are_told_together():
    with pytest.raises(BadFacts) as bad:
        read_case({"basis": "annual", "rate": "-5", "fte": 0.5, "level": "6", "bonus": "1"})
    assert dict(bad.value.problems) == {
        "bonus": "This is not a fact of a case.",
        "fte": "Write it as text, so that it stays exact.",
        "number": "This is missing.",
        "rate": "“-5” is not an amount of pay.",
        "level": "“6” is not a level from 1 to 5.",
    }


def test_every_figure_of_an_award_is_written():
    assert Award._fields == ("number", "reasons", *FIGURES)
    assert set(RATES) | set(COUNTS) < set(FIGURES)


def test_the_published_schema_is_what_is_read():
    assert json.loads((DOCS / "pay-plan.schema.json").read_text()) == schema()


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("effective_on", "9999-12-31", "is not a day from 1900 to 2199"),
        ("effective_on", "20261001", "is not a day written like 2026-10-01"),
        ("lowest_earning_score", "99999999", "is not a score from 0 to 10"),
        ("across_the_board.rounded_down_to", "0", "“0” is not a percent above zero"),
        ("across_the_board.rounded_down_to", "-0.5", "“-0.5” is not a percent above zero"),
    ],
)
def test_days_and_scores_that_nobody_means_are_refused(data, field, given, said):
    *part, name = field.split(".")
    (data["rules"][part[0]] if part else data["rules"])[name] = given
    assert said in refusals(data)[f"rules.{field}"]


@pytest.mark.parametrize(("starts", "ends"), [("-2", "-1"), ("3", "99999999999")])
def test_a_band_lies_within_the_scores_that_there_are(data, starts, ends):
    row = {"from": starts, "below": ends, "percent": "0"}
    data["rules"]["merit"] = {"gives": "percent", "by": "score", "table": [row]}
    assert any("is not a score from 0 to 10" in said for said in refusals(data).values())
