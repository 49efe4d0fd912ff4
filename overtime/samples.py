"""The rows that a worksheet needs, as a file to fill in. In the demo the hours are made up and filled in."""

from datetime import timedelta

from django.conf import settings

from overtime.sources import lumps_of, period_of, standings

COLUMNS = ("Employee number", "Name", "Workweek ending", "Hours worked", "Overtime hours")
SATURDAY = 5


def rows_to_fill(source):
    """A row for each week of everybody with a lump sum who is not exempt; weeks end on Saturdays."""
    lumps, period = lumps_of(source), period_of(source.run)
    known = standings(lumps, period)
    for number, lump in sorted(lumps.items()):
        if known[lump.employee_id] != "non_exempt":
            continue
        first = max(period.starts_on, lump.hired_on or period.starts_on)
        day, place = first + timedelta((SATURDAY - first.weekday()) % 7), 0
        while day <= period.ends_on:
            yield [number, lump.name, day, *(made_up(lump.employee_id, place) if settings.DEMO else ("", ""))]
            day, place = day + timedelta(7), place + 1


def made_up(employee, week):
    """Hours worked and overtime of a week in the demo: mostly 40, every few weeks some more."""
    over = (employee * 7 + week * 5) % 11 - 7
    over = over if (employee + week) % 3 == 0 else 0
    return (40 + max(over, 0), max(over, 0))
