"""One position whose released pay is not what the plan gives, and what of a run's can go out (PAY-12)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from certification.checks import can_be_excepted
from certification.models import WrittenException
from compensation.models import RunLine
from compensation.pay.case import Award, PayCase, Proposed
from evaluations.models import RatingOfRecord
from payroll.differences.moved import Moved
from payroll.models import BatchLine, DifferenceCertificate
from payroll.once import ONCE

NOT_CERTIFIED = "The head has not certified the higher award."


class Once(NamedTuple):
    """What is paid once of one element: so far, as it was released and as the plan gives it, and in all.

    Cents; of monthly payments `was` and `now` are those that are made and owed so far.
    """

    element: str
    on: date
    was: int
    now: int
    of_payments: int = 1  # in how many months it is paid
    total_was: int = 0  # later payments too
    total_now: int = 0

    @property
    def cents(self):
        return self.now - self.was

    @property
    def changes_total(self):
        """Whether payments that come are others than before."""
        return self.of_payments > 1 and self.total_was != self.total_now

    @property
    def differs(self):
        return bool(self.cents or self.changes_total)

    @property
    def dollars(self):
        return Decimal(self.cents).scaleb(-2)

    @property
    def label(self):
        return ONCE[self.element].label


class Found(NamedTuple):
    """One position whose released pay is not what the plan gives. Cents; `waits` says why it can't go out."""

    line: RunLine
    turn: int
    reasons: list[str]
    case: PayCase
    award: Award | None  # None: not in the position on the plan's day
    base_was: int
    base_is: int
    once: tuple[Once, ...]  # by element
    base_on: object
    covers: tuple[bool, bool, bool]  # raise, tenure, merit
    assignment_id: int | None  # whose rate changes from `base_on`, where it does
    rate: int
    step: int | None
    needs_certificate: bool
    digest: str
    problems: list  # of certification, where it needs a certificate
    certificate: DifferenceCertificate | None = None
    stopped: str = ""
    rating: RatingOfRecord | None = None  # of today, where it needs a certificate
    rating_id: int | None = None  # the rating of record that the corrected award rests on
    exception: WrittenException | None = None
    moved: tuple[Moved, ...] = ()  # what counts from another day, where no line can say so
    wanted: tuple = ()  # (day, rate) of base pay that only the records can put right
    merit_was: date | None = None  # from which day merit was released, and from which the plan gives it
    merit_is: date | None = None
    record: str = ""  # what the records must have of the merit raise, where they alone put pay right

    @property
    def wanted_dollars(self):
        """(day, dollars a year or an hour) of each rate that the records must have."""
        places = -4 if self.case.basis == "hourly" else -2
        return [(day, Decimal(rate).scaleb(places)) for day, rate in self.wanted]

    @property
    def covers_merit(self):
        return self.covers[-1]

    @property
    def base(self):
        """Net of base pay, a year; negative is to be recovered."""
        return self.base_is - self.base_was

    @property
    def once_differs(self):
        """What is paid once that differs: what was paid so far, or payments that come."""
        return [each for each in self.once if each.differs]

    @property
    def lump(self):
        """Net of all that is paid once."""
        return sum(each.cents for each in self.once)

    def once_of(self, element):
        return next(each for each in self.once if each.element == element)

    @property
    def lump_once(self):
        """What of it an award can be."""
        return self.once_of(BatchLine.Element.LUMP)

    @property
    def base_dollars(self):
        return Decimal(self.base).scaleb(-2)

    @property
    def lump_dollars(self):
        return Decimal(self.lump).scaleb(-2)

    @property
    def can_be_excepted(self):
        return not self.certificate and can_be_excepted(self.problems)

    @property
    def waits(self):
        if self.stopped:
            return self.stopped
        if not self.needs_certificate or self.certificate:
            return ""
        return " ".join(problem.title for problem in self.problems) or NOT_CERTIFIED


class Standing(NamedTuple):
    """What a release of differences would hold now, as `readiness.Standing` says of other pay."""

    ready: list[Found]
    waiting: list[Found]
    lines: int
    people: int
    base: Decimal
    lump: Decimal
    is_own: bool
    seen: str

    @property
    def unsigned(self):
        """Whether a signature alone is missing somewhere."""
        return any(each.waits == NOT_CERTIFIED for each in self.waiting)


def read_award(stored):
    """The Award of a stored Difference; None where there is none."""
    return stored and Award(**stored | {"reasons": tuple(stored["reasons"])})


def stored_case(stored):
    """The PayCase of a stored Difference."""
    values = {
        name: date.fromisoformat(value) if name.endswith("_on") or name == "in_position_since" else value
        for name, value in stored.items()
        if value is not None
    }
    if "proposed" in values:
        values["proposed"] = Proposed(*values["proposed"])
    return PayCase(**{"rate": None} | values)
