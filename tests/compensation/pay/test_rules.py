import json
from datetime import date

import pytest

from compensation.pay.rules import (
    AcrossTheBoard,
    BadRules,
    Band,
    LumpSum,
    Merit,
    Period,
    Proration,
    Rules,
    ScheduleRaise,
    Who,
)
from compensation.pay.written_rules import dump, parse

WRITTEN = {
    "fiscal_year": {"starts_on": "2026-10-01", "ends_on": "2027-09-30"},
    "performance_period": {"starts_on": "2025-09-01", "ends_on": "2026-08-31"},
    "effective_on": "2026-10-01",
}


def problems_of(**changed):
    with pytest.raises(BadRules) as refused:
        parse(WRITTEN | changed)
    return [(problem.field, problem.message) for problem in refused.value.problems]


def test_what_a_plan_leaves_out_has_its_default(rules):
    assert parse(WRITTEN) == rules


def test_a_plan_reads_as_it_is_written():
    read = parse(
        WRITTEN
        | {
            "who": {"hired_by": "2026-04-01", "months_in_position": 6},
            "across_the_board": {
                "percent": "2",
                "at_least": "1,500",
                "who": {"kinds": ["regular", "temporary"]},
            },
            "merit": {
                "gives": "percent",
                "by": "score",
                "table": [
                    {"from": "2.50", "below": "3.50", "percent": "1.75"},
                    {"from": "3.5", "percent": "2.2507"},
                ],
            },
            "lump_sum": {"gives": "amount", "by": "level", "table": [{"level": 5, "amount": "1500"}]},
        }
    )
    assert read.who == Who(hired_by=date(2026, 4, 1), months_in_position=6)
    assert read.across_the_board == AcrossTheBoard(20_000, 150_000, who=Who(kinds=("regular", "temporary")))
    assert read.merit.table == (Band(250, 350, 17_500), Band(350, None, 22_507))
    assert read.lump_sum.table == (Band(5, 6, 150_000),)


def test_rules_survive_json():
    rules = Rules(
        Period(date(2026, 7, 1), date(2027, 6, 30)),
        Period(date(2026, 1, 1), date(2026, 12, 31)),
        date(2026, 7, 1),
        effective_rule="period_containing",
        who=Who(at_least_score=500, at_least_fte=5_000, grades_left_out=("L1",), as_of=date(2026, 7, 4)),
        across_the_board=AcrossTheBoard(22_507, 300_000, 12_345, True, Who(kinds=("regular", "temporary"))),
        schedule=ScheduleRaise("minimum", 20_000, "dollar", 25, 25_000, False),
        merit=Merit("steps", "score", (Band(360, 393, 3), Band(393, None, 17)), Who(at_least_level=3)),
        lump_sum=LumpSum("percent", "level", (Band(3, 4, 10_000),), "old", False, True),
        order="additive",
        at_maximum="forfeit",
        proration=Proration("months", "performance_period", ("across_the_board",)),
        hours_per_year=2087,
        strictly_more=True,
    )
    assert parse(json.loads(json.dumps(dump(rules)))) == rules


def test_every_field_that_cannot_be_read_is_named():
    assert problems_of(
        effective_on="10/1/2026",
        order="sideways",
        bonus={},
        across_the_board={"percent": 2.5, "who": {"hired_by": "soon", "age": 40}},
        merit={
            "gives": "percent",
            "by": "level",
            "table": [{"level": 3, "steps": 1}, {"level": 4, "percent": "x"}],
        },
    ) == [
        ("bonus", "“bonus” is not a rule that is known here."),
        ("effective_on", "“10/1/2026” is not a day written like 2026-10-01."),
        ("across_the_board.percent", "Write a percentage as text or a whole number, so that it stays exact."),
        ("across_the_board.who.age", "“age” is not a rule that is known here."),
        ("across_the_board.who.hired_by", "“soon” is not a day written like 2026-10-01."),
        ("merit.table.1", "A row needs level, percent, and nothing else."),
        ("merit.table.2.percent", "“x” is not a percentage."),
        ("order", "“sideways” is none of compounded, additive."),
    ]


@pytest.mark.parametrize(
    "data", [None, [], "rules", {"merit": []}, {"who": None}, {"merit": {"table": 3}}, {1: 2}]
)
def test_what_is_no_plan_at_all_is_refused(data):
    with pytest.raises(BadRules):
        parse(data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hours_per_year", 0),
        ("hours_per_year", True),
        ("hours_per_year", "2080"),
        ("strictly_more", 1),
        ("rounding", {"place": "penny"}),
        ("rounding", {"hourly_decimals": 3}),
        ("who", {"months_in_position": -1}),
        ("who", {"kinds": "regular"}),
        ("who", {"grades_left_out": [""]}),
    ],
)
def test_a_value_that_cannot_be_is_refused(field, value):
    assert len(problems_of(**{field: value})) == 1
