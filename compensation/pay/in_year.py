"""What of an award the county pays within the fiscal year, where it begins later than the year (PAY-7).

A figure of a full year counts from the day it begins by months, a month that has begun by its days: merit of
January 1 counts nine of twelve months in a year from October. What is paid once counts whole. The employer's
share goes with the pay it is on. Each figure is rounded to the cent, half up, person by person.
"""

from calendar import monthrange
from functools import lru_cache
from math import gcd

from compensation.pay import dating

MONTH = 4 * 3 * 5 * 7 * 29 * 31  # every month's days divide it, so that shares are exact
WHOLE, NOTHING = (1, 1), (0, 1)


@lru_cache(maxsize=4096)
def share(begins_on, year):
    """What of the fiscal year is left from a day on, as (parts, of parts); all of it before the first day."""
    starts, ends = _place(year.starts_on), _place(year.ends_on, is_over=True)
    parts, of = min(max(ends - _place(begins_on), 0), ends - starts), ends - starts
    common = gcd(parts, of)
    return parts // common, of // common


def _place(day, *, is_over=False):
    """Where a day stands, in parts of a month; its end where it `is_over`."""
    days = monthrange(day.year, day.month)[1]
    return (day.year * 12 + day.month) * MONTH + (day.day - 1 + is_over) * (MONTH // days)


def begins_later(plan):
    """Whether something of a prepared plan begins later than its fiscal year, for anybody."""
    year = plan.rules.fiscal_year
    return any(
        own.effective_on > year.starts_on or dating.has_own_days(own)
        for own in (plan, *(own for _, own in plan.groups))
    )


def counting(plan):
    """A function of a case and its award: the cents within the fiscal year, in the order of `scenario.Cost`.

    None where everything begins with the year, or earlier: then it is what a full year has.
    """
    if not begins_later(plan):
        return None
    known = {}  # shares by plan of a group, where they are the same for everybody

    def shares_of(case, line):
        own, passes = plan.of(case), bool(line.excess and line.merit_value)
        found = known.get((id(own), passes))
        if found is None:
            dates, year = dating.dates_of(case, own, passes_maximum=passes), own.rules.fiscal_year
            raise_of, merit_of = (share(day, year) if day else WHOLE for day in dates[:2])
            once_of = NOTHING if dates.once_on and dates.once_on > year.ends_on else WHOLE
            found = raise_of, merit_of, once_of
            if not (own.merit_own_day or own.lump_own_day):
                known[id(own), passes] = found
        return found

    def within(case, line):
        (raised, raised_of), (merit, merit_of), (once, _) = shares_of(case, line)
        return (
            part(line.across_the_board + line.lift, raised, raised_of),
            part(line.merit, merit, merit_of),
            line.lump * once,
            part(line.fica_raise + line.retirement_raise, raised, raised_of),
            part(line.fica_merit + line.retirement_merit, merit, merit_of),
            (line.fica_lump + line.retirement_lump) * once,
        )

    return within


def part(cents, parts, of):
    """Cents of a full year that fall into so many parts of it; they are never below zero."""
    return cents if parts == of else (2 * cents * parts + of) // (2 * of)
