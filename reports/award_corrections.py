"""An award that was corrected after its release: as it stands now, and how it came to that (PAY-12)."""

from typing import NamedTuple

from django.urls import reverse

from certification.checks import missing_of
from compensation.explaining import Explanation, explain
from look import formats
from payroll.differences.found import read_award, stored_case
from payroll.models import BatchLine
from payroll.once import ONCE
from payroll.permissions import can_read
from reports.award_links import Link, exception_link, rating_link


class Row(NamedTuple):
    """A line of the ledger of what was released, as `compensation.pay.explain` has them."""

    label: str
    formula: str
    text: str
    kind: str


class Correction(NamedTuple):
    """`explained` is the award as the last difference left it; None where the person was not in the position.

    `differences` are the oldest first, `released` all that the fiscal year released for the position.
    """

    explained: Explanation | None
    differences: list
    released: list

    @property
    def last(self):
        return self.differences[-1]

    @property
    def batch(self):
        """The batch of the last difference."""
        return next(each.batch for each in reversed(self.released) if each.difference_id == self.last.pk)

    @property
    def rating(self):
        return self.last.rating

    @property
    def paid_once(self):
        """Dollars, in all, longevity too."""
        return sum(each.amount for each in self.released if each.element != BatchLine.Element.BASE)

    @property
    def rows(self):
        """What was released in all, base pay and then what is paid once, each with its sum."""
        base, rows = self._of(BatchLine.Element.BASE), []
        if base:
            start = Row("Base pay a year before", "", formats.money(base[0].old_annual), "start")
            total = Row("Base pay a year, as released", "", formats.money(base[-1].new_annual), "total")
            rows = [start, *map(_row, base), total]
        for kind in ONCE.values():
            if once := self._of(kind.element):
                total = formats.money(sum(each.amount for each in once))
                rows += [*map(_row, once), Row(f"{kind.label}, in all", "", total, "total")]
        return rows

    def _of(self, element):
        return [each for each in self.released if each.element == element]


def _row(each):
    label = "Difference" if each.difference_id else each.reason
    working = f"{each.batch}, from {formats.record_date(each.effective_on)}"
    return Row(label, working, formats.signed(each.amount), "add")


def released_of(line):
    """The batch lines of the position of a run line in its fiscal year, with their differences, in order."""
    found = BatchLine.objects.filter(
        fiscal_year=line.run.plan.fiscal_year, employee=line.employee_id, slot=line.case.slot
    )
    found = found.select_related(
        "batch__action", "difference__certificate__exception", "difference__rating__evaluation"
    )
    found = found.order_by("batch__number", "number")
    return list(found.defer("batch__content", "batch__action__document"))


def correction_of(line, released):
    """The Correction of a run line by `released_of` it; None where no difference was released of it."""
    differences = {each.difference_id: each.difference for each in released if each.difference}
    differences = [each for each in differences.values() if each.line_id == line.pk]
    if not differences:
        return None
    differences.sort(key=lambda each: each.turn)
    last = differences[-1]
    award = read_award(last.award)
    explained = award and explain(stored_case(last.case), award, line.run)
    return Correction(explained, differences, released)


def links_of(correction, line, person):
    """What each difference adds to the chain of proof of its line."""
    rating_id, cycle = line.case.rating_id, line.run.plan.cycle
    for difference in correction.differences:
        yield Link("Corrected after it was released", " ".join(difference.reasons))
        if difference.rating and difference.rating_id != rating_id:
            yield rating_link(difference.rating, cycle)
        rating_id = difference.rating_id
        yield from _certified(difference)
        for each in correction.released:
            if each.difference_id == difference.pk:
                yield _released(each, line, person)


def _certified(difference):
    certificate = difference.certificate
    if certificate is None:
        yield Link("No certificate was needed", "Nothing further is said to be earned.")
        return
    if certificate.exception:
        missing = missing_of(
            has_progress_review=difference.rating.has_progress_review, is_signed=difference.rating.is_signed
        )
        yield exception_link(certificate.exception, missing)
    yield Link(
        f"The corrected award certified by the {certificate.signed_title}"
        if certificate.signed_title
        else "The corrected award certified",
        f"{certificate.signed_name}, {formats.moment(certificate.signed_at)}",
        f"Seal {formats.hash_groups(certificate.digest)}",
    )


def _released(each, line, person):
    reads = (
        can_read(person) or line.department_id in person.departments or line.employee_id == person.employee_id
    )
    how = "a year" if each.element == BatchLine.Element.BASE else "once"
    return Link(
        f"Difference released to payroll: {formats.signed(each.amount)} {how}",
        f"{formats.record_date(each.batch.released_at)}, {each.batch}, line {each.number}, "
        f"from {formats.record_date(each.effective_on)}",
        f"Order {each.batch.action.number}",
        url=reverse("payroll:difference_working", args=[each.batch.number, each.line_id]) if reads else "",
    )
