"""The pay of many changed from a day on: what a release of pay does to assignments."""

from itertools import groupby
from typing import NamedTuple

from django.db import connection, transaction

from audit.services import record
from organization.models import Assignment, the_county
from organization.permissions import is_hr
from organization.refusal import NotYours, Refused
from organization.services.people import COPIED, day

AT_ONCE = 10_000
PAID = ("rate", "step", "grade")

# What goes on from the day of each assignment asked for: in force then or later, locked, and whether it still
# has the pay of that assignment.
_LINES = """
    SELECT o.id, l.id, l.starts_on, l.ends_on, (l.basis, l.rate) = (o.basis, o.rate)
    FROM unnest(%(ids)s::bigint[]) wanted (id)
    JOIN organization_assignment o USING (id)
    JOIN organization_assignment l ON l.employee_id = o.employee_id AND l.slot = o.slot
    WHERE l.ends_on IS NULL OR l.ends_on > %(on)s
    ORDER BY o.id, l.starts_on
    FOR UPDATE OF l
"""
_PAY = """
    unnest(
        %(ids)s::bigint[], %(rates)s::numeric[], %(steps)s::integer[], %(grades)s::text[], %(ends)s::date[]
    ) pay (id, rate, step, grade, ends_on)
"""
_KEPT = [name for name in COPIED if name not in PAID]
_END = "UPDATE organization_assignment SET ends_on = %(on)s WHERE id = ANY(%(ids)s)"
_BEGIN = f"""
    INSERT INTO organization_assignment ({", ".join((*_KEPT, *PAID))}, starts_on, ends_on)
    SELECT {", ".join(f"a.{name}" for name in _KEPT)},
        pay.rate, pay.step, coalesce(pay.grade, a.grade), %(on)s, pay.ends_on
    FROM {_PAY} JOIN organization_assignment a USING (id)
"""  # noqa: S608 - put together from the constants above
_SET = f"""
    UPDATE organization_assignment a
    SET rate = pay.rate, step = pay.step, grade = coalesce(pay.grade, a.grade)
    FROM {_PAY} WHERE a.id = pay.id
"""  # noqa: S608


class _Changed(NamedTuple):
    """An assignment that goes on with other pay, and when it was to end."""

    pk: int
    rate: object
    step: int | None
    grade: str | None
    ends_on: object


@transaction.atomic
def succeed_assignments(changes, *, on, by, at, reason="", moved=None):
    """Change the pay of many from a day on: (assignment id, new rate, new step, new grade or None) each.

    Rates are Decimal dollars in the unit of the assignment's basis. What was succeeded since by an assignment
    with the same pay (a new supervisor, say) is followed, also into later ones. Few queries, however many;
    `moved` is told of each some thousand that are written. Returns how many people changed. Raises `Refused`,
    naming the first whose pay is another by now.
    """
    if not (is_hr(by) or by.has_role("payroll")):
        raise NotYours("Only a payroll clerk or an HR administrator can change the pay of many.")
    wanted = {pk: (rate, step, grade) for pk, rate, step, grade in changes}
    succeeded, in_place = _followed(wanted, on)
    with connection.cursor() as cursor:
        for start in range(0, len(succeeded), AT_ONCE):
            some = succeeded[start : start + AT_ONCE]
            values = _columns(some) | {"on": on}
            cursor.execute(_END, values)
            cursor.execute(_BEGIN, values)
            if moved:
                moved(len(some))
        if in_place:
            cursor.execute(_SET, _columns(in_place))
    after = {"on": on.isoformat(), "people": len(wanted)}
    record("assignments.succeeded", the_county(), by=by, at=at, after=after, reason=reason)
    return len(wanted)


def _followed(wanted, on):
    """What gets a successor on the day, and what begins on it or later and is put right in place."""
    succeeded, in_place, found = [], [], set()
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"ids": list(wanted), "on": on})
        rows = cursor.fetchall()
    for origin, lines in groupby(rows, key=lambda row: row[0]):
        found.add(origin)
        for place, (_, pk, starts_on, ends_on, is_same) in enumerate(lines):
            if place == 0 and starts_on > on:
                raise Refused(f"{_employee_of(origin)} has no assignment on {day(on)}.")
            if place == 0 and not is_same:
                raise Refused(f"The pay of {_employee_of(origin)} is not what it was: look at it again.")
            if not is_same:
                break
            changed = _Changed(pk, *wanted[origin], ends_on)
            (succeeded if starts_on < on else in_place).append(changed)
    if missing := sorted(wanted.keys() - found):
        known = Assignment.objects.filter(pk__in=missing)
        if unknown := len(missing) - known.count():
            raise Refused(f"{unknown:,} of these assignments are not on record.")
        raise Refused(f"{_employee_of(missing[0])} has no assignment on {day(on)}.")
    return succeeded, in_place


def _employee_of(assignment_id):
    return Assignment.objects.select_related("employee").get(pk=assignment_id).employee


def _columns(changed):
    pks, rates, steps, grades, ends = zip(*changed, strict=True)
    names = {"ids": pks, "rates": rates, "steps": steps, "grades": grades, "ends": ends}
    return {name: list(column) for name, column in names.items()}
