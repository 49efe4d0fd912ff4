"""What pools come to in a scenario, beside what the plan's tables cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.pay.calculation import award
from compensation.pay.employer import EmployerRates
from compensation.pay.pool_cost import Placed
from compensation.pay.pools import BadPools, Member, key_of, small_offices, work_out
from compensation.pay.preparation import prepare
from compensation.pay.proposing import cost_in, payroll
from compensation.pay.rules import AcrossTheBoard, Band, Merit, Pools
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
    assert found.pooled.all == rest.all + found.pooled.total
    by_table = found.cost.all - rest.all if with_employer else found.cost.pay - rest.pay
    assert found.pooled.by_table == by_table > found.pooled.total
    assert found.pooled.short > 0
    assert total_cost(people, plan, placed).pooled == found.pooled


def test_small_offices_that_have_more_than_all_are_told(merit, people):
    rules = merit._replace(pools=Pools(amount=1_000, small_people=4, small_percent=40_000))
    plan = prepare(rules, TABLE)
    keys = tuple(f"office:{case.department}" for case in people)
    with pytest.raises(BadPools, match=r"more than the \$10.00"):
        total_cost(people, plan, Placed(keys, frozenset("S")))


def test_a_plan_without_pools_has_no_sums_of_them(merit, people):
    plan = prepare(merit._replace(pools=None), TABLE)
    assert summarize([(case, None) for case in people], plan).pooled is None
