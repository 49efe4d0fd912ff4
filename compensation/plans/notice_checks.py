"""Whether each elected officer whom a plan raises has a published notice that allows it (PAY-3, ALN-1)."""

from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db import connection

from compensation.conditions import prepared
from compensation.facts import FACTS, TODAY, asked
from compensation.pay.calculation import award
from compensation.pay.case import PayCase
from compensation.pay.money import dollars
from compensation.pay.notices import SOURCE, beyond, paid_rate
from compensation.pay.rules import Problem
from compensation.pay.schedule import BadSchedule
from court.notices import last_day_to_publish
from look.formats import record_date
from organization.models import Employee, the_county

ELECTED = f"SELECT {', '.join(FACTS)} FROM ({TODAY}) today WHERE kind = 'elected'"  # noqa: S608 - of constants
FIELD = "across_the_board.who.kinds"
SHOWN = 3  # officers named in one sentence


class Raised(NamedTuple):
    number: str
    salary: int  # cents a year, full time


def notice_problems(plan, rules, conditions):
    """Officers without a notice in time, and those whom the plan would pay more than theirs says."""
    parts = (rules, *(group.rules for group in rules.groups))
    if not any(each.across_the_board and "elected" in each.across_the_board.who.kinds for each in parts):
        return
    try:
        ready = prepared(conditions)
    except (BadSchedule, ValueError):  # told by other checks
        return
    missing, above = [], []
    for case in _elected(plan, rules):
        raised = _raised(case, ready)
        if raised:
            codes = beyond(case._replace(basis="annual"), raised.salary, 1, conditions.noticed)
            for code, found in (("no_notice", missing), ("above_notice", above)):
                if codes == [code]:
                    found.append(raised)
    county = the_county()
    if missing:
        yield Problem(FIELD, SOURCE, _without(missing, plan, county.officer_notice_days))
    if above:
        said = [
            f"{name} would have {dollars(each.salary)} and the notice allows "
            f"{dollars(conditions.noticed[each.number])}"
            for name, each in _named(above)
        ]
        message = (
            f"{'; '.join(said)}. Lower the raise, or publish a notice of the higher salary before the "
            "meeting (Texas AG JC-0255)."
        )
        yield Problem(FIELD, SOURCE, message)


def _elected(plan, rules):
    with connection.cursor() as cursor:
        cursor.execute(ELECTED, asked(plan, rules))
        return [PayCase(**dict(zip(FACTS, row, strict=True))) for row in cursor.fetchall()]


def _raised(case, ready):
    """What an officer would have if every raise had its notice; None for one whom the plan does not raise."""
    groups = tuple((members, plan._replace(noticed=None)) for members, plan in ready.groups)
    line = award(case, ready._replace(noticed=None, groups=groups))
    rate = paid_rate(ready.of(case).rules, line.new_rate, line.uncapped_raise)
    if rate == line.old_rate:
        return None
    hours = case.hours_per_year or ready.rules.hours_per_year
    yearly = -(-rate * hours // 100) if case.basis == "hourly" else rate
    return Raised(case.number, yearly)


def _without(missing, plan, days):
    names = [name for name, _ in _named(missing)]
    others = len(missing) - len(names)
    who = ", ".join(names) + (f" and {others} more" if others else "")
    if plan.action:
        last = record_date(last_day_to_publish(plan.action.meeting_on, days))
        when = f"by {last}, for the meeting of {record_date(plan.action.meeting_on)}"
    else:
        when = f"before the {ordinal(days)} day before the meeting"
    return (
        f"No notice of a raise is on record as published {when}: {who}. Publish it in a newspaper and have "
        "the court clerk record it, or leave elected officials out."
    )


def _named(raised):
    """The first of them with their names."""
    shown = raised[:SHOWN]
    employees = Employee.objects.in_bulk([each.number for each in shown], field_name="number")
    return [(str(employees[each.number]), each) for each in shown]
