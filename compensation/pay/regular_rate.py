"""What a lump sum adds to overtime already worked: 29 CFR 778.208 to 778.211 (PAY-11).

A lump sum that was promised is part of the regular rate of the weeks in which it was earned (778.208,
778.211). Money is cents, hours are hundredths of an hour; fractions stay exact until the additional pay of a
week, which is rounded once, half up to the cent: each workweek stands alone (778.104). Where law enforcement
or fire protection has work periods of 7 to 28 days, each of them stands for a workweek (29 U.S.C. 207(k),
29 CFR 553.233).
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from compensation.pay import money
from compensation.pay.pools import largest_remainder

EQUAL_WEEKS, EQUAL_HOURS, EARNINGS = METHODS = ("weeks", "hours", "earnings")
HOURS_OF_A_DAY = 24_00  # a workweek has seven of them (778.105)
STANDARD_WEEK = 40_00  # after which overtime begins (29 U.S.C. 207(a))
WEEK, LONGEST_PERIOD = 7, 28  # days of a work period (29 U.S.C. 207(k))
LAW_ENFORCEMENT, FIRE_PROTECTION = 171, 212  # hours of the longest work period (29 CFR 553.230)


class Week(NamedTuple):
    """A workweek, or a work period of so many days, named by its last day.

    `earnings` are straight time and overtime; None where unknown. `comp_time` are the hours of the overtime
    for which compensatory time was given in place of cash (29 U.S.C. 207(o)).
    """

    ends_on: date
    hours: int
    overtime: int
    earnings: int | None = None
    days: int = WEEK
    comp_time: int = 0

    @property
    def starts_on(self):
        return self.ends_on - timedelta(self.days - 1)


class Share(NamedTuple):
    """What falls to one week: its part of the lump sum and the additional overtime pay, in cents.

    `increase` is what the part adds to the regular rate: an exact fraction of cents an hour, 0 in a week
    without hours, and where no more is due because the lump sum contains its overtime.
    """

    week: Week
    part: int
    increase: Fraction
    additional: int
    of_comp_time: int  # what the hours given as compensatory time come to, counted or not


def hours_before_overtime(days):
    """After how many hours of a work period overtime is due, in hundredths: the two of 29 CFR 553.230, for
    law enforcement and fire protection; for a workweek the 40 of everybody else.
    """
    if days == WEEK:
        return (STANDARD_WEEK,)
    most = LAW_ENFORCEMENT, FIRE_PROTECTION
    return tuple(money.rounded(hours * days, LONGEST_PERIOD) * 100 for hours in most)


def spread(lump, weeks, method, *, with_comp_time=True):
    """The Share of each week of a lump sum of `lump` cents, by date; the parts add up to it exactly.

    - `weeks`: an equal amount for each week (778.209(b)), a work period counting by its days. `weeks` are
      those of the period that it rewards.
    - `hours`: an equal amount for each hour worked (778.209(b)).
    - `earnings`: a percent of all earnings, overtime included, raises overtime with the rest, so nothing more
      is due (778.210). The parts follow the earnings of the weeks.

    What is due more for a week is half of the increase of its regular rate for each hour of overtime
    (778.209(a)): part / hours x 0.5 x overtime hours, where the part is the exact fraction, not the cents
    shown. Without `with_comp_time` overtime hours for which compensatory time was given earn none of it.
    Raises ValueError without weeks, hours or earnings to spread over.
    """
    weeks = sorted(weeks)
    weights = _weights(weeks, method)
    if not sum(weights.values()):
        raise ValueError("There is nothing in these weeks that the lump sum could be spread over.")
    parts = largest_remainder(lump, weights)
    whole = sum(weights.values())
    shares = []
    for place, week in enumerate(weeks):
        increase = Fraction(0)
        if week.hours and method != EARNINGS:
            increase = Fraction(lump * weights[place] * 100, whole * week.hours)
        of_all = due = _half(increase, week.overtime)
        if week.comp_time:
            due = _half(increase, week.overtime - week.comp_time)
        given = of_all if with_comp_time else due
        shares.append(Share(week, parts[place], increase, given, of_all - due))
    return shares


def _half(increase, hours):
    if not hours:
        return 0
    due = increase * hours / 200
    return money.rounded(due.numerator, due.denominator)


def _weights(weeks, method):
    """What each week weighs, by its place."""
    if method == EQUAL_WEEKS:
        return {place: week.days for place, week in enumerate(weeks)}
    if method == EQUAL_HOURS:
        return {place: week.hours for place, week in enumerate(weeks)}
    if any(week.earnings is None for week in weeks):
        raise ValueError("A percent of total earnings needs the earnings of each week.")
    return {place: week.earnings for place, week in enumerate(weeks)}


def additional(shares):
    """The additional overtime pay of all weeks, in cents."""
    return sum(share.additional for share in shares)


def standing_of(statuses):
    """Whether overtime is due to somebody of these FLSA statuses (True is exempt), one for each assignment.

    `non_exempt`, `exempt`, `unknown` where any is not known, `mixed` where they differ: what is not known for
    the whole of the period is for a person to decide.
    """
    statuses = set(statuses)
    if not statuses or None in statuses:
        return "unknown"
    if len(statuses) > 1:
        return "mixed"
    return "exempt" if statuses.pop() else "non_exempt"
