"""Working out a worksheet: who of those with a lump sum has overtime in the file, and what it adds."""

from datetime import timedelta
from typing import NamedTuple

from compensation.pay import regular_rate
from compensation.pay.regular_rate import EARNINGS, EQUAL_HOURS, EQUAL_WEEKS, WEEK
from look.formats import plural, record_date
from organization.dated import A_DAY
from organization.models import Employee
from organization.refusal import Refused
from overtime.models import WorksheetPerson
from overtime.reading import Hours, Reader
from overtime.sources import Lump, lumps_of, pays_percent_of_earnings, period_of, standings

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


def work_out(source, table, columns, *, method, complete, with_comp_time=True):
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
        else result_of(
            lump,
            known[lump.employee_id],
            hours,
            period,
            method,
            complete=complete,
            with_comp_time=with_comp_time,
        )
        for _, lump in sorted(lumps.items())
    ]
    return Work(period, hours, results)


def refuse_method(source, method):
    if method == EARNINGS and not pays_percent_of_earnings(source):
        raise Refused(
            "What is paid once here is not, or not all of it, a percent of total earnings, overtime included,"
            " so it does not contain its overtime (29 CFR 778.210). Choose equal for each week or for each"
            " hour."
        )


def worked_earlier(source):
    """Employee id to the kept worksheet that has worked out his lump sum of this batch."""
    if source.batch is None:
        return {}
    kept = WorksheetPerson.objects.filter(batch=source.batch, is_kept=True, standing=Standing.COMPUTED)
    return dict(kept.values_list("employee_id", "worksheet_id"))


def result_of(lump, exemption, hours, period, method, *, complete, with_comp_time):
    if exemption != "non_exempt":
        return Result(lump, Standing(exemption))
    if row := hours.first_refused.get(lump.number):
        return Result(lump, Standing.REFUSED, f"Row {row:,}")
    weeks = hours.weeks.get(lump.number)
    if not weeks:
        return Result(lump, Standing.NO_ROW)
    if not complete and (gone := missing_weeks(lump, weeks, period)):
        name = "week" if all(week.days == WEEK for week in weeks) else "work period"
        first = f"{plural(len(gone), name, name + 's')}, the first ending {record_date(gone[0])}"
        return Result(lump, Standing.MISSING, first)
    try:
        shares = regular_rate.spread(lump.cents, weeks, method, with_comp_time=with_comp_time)
    except ValueError as problem:
        return Result(lump, Standing.MISSING, str(problem))
    return Result(lump, Standing.COMPUTED, "", tuple(shares), side_by_side(lump.cents, weeks, with_comp_time))


def side_by_side(lump, weeks, with_comp_time):
    """What each of the methods of 778.209(b) would give, in cents: per week, per hour."""
    given = []
    for method in (EQUAL_WEEKS, EQUAL_HOURS):
        try:
            shares = regular_rate.spread(lump, weeks, method, with_comp_time=with_comp_time)
            given.append(regular_rate.additional(shares))
        except ValueError:  # no hours at all
            given.append(0)
    return tuple(given)


def missing_weeks(lump, weeks, period):
    """The last days of the weeks of the period, in employment, that the file does not have, by date.

    How long a missing one is, the work period after it tells; behind the last one, that.
    """
    gone, day = [], max(period.starts_on, lump.hired_on or period.starts_on)
    for week in sorted(weeks):
        before, ends_on = [], week.starts_on - A_DAY
        while ends_on >= day:
            before.append(ends_on)
            ends_on -= timedelta(week.days)
        gone += reversed(before)
        day, length = week.ends_on + A_DAY, timedelta(week.days)
    while (ends_on := day + length - A_DAY) <= period.ends_on:
        if lump.separated_on is not None and lump.separated_on <= day:
            break
        gone.append(ends_on)
        day += length
    return gone
