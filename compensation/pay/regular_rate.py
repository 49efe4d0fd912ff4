"""What a lump sum adds to overtime already worked: 29 CFR 778.208 to 778.211 (PAY-11).

A lump sum that was promised is part of the regular rate of the weeks in which it was earned (778.208,
778.211). Money is cents, hours are hundredths of an hour; fractions stay exact until the additional pay of a
week, which is rounded once, half up to the cent: each workweek stands alone (778.104).
"""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from compensation.pay import money
from compensation.pay.pools import largest_remainder

EQUAL_WEEKS, EQUAL_HOURS, EARNINGS = METHODS = ("weeks", "hours", "earnings")
MOST_HOURS = 168_00  # of a workweek: seven periods of 24 hours (778.105)
STANDARD_WEEK = 40_00  # after which overtime begins (29 U.S.C. 207(a))


class Week(NamedTuple):
    """A workweek, named by its last day. `earnings` are straight time and overtime; None where unknown."""

    ends_on: date
    hours: int
    overtime: int
    earnings: int | None = None


class Share(NamedTuple):
    """What falls to one week: its part of the lump sum and the additional overtime pay, in cents.

    `increase` is what the part adds to the regular rate: an exact fraction of cents an hour, 0 in a week
    without hours, and where no more is due because the lump sum contains its overtime.
    """

    week: Week
    part: int
    increase: Fraction
    additional: int


def spread(lump, weeks, method):
    """The Share of each week of a lump sum of `lump` cents, by date; the parts add up to it exactly.

    - `weeks`: an equal amount for each week (778.209(b)). `weeks` are those of the period that it rewards.
    - `hours`: an equal amount for each hour worked (778.209(b)).
    - `earnings`: a percent of all earnings, overtime included, raises overtime with the rest, so nothing more
      is due (778.210). The parts follow the earnings of the weeks.

    What is due more for a week is half of the increase of its regular rate for each hour of overtime
    (778.209(a)): part / hours x 0.5 x overtime hours, where the part is the exact fraction, not the cents
    shown. Raises ValueError without weeks, hours or earnings to spread over.
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
        due = increase * week.overtime / 200
        shares.append(Share(week, parts[place], increase, money.rounded(due.numerator, due.denominator)))
    return shares


def _weights(weeks, method):
    """What each week weighs, by its place."""
    if method == EQUAL_WEEKS:
        return dict.fromkeys(range(len(weeks)), 1)
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
