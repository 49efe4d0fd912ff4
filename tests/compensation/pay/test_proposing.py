"""What a head proposes becomes the award, within the plan's limits, and costs what it costs."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compensation.pay import proposed, proposing
from compensation.pay.calculation import award
from compensation.pay.case import PayCase, Proposed
from compensation.pay.case_texts import read_case, write_award, write_case
from compensation.pay.checks import find_problems
from compensation.pay.explain import arithmetic
from compensation.pay.policy import sentences
from compensation.pay.pool_rules import Limit, OwnPool, Pools, Proposals
from compensation.pay.preparation import prepare
from compensation.pay.proposing import cost, fit, payroll, problem, span
from compensation.pay.rules import (
    AcrossTheBoard,
    BadRules,
    Band,
    EmployerRates,
    LumpSum,
    Merit,
    Rules,
)
from compensation.pay.schedule import Schedule, open_range
from compensation.pay.written_rules import dump, parse
from tests.compensation.pay.drawn_plans import RATED, YEAR

TABLE = tuple(Band(level, level + 1, value) for level, value in ((3, 20_000), (4, 27_500), (5, 35_000)))
LIMITS = tuple(
    Limit(level, "percent", low, high)
    for level, low, high in ((3, 15_000, 25_000), (4, 22_500, 32_500), (5, 30_000, 40_000))
)
GRADES = Schedule((open_range("12", 4_000_000, 6_000_000),), "annual")


@pytest.fixture
def merit(rules):
    """Two percent for all, then merit of 2.00, 2.75 and 3.50 percent, which heads move by half a point."""
    return rules._replace(
        across_the_board=AcrossTheBoard(percent=20_000),
        merit=Merit("percent", "level", TABLE),
        employer=EmployerRates(retirement=115_900),
        pools=Pools(percent=25_000),
        proposals=Proposals(LIMITS),
    )


def percent(value):
    return Proposed("percent", value)


def test_the_award_is_what_was_proposed_and_without_a_proposal_the_guideline(merit, case):
    plan = prepare(merit, GRADES)
    assert award(case, plan).merit == 102_000  # 2.00% of 51,000.00
    assert award(case._replace(proposed=percent(25_000)), plan).merit == 127_500


def test_dollars_that_were_proposed_come_out_to_the_cent_also_at_half_time(merit, case):
    plan = prepare(merit, GRADES)
    assert award(case._replace(proposed=Proposed("amount", 123_457)), plan).merit == 123_457
    half = award(case._replace(fte=5_000, proposed=Proposed("amount", 61_111)), plan)
    assert half.merit == 61_111


def test_what_passes_the_maximum_is_paid_once_of_a_proposal_too(merit, case):
    plan = prepare(merit, GRADES)
    line = award(case._replace(rate=5_800_000, proposed=percent(25_000)), plan)
    assert (line.new_annual, line.excess) == (6_000_000, 5_916_000 + 147_900 - 6_000_000)


def test_nothing_is_proposed_for_who_is_rated_below_or_takes_no_part(merit, case):
    plan = prepare(merit, GRADES)
    for left_out in (case._replace(level=2), case._replace(level=None), case._replace(kind="temporary")):
        assert span(left_out, plan) is None
        assert award(left_out._replace(proposed=percent(25_000)), plan).merit == 0


def test_a_proposal_of_nothing_and_none_at_all_are_told_apart(merit, case):
    limits = (Limit(3, "percent", 0, 25_000), *LIMITS[1:])
    plan = prepare(merit._replace(proposals=Proposals(limits, without="nothing")), GRADES)
    assert award(case, plan).reasons == ("merit:not_proposed",)
    assert award(case._replace(proposed=percent(0)), plan).reasons == ("merit:proposed_nothing",)


@pytest.mark.parametrize(
    ("given", "said", "needs_reason"),
    [
        (percent(20_000), "", False),
        (percent(22_500), "", True),
        (percent(26_000), "2.60% is not within 1.50% to 2.50%, the limits for level 3.", True),
        (percent(22_550), "2.255% is not a multiple of 0.05%.", True),
        (Proposed("amount", 102_000), "", False),
        (Proposed("amount", 127_501), "$1,275.01 is not within 1.50% to 2.50%, ", True),
    ],
)
def test_a_proposal_is_held_to_the_plan(merit, case, given, said, needs_reason):
    plan = prepare(merit._replace(proposals=Proposals(LIMITS, multiple_of=500)), GRADES)
    asked = case._replace(proposed=given)
    assert problem(asked, plan).startswith(said) if said else not problem(asked, plan)
    assert needs_reason is proposing.needs_reason(asked, plan)


def test_the_cost_is_what_the_component_adds_and_with_the_employer_what_that_adds(merit, case):
    asked = case._replace(proposed=percent(25_000))
    assert cost(asked, prepare(merit, GRADES)) == 127_500
    paid = cost(asked, prepare(merit._replace(pools=Pools(percent=25_000, with_employer=True)), GRADES))
    assert paid == 127_500 + 9_754 + 14_777  # 7.65% FICA, 11.59% retirement


def test_payroll_is_that_of_all_who_take_part_whatever_they_are_rated(merit, case):
    plan = prepare(merit, GRADES)
    assert payroll(case._replace(level=None), plan) == 5_100_000
    assert payroll(case._replace(kind="temporary"), plan) is None


def test_a_lump_sum_in_dollars_is_proposed_in_dollars(rules, case):
    table = tuple(Band(level, level + 1, 75_000) for level in (3, 4, 5))
    limits = tuple(Limit(level, "amount", 50_000, 150_000) for level in (3, 4, 5))
    plan = prepare(
        rules._replace(
            lump_sum=LumpSum("amount", "level", table),
            pools=Pools("lump_sum", percent=25_000),
            proposals=Proposals(limits),
        )
    )
    assert award(case._replace(proposed=Proposed("amount", 120_000)), plan).lump == 120_000
    assert award(case._replace(fte=5_000, proposed=Proposed("amount", 120_000)), plan).lump == 60_000
    assert award(case._replace(proposed=percent(30_000)), plan).lump == 75_000  # no percent of dollars
    assert problem(case._replace(proposed=percent(30_000)), plan)


@settings(max_examples=60, deadline=None)
@given(st.integers(), st.booleans(), st.booleans())
def test_what_is_fitted_never_costs_more_than_its_part_of_the_pool(seed, with_employer, by_hour):
    chance = Random(seed)
    plan = prepare(_rules(with_employer), GRADES)
    rate = chance.randint(4_000_000, 6_100_000)
    case = PayCase(
        "1",
        "hourly" if by_hour else "annual",
        rate * 100 // 2080 if by_hour else rate,
        2080,
        chance.choice((10_000, 7_500, 5_000)),
        grade="12",
        level=4,
    )
    least, most = (cost(case._replace(proposed=percent(end)), plan) for end in (22_500, 32_500))
    target = chance.randint(least + 100, max(most, least + 100))
    fitted = cost(case._replace(proposed=fit(case, plan, target)), plan)
    assert fitted <= target
    if not with_employer and not by_hour and target <= most:
        assert target - fitted <= (case.fte != 10_000)  # to the cent; a cent of the rate is less at part time


def _rules(with_employer):
    return Rules(
        YEAR,
        RATED,
        YEAR.starts_on,
        merit=Merit("percent", "level", TABLE),
        employer=EmployerRates(retirement=115_900),
        pools=Pools(percent=25_000, with_employer=with_employer),
        proposals=Proposals(LIMITS),
    )


def test_pools_and_proposals_are_written_and_read_back(merit):
    own = (OwnPool(department="CC", percent=30_000), OwnPool(fund="512", amount=1_200_000))
    rules = merit._replace(pools=Pools(percent=20_000, small_people=4, small_percent=40_000, own=own))
    written = dump(rules)
    assert written["proposals"]["limits"][0] == {"level": 3, "percent": ["1.5", "2.5"]}
    assert written["pools"]["own"][1] == {"fund": "512", "amount": "12000.00"}
    assert parse(written) == rules


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"pools": {"own": [{"department": "CC", "fund": "1", "percent": "2"}]}}, "pools.own"),
        ({"pools": {"own": [{"fund": "1", "percent": "2", "amount": "5"}]}}, "pools.own"),
        ({"proposals": {"limits": [{"level": 3, "percent": ["1"]}]}}, "proposals.limits"),
        ({"proposals": {"reason": "sometimes"}}, "proposals.reason"),
    ],
)
def test_a_pool_that_can_not_be_read_is_named_by_its_field(merit, part, field):
    with pytest.raises(BadRules) as refused:
        parse(dump(merit) | part)
    assert [found.field for found in refused.value.problems] == [field]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"pools": Pools("lump_sum", percent=20_000)}, "a pool for what is paid"),
        ({"pools": Pools()}, "a pool has a size"),
        ({"pools": Pools(percent=20_000, small_people=4)}, "a rule is whole"),
        ({"pools": Pools(percent=20_000, own=(OwnPool("CC", percent=1),) * 2)}, "a pool once"),
        ({"pools": None}, "proposals within a pool"),
        ({"proposals": Proposals(LIMITS[:2])}, "no gap"),
        (
            {"proposals": Proposals((Limit(2, "percent", 0, 1), *LIMITS))},
            "no pay below fully successful (PAY-3)",
        ),
        (
            {"proposals": Proposals((Limit(3, "percent", 0, 15_000), *LIMITS[1:]))},
            "the guideline within the limits",
        ),
        (
            {"merit": Merit("steps", "level", tuple(b._replace(value=1) for b in TABLE))},
            "a percent or dollars to propose",
        ),
    ],
)
def test_a_wrong_rule_of_pools_is_refused_with_its_name(merit, change, rule):
    assert rule in [found.rule for found in find_problems(merit._replace(**change))]


def test_a_sound_plan_with_pools_has_no_problem(merit):
    assert not find_problems(merit)


def test_the_policy_says_pools_and_limits_in_sentences(merit):
    pools = Pools(amount=220_000_000, small_people=4, small_percent=40_000, grants="own", with_employer=True)
    rules = merit._replace(pools=pools)
    said = dict(sentences(rules, effective_on=rules.effective_on, base_on=rules.effective_on))
    assert said["Pools"] == " ".join(
        (
            "Merit is paid from pools. Each department has a pool: its part of $2,200,000.00, shared in",
            "proportion to their payroll. Offices of 4 or fewer staff have 4.00% of their payroll instead.",
            "People paid from a grant have only what the grant’s own pool has.",
            "A pool pays the employer’s share, too.",
        )
    )
    assert "2.25% to 3.25% for level 4" in said["What heads propose"]


def test_an_award_by_proposal_explains_itself(merit, case):
    asked = case._replace(proposed=Proposed("amount", 123_457))
    plan = prepare(merit, GRADES)
    lines = arithmetic(asked, award(asked, plan), merit)
    line = next(each for each in lines if each.label == "Merit proposed for level 3")
    assert (line.formula, line.amount) == ("$1,234.57", 123_457)
    assert write_award(asked, award(asked, plan), merit)["merit_value"] == "1234.57"


def test_a_case_carries_its_proposal_as_text(case):
    asked = case._replace(proposed=percent(27_500))
    assert write_case(asked)["proposed"] == "2.75%"
    assert read_case(write_case(asked)) == asked
    with pytest.raises(ValueError, match="neither a percent"):
        proposed.read("12")
