"""Where people sit in a pay structure, counted by the database."""

from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from compensation.pay import schedule as pay_schedule
from look.charts import PayRange, range_chart
from look.formats import number, plural

PARTS = 16  # of a range, for the chart

# Full-time pay a year of everybody in a grade of the schedule, in the range's own parts; an open range is
# drawn to the highest rate of the table, at least half above its minimum. Without a known FTE nobody can tell
# where a person sits, so those are left out and counted.
PEOPLE = """
    SELECT g.id, g.top, count(*) FILTER (WHERE p.pay < g.minimum * unit.hours) AS below,
        count(*) FILTER (WHERE p.pay >= g.maximum * unit.hours) AS at_maximum,
        sum(p.pay / (g.midpoint * unit.hours)) AS compa,
        array_agg(floor((p.pay - g.minimum * unit.hours) * %(parts)s
            / nullif((g.top - g.minimum) * unit.hours, 0))::int)
            FILTER (WHERE p.pay >= g.minimum * unit.hours
                AND (g.maximum IS NULL OR p.pay < g.maximum * unit.hours)) AS places
    FROM (
        SELECT *, coalesce(maximum, max(coalesce(maximum, minimum * 1.5)) OVER ()) AS top
        FROM compensation_grade WHERE schedule_id = %(schedule)s
    ) g
    CROSS JOIN (SELECT CASE %(basis)s WHEN 'hourly' THEN %(hours)s ELSE 1 END AS hours) unit
    LEFT JOIN (
        SELECT a.grade, a.rate * CASE a.basis
            WHEN 'hourly' THEN coalesce(a.hours_per_year, %(hours)s) ELSE 1 END AS pay
        FROM organization_assignment a JOIN organization_employee e ON e.id = a.employee_id
        WHERE a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on > %(on)s)
            AND (e.separated_on IS NULL OR e.separated_on > %(on)s) AND a.fte IS NOT NULL
    ) p ON p.grade = g.code
    GROUP BY g.id, g.top
"""


class GradeRow(NamedTuple):
    grade: object
    people: int
    top: Decimal  # the maximum, or to where an open range is drawn
    compa: Decimal | None  # the average of base pay over the midpoint, where there is one
    at_maximum: int
    below: int
    places: list  # people in each part of the range


def grade_rows(schedule, *, on, hours):
    """One row for each grade, the highest first."""
    values = {
        "parts": PARTS, "basis": schedule.basis, "hours": hours, "on": on, "schedule": schedule.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, values)
        found = {key: rest for key, *rest in cursor.fetchall()}
    rows = []
    for grade in sorted(schedule.grades.all(), key=lambda grade: -grade.position):
        top, below, at_maximum, compa, inside = found[grade.pk]
        places = [0] * PARTS
        for place in inside or ():
            places[min(place, PARTS - 1)] += 1
        people = sum(places) + below + at_maximum
        rows.append(
            GradeRow(grade, people, top, None if compa is None else compa / people, at_maximum, below, places)
        )
    return rows


class CellChange(NamedTuple):
    """A rate in dollars in both tables; None where a table has no such cell."""

    grade: str
    cell: str
    before: Decimal | None
    after: Decimal | None

    @property
    def added(self):
        return None if None in (self.before, self.after) else self.after - self.before

    @property
    def percent(self):
        return None if self.added is None else self.added / self.before * 100


def changed_cells(old, new):
    """The cells that a table has otherwise than the one before, and how many it has in all."""
    places = -4 if new.basis == "hourly" else -2
    found = [
        CellChange(grade, cell, *(rate and Decimal(rate).scaleb(places) for rate in rates))
        for grade, cell, *rates in pay_schedule.difference(old, new)
    ]
    cells = sum(len(pay_schedule.cells(grade)) for grade in new.grades)
    percents = [change.percent for change in found if change.percent is not None]
    span = (min(percents), max(percents)) if percents else None
    return {"cells": cells, "changed": found, "span": span}


def chart_of(schedule, rows, *, on_words, hours):
    """The ranges and the people in them; None for a schedule without grades."""
    people, at_maximum = (sum(getattr(row, name) for row in rows) for name in ("people", "at_maximum"))
    unit = hours if schedule.basis == "hourly" else 1
    ranges = [
        PayRange(
            row.grade.code,
            row.grade.minimum * unit,
            row.grade.maximum and row.grade.maximum * unit,
            row.places,
            row.at_maximum,
            row.below,
            midpoint=row.grade.midpoint and row.grade.midpoint * unit,
            top=row.top * unit,
        )
        for row in rows
    ]
    verb = "is" if at_maximum == 1 else "are"
    title = f"{plural(at_maximum, 'person', 'people')} {verb} at the maximum of the range or above"
    if not at_maximum:
        title = "Nobody is at the maximum of the range"
    about = f"Full-time base pay on {on_words} of {number(people)} people, by grade"
    return range_chart(title, about, ranges) if ranges else None
