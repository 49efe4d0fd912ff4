"""The letter of a difference: what was corrected, what it changes, and how that was worked out (PAY-12)."""

from compensation.pay.explain import ledger
from look import formats
from payroll.differences.found import read_award, stored_case
from payroll.letters.letter import (
    DISAGREE,
    OF_ELEMENT,
    Letter,
    Row,
    Table,
    head_of,
    of_longevity,
    tables_of,
    waiting_sections,
    write_letter,
)
from payroll.letters.payments import are_later, write_payments
from payroll.models import BatchLine
from payroll.once import ONCE


def letter_of(lines, frame):
    """The letter for one person's lines in one batch: of a release, a difference, or monthly payments."""
    if lines[0].difference:
        return write_difference(lines, frame)
    return write_payments(lines, frame) if are_later(lines) else write_letter(lines, frame)


def write_difference(lines, frame):
    """What was released, what the plan gives on the corrected facts, and how that was worked out."""
    first = lines[0]
    difference, batch, run = first.difference, first.batch, first.batch.run
    award = read_award(difference.award)
    tables = [_net(each) for each in lines]
    if award is not None:
        case = stored_case(difference.case)
        working = ledger(case, award, frame.plan, base_on=run.plan.base_on)
        tables += tables_of(working, without=waiting_sections(first))
    return Letter(
        **head_of(first, frame),
        title="A correction of your pay",
        opening=(
            "After your pay was released, a fact that it rests on was corrected. "
            f"{' '.join(difference.reasons)} Under the same pay plan your pay was worked out again. "
            "This is the difference, and how it was worked out."
        ),
        tables=tables,
        closing=_closing(lines, award, frame.plan.rules.monthly_payments),
        signatures=_signatures(difference.certificate, batch),
    )


def _net(each):
    was, now, title = each.old_annual, each.new_annual, OF_ELEMENT[each.element]
    if each.element != BatchLine.Element.BASE:
        is_longevity = each.element == BatchLine.Element.LONGEVITY
        now = each.difference.longevity_total if is_longevity else each.difference.lump_total
        was = now - each.amount
    rows = [
        Row("As released before", "", formats.money(was), ""),
        Row("As the plan gives on the corrected facts", "", formats.money(now), ""),
        Row("Difference", "", formats.signed(each.amount), "total"),
    ]
    return Table(f"The difference: {title[0].lower()}{title[1:]}", rows)


def _signatures(certificate, batch):
    """Who certified that the higher award is earned, where one had to, and who released it."""
    signed = [(batch.released_by.name, f"Released {formats.record_date(batch.released_at)}")]
    if certificate is None:
        return signed
    who = ", ".join(filter(None, (certificate.signed_name, certificate.signed_title)))
    return [(who, f"Certified {formats.record_date(certificate.signed_at)}"), *signed]


def _closing(lines, award, payments):
    said = []
    for each in lines:
        on = formats.record_date(each.effective_on)
        if each.element == BatchLine.Element.BASE:
            said.append(f"Your pay in a year is {formats.money(each.new_annual)} from {on} on.")
            continue
        if each.amount:
            verb = "is paid to you" if each.amount > 0 else "was paid too much"
            said.append(f"{formats.money(abs(each.amount))}{of_longevity(each)} {verb}.")
        if payments > 1:
            in_all = formats.money_from_cents(ONCE[each.element].cents(award)) + of_longevity(each)
            said.append(f"Paid in months, it is {in_all} in all; each payment that comes follows that.")
    if any(each.amount < 0 for each in lines):
        said.append("Payroll will talk with you about how what was paid too much is returned.")
    return [*said, DISAGREE]
