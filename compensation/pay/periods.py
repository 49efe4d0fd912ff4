"""Pay periods and months. Days are `datetime.date`; a period is named by its first day."""

from calendar import monthrange
from datetime import date, timedelta

RULES = ("on_date", "first_period_on_or_after", "period_containing")


def period_containing(day, anchor, length=14):
    """The first day of the pay period in which `day` lies. `anchor` is the first day of any one period."""
    return day - timedelta((day - anchor).days % length)


def first_period_on_or_after(day, anchor, length=14):
    """The first day of the first pay period that starts on or after `day`."""
    return day + timedelta((anchor - day).days % length)


def effective_date(day, rule, anchor=None, length=14):
    """The day from which a raise of `day` counts. ValueError for a pay period without an anchor."""
    if rule == "on_date":
        return day
    if anchor is None:
        raise ValueError("The pay calendar is not known, so the pay period of the raise can't be found.")
    find = {"first_period_on_or_after": first_period_on_or_after, "period_containing": period_containing}[
        rule
    ]
    return find(day, anchor, length)


def periods_starting(starts_on, ends_on, anchor, length=14):
    """The pay periods that start from `starts_on` to `ends_on`, both included."""
    first = first_period_on_or_after(starts_on, anchor, length)
    return [first + timedelta(days) for days in range(0, (ends_on - first).days + 1, length)]


def months_before(day, months):
    """The latest day from which `months` whole months have passed on `day`.

    Six months before September 1 is March 1. From August 31 six months have passed on the last day of
    February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


def months_after(day, months):
    """The first day on which so many whole months have passed; the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start, end):
    """Calendar months from one day to another, by month alone: January 31 to February 1 is one."""
    return (end.year - start.year) * 12 + end.month - start.month


def days_of_service(starts_on, ends_on, *since):
    """Days of a period from the latest of `since` on, and days of the whole, both ends included."""
    whole = (ends_on - starts_on).days + 1
    served = (ends_on - max(starts_on, *since)).days + 1
    return max(served, 0), whole


def say(day):
    """A day as people write it: October 1, 2026."""
    return f"{day:%B} {day.day}, {day.year}"
