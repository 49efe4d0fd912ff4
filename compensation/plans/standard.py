"""Starting plans for the two years of the initiative: what "New plan" offers, to be changed rule by rule."""

from datetime import date, timedelta

from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    EmployerRates,
    LumpSum,
    Merit,
    Period,
    Proration,
    Rules,
    ScheduleRaise,
    Who,
)
from compensation.pay.written_rules import dump
from compensation.plans.checks import minimum_service_weight
from compensation.plans.years import period_of

ONE_DAY = timedelta(days=1)
RETIREMENT = 115_900  # 11.59% of pay, the rate of the worked example; each county has its own
MONTHS_IN_POSITION = 6


def fiscal_year_period(year, starts_month):
    """The fiscal year named by the year in which it ends, both days included."""
    begins_in = year if starts_month == 1 else year - 1
    starts_on = date(begins_in, starts_month, 1)
    return Period(starts_on, date(begins_in + 1, starts_month, 1) - ONE_DAY)


def fiscal_year_of(day, starts_month):
    """The fiscal year in which a day lies, named by the year in which it ends."""
    return day.year + (starts_month > 1 and day.month >= starts_month)


def year_one(year, *, county, cycle, by_steps=False, pay_calendar=True):
    """Across the board, then merit by rating on base pay: two percent, then one step or a percent of 2.00
    to 3.50.

    Returns the rules as JSON-ready data for `PayPlan.rules`. `by_steps` for a county with a step table.
    """
    if by_steps:
        merit = Merit("steps", "level", _levels({3: 1, 4: 1, 5: 2}))
    else:
        merit = Merit("percent", "level", _levels({3: 20_000, 4: 27_500, 5: 35_000}))
    return dump(
        _common(year, county, cycle, pay_calendar)._replace(
            across_the_board=AcrossTheBoard(percent=20_000, who=Who()), schedule=ScheduleRaise(), merit=merit
        )
    )


def year_two(year, *, county, cycle, pay_calendar=True):
    """A lump sum by rating, following FTE, for service from the adoption on; base pay stays as it is."""
    lump_sum = LumpSum("amount", "level", _levels({3: 75_000, 4: 112_500, 5: 150_000}), from_adoption_on=True)
    return dump(_common(year, county, cycle, pay_calendar)._replace(lump_sum=lump_sum, proration=Proration()))


def nothing(year, *, county, cycle, pay_calendar=True):
    """No component at all: every rule is still to be written, and an open gate says so until one is.

    Nobody is kept out either, but by the service weight that the county asks of every evaluation.
    """
    rules = _common(year, county, cycle, pay_calendar)
    return dump(rules._replace(who=rules.who._replace(months_in_position=0)))


def _common(year, county, cycle, pay_calendar):
    fiscal_year = fiscal_year_period(year, county.fiscal_year_starts_month)
    return Rules(
        fiscal_year=fiscal_year,
        performance_period=period_of(cycle),
        effective_on=fiscal_year.starts_on,
        effective_rule="first_period_on_or_after" if pay_calendar else "on_date",
        who=Who(
            months_in_position=MONTHS_IN_POSITION,
            at_least_service_weight=int(minimum_service_weight(cycle, county) * 100),
        ),
        hours_per_year=county.hours_per_year,
        employer=EmployerRates(retirement=RETIREMENT),
    )


def _levels(values):
    return tuple(Band(level, level + 1, value) for level, value in values.items())
