"""Working out a worksheet: who of those with a lump sum has overtime in the file, and what it adds."""

from datetime import timedelta
from typing import NamedTuple

from compensation.pay import regular_rate
from compensation.pay.regular_rate import EARNINGS, EQUAL_HOURS, EQUAL_WEEKS
from look.formats import plural, record_date
from organization.models import Employee
from organization.refusal import Refused
from overtime.models import WorksheetPerson
from overtime.reading import SIX_DAYS, Hours, Reader
from overtime.sources import Lump, lumps_of, pays_percent_of_earnings, period_of, standings

A_WEEK = timedelta(days=7)
Standing = WorksheetPerson.Standing


class Result(NamedTuple):
    """One person's lump sum: `shares` where it was worked out, else why not."""

    lump: Lump
    standing: str
    note: str = ""
    shares: tuple = ()
    by_method: tuple = (0, 0)

    @property
    def additional(self):
        return regular_rate.additional(self.shares)


class Work(NamedTuple):
    period: object
    hours: Hours
    results: list[Result]

    def computed(self):
        return [each for each in self.results if each.standing == Standing.COMPUTED]


def work_out(source, table, columns, *, method, complete):
    """The Work of an overtime file by a method, people by employee number. Writes nothing.

    Raises Refused for a percent of total earnings where the plan pays none.
    """
    refuse_method(source, method)
    period, lumps = period_of(source.run), lumps_of(source)
    known = standings(lumps, period)
    earlier = worked_earlier(source)
    wanted = {
        number for number, lump in lumps.items()
        if known[lump.employee_id] == "non_exempt" and lump.employee_id not in earlier
    }  # fmt: skip
    roster = Employee.objects.values_list("number", flat=True)
    hours = Reader(table, columns, known=roster, wanted=wanted, period=period).read()
    results = [
        Result(lump, Standing.EARLIER, f"Worksheet {earlier[lump.employee_id]}")
        if lump.employee_id in earlier
        else result_of(lump, known[lump.employee_id], hours, period, method, complete)
        for _, lump in sorted(lumps.items())
    ]
    return Work(period, hours, results)


def refuse_method(source, method):
    if method == EARNINGS and not pays_percent_of_earnings(source):
        raise Refused(
            "The plan does not pay this lump sum as a percent of total earnings, overtime included, so"
            " it does not contain its overtime (29 CFR 778.210). Choose equal for each week or for each hour."
        )


def worked_earlier(source):
    """Employee id to the kept worksheet that has worked out his lump sum of this batch."""
    if source.batch is None:
        return {}
    kept = WorksheetPerson.objects.filter(batch=source.batch, is_kept=True, standing=Standing.COMPUTED)
    return dict(kept.values_list("employee_id", "worksheet_id"))


def result_of(lump, exemption, hours, period, method, complete):
    if exemption != "non_exempt":
        return Result(lump, Standing(exemption))
    if row := hours.first_refused.get(lump.number):
        return Result(lump, Standing.REFUSED, f"Row {row:,}")
    weeks = hours.weeks.get(lump.number)
    if not weeks:
        return Result(lump, Standing.NO_ROW)
    if not complete and (gone := missing_weeks(lump, weeks, period)):
        first = f"{plural(len(gone), 'week', 'weeks')}, the first ending {record_date(gone[0])}"
        return Result(lump, Standing.MISSING, first)
    try:
        shares = regular_rate.spread(lump.cents, weeks, method)
    except ValueError as problem:
        return Result(lump, Standing.MISSING, str(problem))
    return Result(lump, Standing.COMPUTED, "", tuple(shares), side_by_side(lump.cents, weeks))


def side_by_side(lump, weeks):
    """What each of the methods of 778.209(b) would give, in cents: per week, per hour."""
    given = []
    for method in (EQUAL_WEEKS, EQUAL_HOURS):
        try:
            given.append(regular_rate.additional(regular_rate.spread(lump, weeks, method)))
        except ValueError:  # no hours at all
            given.append(0)
    return tuple(given)


def missing_weeks(lump, weeks, period):
    """The last days of the weeks of the period, in employment, that the file does not have."""
    there = {week.ends_on for week in weeks}
    first = max(period.starts_on, lump.hired_on or period.starts_on)
    day = first + timedelta((min(there) - first).days % 7)
    gone = []
    while day <= period.ends_on and (lump.separated_on is None or lump.separated_on > day - SIX_DAYS):
        if day not in there:
            gone.append(day)
        day += A_WEEK
    return gone
