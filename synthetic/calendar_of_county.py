"""The days on which the county's history turns. All of them lie before STAND, where the newcomer finds it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from compensation.pay.periods import first_period_on_or_after

STAND = date(2026, 9, 15)  # the county's date when the demo is made
ROSTER_FROM = date(2023, 1, 1)  # what the county knows of assignments begins here
PAY_PERIOD = date(2026, 9, 19)  # first day of one
YEARS = (2024, 2025, 2026)  # fiscal years with a raise on record
ZONE = ZoneInfo("America/Chicago")


def raise_day(fiscal_year):
    """The first day of the first pay period of a fiscal year."""
    return first_period_on_or_after(date(fiscal_year - 1, 10, 1), PAY_PERIOD)


def base_day(fiscal_year):
    """The last day of the year before, whose pay a plan raises."""
    return date(fiscal_year - 1, 9, 30)


def moment(day, hour=10, minute=0, second=0):
    return datetime.combine(day, time(hour, minute, second), ZONE)


HOLIDAYS = [
    (date(2025, 11, 11), "Veterans Day"),
    (date(2025, 11, 27), "Thanksgiving"),
    (date(2025, 11, 28), "Day after Thanksgiving"),
    (date(2025, 12, 24), "Christmas Eve"),
    (date(2025, 12, 25), "Christmas Day"),
    (date(2026, 1, 1), "New Year’s Day"),
    (date(2026, 1, 19), "Martin Luther King Jr. Day"),
    (date(2026, 2, 16), "Presidents’ Day"),
    (date(2026, 4, 3), "Good Friday"),
    (date(2026, 5, 25), "Memorial Day"),
    (date(2026, 6, 19), "Juneteenth"),
    (date(2026, 7, 3), "Independence Day, observed"),
    (date(2026, 9, 7), "Labor Day"),
    (date(2026, 11, 11), "Veterans Day"),
    (date(2026, 11, 26), "Thanksgiving"),
    (date(2026, 11, 27), "Day after Thanksgiving"),
    (date(2026, 12, 24), "Christmas Eve"),
    (date(2026, 12, 25), "Christmas Day"),
]
