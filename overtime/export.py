"""The files of a worksheet: what payroll pays, with control totals, and how each week came about."""

from decimal import Decimal
from hashlib import sha256

from exchange.writing import write_csv
from overtime.models import WorksheetPerson

ELEMENT = "FLSA"
PAYROLL_COLUMNS = (
    "Batch", "Worksheet", "Line", "Employee number", "Name", "Department", "Fund", "Element", "Amount",
    "Overtime hours", "Reason",
)  # fmt: skip
WEEK_COLUMNS = (
    "Employee number", "Name", "Department", "Standing", "Lump sum", "Workweek ending", "Days",
    "Hours worked", "Overtime hours", "Given as comp time", "Share of the lump sum",
    "Additional overtime pay",
)  # fmt: skip


def hundredths(value):
    """Cents as dollars, hundredths of an hour as hours."""
    return Decimal(value).scaleb(-2)


def payroll_file(worksheet):
    """The CSV as bytes: a line for each person to whom something is due, then count, sum and the SHA-256 of
    all above it.
    """
    due = worksheet.people.filter(additional__gt=0).order_by("number")
    reason = f"Overtime on the lump sum, {worksheet.get_method_display().lower()}"
    if worksheet.comp_time_total and not worksheet.with_comp_time:
        reason += ", without comp time"
    rows = [
        [worksheet.batch.number, worksheet.pk, line, each.number, each.name, each.department, each.fund,
         ELEMENT, hundredths(each.additional), hundredths(_hours_paid(worksheet, each)), reason]
        for line, each in enumerate(due, start=1)
    ]  # fmt: skip
    body = _csv(PAYROLL_COLUMNS, rows)
    total = sum((row[8] for row in rows), Decimal("0.00"))
    body += _csv(["Lines", str(len(rows))], [[f"Sum of {ELEMENT}", total]])
    return body + _csv(["SHA-256 of all lines above", sha256(body).hexdigest()], [])


def _hours_paid(worksheet, person):
    if worksheet.with_comp_time:
        return person.overtime
    return sum(week.overtime_paid for week in person.shown_weeks())


def _csv(first, rows):
    return b"".join(write_csv(first, rows, byte_order_mark=False))


def week_rows(worksheet):
    """A row for each person and week; one without a week for who was not worked out."""
    for each in worksheet.people.order_by("number").iterator(chunk_size=1_000):
        head = [each.number, each.name, each.department, said(each), hundredths(each.lump)]
        for ends_on, hours, overtime, _, days, comp_time, part, additional in each.weeks:
            yield [
                *head,
                ends_on,
                days,
                *map(hundredths, (hours, overtime, comp_time, part, additional)),
            ]
        if not each.weeks:
            yield [*head, *[None] * (len(WEEK_COLUMNS) - len(head))]


def said(person):
    """How a person came out, with what there is to say of it."""
    return f"{WorksheetPerson.Standing(person.standing).label}{f': {person.note}' if person.note else ''}"
