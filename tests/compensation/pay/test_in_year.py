"""What of a raise the county pays within the fiscal year (PAY-7)."""

from datetime import date

import pytest

from compensation.pay.calculation import award
from compensation.pay.dating import dates_of
from compensation.pay.employer import EmployerRates
from compensation.pay.in_year import counting, share
from compensation.pay.preparation import prepare
from compensation.pay.rules import AcrossTheBoard, Band, Begin, Group, LumpSum, Members, Merit, Period
from compensation.pay.scenario import Cost, five_years, summarize
from compensation.pay.schedule import Schedule, open_range

YEAR = Period(date(2026, 10, 1), date(2027, 9, 30))
JANUARY = Begin(on=date(2027, 1, 1))
MERIT = Merit("percent", "level", tuple(Band(level, level + 1, 20_000) for level in (3, 4, 5)))


@pytest.mark.parametrize(
    ("begins_on", "expected"),
    [
        (date(2026, 10, 1), (1, 1)),
        (date(2026, 9, 19), (1, 1)),  # a pay period that began before the year
        (date(2027, 1, 1), (3, 4)),
        (date(2027, 2, 15), (5, 8)),  # seven months, and 14 of 28 days
        (date(2027, 9, 30), (1, 360)),
        (date(2027, 10, 2), (0, 1)),
    ],
)
def test_a_full_year_is_counted_by_months_and_a_month_begun_by_days(begins_on, expected):
    assert share(begins_on, YEAR) == expected


def test_a_january_merit_costs_nine_months_in_the_first_year_and_twelve_thereafter(rules, case):
    own = rules._replace(
        across_the_board=AcrossTheBoard(20_000),
        merit=MERIT._replace(begins=JANUARY),
        employer=EmployerRates(retirement=100_000),
    )
    summary = summarize([(case._replace(rate=5_000_000), None)], prepare(own))
    assert summary.cost == Cost(100_000, 0, 102_000, 0, 7_650 + 10_000, 0, 7_803 + 10_200, 0)
    assert summary.in_year == Cost(100_000, 0, 76_500, 0, 17_650, 0, 13_502, 0)  # 13,502.25 cents
    assert five_years(summary) == summary.in_year.all + 4 * summary.cost.all


def test_what_is_paid_once_counts_whole_and_a_group_by_its_own_days(rules, case):
    plan = rules._replace(
        merit=MERIT, lump_sum=LumpSum("amount", "level", MERIT.table, begins=Begin(on=date(2027, 6, 1)))
    )
    jail = Group(
        "Jail",
        Members(departments=("JAIL",)),
        plan._replace(merit=MERIT._replace(begins=JANUARY)),
        ("merit",),
    )
    ready = prepare(plan._replace(groups=(jail,)))
    within = counting(ready)
    for department, months in (("ROAD", 12), ("JAIL", 9)):
        person = case._replace(rate=4_000_000, department=department)
        line = award(person, ready)
        assert line.merit == 80_000
        assert within(person, line)[:4] == (0, 0, 80_000 * months // 12, line.lump)


def test_an_anniversary_counts_from_each_persons_own_day(rules, case):
    plan = prepare(rules._replace(merit=MERIT._replace(begins=Begin(anniversary="hired_on"))))
    person = case._replace(rate=4_000_000, hired_on=date(2020, 4, 1))
    assert counting(plan)(person, award(person, plan))[2] == 40_000


def test_what_passes_the_maximum_waits_for_no_lump_sum_of_a_later_year(rules, case):
    later = LumpSum("amount", "level", MERIT.table, begins=Begin(anniversary="hired_on"))
    plan = prepare(
        rules._replace(merit=MERIT._replace(begins=JANUARY), lump_sum=later),
        Schedule((open_range("12", 3_000_000, 4_000_000),)),
    )
    person = case._replace(
        rate=4_000_000, hired_on=date(2027, 1, 5)
    )  # the first anniversary is in the next fiscal year
    line = award(person, plan)
    assert (line.lump_sum, line.excess) == (0, 80_000)
    assert dates_of(person, plan, line).once_on == date(2027, 1, 1)
    assert counting(plan)(person, line)[3] == 80_000
