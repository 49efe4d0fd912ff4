"""What a row of a roster says about pay: its basis, its rate and the hours of its year."""

from decimal import ROUND_HALF_UP, Decimal

from exchange.matching import normal_name
from exchange.parsing import BadCell
from organization.models import Assignment
from organization.roster.cells import PayOf

ANNUAL, HOURLY = Assignment.Basis.ANNUAL, Assignment.Basis.HOURLY
SURELY_ANNUAL = 1000
SURELY_HOURLY = 200
HOURS_OF_A_WEEK = 168
LONGEST_WEEK = 60
TIMES_A_YEAR = {"week": 52, "two_weeks": 26, "month": 12, "year": 1}
FULL_WEEKS = (40, Decimal("37.5"), 35)  # hours of full time that are usual
SAME_SHARE = Decimal("0.01")
MOST_HOURS = 24 * 366
RATE_PLACE = Decimal("0.0001")


class Pay:
    """The pay of one row. `doubt` names a field that deserves a look, and why."""

    __slots__ = ("basis", "doubt", "rate")

    def __init__(self, basis, rate, doubt=None):
        self.basis, self.rate, self.doubt = basis, rate, doubt


def read_pay(values, rate_is="auto"):
    """The `Pay` of a row from what could be read of it: basis, annual_pay, hourly_rate, rate.

    One column of two that are filled is authoritative: the one that the basis names, else the yearly one.
    Raises `BadCell` where no rate can be told.
    """
    values = as_stated(values)
    basis = values.get("basis")
    annual, hourly, rate = values.get("annual_pay"), values.get("hourly_rate"), values.get("rate")
    if rate is not None and annual is None and hourly is None:
        return pay_from_rate(rate, basis if rate_is == "auto" else rate_is)
    if annual is None and hourly is None:
        raise BadCell("is empty", "Write what the person is paid, or 0.")
    if basis == HOURLY and hourly is not None and (hourly or not annual):
        return Pay(HOURLY, hourly)
    if basis == ANNUAL and annual is not None and (annual or not hourly):
        return Pay(ANNUAL, annual, little_for_a_year(annual))
    if basis == HOURLY and annual is not None and 0 < annual < SURELY_ANNUAL:
        return Pay(HOURLY, annual)  # one column for both, named after the yearly ones
    if annual or hourly is None:
        doubt = little_for_a_year(annual)
        if basis == HOURLY and annual:
            doubt = ("basis", "says hourly, but only yearly pay is given; kept as annual")
        return Pay(ANNUAL, annual, doubt)
    return Pay(HOURLY, hourly)


def as_stated(values):
    """The values with amounts that say of what they are in the field that is meant. Raises `BadCell`."""
    if not any(isinstance(value, PayOf) for value in values.values()):
        return values
    plain = {name: value for name, value in values.items() if not isinstance(value, PayOf)}
    for value in values.values():
        if isinstance(value, PayOf):
            if plain.get("basis") not in (None, value.basis):
                raise BadCell("is of another basis than the row says", "Look up which is right.")
            plain.setdefault("annual_pay" if value.basis == ANNUAL else "hourly_rate", value.amount)
    return plain


def pay_from_rate(rate, basis):
    """A rate whose column does not say of what: by its basis, else by its size."""
    if basis in (ANNUAL, HOURLY):
        return Pay(basis, rate)
    if rate == 0 or rate >= SURELY_ANNUAL:
        return Pay(ANNUAL, rate)
    if rate < SURELY_HOURLY:
        return Pay(HOURLY, rate)
    raise BadCell("can be a rate of a year or of an hour", "Say which in a column Pay basis.")


def little_for_a_year(annual):
    if 0 < annual < SURELY_HOURLY:
        return ("annual_pay", "is very little for a year; perhaps it is an hourly rate")
    return None


def unit_of_hours(header, stated="auto"):
    """What the hours in a column are of: week, two_weeks, month or year; auto where each value tells."""
    if stated != "auto":
        return stated
    words = normal_name(header.title)
    if "year" in words or "annual" in words:
        return "year"
    if any(unit in words for unit in ("biweek", "bi week", "pay period", "two week", "2 week")):
        return "two_weeks"
    if "month" in words:
        return "month"
    return "week" if "week" in words else "auto"


def hours_of_a_year(hours, unit):
    """(whole hours of a year or None, doubt or ""). Up to 168 hours without a unit are those of a week.

    Raises `BadCell`.
    """
    if hours < 0:
        raise BadCell("is below zero")
    if not hours:
        return None, ""
    if unit == "auto":
        unit = "week" if hours <= HOURS_OF_A_WEEK else "year"
    exact = hours * TIMES_A_YEAR[unit]
    whole = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if not 0 < whole <= MOST_HOURS:
        raise BadCell("is more than the hours of a year" if whole else "is less than an hour a year")
    if unit == "week" and hours > LONGEST_WEEK:
        return int(whole), f"is taken as hours of a week, {whole:,} a year"
    if exact != whole:
        return int(whole), f"makes {exact:,} hours a year; kept as {whole:,}"
    return int(whole), ""


def hours_of_full_time(hours, fte, are="auto"):
    """(hours a year of full time, doubt or "") of somebody below full time whose hours are stated as well.

    Hours of a year x FTE are what he works. Where the stated hours are those already, the FTE must not
    reduce them once more: 20 hours a week at 0.5 are 2,080 of full time. `are` says which they are: worked,
    full_time, or auto: worked if they are the FTE's part of a usual full week. Raises `BadCell`.
    """
    week = Decimal(hours) / 52
    if are == "full_time" or (are == "auto" and week > max(FULL_WEEKS) - 1):
        return hours, ""
    agree = any(abs(week / full - fte) <= SAME_SHARE for full in FULL_WEEKS)
    if are == "auto" and not agree:
        return hours, "and the FTE are both below full time and do not agree; pay counts hours x FTE"
    whole = int((hours / fte).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if whole > MOST_HOURS:
        raise BadCell("at this FTE makes more than the hours of a year")
    return whole, "says the same as the FTE; counted once" if are == "auto" else ""


def full_time_rate(pay, fte):
    """The full-time rate, to four decimals, of somebody who is paid `pay` a year at an FTE."""
    return (pay / fte).quantize(RATE_PLACE, rounding=ROUND_HALF_UP)


def annual_pay(state, hours_per_year):
    """Dollars a year, exact: the annual rate, or hourly rate x hours x FTE (1 where unknown).

    The same as `AssignmentQuerySet.with_annual_rate` in the database.
    """
    if state.basis == ANNUAL:
        return state.rate
    pay = state.rate * (state.hours_per_year or hours_per_year)
    return pay if state.fte is None else pay * state.fte


def to_the_cent(dollars):
    return dollars.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
