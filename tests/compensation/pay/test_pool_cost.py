"""What pools come to in a scenario, beside what the plan's tables cost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.pay.calculation import award
from compensation.pay.employer import EmployerRates
from compensation.pay.pool_cost import Placed
from compensation.pay.pool_rules import Pools
from compensation.pay.pools import BadPools, Member, key_of, small_offices, work_out
from compensation.pay.preparation import prepare
from compensation.pay.proposing import cost_in, payroll
from compensation.pay.rules import AcrossTheBoard, Band, Begin, Merit
from compensation.pay.scenario import summarize, total_cost
from compensation.pay.schedule import Schedule, open_range
from tests.compensation.pay.drawn_plans import SCHEDULE, cases, plans
from tests.compensation.pay.test_oracle import BROADLY

TABLE = Schedule((open_range("12", 3_500_000, 7_000_000),))


@BROADLY
@given(plans, st.lists(cases(), min_size=8, max_size=8), st.sampled_from(("merit", "lump_sum")))
def test_a_component_costs_what_the_same_plan_without_it_would_save(rules, people, component):
    rules = rules._replace(pools=Pools(component, percent=20_000))
    plan, other = prepare(rules, SCHEDULE), prepare(rules._replace(**{component: None}), SCHEDULE)
    for case in people:
        line, rest = award(case, plan), award(case, other)
        pay, employer = cost_in(line, case, plan)
        assert pay == line.new_annual + line.lump - rest.new_annual - rest.lump
        assert employer == line.fica + line.retirement - rest.fica - rest.retirement


@pytest.fixture
def merit(rules):
    table = tuple(Band(level, level + 1, value) for level, value in ((3, 20_000), (4, 30_000), (5, 40_000)))
    return rules._replace(
        across_the_board=AcrossTheBoard(20_000),
        merit=Merit("percent", "level", table),
        employer=EmployerRates(retirement=115_900),
        pools=Pools(percent=15_000, small_people=4, small_percent=40_000, small_together=True),
    )


@pytest.fixture
def people(case):
    """Forty people of three offices, three of them in one that is small; some at the maximum."""
    return [
        case._replace(
            number=str(number),
            rate=3_600_000 + 90_000 * number,
            level=1 + number % 5,
            department="S" if number < 3 else f"D{number % 2}",
            grade="12",
            kind="temporary" if number == 9 else "regular",
        )
        for number in range(40)
    ]


def in_pools(people, rules, plan):
    members = [Member(case.department, "010", case.is_grant, True, payroll(case, plan)) for case in people]
    small = small_offices(members, rules.pools)
    keys = tuple(key_of(each.office, each.fund, each.is_grant, rules.pools, small) for each in members)
    return work_out(members, rules.pools), Placed(keys, small)


@pytest.mark.parametrize("with_employer", [False, True])
def test_pools_are_those_that_are_worked_out_and_with_the_rest_what_the_plan_can_cost(
    merit, people, with_employer
):
    rules = merit._replace(pools=merit.pools._replace(with_employer=with_employer))
    plan = prepare(rules, TABLE)
    expected, placed = in_pools(people, rules, plan)
    found = summarize([(case, None) for case in people], plan, placed)
    assert set(expected) == {"small", "office:D0", "office:D1"}
    assert {key: pool[:3] for key, pool in found.pooled.pools.items()} == {
        key: (pool.people, pool.payroll, pool.amount) for key, pool in expected.items()
    }
    assert found.pooled.total == sum(pool.amount for pool in expected.values())
    rest = total_cost(people, prepare(rules._replace(merit=None), TABLE)).cost
    assert found.pooled.all == rest.all + found.pooled.total + found.pooled.employer
    assert (found.pooled.employer == 0) == with_employer
    assert found.pooled.all_in_year == found.pooled.all
    by_table = found.cost.all - rest.all if with_employer else found.cost.pay - rest.pay
    assert found.pooled.by_table == by_table > found.pooled.total
    assert found.pooled.short > 0
    assert total_cost(people, plan, placed).pooled == found.pooled


def spread_evenly(rules, percent, **changes):
    """The plan by whose own table everybody has the same percent, as the pools hold it."""
    table = tuple(Band(level, level + 1, percent) for level in range(1, 6))
    merit = rules.merit._replace(table=table, **changes)
    return rules._replace(merit=merit, pools=Pools(percent=percent))


def of_it(rules, people, table):
    plan = prepare(rules, table)
    _, placed = in_pools(people, rules, plan)
    return total_cost(people, plan, placed)


@pytest.mark.parametrize("changes", [{}, {"begins": Begin(on=date(2027, 1, 1))}])
def test_the_estimate_is_what_a_pool_costs_that_is_spread_evenly(merit, people, changes):
    """Some of them earn more than the wage base of Social Security; nobody’s raise crosses it."""
    rules = spread_evenly(merit, 20_000, **changes)._replace(employer=EmployerRates(wage_base=6_000_000))
    without_range = Schedule((open_range("12", 3_500_000, None),))
    even = [case._replace(level=3, rate=case.rate if case.rate < 5_400_000 else 7_000_000) for case in people]
    found = of_it(rules, even, without_range)
    cents = len(people)  # each award is rounded by itself
    assert found.pooled.total == pytest.approx(found.pooled.by_table, abs=cents)
    assert found.pooled.all == pytest.approx(found.cost.all, abs=3 * cents)
    assert found.pooled.all_in_year == pytest.approx(found.in_year.all, abs=4 * cents)
    assert (found.pooled.all_in_year < found.pooled.all) == bool(changes)
    over = of_it(rules._replace(employer=EmployerRates(wage_base=1)), even, without_range)
    assert over.pooled.employer == pytest.approx(over.pooled.total * 145 / 10_000, abs=3)


def test_each_person_counts_in_the_fiscal_year_from_the_own_day(merit, people):
    rules = spread_evenly(merit, 20_000, begins=Begin(anniversary="hired_on"))
    table = Schedule((open_range("12", 3_500_000, None),))
    late = [case._replace(level=3, hired_on=date(2020, 7, 1)) for case in people]  # a quarter of the year
    found = of_it(rules, late, table)
    rest = total_cost(late, prepare(rules._replace(merit=None), table)).in_year
    spent = found.pooled.total + found.pooled.employer
    assert found.pooled.all_in_year - rest.all == pytest.approx(spent / 4, abs=2 * len(people))


def test_a_pool_for_merit_above_the_maximum_is_paid_once_and_counts_whole_in_the_fiscal_year(merit, people):
    begins = Begin(on=date(2027, 1, 1))
    small, large = (spread_evenly(merit, percent, begins=begins) for percent in (20_000, 40_000))
    above = [case._replace(level=3, rate=7_200_000) for case in people[20:]]
    below = [case._replace(level=3, rate=4_000_000) for case in people[:20]]
    for some in (above, [*below, *above]):
        spent_in_full = of_it(small._replace(pools=large.pools), some, TABLE).pooled
        paid_so = of_it(large, some, TABLE)
        assert spent_in_full.all_in_year == pytest.approx(paid_so.in_year.all, abs=4 * len(people))


def test_small_offices_that_have_more_than_all_are_told(merit, people):
    rules = merit._replace(pools=Pools(amount=1_000, small_people=4, small_percent=40_000))
    plan = prepare(rules, TABLE)
    keys = tuple(f"office:{case.department}" for case in people)
    with pytest.raises(BadPools, match=r"more than the \$10.00"):
        total_cost(people, plan, Placed(keys, frozenset("S")))


def test_a_plan_without_pools_has_no_sums_of_them(merit, people):
    plan = prepare(merit._replace(pools=None), TABLE)
    assert summarize([(case, None) for case in people], plan).pooled is None
