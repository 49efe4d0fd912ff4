"""Sums over many cases, and the largest rate within an amount (PAY-7)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compensation.pay import dials as pay_dials
from compensation.pay.calculation import award
from compensation.pay.employer import EmployerRates
from compensation.pay.preparation import prepare
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    Begin,
    Group,
    LumpSum,
    Members,
    Merit,
    Positions,
    Service,
    Tenure,
)
from compensation.pay.scenario import FIGURES, Cost, five_years, seek, summarize, total_cost
from compensation.pay.schedule import Schedule, open_range

TABLE = Schedule((open_range("12", 3_500_000, 7_000_000),))


def by_level(first, *added):
    values = (first, *(first + more for more in added))
    return tuple(Band(level, level + 1, value) for level, value in zip((3, 4, 5), values, strict=True))


@pytest.fixture
def plan(rules):
    return prepare(
        rules._replace(
            across_the_board=AcrossTheBoard(20_000),
            merit=Merit("percent", "level", by_level(22_507, 7_500, 15_000)),
            employer=EmployerRates(retirement=115_900),
        ),
        TABLE,
    )


@pytest.fixture
def people(case):
    """Forty people of two funds and four departments, some at the maximum, some without an award."""
    return [
        (
            case._replace(
                number=str(number),
                rate=3_600_000 + 90_000 * number,
                level=1 + number % 5,
                department=f"D{number % 4}",
                grade=None if number == 7 else "12",
            ),
            number % 2 or None,
        )
        for number in range(40)
    ]


def test_a_summary_is_the_sum_of_its_awards(plan, people):
    lines = [award(case, plan) for case, _ in people]
    summary = summarize(people, plan)
    assert total_cost([case for case, _ in people], plan)[:2] == (summary.cost, summary.in_year)
    assert summary.cost.pay == sum(line.new_annual - line.old_annual + line.lump for line in lines)
    assert summary.cost.employer == sum(line.fica + line.retirement for line in lines)
    once = summary.cost.once + summary.cost.employer_once
    assert summary.cost.all == summary.cost.recurring + once
    assert summary.in_year == summary.cost  # everything begins with the fiscal year
    assert five_years(summary) == 5 * summary.cost.recurring + once
    assert (summary.people, summary.base) == (40, sum(line.old_annual for line in lines))
    assert summary.split == sum(line.excess > 0 for line in lines) > 0
    assert summary.sizes == sorted(line.merit + line.lump for line in lines if line.merit_value)
    assert summary.awards == len(summary.sizes) > 0
    lowest = sorted((line.old_annual, line.new_annual - line.old_annual) for line in lines)[:10]
    assert summary.lowest_quarter == 10
    assert summary.lowest_quarter_monthly == round(sum(raised for _, raised in lowest) / 120)


@pytest.mark.parametrize("name", ["by_department", "by_fund", "by_grade", "by_level"])
def test_parts_add_up_to_the_whole(rules, plan, people, name):
    own = plan.rules.merit._replace(begins=Begin(anniversary="hired_on"))
    summary = summarize(people, prepare(plan.rules._replace(merit=own), TABLE))
    parts = getattr(summary, name).values()
    assert len(parts) > 1
    for figure in ("people", "awards", "base"):
        assert sum(getattr(part, figure) for part in parts) == getattr(summary, figure)
    assert summary.in_year.merit < summary.cost.merit
    for figure_of in FIGURES.values():
        assert sum(map(figure_of, parts)) == figure_of(summary)


def test_nobody_costs_nothing(plan):
    summary = summarize([], plan)
    assert (summary.people, summary.cost.all, summary.lowest_quarter_monthly) == (0, 0, 0)


@settings(max_examples=300)
@given(
    highest=st.sampled_from(sorted(pay_dials.SOUGHT.values())),
    part=st.integers(0, 1_000),
    prices=st.lists(st.integers(0, 10**6), min_size=1, max_size=30),
    cap=st.integers(0, 1_000_000),
    jumps=st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(1, 10**9)), max_size=6),
)
def test_the_largest_value_within_the_target_is_found(highest, part, prices, cap, jumps):
    """On costs that are steep, flat, bent and full of jumps."""

    def cost_at(value):
        line = sum((value * price + 500_000) // 1_000_000 for price in prices) + max(value - cap, 0) * 7
        return line + sum(jump for begins, jump in jumps if value >= begins)

    target = cost_at(0) + (cost_at(highest) - cost_at(0)) * part // 900
    calls = []
    found = seek(lambda value: calls.append(value) or cost_at(value), target, highest=highest)
    assert found.cost == cost_at(found.value) <= target
    assert found.left == target - found.cost
    assert found.is_limit == (found.value == highest)
    assert found.is_limit or cost_at(found.value + 1) > target
    assert found.evaluations == len(calls) <= 20


def test_a_straight_cost_is_read_off_in_a_few_calls():
    prices = [3_500_000 + 1_000 * number for number in range(1_900)]
    found = seek(lambda value: sum(price * value // 1_000_000 for price in prices), 220_000_000)
    assert found.evaluations <= 8


def test_a_target_that_even_nothing_passes_is_refused():
    with pytest.raises(ValueError, match="lowest"):
        seek(lambda value: 100 + value, 99)


def test_dials_are_read_from_rules_turned_and_written(rules):
    plan = rules._replace(merit=Merit("percent", "level", by_level(20_000, 7_500, 15_000)))
    dials = pay_dials.dials_of(plan)
    assert dials == pay_dials.Dials(0, "percent", (20_000, 7_500, 15_000), "none", (0, 0, 0))
    assert pay_dials.turned(plan, dials) == plan
    assert pay_dials.read(pay_dials.write(dials)) == dials
    both = pay_dials.Dials(25_000, lump_gives="amount", lump=(75_000, 37_500, 75_000))
    turned = pay_dials.turned(plan, both)
    assert (turned.across_the_board, turned.merit) == (AcrossTheBoard(25_000), None)
    assert turned.lump_sum == LumpSum("amount", "level", by_level(75_000, 37_500, 75_000))
    assert pay_dials.read(pay_dials.write(both)) == both


def test_a_table_that_is_no_list_of_levels_stays(rules):
    matrix = tuple(Band(level, level + 1, (30_000, 20_000)) for level in (3, 4, 5))
    plan = rules._replace(merit=Merit("percent", "level", matrix, positions=Positions(cuts=(10_000,))))
    dials = pay_dials.dials_of(plan)
    assert dials.merit_gives == pay_dials.AS_PLANNED
    assert pay_dials.turned(plan, dials._replace(across=10_000)).merit == plan.merit


def test_steps_that_end_at_a_step_are_turned_to_percents_that_end_at_none(rules):
    plan = rules._replace(merit=Merit("steps", "level", by_level(1, 0, 1), ends_at_step=4))
    dials = pay_dials.dials_of(plan)
    assert pay_dials.turned(plan, dials._replace(merit=(2, 0, 0))).merit.ends_at_step == 4
    by_percent = dials._replace(merit_gives="percent", merit=(20_000, 0, 0))
    assert pay_dials.turned(plan, by_percent).merit.ends_at_step is None


def test_a_group_is_turned_with_the_plan_but_for_what_it_has_of_its_own(rules):
    base = rules._replace(
        across_the_board=AcrossTheBoard(20_000), merit=Merit("percent", "level", by_level(20_000, 0, 0))
    )
    deputies = Group("Deputies", Members(grades=("N5",)), base._replace(merit=None), ("merit",))
    dials = pay_dials.dials_of(base)._replace(across=0, merit=(30_000, 0, 0))
    turned = pay_dials.turned(base._replace(groups=(deputies,)), dials)
    (group,) = turned.groups
    assert (group.rules.across_the_board, group.rules.merit) == (None, None)
    reporters = deputies._replace(
        rules=base._replace(across_the_board=AcrossTheBoard(50_000)), own=("across_the_board",)
    )
    turned = pay_dials.turned(base._replace(groups=(reporters,)), dials)
    (group,) = turned.groups
    assert group.rules.across_the_board == AcrossTheBoard(50_000)
    assert group.rules.merit == turned.merit


def test_a_dial_turns_the_percent_itself_and_left_alone_keeps_it_as_published(rules):
    plan = rules._replace(across_the_board=AcrossTheBoard(27_000, rounded_down_to=5_000))
    dials = pay_dials.dials_of(plan)
    assert dials.across == 25_000
    assert pay_dials.turned(plan, dials) == plan
    turned = pay_dials.turned(plan, dials._replace(across=25_001)).across_the_board
    assert (turned.percent, turned.given) == (25_001, 25_001)


def test_longevity_is_paid_once_and_goes_by_no_rating(rules, case):
    longevity = Tenure("amount", (Service(12, 60_000),), paid_once=True)
    plan = prepare(rules._replace(tenure=longevity, employer=EmployerRates(retirement=100_000)))
    people = [(case._replace(number=str(number)), None) for number in range(5)]
    summary = summarize(people, plan)
    assert summary.cost == Cost(years_once=300_000, employer_years_once=5 * (4_590 + 6_000))
    assert total_cost([each for each, _ in people], plan)[:2] == (summary.cost, summary.in_year)
    assert (summary.cost.recurring, summary.cost.by_rating, summary.awards) == (0, 0, 0)
    assert five_years(summary) == summary.cost.all == summary.cost.paid_once
    assert summary.cost.rated == Cost()
