"""What of a run can be released now, and what waits, each with its reason (PAY-10)."""

from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from certification.standing import compare
from compensation.conditions import conditions_of_run, prepared
from compensation.models import RunLine
from payroll.models import BatchLine

NOT_CERTIFIED = "The award is not certified."
CHANGED = "What it rests on changed after the pay run."
NOT_THERE = "No longer in this position on the day the pay begins."
PAID_DIFFERENTLY_LATER = "The pay was changed by another act after the day of the plan."

FIELDS = (
    "pk",
    "employee_id",
    "number",
    "old_annual",
    "across_the_board",
    "lift",
    "merit",
    "new_annual",
    "lump",
    "merit_value",
    "lump_value",
    "old_rate",
    "lifted_rate",
    "new_rate",
    "new_step",
    "raise_step",
    "new_hourly",
    "case__slot",
    "case__step",
    "case__assignment_id",
    "case__basis",
    "case__hours_per_year",
    "employee__first_name",
    "employee__last_name",
    "department__name",
    "case__fund__code",
)


class Ready(NamedTuple):
    """One line and which of its parts can be released: the raise for everyone, merit, what is paid once."""

    line: dict
    raises: bool
    merit: bool
    lump: bool


class Waiting(NamedTuple):
    line: dict
    reason: str


def find_ready(run):
    """Return (ready, waiting) for a computed run, by employee number, with a constant number of queries.

    `line` holds the FIELDS of a RunLine: cents, rates in the unit of the basis. What was released in the same
    fiscal year, by whatever run, is in neither.
    """
    comparison = compare(run)
    reasons = (
        (CHANGED, comparison.stale),
        (NOT_THERE, _not_there(run, prepared(conditions_of_run(run)).effective_on)),
        (PAID_DIFFERENTLY_LATER, _paid_differently_later(run)),
    )
    ready, waiting = [], []
    lines = unpaid_lines(run).order_by("number", "case__slot").values(*FIELDS, *UNPAID)
    for line in lines.iterator(chunk_size=10_000):
        raises, merit, lump = (line.pop(name) for name in UNPAID)
        if reason := next((reason for reason, ids in reasons if line["pk"] in ids), None):
            waiting.append(Waiting(line, reason))
            continue
        is_award = bool(line["merit_value"] or line["lump_value"])
        if is_award and line["pk"] not in comparison.signed and (merit or lump):
            waiting.append(Waiting(line, NOT_CERTIFIED))
            merit = lump = False
        if raises or merit or lump:
            ready.append(Ready(line, raises, merit, lump))
    return ready, waiting


UNPAID = ("raise_is_unpaid", "merit_is_unpaid", "lump_is_unpaid")


def unpaid_lines(run):
    """Lines of a run with a part that its fiscal year has not paid yet, and which: `UNPAID`."""
    paid = BatchLine.objects.filter(
        fiscal_year=run.plan.fiscal_year, employee=OuterRef("employee"), slot=OuterRef("case__slot")
    )
    raises = ~Q(across_the_board=0) | ~Q(lift=0)
    return (
        RunLine.objects.filter(run=run)
        .annotate(
            raise_is_unpaid=raises & ~Q(Exists(paid.filter(covers_raise=True))),
            merit_is_unpaid=~Q(merit=0) & ~Q(Exists(paid.filter(covers_merit=True))),
            lump_is_unpaid=~Q(lump=0) & ~Q(Exists(paid.filter(element=BatchLine.Element.LUMP))),
        )
        .filter(Q(raise_is_unpaid=True) | Q(merit_is_unpaid=True) | Q(lump_is_unpaid=True))
    )


# A rate that begins after the plan's day and is neither the frozen one nor one that a batch has released.
_LATER = """
    SELECT l.id FROM compensation_runline l
    JOIN compensation_runcase c ON c.id = l.case_id
    JOIN organization_assignment a ON a.employee_id = c.employee_id AND a.slot = c.slot
    WHERE l.run_id = %(run)s AND a.starts_on > %(on)s
        AND round(a.rate * CASE a.basis WHEN 'hourly' THEN 10000 ELSE 100 END)::bigint
            NOT IN (l.old_rate, l.lifted_rate)
"""


def _paid_differently_later(run):
    with connection.cursor() as cursor:
        cursor.execute(_LATER, {"run": run.pk, "on": run.plan.base_on})
        return {line_id for (line_id,) in cursor.fetchall()}


_NOT_THERE = """
    SELECT l.id FROM compensation_runline l JOIN compensation_runcase c ON c.id = l.case_id
    WHERE l.run_id = %(run)s AND NOT EXISTS (
        SELECT FROM organization_assignment a
        WHERE a.employee_id = c.employee_id AND a.slot = c.slot
            AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on > %(on)s)
    )
"""


def _not_there(run, on):
    with connection.cursor() as cursor:
        cursor.execute(_NOT_THERE, {"run": run.pk, "on": on})
        return {line_id for (line_id,) in cursor.fetchall()}
