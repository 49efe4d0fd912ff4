"""The least that merit or a lump sum gives, in dollars."""

from datetime import date

import pytest

from compensation.pay.calculation import award
from compensation.pay.preparation import prepare
from compensation.pay.rules import LumpSum, Merit, Proration
from tests.compensation.pay.test_calculation import STEPPED, TABLE, earning


@pytest.mark.parametrize(
    ("rate", "fte", "gives"),
    [
        (4_000_000, 10_000, (4_080_000, 0)),  # 2% is more
        (3_000_000, 10_000, (3_072_000, 0)),
        (3_000_000, 5_000, (3_072_000, 0)),
        (5_960_000, 10_000, (6_000_000, 79_200)),
    ],
)
def test_merit_of_two_percent_is_at_least_720_dollars_and_the_maximum_holds(rules, case, rate, fte, gives):
    merit = earning(Merit, "percent", 20_000, at_least=72_000)
    given = award(case._replace(rate=rate, fte=fte), prepare(rules._replace(merit=merit), TABLE))
    assert (given.new_rate, given.lump) == gives
    unknown = award(case._replace(rate=rate, fte=None), prepare(rules._replace(merit=merit), TABLE))
    assert "merit:fte_unknown" in unknown.reasons


def test_the_least_of_part_of_a_year_is_a_part_of_it(rules, case):
    """184 days of 365: $720 a year is $362.96."""
    prorated = Proration("days", "fiscal_year", ("merit", "lump_sum"))
    merit = earning(Merit, "percent", 1_000, at_least=72_000)
    plan = prepare(rules._replace(merit=merit, proration=prorated), TABLE)
    given = award(case._replace(rate=4_000_000, hired_on=date(2027, 3, 31)), plan)
    assert (given.days, given.days_of, given.merit) == (184, 365, 36_296)


@pytest.mark.parametrize(
    ("step", "least", "gives"),
    [
        (1, 100_000, (4_100_000, 2, 0, 1)),
        (1, 100_001, (4_250_000, 3, 0, 2)),
        (2, 300_000, (4_250_000, 3, 150_000, 2)),  # the last step is $1,500 more, the rest is paid once
        (3, 300_000, (4_250_000, 3, 300_000, 1)),
    ],
)
def test_steps_go_on_to_the_first_that_is_so_much_more(rules, case, step, least, gives):
    rate = (4_000_000, 4_100_000, 4_250_000)[step - 1]
    plan = prepare(rules._replace(merit=earning(Merit, "steps", 1, at_least=least)), STEPPED)
    given = award(case._replace(rate=rate, step=step), plan)
    assert (given.new_rate, given.new_step, given.lump, given.merit_value) == gives


def test_a_least_raise_goes_no_further_than_the_step_at_which_merit_ends(rules, case):
    ending = earning(Merit, "steps", 1, at_least=200_000, ends_at_step=2)
    given = award(case._replace(rate=4_000_000, step=1), prepare(rules._replace(merit=ending), STEPPED))
    assert (given.new_rate, given.new_step, given.lump) == (4_100_000, 2, 0)


@pytest.mark.parametrize(("follows", "paid"), [(True, 25_000), (False, 50_000)])
def test_a_lump_sum_in_percent_is_at_least_500_dollars_as_dollars_follow_the_fte(rules, case, follows, paid):
    lump = earning(LumpSum, "percent", 10_000, at_least=50_000, follows_fte=follows)
    given = award(case._replace(rate=4_000_000, fte=5_000), prepare(rules._replace(lump_sum=lump), TABLE))
    assert given.lump == paid
