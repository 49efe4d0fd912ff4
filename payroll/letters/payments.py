"""The letter of monthly payments after the first: which they are, and what comes (PAY-10)."""

from look import formats
from payroll.letters.letter import (
    BEFORE_TAXES,
    DISAGREE,
    OF_ELEMENT,
    Letter,
    Row,
    Table,
    head_of,
    more_payments,
    signatures_of,
)
from payroll.models import BatchLine


def are_later(lines):
    """Whether lines of one person in one batch follow what was released of the same sum before."""
    first = lines[0]
    return first.element != BatchLine.Element.BASE and any(_earlier(first))


def _earlier(first):
    """The lines of the same sum in earlier batches, of whatever run."""
    same = first.element, first.fiscal_year, first.slot
    for each in first.employee.batch_lines.all():
        if (each.element, each.fiscal_year, each.slot) == same and each.batch_id < first.batch_id:
            yield each


def write_payments(lines, frame):
    """The letter for the monthly payments of one person in one batch; they are of one run line."""
    first, by_element = lines[0], {}
    for each in lines:
        by_element.setdefault(each.element, []).append(each)
    last_day = max(each.effective_on for each in lines)
    return Letter(
        **head_of(first, frame),
        title=f"Your monthly payment of {formats.record_date(last_day)}",
        opening=(
            "Under the pay plan that the Commissioners Court adopted, you receive a sum in "
            f"{first.of_payments} monthly payments. An earlier letter says how it was worked out."
        ),
        tables=[_payments(of_one) for of_one in by_element.values()],
        closing=[*more_payments([of_one[-1] for of_one in by_element.values()]), BEFORE_TAXES, DISAGREE],
        signatures=signatures_of(first.line, first.batch),
    )


def _payments(lines):
    """The payments of one sum, after what was paid of it before."""
    before = sum(each.amount for each in _earlier(lines[0]))
    rows = [Row("Paid before", "", formats.money(before), "")]
    for each in lines:
        label = f"Payment {each.payment} of {each.of_payments}"
        rows.append(Row(label, formats.record_date(each.effective_on), formats.signed(each.amount), ""))
    so_far = before + sum(each.amount for each in lines)
    rows.append(Row("Paid so far", "", formats.money(so_far), "total"))
    return Table(OF_ELEMENT[lines[0].element], rows)
