"""What changes people: each a dated act that is written into the history."""

from contextlib import suppress
from copy import copy
from itertools import pairwise

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from audit.services import record
from organization.dated import A_DAY
from organization.models import Assignment, Employee
from organization.permissions import may_add_employee, may_change_employee
from organization.refusal import NotYours, Refused
from organization.services.carrying import OF_THEIR_DAY, carry_on

CHANGEABLE, OWN = Assignment.STATED, Employee.STATED
COPIED = (
    "employee_id",
    "slot",
    *(Assignment._meta.get_field(name).attname for name in CHANGEABLE),
    "unknown",
)


@transaction.atomic
def add_employee(number, own, assignment, *, on, by, at):
    """Add someone with a first assignment from the day `on` (or the hire date, if that is later).

    `own` is first_name, last_name, work_email, hired_on; `assignment` is fields of `Assignment`.
    Raises `Refused`.
    """
    if not may_add_employee(by):
        raise NotYours("Only an HR administrator can add people.")
    if Employee.objects.filter(number=number).exists():
        raise Refused(f"{number} is the number of somebody else.")
    employee = Employee(number=number, **own)
    employee.sort_name = sort_name(employee)
    refuse_taken_email(employee)
    employee.save()
    starts_on = max(on, employee.hired_on) if employee.hired_on else on
    first = Assignment(employee=employee, starts_on=starts_on, **assignment)
    refuse_supervisor(first, starts_on)
    first.save()
    record("employee.added", employee, by=by, at=at, after={"number": number, **told(first, assignment)})
    return employee


@transaction.atomic
def change_person(employee_id, own, *, by, at):
    """Put right what is the person's own: name, work e-mail, hire date. Raises `Refused`."""
    employee = locked(employee_id, by)
    before = {name: getattr(employee, name) for name in OWN}
    for name, value in own.items():
        setattr(employee, name, value)
    employee.sort_name = sort_name(employee)
    if employee.hired_on and employee.separated_on and employee.separated_on <= employee.hired_on:
        raise Refused("The hire date must be before the day of separation.")
    refuse_taken_email(employee)
    employee.unknown = {
        name: reason
        for name, reason in employee.unknown.items()
        if not (employee.last_name if name == "name" else getattr(employee, name))
    }
    employee.save(update_fields=[*OWN, "sort_name", "unknown"])
    _carry_to_account(employee, before["work_email"])
    changed = [name for name in OWN if before[name] != getattr(employee, name)]
    record(
        "employee.changed",
        employee,
        by=by,
        at=at,
        before={name: text(before[name]) for name in changed},
        after={name: text(getattr(employee, name)) for name in changed},
    )
    return employee


def _carry_to_account(employee, address_before):
    """The account goes by the name and the work e-mail of the roster, unless it had an address of its own."""
    user = employee.user
    if user is None:
        return
    user.name = employee.full_name
    if (user.email or "") == address_before:
        if User.objects.filter(email__iexact=employee.work_email).exclude(pk=user.pk).exists():
            raise Refused(f"{employee.work_email} is the address of another account.")
        user.email, user.number = employee.work_email or None, employee.number
    user.save(update_fields=["name", "email", "number"])


@transaction.atomic
def change_assignment(employee_id, changes, *, on, by, at, reason="", slot=1):
    """Change department, job, supervisor, pay or another field from a day on: one dated act.

    The assignment in force ends on `on` and a new one begins, a copy but for `changes` (fields of
    `Assignment`). One that began on that very day is put right in place; the history keeps both. Whoever
    rates the person follows from the new supervisor by itself (ORG-5). Where another one began since, all but
    pay and supervisor is corrected there too. Raises `Refused`.
    """
    employee = locked(employee_id, by)
    unknown = changes.keys() - set(CHANGEABLE)
    if unknown:
        raise ValueError(f"not fields of an assignment that change: {sorted(unknown)}")
    lines = Assignment.objects.select_for_update(of=("self",)).filter(employee=employee, slot=slot)
    current = lines.in_force(on).first()
    if current is None:
        raise Refused(f"{employee} has no assignment on {day(on)}.")
    changed = {name: value for name, value in changes.items() if getattr(current, name) != value}
    if not changed:
        raise Refused("Nothing is different from today.")
    later = lines.filter(starts_on__gt=on).order_by("starts_on").first()
    if later and changed.keys() & set(OF_THEIR_DAY):
        raise Refused(
            f"{employee} has another record from {day(later.starts_on)} already. Change pay and supervisor "
            "from then or later."
        )
    was, before = copy(current), told(current, changed)
    new = succeed(current, on)
    for name, value in changed.items():
        setattr(new, name, value)
    if "job" in changed and "in_position_since" not in changes:
        new.in_position_since = on
    new.unknown = {name: why for name, why in new.unknown.items() if getattr(new, name, None) in (None, "")}
    refuse_supervisor(new, on)
    end_at(current, new, on)
    new.save()
    after = {"on": on.isoformat(), **told(new, changed)}
    if carried := carry_on([(was, new)]):
        after["also_from"] = [line.starts_on.isoformat() for line in carried]
    record("assignment.changed", employee, by=by, at=at, before=before, after=after, reason=reason)
    return new


