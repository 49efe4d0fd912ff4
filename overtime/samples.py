"""The rows that a worksheet needs, as a file to fill in. In the demo the hours are made up and filled in."""

from datetime import timedelta

from django.conf import settings

from compensation.pay.regular_rate import LONGEST_PERIOD, WEEK, hours_before_overtime
from overtime.sources import lumps_of, period_of, standings

COLUMNS = (
    "Employee number", "Name", "Workweek ending", "Days in the work period", "Hours worked", "Overtime hours",
    "Overtime hours given as comp time",
)  # fmt: skip
SATURDAY = 5


def rows_to_fill(source):
    """A row for each week of everybody with a lump sum who is not exempt; weeks end on Saturdays.

    In the demo the Sheriff’s people have work periods of 28 days (29 U.S.C. 207(k)).
    """
    lumps, period = lumps_of(source), period_of(source.run)
    known = standings(lumps, period)
    for number, lump in sorted(lumps.items()):
        if known[lump.employee_id] != "non_exempt":
            continue
        days = LONGEST_PERIOD if settings.DEMO and lump.department.startswith("Sheriff") else WEEK
        first = max(period.starts_on, lump.hired_on or period.starts_on)
        day, place = first + timedelta((SATURDAY - first.weekday()) % 7), 0
        while day <= period.ends_on:
            made = made_up(lump.employee_id, place, days) if settings.DEMO else ("", "", "")
            yield [number, lump.name, day, days, *made]
            day, place = day + timedelta(days), place + 1


def made_up(employee, place, days):
    """Hours worked, overtime and comp time of a period in the demo: mostly none, now and then some more."""
    over = (employee * 7 + place * 5) % 11 - 7
    over = max(0, over) if (employee + place) % 3 == 0 else 0
    usual = hours_before_overtime(days)[0] // 100
    return usual + over, over, over if over and employee % 10 == 0 else 0
