"""What of an award the county pays within the fiscal year, where it begins later than the year (PAY-7).

A figure of a full year counts from the day it begins by months, a month that has begun by its days: merit of
January 1 counts nine of twelve months in a year from October. What is paid once counts whole, in monthly
payments those whose day is in the year. The employer's share goes with the pay it is on. Each figure is
rounded to the cent, half up, person by person.
"""

from calendar import monthrange
from functools import lru_cache
from itertools import product
from math import gcd

from compensation.pay import dating, monthly

MONTH = 4 * 3 * 5 * 7 * 29 * 31  # every month's days divide it, so that shares are exact
WHOLE = 1, 1
ONCE = 1, 1  # payments within the year, of how many: all of them


@lru_cache(maxsize=4096)
def share(begins_on, year):
    """What of the fiscal year is left from a day on, as (parts, of parts); all of it before the first day."""
    starts, ends = _place(year.starts_on), _place(year.ends_on, is_over=True)
    parts, of = min(max(ends - _place(begins_on), 0), ends - starts), ends - starts
    if parts == of:
        return WHOLE
    common = gcd(parts, of)
    return parts // common, of // common


def _place(day, *, is_over=False):
    """Where a day stands, in parts of a month; its end where it `is_over`."""
    days = monthrange(day.year, day.month)[1]
    return (day.year * 12 + day.month) * MONTH + (day.day - 1 + is_over) * (MONTH // days)


def begins_later(plan):
    """Whether something of a prepared plan begins later than its fiscal year, or goes on after it, for
    anybody.
    """
    year, count = plan.rules.fiscal_year, plan.rules.monthly_payments
    return any(
        own.effective_on > year.starts_on
        or dating.has_own_days(own)
        or monthly.paid_by(year.ends_on, own.effective_on, count) < count
        for own in (plan, *(own for _, own in plan.groups))
    )


def counting(plan):
    """A function of a case and its award: the cents within the fiscal year, in the order of `scenario.Cost`.

    None where everything begins with the year, or earlier: then it is what a full year has.
    """
    if not begins_later(plan):
        return None
    fixed = {id(own): _same_for_all(own) for own in (plan, *(own for _, own in plan.groups))}

    def within(case, line):
        own = plan.of(case)
        found, passes = fixed[id(own)], line.excess > 0 and line.merit_value > 0
        if found:
            raised, tenure, merit, once = found[passes, line.tenure_rate > line.lifted_rate]
        elif line.tenure or line.merit or line.lump:
            raised, tenure, merit, once = _shares(case, own, (passes, line.by_years))
        else:  # where the days of the others are of no account
            raised, tenure, merit, once = share(own.effective_on, own.rules.fiscal_year), WHOLE, WHOLE, ONCE
        pay, share_on_pay = line.across_the_board + line.lift, line.fica_raise + line.retirement_raise
        if pay and raised is not WHOLE:
            pay, share_on_pay = part(pay, raised), part(share_on_pay, raised)
        years, share_on_years = line.tenure, line.fica_tenure + line.retirement_tenure
        if years and tenure is not WHOLE:
            years, share_on_years = part(years, tenure), part(share_on_years, tenure)
        rated, share_on_rated = line.merit, line.fica_merit + line.retirement_merit
        if rated and merit is not WHOLE:
            rated, share_on_rated = part(rated, merit), part(share_on_rated, merit)
        paid, share_on_paid = line.awarded_once, line.fica_lump + line.retirement_lump
        if once is not ONCE:
            paid, share_on_paid = monthly.first_of(paid, *once), monthly.first_of(share_on_paid, *once)
        if not line.longevity:
            return pay, years, rated, paid, share_on_pay, share_on_years, share_on_rated, share_on_paid, 0, 0
        longevity, on_longevity = line.longevity, share_on_years
        if tenure is not ONCE:
            longevity, on_longevity = (monthly.first_of(each, *tenure) for each in (longevity, on_longevity))
        return pay, 0, rated, paid, share_on_pay, 0, share_on_rated, share_on_paid, longevity, on_longevity

    return within


PLACE = {"merit": 2, "lump_sum": 3}  # of a component in what `_shares` gives


def share_for_all(component, plan):
    """What of a component falls into the fiscal year for everybody, as (parts, of); None where people
    differ.
    """
    if not begins_later(plan):
        return WHOLE
    fixed = [_same_for_all(own) for own in (plan, *(own for _, own in plan.groups))]
    if None in fixed:
        return None
    shares = {each[PLACE[component]] for same in fixed for each in same.values()}
    return shares.pop() if len(shares) == 1 else None


def share_of(component, plan):
    """A function of a case and its award: the same for one person."""
    fixed = {id(own): _same_for_all(own) for own in (plan, *(own for _, own in plan.groups))}
    place = PLACE[component]

    def share_in_year(case, line):
        own = plan.of(case)
        found, passes = fixed[id(own)], line.excess > 0 and line.merit_value > 0
        if found:
            return found[passes, line.tenure_rate > line.lifted_rate][place]
        return _shares(case, own, (passes, line.by_years))[place]

    return share_in_year


def _same_for_all(own):
    """The shares by what is given, where no day is a person's own; else None."""
    if own.tenure_own_day or own.merit_own_day or own.lump_own_day:
        return None
    bare = own._replace(groups=())
    return {given: _shares(None, bare, given) for given in product((False, True), repeat=2)}


def _shares(case, own, given):
    """The shares of raise, tenure and merit, and how many payments within the year, of how many, for what is
    paid once; so for tenure, too, where that is paid once.
    """
    dates, year = dating.dates_of(case, own, dating.Given(*given)), own.rules.fiscal_year
    raised, tenure, merit = (share(day, year) if day else WHOLE for day in dates[:3])
    if own.tenure_once:
        tenure = _payments(dates.tenure_on, own)
    return raised, tenure, merit, _payments(dates.once_on, own)


def _payments(first_on, own):
    """How many payments from a day on are within the year, of how many."""
    count, year = own.rules.monthly_payments, own.rules.fiscal_year
    within = monthly.paid_by(year.ends_on, first_on, count) if first_on else count
    return ONCE if within == count else (within, count)


def part(cents, share):
    """Cents of a full year that fall into a share of it; they are never below zero."""
    parts, of = share
    return (2 * cents * parts + of) // (2 * of)
