"""Corrected base pay that no line of a difference can say: somebody changes the records, and by them it is
put right.

A stage may count from another day than that from which it was released: a hire date that was corrected moves
the day of tenure, and though pay a year is the same, pay between the two days is not. Or pay is another one
from more than one day, as where merit comes after the raise.
"""

from datetime import timedelta
from typing import NamedTuple

from look import formats
from organization.dated import is_in_force
from organization.models import Advancement, Assignment
from payroll.stages import stages_of

TWO_DAYS = "Base pay changes from more than one day. Correct it on the employee’s page."
MOVED = "It counts from another day than it was released from. Correct it on the employee’s page."


class Moved(NamedTuple):
    """The rate from the day on which a stage begins; it was released from `was_on`."""

    on: object
    was_on: object
    rate: int


def moved_stages(award, before, dates, former, settled):
    """The Moved of the settled stages that add something, now and before; none without an award of both."""
    if not award or not before:
        return []
    stages = [*zip(stages_of(award)[:settled], stages_of(before), dates, former, strict=False)]
    rates = {on: now.rate for now, _, on, _ in stages if now.cents}
    return [
        Moved(on, was_on, rates[on])
        for now, was, on, was_on in stages
        if now.cents and was.cents and on != was_on
    ]


def says_it(days, moved):
    """Whether one line says all of it: pay that is another one from an earlier day on."""
    return bool(days) and all(each.on == days[0] and each.on < each.was_on for each in moved)


def rates_from(days, stages, dates):
    """(day, rate) of each of the days from which base pay is another one: what the records must say."""
    rates = {}
    for stage, day in zip(stages, dates, strict=False):
        rates[day or dates.raise_on] = stage.rate
    return tuple((day, rates[day]) for day in dict.fromkeys(days) if day in rates)


def not_put_right(found):
    """The Found without those that only the records can put right, and which the records have right: base
    pay, and the merit raise on record, which no release puts right then.
    """
    asked = [each.line.employee_id for each in found if each.wanted]
    if not asked:
        return found
    held = {}
    for each in Assignment.objects.filter(employee__in=asked):
        held.setdefault((each.employee_id, each.slot), []).append(each)
    raises = Advancement.objects.filter(employee__in=asked, kind=Advancement.Kind.MERIT)
    raises = set(raises.values_list("employee_id", "on", "source"))
    found = [each._replace(record=_of_merit(each, raises)) if each.wanted else each for each in found]
    return [
        each
        for each in found
        if each.record
        or not (_by_records(each) and _is_right(each, held[each.line.employee_id, each.line.case.slot]))
    ]


def _of_merit(found, raises):
    """What is still to be done about the merit raise on record; nothing where HR has put it right."""
    employee, was, now = found.line.employee_id, found.merit_was, found.merit_is
    if was == now:
        return ""
    if was is None:
        is_there = any((employee, now, source) in raises for source in Advancement.Source)
        return "" if is_there else f"Record the merit raise of {formats.record_date(now)} there, too."
    if (employee, was, Advancement.Source.RELEASE) not in raises:
        return ""
    if now is None:
        return f"Take the merit raise of {formats.record_date(was)} off the record there, too."
    days = formats.record_date(was), formats.record_date(now)
    return "Correct the merit raise of {} on record there to {}, too.".format(*days)


def _by_records(found):
    """Where a sum paid once differs too, a difference is still to come."""
    return bool(found.wanted) and not found.once_differs


def _is_right(found, assignments):
    units = 10_000 if found.case.basis == "hourly" else 100

    def rate_on(day):
        return next((int(each.rate * units) for each in assignments if is_in_force(each, day)), None)

    day_before = timedelta(days=1)
    return all(rate_on(day) == rate for day, rate in found.wanted) and all(
        rate_on(each.on - day_before) != each.rate for each in found.moved
    )
