"""What of one line of a run can be released: the stages of its base pay by day, and what is paid once."""

from datetime import date
from typing import NamedTuple

from compensation.pay.case import PayCase
from compensation.pay.dating import Dates, dates_of
from compensation.pay.monthly import Payment
from payroll.once import ONCE

STAGES = ("raises", "tenure", "merit")  # of base pay, each on the one before; their days in `Dates`


class Ready(NamedTuple):
    """One line and which of its parts can be released: the raise for everyone, tenure, merit, what is paid
    once, longevity by itself; of those the first payment where the plan pays in months (`payroll.monthly` has
    the others).

    Cents a year, and rates in the unit of the basis. `before` and `after` are what base pay is without and
    with those parts; `is_final`: it becomes what the run computed, and nothing comes later.
    """

    line_id: int
    employee_id: int
    number: str
    slot: int
    raises: bool
    tenure: bool
    merit: bool
    lump: bool
    longevity: bool
    is_final: bool
    before: int
    after: int
    lump_amount: int
    longevity_amount: int
    once_for: str  # "rating" or "maximum": what the lump sum is paid once for
    old_annual: int
    new_annual: int
    basis: str
    rate: int
    step: int | None
    after_raise: int  # the pay, rate and step that the raise alone leads to
    raise_rate: int
    raise_step: int | None
    after_tenure: int  # and with tenure
    tenure_rate: int
    tenure_step: int | None
    new_hourly: int | None
    hours_per_year: int | None
    assignment_id: int
    first_name: str
    last_name: str
    department: str
    fund: str
    old_rate: int
    hired_on: date | None
    in_position_since: date | None
    grade: str | None
    kind: str
    pay_set_by: str
    department_code: str
    passes_maximum: bool
    by_years: bool
    dates: Dates | None = None
    of_payments: int = 1  # in how many months `lump_amount` and `longevity_amount`, the first payments, begin

    @property
    def first_payments(self):
        """The first payment of each element that is paid once, or all of it: (element, Payment)."""
        for each in ONCE.values():
            if getattr(self, each.part):
                cents = getattr(self, f"{each.part}_amount")
                yield each.element, Payment(1, self.of_payments, each.on(self.dates), cents)

    @property
    def pays_once(self):
        return self.lump or self.longevity

    @property
    def by_day(self):
        """Itself, or a part for each day from which some of its base pay counts, the earliest first.

        What is paid once goes with the last.
        """
        given = [(stage, self.day_of(stage)) for stage in STAGES if getattr(self, stage)]
        parts, rest = [], self
        for day in sorted({day for _, day in given})[:-1]:
            part = rest.without(*(stage for stage, on in given if on > day))
            parts.append(part._replace(lump=False, longevity=False))
            done = (stage for stage, on in given if on <= day)
            rest = rest._replace(**dict.fromkeys(done, False), before=part.after)
        return [*parts, rest]

    def day_of(self, stage):
        """The day from which a stage of base pay counts; None where it can't be known."""
        return self.dates[STAGES.index(stage)]

    @property
    def changes_base(self):
        return self.raises or self.tenure or self.merit

    @property
    def base_on(self):
        """The day from which the base pay of this part counts."""
        return next(self.day_of(stage) for stage in STAGES if getattr(self, stage))

    def without(self, *stages):
        """The same without merit, or without tenure and merit: they come another time, or not at all."""
        left = self._replace(**dict.fromkeys(stages, False), is_final=False)
        if "tenure" in stages:
            return left._replace(after=self.after_raise, rate=self.raise_rate, step=self.raise_step)
        return left._replace(after=self.after_tenure, rate=self.tenure_rate, step=self.tenure_step)

    def dated(self, plan):
        """The same with its days under the prepared plan."""
        case = PayCase(
            self.number,
            self.basis,
            self.old_rate,
            grade=self.grade,
            kind=self.kind,
            pay_set_by=self.pay_set_by,
            hired_on=self.hired_on,
            in_position_since=self.in_position_since,
            department=self.department_code,
        )
        return self._replace(dates=dates_of(case, plan, self))
