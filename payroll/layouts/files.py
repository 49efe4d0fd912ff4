"""A batch in a county's own layout. The batch's own file, with its seal, stays as it was released."""

from decimal import Decimal
from hashlib import sha256

from django.utils import timezone

from audit.services import record
from organization.refusal import Refused
from payroll import permissions
from payroll.layouts.examples import MADE_UP, MADE_UP_TOTALS
from payroll.layouts.layout import Totals, parse, write
from payroll.models import Batch

SHOWN = 5
_FACTS = {
    "line": "number",
    "number": "employee__number",
    "last_name": "employee__last_name",
    "first_name": "employee__first_name",
    "department": "line__department__name",
    "department_code": "line__case__department",
    "job": "line__case__assignment__job__title",
    "position": "slot",
    "fund": "line__case__fund__code",
    "effective_on": "effective_on",
    "element": "element",
    "old_annual": "old_annual",
    "new_annual": "new_annual",
    "new_hourly": "new_hourly",
    "amount": "amount",
    "reason": "reason",
}


def rows_of(batch):
    """The lines of a batch as `payroll.layouts.layout` takes them, and its Totals. One query."""
    lines = batch.lines.order_by("number").values_list(*_FACTS.values())
    rows = [dict(zip(_FACTS, line, strict=True)) for line in lines]
    for row in rows:
        row["batch"] = batch.number
        row["name"] = f"{row['first_name']} {row['last_name']}".strip()
    on = timezone.localdate(batch.released_at)
    longevity = sum((row["amount"] for row in rows if row["element"] == "LONG"), Decimal("0.00"))
    return rows, Totals(batch.number, on, batch.lines_count, batch.base_total, batch.lump_total, longevity)


def sample():
    """(Batch or None, rows, Totals) to try a layout on: the latest batch, or made-up lines."""
    batch = Batch.objects.defer("content").first()
    return (batch, *rows_of(batch)) if batch else (None, MADE_UP, MADE_UP_TOTALS)


def preview(layout, tried):
    """The first lines of the file of a `sample`, and what of all its lines does not fit."""
    _, rows, totals = tried
    _, problems = write(layout, rows, totals)
    few, _ = write(layout, rows[:SHOWN], totals)
    return few.decode(), problems


def file_in_layout(batch, stored, *, by, at):
    """The bytes of a batch in a stored layout. Who took it in which layout, and its hash, is written down.

    Raises Refused where a value does not fit: nobody gets a file with a figure cut.
    """
    if not permissions.can_take_file(by):
        raise Refused("Only payroll clerks and auditors take payroll files.")
    content, problems = write(parse(stored.document), *rows_of(batch))
    if problems:
        said = " ".join(problem.text for problem in problems)
        raise Refused(f"{batch} does not fit the layout “{stored}”. {said} Make the column wider.")
    after = {"layout": stored.name, "hash": sha256(content).hexdigest()}
    record("batch.downloaded", batch, by=by, at=at, after=after)
    return content
