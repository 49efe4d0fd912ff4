"""What of a run can be released now, and what waits, each with its reason (PAY-10)."""

from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from certification.standing import compare
from compensation.conditions import conditions_of_run, prepared
from compensation.models import RunLine
from compensation.pay.case import PayCase
from compensation.pay.dating import Dates, dates_of
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
    "case__hired_on",
    "case__in_position_since",
    "case__grade",
    "case__kind",
    "case__pay_set_by",
    "case__department",
    "excess",
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
    dates: Dates

    @property
    def by_day(self):
        """Itself, or the raise and the rest apart where merit counts from another day."""
        if not (self.raises and self.merit) or self.dates.merit_on == self.dates.raise_on:
            return [self]
        return [self._replace(merit=False, lump=False), self._replace(raises=False)]

    @property
    def base_on(self):
        """The day from which the base pay of this part counts."""
        return self.dates.raise_on if self.raises else self.dates.merit_on


class Waiting(NamedTuple):
    line: dict
    reason: str


def find_ready(run):
    """Return (ready, waiting) for a computed run, by employee number, with a constant number of queries.

    `line` holds the FIELDS of a RunLine: cents, rates in the unit of the basis. What was released in the same
    fiscal year, by whatever run, is in neither.
    """
    comparison, plan = compare(run), prepared(conditions_of_run(run))
    reasons = (
        (CHANGED, comparison.stale),
        (NOT_THERE, _not_there(run, plan.effective_on)),
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
            ready.append(Ready(line, raises, merit, lump, _dates(line, plan)))
    return _without_merit_of_who_left(ready, waiting)


def _dates(line, plan):
    case = PayCase(
        line["number"],
        line["case__basis"],
        line["old_rate"],
        **{
            name: line[f"case__{name}"]
            for name in ("hired_on", "in_position_since", "grade", "kind", "pay_set_by", "department")
        },
    )
    return dates_of(case, plan, passes_maximum=bool(line["excess"] and line["merit_value"]))


def _without_merit_of_who_left(ready, waiting):
    """Merit that counts from a later day waits where nobody is in the position on that day."""
    later = {
        each.line["pk"]: each.dates.merit_on
        for each in ready
        if each.merit and each.dates.merit_on != each.dates.raise_on
    }
    gone = _gone_by(later) if later else ()
    kept = []
    for each in ready:
        if each.line["pk"] in gone:
            waiting.append(Waiting(each.line, NOT_THERE))
            each = each._replace(merit=False)
        if each.raises or each.merit or each.lump:
            kept.append(each)
    return kept, waiting


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


_GONE_BY = """
    SELECT l.id FROM unnest(%(lines)s::bigint[], %(days)s::date[]) AS later (line_id, day)
    JOIN compensation_runline l ON l.id = later.line_id
    JOIN compensation_runcase c ON c.id = l.case_id
    WHERE NOT EXISTS (
        SELECT FROM organization_assignment a
        WHERE a.employee_id = c.employee_id AND a.slot = c.slot
            AND a.starts_on <= later.day AND (a.ends_on IS NULL OR a.ends_on > later.day)
    )
"""


def _gone_by(days):
    """Of lines with a day each (by id) those whose position nobody holds on that day."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE_BY, {"lines": list(days), "days": list(days.values())})
        return {line_id for (line_id,) in cursor.fetchall()}
