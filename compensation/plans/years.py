"""The days in a plan's rules and examples a number of years later."""

import re
from calendar import monthrange
from datetime import date, timedelta

from compensation.pay.codecs import YEARS
from compensation.pay.rules import Period
from organization.refusal import Refused

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def years_later(data, years):
    """Plain data with each day in it moved by that many years."""
    if isinstance(data, dict):
        return {name: years_later(value, years) for name, value in data.items()}
    if isinstance(data, list):
        return [years_later(value, years) for value in data]
    day = _day(data)
    return day_years_later(day, years).isoformat() if day else data


def day_years_later(day, years):
    """The same day of another year; the last day of a month stays the last. Refuses what is out of reach."""
    year = day.year + years
    if year not in YEARS:
        raise Refused(f"{day} can’t be moved to {year}.")
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, day.month, monthrange(year, day.month)[1] if is_last else day.day)


def period_of(cycle):
    """The performance period of an evaluation cycle, both days included."""
    return Period(cycle.starts_on, cycle.ends_on - timedelta(days=1))


def _day(value):
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
