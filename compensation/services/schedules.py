"""Putting pay tables in force. A table is succeeded by the next one, never edited."""

from decimal import Decimal

from django.db import transaction

from audit.services import record
from compensation.conditions import raise_day, read_schedule
from compensation.models import Grade, PayPlan, Run, Schedule, Step
from compensation.permissions import may_plan
from compensation.schedules.files import read_schedule_file, refuse_problems
from look.formats import record_date
from organization.models import PayCalendar
from organization.refusal import Refused


@transaction.atomic
def import_schedule(
    content, file_name, *, by, at, starts_on, code="GENERAL", name="", basis="annual", action=None, named=None
):
    """Put the pay table of a file in force from `starts_on`. Returns (schedule, whether anything changed).

    The table of the same code that was in force ends there. The same table again changes nothing. `named`
    says which column is the minimum or maximum where that is in doubt.
    """
    if not may_plan(by):
        raise Refused("Only an HR administrator can import a schedule.")
    if "," in code:  # a plan names its schedules by their codes, one after the other
        raise Refused("The code of a schedule has no comma.")
    file = read_schedule_file(content, file_name, basis=basis, named=named)
    refuse_problems(file)
    same_day = Schedule.objects.filter(code=code, starts_on=starts_on).first()
    if same_day:
        if read_schedule(same_day) == file.schedule:
            return same_day, False
        day = f"{starts_on:%B} {starts_on.day}, {starts_on.year}"
        raise Refused(f"Another {code} schedule begins on {day}. Choose a later day for this one.")
    schedule = put_in_force(
        file.schedule, code=code, name=name or f"{code.capitalize()} schedule {starts_on.year}",
        starts_on=starts_on, action=action,
    )  # fmt: skip
    record("schedule.imported", schedule, by=by, at=at, after={"file": file_name, "grades": len(file.grades)})
    return schedule, True


@transaction.atomic
def put_next(schedule_id, table, *, starts_on, name, action=None, by, at):
    """Put a table that was made from a schedule in force as the next one of its code."""
    if not may_plan(by):
        raise Refused("Only an HR administrator can put a schedule in force.")
    before = Schedule.objects.select_for_update(of=("self",)).get(pk=schedule_id)
    if starts_on <= before.starts_on:
        raise Refused(f"{before} begins {record_date(before.starts_on)}. The next one begins later.")
    later = Schedule.objects.filter(code=before.code, starts_on__gt=before.starts_on).order_by("starts_on")
    if other := later.filter(starts_on__lte=starts_on).first():
        raise Refused(f"{other} is in force from {record_date(other.starts_on)}. Raise that one.")
    schedule = put_in_force(table, code=before.code, name=name, starts_on=starts_on, action=action)
    record(
        "schedule.raised", schedule, by=by, at=at, after={"from": str(before), "grades": len(table.grades)}
    )
    return schedule


def touched_by(code, starts_on):
    """What a table from `starts_on` meets: the next table of its code, and adopted plans that rest on it.

    Sentences for whoever puts it in force; a page tells them beforehand and on the table.
    """
    later = Schedule.objects.filter(code=code, starts_on__gt=starts_on).order_by("starts_on")
    following = later.select_related("action").first()
    said = []
    if following:
        by = f", by order {following.action.number}" if following.action else ""
        said.append(
            f"{following} follows on {record_date(following.starts_on)}{by}. It stays as it is, and ends "
            "this one."
        )
    for plan in _plans_on(code, starts_on, following and following.starts_on):
        if plan.state == PayPlan.State.ADOPTED:
            said.append(
                f"The adopted {plan} takes its ranges from the tables of {record_date(plan.base_on)} "
                "and of the day of its raise. Look at its effects again, and run it anew where it was run."
            )
    return said


def why_it_stays(schedule):
    """Why a table can't be withdrawn: a sentence, or nothing where it can."""
    plans = _plans_on(schedule.code, schedule.starts_on, schedule.ends_on)
    calendar = PayCalendar.objects.first()
    for plan in plans:
        raises = plan.state == PayPlan.State.ADOPTED and plan.rules.get("schedule") is not None
        if raises and raise_day(plan, calendar) == schedule.starts_on:
            return f"{schedule} is that of the adopted {plan}, which put it in force."
    rested = Run.objects.filter(plan__in=plans).exclude(state=Run.State.CANCELLED)
    if run := rested.order_by("number").first():
        return f"{run} rests on {schedule}. Put the next table in force instead."
    return ""


@transaction.atomic
def withdraw(schedule_id, *, by, at):
    """Take back a table that nothing was paid by. Returns its name."""
    if not may_plan(by):
        raise Refused("Only an HR administrator can withdraw a schedule.")
    schedule = Schedule.objects.select_for_update(of=("self",)).get(pk=schedule_id)
    if why := why_it_stays(schedule):
        raise Refused(why)
    name = str(schedule)
    take_back(schedule, by=by, at=at)
    return name


def take_back(schedule, *, by, at):
    """Delete a table. The one before it holds on to where this one ended."""
    before = Schedule.objects.filter(code=schedule.code, ends_on=schedule.starts_on).first()
    record("schedule.withdrawn", schedule, by=by, at=at, before={"starts_on": str(schedule.starts_on)})
    ends_on = schedule.ends_on
    schedule.delete()
    if before:
        before.ends_on = ends_on
        before.save(update_fields=["ends_on"])


def _plans_on(code, starts_on, ends_on):
    """Plans whose base pay or raise is read from a table of a code between two days, by fiscal year."""
    calendar = PayCalendar.objects.first()

    def is_in(day):
        return day is not None and starts_on <= day and (ends_on is None or day < ends_on)

    plans = PayPlan.objects.filter(schedule_codes__contains=[code]).order_by("fiscal_year", "version")
    return [plan for plan in plans if is_in(plan.base_on) or is_in(raise_day(plan, calendar))]


def put_in_force(table, *, code, name, starts_on, action=None):
    """Write a table of `compensation.pay` as the schedule in force from a day, ending the one before."""
    before = Schedule.objects.filter(code=code, starts_on__lt=starts_on).order_by("-starts_on").first()
    later = Schedule.objects.filter(code=code, starts_on__gt=starts_on).order_by("starts_on").first()
    if before and (before.ends_on is None or before.ends_on > starts_on):
        before.ends_on = starts_on
        before.save(update_fields=["ends_on"])
    schedule = Schedule.objects.create(
        code=code,
        name=name,
        basis=table.basis,
        starts_on=starts_on,
        ends_on=later.starts_on if later else None,
        action=action,
    )
    write_grades(schedule, table)
    return schedule


def write_grades(schedule, table):
    places = -4 if table.basis == "hourly" else -2
    grades = Grade.objects.bulk_create(
        Grade(
            schedule=schedule,
            code=grade.code,
            position=position,
            minimum=Decimal(grade.minimum).scaleb(places),
            midpoint=grade.midpoint and Decimal(grade.midpoint).scaleb(places),
            maximum=grade.maximum and Decimal(grade.maximum).scaleb(places),
        )
        for position, grade in enumerate(table.grades, start=1)
    )
    Step.objects.bulk_create(
        Step(grade=stored, number=number, amount=Decimal(amount).scaleb(places))
        for stored, grade in zip(grades, table.grades, strict=True)
        for number, amount in zip(grade.numbers, grade.steps, strict=True)
    )
