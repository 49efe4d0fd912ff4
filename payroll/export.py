"""The lines of a batch and the file that payroll loads."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from compensation.pay import money
from exchange.writing import write_csv
from payroll.models import BatchLine
from payroll.stages import covered

COLUMNS = [
    "Batch",
    "Line",
    "Employee number",
    "Name",
    "Department",
    "Fund",
    "Effective date",
    "Element",
    "Old annual pay",
    "New annual pay",
    "New hourly rate",
    "Amount",
    "Reason",
]
BASE, LUMP, LONGEVITY = BatchLine.Element
ONCE_FOR = {
    "rating": "Lump sum by rating",
    "years": "Longevity pay",
    "maximum": "Part of the raise above the range maximum",
}


class Line(NamedTuple):
    """A line of a batch, by the columns of `BatchLine`; amounts are exact dollars."""

    number: int
    line_id: int
    employee_id: int
    slot: int
    fiscal_year: int
    element: str
    covers_raise: bool
    covers_tenure: bool
    covers_merit: bool
    effective_on: date
    old_annual: Decimal
    new_annual: Decimal
    new_hourly: Decimal | None
    amount: Decimal
    reason: str
    payment: int | None = None  # of a sum paid once: which payment, of how many
    of_payments: int | None = None


def batch_lines(ready, *, fiscal_year, hours_per_year):
    """Lines for what is ready, numbered from 1, each with its Ready: [(Line, Ready)].

    Base pay first, then what is paid once, per person; tenure and merit in lines of their own where they
    count from another day than the raise.
    """
    made = []
    for each in parts_by_day(ready):
        keys = (each.line_id, each.employee_id, each.slot, fiscal_year)
        if each.changes_base:
            base = _base(each, hours_per_year)
            made.append((Line(len(made) + 1, *keys, *base), each))
        for element, payment in each.first_payments:
            once = _once(each, payment, element, each.once_for if element == LUMP else "years")
            made.append((Line(len(made) + 1, *keys, *once), each))
    return made


def payment_lines(due, *, fiscal_year):
    """Lines for monthly payments that are due, numbered from 1, each with its Due: [(Line, Due)]."""
    made = []
    for each in due:
        keys = (each.line_id, each.employee_id, each.slot, fiscal_year)
        for payment in each.payments:
            once = _once(each, payment, each.element, each.once_for)
            made.append((Line(len(made) + 1, *keys, *once), each))
    return made


def parts_by_day(ready):
    """Each Ready line, the stages of base pay apart where they count from different days."""
    return [part for each in ready for part in each.by_day]


def _base(each, hours_per_year):
    return (
        BASE.value,
        each.raises,
        each.tenure,
        each.merit,
        each.base_on,
        _dollars(each.before),
        _dollars(each.after),
        _hourly_dollars(_hourly(each, hours_per_year)),
        _dollars(each.after - each.before),
        covered((each.raises, each.tenure, each.merit)),
    )


def _hourly(each, hours_per_year):
    """What base pay comes to by the hour, where the run knows of an hour at all."""
    if each.is_final or each.new_hourly is None:
        return each.new_hourly
    if each.basis == "hourly":
        return each.rate
    return money.hourly_rate(each.rate, each.hours_per_year or hours_per_year)


def _once(each, payment, element, once_for):
    reason = ONCE_FOR[once_for]
    if payment.of > 1:
        reason += f", payment {payment.number} of {payment.of}"
    pay = (_dollars(each.old_annual), _dollars(each.new_annual), _hourly_dollars(each.new_hourly))
    words = (_dollars(payment.cents), reason, payment.number, payment.of)
    return str(element), False, False, False, payment.on, *pay, *words


def _hourly_dollars(rate):
    return None if rate is None else Decimal(rate).scaleb(-4)


def batch_file(number, made):
    """The CSV of a batch as bytes: a line per element, then count, sums and the SHA-256 of all above it."""
    rows = [
        [
            number,
            line.number,
            each.number,
            f"{each.first_name} {each.last_name}".strip(),
            each.department,
            each.fund,
            line.effective_on.strftime("%m/%d/%Y"),
            line.element,
            line.old_annual,
            line.new_annual,
            "" if line.new_hourly is None else f"{line.new_hourly:.4f}",
            line.amount,
            line.reason,
        ]
        for line, each in made
    ]
    body = b"".join(write_csv(COLUMNS, rows, byte_order_mark=False))
    sums = ([f"Sum of {element}", _sum_of(made, element)] for element in BatchLine.Element.values)
    control = [["Lines", str(len(rows))], *sums]
    body += b"".join(write_csv(*_headless(control), byte_order_mark=False))
    seal = [["SHA-256 of all lines above", sha256(body).hexdigest()]]
    return body + b"".join(write_csv(*_headless(seal), byte_order_mark=False))


def _headless(rows):
    return rows[0], rows[1:]


def totals(made):
    """Sums in dollars: (rise of annual pay, paid once)."""
    return _sum_of(made, BASE), _sum_of(made, LUMP) + _sum_of(made, LONGEVITY)


def _sum_of(made, element):
    return sum((line.amount for line, _ in made if line.element == element), Decimal("0.00"))


def _dollars(cents):
    return Decimal(cents).scaleb(-2)