def succeed(current, on):
    """A copy of an assignment from the day on; the assignment itself where it began on that day."""
    if current.starts_on == on:
        return current
    return Assignment(
        **{name: getattr(current, name) for name in COPIED}, starts_on=on, ends_on=current.ends_on
    )


def end_at(current, new, on):
    if new is not current:
        Assignment.objects.filter(pk=current.pk).update(ends_on=on)


@transaction.atomic
def separate_employee(employee_id, *, last_day, reason, by, at):
    """Record that someone leaves: `last_day` is the last one employed. Raises `Refused`.

    Pay that was to change after that day, such as tenure of a day of one's own that a batch has released, is
    taken from the records; a position that begins later is not.
    """
    employee = locked(employee_id, by)
    gone_on = last_day + A_DAY
    if employee.hired_on and gone_on <= employee.hired_on:
        raise Refused(f"{employee} was hired on {day(employee.hired_on)}.")
    lines = Assignment.objects.filter(employee=employee)
    dropped = _pay_alone_after(list(lines.order_by("slot", "starts_on")), gone_on, employee)
    drop([line.pk for line in dropped])
    before = {"separated_on": text(employee.separated_on)}
    employee.separated_on, employee.separation_reason = gone_on, reason
    employee.save(update_fields=["separated_on", "separation_reason"])
    lines.exclude(ends_on__lt=gone_on).exclude(starts_on__gte=gone_on).update(ends_on=gone_on)
    record(
        "employee.separated",
        employee,
        by=by,
        at=at,
        before=before,
        after={
            "separated_on": gone_on.isoformat(),
            **({"without_pay_from": [line.starts_on.isoformat() for line in dropped]} if dropped else {}),
        },
        reason=reason,
    )
    return employee


def _pay_alone_after(lines, on, employee):
    """The assignments from a day on, where each goes on from the one before with other pay alone."""
    found = [line for _, line in going_on(lines) if line.starts_on >= on]
    other = next((line for line in lines if line.starts_on >= on and line not in found), None)
    if other:
        raise Refused(f"{employee} has an assignment from {day(other.starts_on)}, after that day.")
    return found


def drop(assignments):
    """Delete assignments (ids) that never begin. Where a pay run rests on one they stay: who has left is paid
    nothing by them.
    """
    with suppress(ProtectedError):
        Assignment.objects.filter(pk__in=assignments).delete()


def going_on(lines):
    """Pairs of assignments, ordered by employee, slot and day: the second goes on with other pay alone."""
    kept = [name for name in COPIED if name not in ("rate", "step", "grade")]
    for former, line in pairwise(lines):
        if former.ends_on == line.starts_on and all(
            getattr(former, name) == getattr(line, name) for name in kept
        ):
            yield former, line


def locked(employee_id, by):
    """The employee, locked for a change. Raises `NotYours`."""
    employee = Employee.objects.select_for_update().get(pk=employee_id)
    if not may_change_employee(by, employee):
        own = employee.pk == by.employee_id
        raise NotYours(
            "Nobody changes his own record. Ask another HR administrator."
            if own
            else "Only an HR administrator can change this record."
        )
    return employee


def refuse_taken_email(employee):
    if not employee.work_email:
        return
    employee.work_email = employee.work_email.lower()
    owner = Employee.objects.filter(work_email=employee.work_email).exclude(pk=employee.pk).first()
    if owner:
        raise Refused(f"{employee.work_email} is the address of {owner}.")


def refuse_supervisor(assignment, on):
    """Refuse a supervisor who is the person himself, has left, or reports to him in the end."""
    supervisor = assignment.supervisor
    if supervisor is None:
        return
    if supervisor.pk == assignment.employee_id:
        raise Refused(f"{supervisor} cannot be his or her own supervisor.")
    if not Employee.objects.employed(on).filter(pk=supervisor.pk).exists():
        raise Refused(f"{supervisor} is not employed on {day(on)}.")
    line = dict(
        Assignment.objects.in_force(on)
        .filter(slot=1)
        .exclude(supervisor=None)
        .order_by()
        .values_list("employee_id", "supervisor_id")
    )
    above, seen = line.get(supervisor.pk), {supervisor.pk}
    while above and above not in seen:
        if above == assignment.employee_id:
            raise Refused(
                f"{supervisor} reports to {assignment.employee}, so the line would run in a circle."
            )
        seen.add(above)
        above = line.get(above)


def sort_name(employee):
    return ", ".join(filter(None, (employee.last_name, employee.first_name)))


def told(assignment, fields):
    """The named fields as text, for the history."""
    return {name: text(getattr(assignment, name)) for name in fields}


def text(value):
    return None if value is None else str(value)


def day(value):
    return f"{value:%B} {value.day}, {value.year}"
