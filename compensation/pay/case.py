"""What goes into the calculation for one person and what comes out: flat, as a row of the database is."""

from datetime import date
from typing import NamedTuple


class Proposed(NamedTuple):
    """What a head proposed for a person: a percent in millionths, or an amount in cents.

    Where the component gives a percent, the amount is what the person gets a year, or once, at his own FTE
    and not prorated. Where it gives dollars, it takes the place of those: FTE and proration hold alike.
    """

    gives: str  # "percent" or "amount"
    value: int


class PayCase(NamedTuple):
    """One assignment on the day of the inputs. None is a fact that is not known, and is never guessed."""

    number: str
    basis: str  # "annual" or "hourly"
    rate: int | None  # the full-time rate: cents a year, or ten-thousandths of a dollar an hour
    hours_per_year: int | None = None  # of a full-time year; None: the plan's
    fte: int | None = (
        None  # ten-thousandths; without it no rule of the range applies, and pay is the rate as it is
    )
    kind: str = "regular"  # or "temporary", "elected"
    pay_set_by: str = "court"  # or "judges", "grant", "state"
    is_grant: bool = False
    grade: str | None = None
    step: int | None = None
    hired_on: date | None = None
    in_position_since: date | None = None
    level: int | None = None  # the rating of record
    score: int | None = None  # hundredths
    service_weight: int | None = None  # share of service elements in the evaluation, hundredths of a percent
    last_promotion_on: date | None = None  # None: none on record
    last_merit_on: date | None = None
    separated_on: date | None = None  # the first day no longer employed
    department: str | None = None  # its code
    proposed: Proposed | None = None  # by the head; None: nothing
    earnings: int | None = None  # total earnings of the performance period, cents, overtime included


class Award(NamedTuple):
    """Every figure on the way. A `rate` is in the unit of the case's basis; all else is cents, FTE included.

    `new_annual - old_annual == across_the_board + lift + tenure + merit`, and
    `lump == excess + lump_sum + longevity`.
    """

    number: str
    reasons: tuple[
        str, ...
    ]  # "merit:no_rating": why a component gives nothing; `eligibility` has the sentences
    old_rate: int
    raise_step: int | None  # the step of the new table that across the board gave; None: the rate was raised
    raised_rate: int  # after across the board
    lifted_rate: int  # and not below the new minimum
    tenure_rate: int  # and after tenure
    tenure_step: int | None  # the step by then
    new_rate: int  # and after merit
    new_step: int | None
    range_minimum: (
        int | None
    )  # the new range in the unit of the rate; None where no rule of the range applied
    range_maximum: int | None
    merit_base: int  # the rate on which merit was taken
    merit_value: int  # steps, millionths or cents a year, as the plan gives; 0 without merit
    uncapped_raise: int  # the rate that across the board alone would have given without the maximum
    uncapped_merit: int  # and merit
    days: int  # days (or months) of service counted for merit, or without merit across the board,
    days_of: int  # of this many; 1 of 1 without proration
    old_annual: int
    across_the_board: int
    lift: int
    tenure: int
    merit: int  # on base pay, a year
    new_annual: int
    new_hourly: int | None  # ten-thousandths of a dollar; None for annual pay whose FTE is not known
    excess: int  # over the maximum, paid once
    forfeited: int  # over the maximum, not paid
    lump_base: (
        int  # annual pay or total earnings on which it was taken, or the full-time dollars of the table
    )
    lump_value: int  # millionths or cents, as the plan gives
    lump_days: int
    lump_days_of: int
    lump_sum: int  # by rating, or by the result of a team
    longevity_base: int  # annual pay on which it was taken, or the full-time dollars of the table
    longevity: int  # what tenure pays once
    lump: int  # paid once, in all
    fica_raise: int  # the employer's share on across the board and lift
    fica_tenure: int  # on tenure, whether it raises base pay or is paid once
    fica_merit: int
    fica_lump: int  # on what is paid once but for longevity
    retirement_raise: int
    retirement_tenure: int
    retirement_merit: int
    retirement_lump: int

    @property
    def raise_before_merit(self):
        """Across the board, to the minimum and tenure, cents a year."""
        return self.across_the_board + self.lift + self.tenure

    @property
    def awarded_once(self):
        """What of `lump` may be an award: all but longevity, which goes by no rating."""
        return self.excess + self.lump_sum

    @property
    def by_years(self):
        """Whether tenure raises base pay."""
        return self.tenure_rate > self.lifted_rate

    @property
    def passes_maximum(self):
        """Whether a part of merit is paid once."""
        return self.excess > 0 and self.merit_value > 0

    @property
    def fica(self):
        return self.fica_raise + self.fica_tenure + self.fica_merit + self.fica_lump

    @property
    def retirement(self):
        return self.retirement_raise + self.retirement_tenure + self.retirement_merit + self.retirement_lump


FIGURES = Award._fields[2:]  # after the number and the reasons
