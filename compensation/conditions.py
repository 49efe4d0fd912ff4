"""What a plan says besides its rules: the schedules, the day of adoption and the pay calendar, as of its
day.
"""

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from compensation.models import Grade, Schedule
from compensation.pay import schedule as pay_schedule
from compensation.pay import written_rules
from compensation.pay.periods import effective_date
from compensation.pay.preparation import prepare
from court.notices import in_time
from organization.dated import is_in_force
from organization.models import PayCalendar, the_county

A_YEAR = timedelta(days=366)


class Conditions(NamedTuple):
    """The fields of `Run` that keep it, by the same names."""

    rules: dict
    schedules: list  # of {"code", "before", "after"}; "after" only where it is a table of the county's own
    adopted_on: date | None
    pay_anchor_on: date | None
    pay_period_days: int
    noticed: dict = {}  # number of an elected officer to the yearly salary that a notice allows, in cents


def conditions_of(plan):
    """The conditions of a plan as they stand now.

    The schedules are those in force on the plan's day. Where the rules do not say how they rise, the tables
    in force on the day of the raise hold afterwards.
    """
    calendar = PayCalendar.objects.first()
    return Conditions(
        rules=plan.rules,
        schedules=_schedules(plan, calendar),
        adopted_on=_service_counts_from(plan),
        pay_anchor_on=calendar and calendar.anchor_on,
        pay_period_days=calendar.length_days if calendar else 14,
        noticed=_noticed(plan),
    )


def _schedules(plan, calendar):
    """The plan's schedules in the order of its codes; a code without a table in force is left out."""
    days = [plan.base_on]
    if plan.rules.get("schedule") is None and plan.rules.get("effective_on"):
        days.append(raise_day(plan, calendar))
    wanted = Schedule.objects.filter(code__in=plan.schedule_codes)
    tables = read_tables(reduce(or_, (wanted.in_force(day) for day in days)))
    before, *after = ({each.code: each for each in tables if is_in_force(each, day)} for day in days)
    after = after[0] if after else before
    return [
        {
            "code": code,
            "before": pay_schedule.dump(tables[before[code]]),
            "after": pay_schedule.dump(tables[after[code]])
            if code in after and after[code] != before[code]
            else None,
        }
        for code in plan.schedule_codes
        if code in before
    ]


def _noticed(plan):
    """The salaries that published notices allow, where the plan raises elected officers; asked for no other.

    Before the plan has its order each notice is held against the meeting that it names.
    """
    if not raises_elected(plan.rules):
        return {}
    days = the_county().officer_notice_days
    meeting_on = plan.action.meeting_on if plan.action else None
    found = in_time(meeting_on, days=days, since=plan.base_on - A_YEAR)
    return {each.number: int(each.proposed * 100) for each in found}


def raises_elected(rules):
    """Whether written rules name elected officers anywhere: those who take part, or members of a group."""
    if isinstance(rules, dict):
        kinds = rules.get("kinds")
        return (isinstance(kinds, list) and "elected" in kinds) or any(map(raises_elected, rules.values()))
    return isinstance(rules, list) and any(map(raises_elected, rules))


def raise_day(plan, calendar):
    """The day from which a plan's raise counts; None where its rules name none."""
    if not plan.rules.get("effective_on"):
        return None
    on = date.fromisoformat(plan.rules["effective_on"])
    try:
        return effective_date(
            on,
            plan.rules.get("effective_rule", "on_date"),
            calendar and calendar.anchor_on,
            calendar.length_days if calendar else 14,
        )
    except ValueError:
        return on  # the rule that can't be read is told by `checks`; the day as typed is the nearest


def _service_counts_from(plan):
    """The day of adoption where a lump sum pays service from it on only (Texas Constitution art. III §53).

    None before adoption and where the plan was adopted in time: then it changes no figure.
    """
    lump_sum, period = plan.rules.get("lump_sum") or {}, plan.rules.get("performance_period") or {}
    if plan.action is None or not lump_sum.get("from_adoption_on"):
        return None
    late = plan.action.meeting_on.isoformat() > period.get("starts_on", "")
    return plan.action.meeting_on if late else None


def conditions_of_run(run):
    """The conditions that a run keeps."""
    return Conditions(*(getattr(run, name) for name in Conditions._fields))


def prepared(conditions, *, rules=None):
    """`conditions` made ready for `compensation.pay.calculation.award`, by other rules if they are given."""
    return prepare(
        rules or written_rules.parse(conditions.rules),
        further=read_schedules(conditions),
        adopted_on=conditions.adopted_on,
        anchor=conditions.pay_anchor_on,
        period_length=conditions.pay_period_days,
        noticed=conditions.noticed,
    )


def read_schedules(conditions):
    """The pairs of schedules before and after the raise, as `prepare` takes them."""
    return tuple(
        (pay_schedule.parse(each["before"]), each["after"] and pay_schedule.parse(each["after"]))
        for each in conditions.schedules
    )


def read_schedule(table):
    """A stored schedule as `read_tables` has it."""
    found = read_tables(Schedule.objects.filter(pk=table.pk))
    return found.get(table) or pay_schedule.Schedule((), table.basis)


def read_tables(schedules):
    """The schedules of a queryset, those with grades, as `compensation.pay` takes them: cents a year, or
    ten-thousandths of a dollar an hour. One query.
    """
    by_number = {"filter": Q(steps__isnull=False), "order_by": "steps__number", "default": Value([])}
    stored = Grade.objects.filter(schedule__in=schedules).select_related("schedule")
    stored = stored.annotate(
        numbers=ArrayAgg("steps__number", **by_number), amounts=ArrayAgg("steps__amount", **by_number)
    )
    grades = {}
    for grade in stored:
        units = 10_000 if grade.schedule.basis == "hourly" else 100
        grades.setdefault(grade.schedule, []).append(
            pay_schedule.Grade(
                grade.code,
                *(
                    None if amount is None else int(amount * units)
                    for amount in (grade.minimum, grade.midpoint, grade.maximum)
                ),
                tuple(int(amount * units) for amount in grade.amounts),
                tuple(grade.numbers),
            )
        )
    return {each: pay_schedule.Schedule(tuple(rows), each.basis) for each, rows in grades.items()}
