"""Groups of positions with rules of their own, as a tenure chart or a pool set by other hands has them."""

import pytest

from compensation.pay.calculation import award
from compensation.pay.checks import find_problems
from compensation.pay.preparation import prepare
from compensation.pay.reasons import findings, sentence
from compensation.pay.rules import AcrossTheBoard, BadRules, Band, Group, Members, Merit, ScheduleRaise, Who
from compensation.pay.schedule import Schedule, graded_steps, open_range
from compensation.pay.written_rules import dump, parse

TABLE = Schedule(
    (open_range("12", 4_000_000, 6_000_000), graded_steps("N5", (4_215_300, 4_400_000, 4_600_000)))
)
BY_LEVEL = tuple(Band(level, level + 1, 30_000) for level in (3, 4, 5))
STEPS = tuple(Band(level, level + 1, 1) for level in (3, 4, 5))


@pytest.fixture
def county(rules):
    """Three percent and merit for all; five percent and a step for deputies; 3% alone for court reporters."""
    base = rules._replace(
        across_the_board=AcrossTheBoard(30_000),
        schedule=ScheduleRaise(),
        merit=Merit("percent", "level", BY_LEVEL),
    )
    deputies = base._replace(
        across_the_board=AcrossTheBoard(50_000),
        merit=Merit("steps", "level", STEPS, who=Who(months_of_service=12)),
    )
    reporters = base._replace(across_the_board=AcrossTheBoard(30_000, who=Who(court_only=False)), merit=None)
    groups = (
        Group("Law enforcement", Members(grades=("N5", "N6")), deputies, ("across_the_board", "merit")),
        Group(
            "Court reporters",
            Members(departments=("DIST",), pay_set_by=("judges",)),
            reporters,
            ("across_the_board", "merit"),
        ),
    )
    return base._replace(groups=groups)


def test_each_case_goes_by_the_rules_of_its_group(county, case):
    plan = prepare(county, TABLE)
    deputy = award(case._replace(grade="N5", step=1, rate=4_215_300), plan)
    assert (deputy.raised_rate, deputy.new_rate, deputy.new_step) == (4_426_065, 4_620_000, 2)
    clerk = award(case, plan)
    assert (clerk.raised_rate, clerk.new_rate) == (5_150_000, 5_304_500)
    reporter = case._replace(department="DIST", pay_set_by="judges", level=None)
    assert award(reporter, plan).new_rate == 5_150_000
    assert award(reporter, plan).reasons == ()
    # every condition of a group must hold
    assert award(reporter._replace(department="CLK"), plan).reasons[0] == "atb:pay_set_by"


def test_a_group_is_computed_as_a_plan_of_its_own_would_be(county, case):
    deputy = case._replace(grade="N5", step=2, rate=4_400_000, fte=5_000)
    alone = prepare(county.groups[0].rules, TABLE)
    assert award(deputy, prepare(county, TABLE)) == award(deputy, alone)


def test_reasons_are_said_by_the_rules_of_the_group(county, case):
    late = case._replace(grade="N5", step=1, rate=4_215_300, hired_on=county.effective_on)
    line = award(late, prepare(county, TABLE))
    assert line.reasons == ("merit:service_too_short",)
    assert sentence(line.reasons[0], late, county).startswith("Hired October 1, 2026, after October 1, 2025")
    assert "service" in [found.rule for found in findings("merit", late, line.reasons, county)]


def test_groups_are_read_as_they_are_written(county):
    written = dump(county)
    assert written["groups"][1] == {
        "name": "Court reporters",
        "members": {"departments": ["DIST"], "grades": [], "kinds": [], "pay_set_by": ["judges"]},
        "rules": {"across_the_board": written["groups"][1]["rules"]["across_the_board"], "merit": None},
    }
    assert parse(written) == county


def test_a_rule_that_a_group_states_stays_its_own_when_the_plan_says_the_same(county):
    written = dump(county)
    written["groups"][1]["rules"]["across_the_board"] = written["across_the_board"]
    kept = dump(parse(written))
    assert kept["groups"][1]["rules"]["across_the_board"] == written["across_the_board"]
    kept["across_the_board"] = {"percent": "1"}
    reporters = parse(kept).groups[1].rules
    assert reporters.across_the_board == AcrossTheBoard(30_000)
    assert reporters.schedule == county.schedule


def test_what_a_group_cannot_have_is_told_by_its_place(county):
    written = dump(county)
    written["groups"][0]["rules"] = {"effective_on": "2027-01-01", "across_the_board": {"percent": "x"}}
    written["groups"][1]["members"] = {"grade": ["N5"]}
    written["groups"].append({"name": "No rules"})
    with pytest.raises(BadRules) as bad:
        parse(written)
    assert [problem.field for problem in bad.value.problems] == [
        "groups.1.rules.effective_on",
        "groups.1.rules.across_the_board.percent",
        "groups.2.members.grade",
        "groups.3",
    ]


def test_the_gates_hold_for_each_group(county):
    assert find_problems(county) == []
    deputies, reporters = county.groups
    generous = deputies._replace(rules=deputies.rules._replace(across_the_board=AcrossTheBoard(300_000)))
    found = find_problems(county._replace(groups=(generous, reporters)))
    assert [(problem.field, problem.message) for problem in found] == [
        ("groups.1.rules.across_the_board.percent", "Law enforcement: 30.00% is more than 25%.")
    ]


def test_a_group_without_a_condition_or_without_anybody_is_refused(county):
    deputies, reporters = county.groups
    everybody = reporters._replace(name="Everybody", members=Members())
    captains = deputies._replace(name="Captains", members=Members(grades=("N6",), kinds=("regular",)))
    found = find_problems(county._replace(groups=(deputies, everybody, captains, deputies)))
    assert [problem.message for problem in found] == [
        "Everybody has no condition: it is everybody.",
        "Nobody is left for Captains: they all belong to Law enforcement before it.",
        "Law enforcement is there more than once.",
        "Nobody is left for Law enforcement: they all belong to Law enforcement before it.",
    ]


def test_a_plan_may_pay_a_group_alone(county, rules, case):
    raised = rules._replace(across_the_board=AcrossTheBoard(20_000))
    paid = Group("Deputies", Members(grades=("N5",)), raised, ("across_the_board",))
    alone = rules._replace(groups=(paid,))
    assert find_problems(alone) == []
    assert award(case, prepare(alone, TABLE)).new_rate == case.rate
