"""The reporting line, to be drawn."""

from typing import NamedTuple

from django.db import connection

from organization.models import Assignment

DRAWN_IN_FULL = 300


class Node(NamedTuple):
    line: Assignment
    below: list


def reporting_line(department, *, on):
    """The department's people by supervisor, in one query.

    Returns a list of `Node`, the number of people, whether they are drawn in full, and who has no supervisor.

    Someone whose supervisor works elsewhere stands at the top. Of large departments only those with reports
    of their own are drawn.
    """
    lines = list(
        Assignment.objects.in_force(on)
        .filter(department=department, slot=1)
        .select_related("employee", "job")
        .order_by("employee__sort_key", "employee__number")
    )
    here = {line.employee_id for line in lines}
    below = {}
    for line in lines:
        below.setdefault(line.supervisor_id if line.supervisor_id in here else None, []).append(line)
    in_full = len(lines) <= DRAWN_IN_FULL
    drawn = set()

    def branch(line):
        drawn.add(line.employee_id)
        reports = [
            next_line for next_line in below.get(line.employee_id, []) if next_line.employee_id not in drawn
        ]
        line.reports_count = len(reports)
        return Node(line, [branch(report) for report in reports if in_full or report.employee_id in below])

    top = [branch(line) for line in below.get(None, []) if in_full or line.employee_id in below]
    return top, len(lines), in_full, {line.employee_id for line in lines if not line.supervisor_id}


ABOVE = """
    WITH RECURSIVE line (employee_id, steps) AS (
        SELECT %(employee)s::bigint, 0
        UNION ALL
        SELECT own.supervisor_id, line.steps + 1
        FROM line
        JOIN organization_assignment AS own ON own.employee_id = line.employee_id AND own.slot = 1
            AND own.starts_on <= %(on)s AND (own.ends_on IS NULL OR own.ends_on > %(on)s)
        WHERE own.supervisor_id IS NOT NULL AND line.steps < 12
    )
    SELECT employee_id, min(steps) FROM line WHERE steps > 0 GROUP BY employee_id
"""


def chain_above(employee, *, on):
    """Who stands above an employee, nearest first: assignments in force. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, {"employee": employee.pk, "on": on})
        steps = dict(cursor.fetchall())
    steps.pop(employee.pk, None)
    lines = (
        Assignment.objects.in_force(on).filter(employee__in=steps, slot=1).select_related("employee", "job")
    )
    return sorted(lines, key=lambda line: steps[line.employee_id])
