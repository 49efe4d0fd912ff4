"""Departments and who heads them."""

from django.db import transaction

from audit.services import record
from organization.models import Department, Employee, Headship
from organization.permissions import is_hr, may_set_head
from organization.refusal import NotYours, Refused
from organization.services.people import day, text

FIELDS = ("code", "name", "kind", "parent", "fund")


@transaction.atomic
def add_department(values, *, by, at):
    """Add a department or office; `values` are code, name, kind, parent and fund. Raises `Refused`."""
    if not is_hr(by):
        raise NotYours("Only an HR administrator can add departments.")
    if Department.objects.filter(code__iexact=values["code"]).exists():
        raise Refused(f"{values['code']} is the code of another department.")
    department = Department.objects.create(**values)
    after = {name: text(value) for name, value in values.items()}
    record("department.added", department, by=by, at=at, after=after)
    return department


@transaction.atomic
def change_department(department_id, values, *, by, at):
    """Change a department's name, kind, parent or fund; its code stays. Raises `Refused`."""
    if not is_hr(by):
        raise NotYours("Only an HR administrator can change departments.")
    department = Department.objects.select_for_update().get(pk=department_id)
    refuse_circle(department, values.get("parent"))
    before = {name: text(getattr(department, name)) for name in values}
    for name, value in values.items():
        setattr(department, name, value)
    department.save(update_fields=list(values))
    after = {name: text(getattr(department, name)) for name in values}
    record("department.changed", department, by=by, at=at, before=before, after=after)
    return department


def refuse_circle(department, parent):
    parents = dict(Department.objects.order_by().values_list("pk", "parent"))
    above = parent.pk if parent else None
    while above:
        if above == department.pk:
            raise Refused(f"{parent} is a part of {department}, so it cannot stand above it.")
        above = parents[above]


@transaction.atomic
def set_head(department_id, employee_id, *, on, by, at, reason=""):
    """Let someone head a department from a day on, or nobody (`employee_id` None). Raises `Refused`."""
    department = Department.objects.select_for_update().get(pk=department_id)
    if not may_set_head(by, department):
        raise NotYours("Only an HR administrator can name heads of departments.")
    ships = Headship.objects.filter(department=department)
    later = ships.filter(starts_on__gt=on).order_by("starts_on").first()
    if later:
        raise Refused(
            f"{later.employee} is head from {day(later.starts_on)} already. Choose that day or a later."
        )
    current = ships.in_force(on).select_related("employee").first()
    employee = Employee.objects.employed(on).filter(pk=employee_id).first() if employee_id else None
    if employee_id and employee is None:
        raise Refused(f"This person is not employed on {day(on)}.")
    if (current.employee_id if current else None) == employee_id:
        raise Refused(
            f"{current.employee} is head already." if current else "The department has no head now."
        )
    if current and current.starts_on == on:
        current.delete()
    elif current:
        ships.filter(pk=current.pk).update(ends_on=on)
    if employee:
        Headship.objects.create(department=department, employee=employee, starts_on=on)
    record(
        "department.head_set",
        department,
        by=by,
        at=at,
        before={"head": text(current.employee) if current else None},
        after={"head": text(employee), "on": on.isoformat()},
        reason=reason,
    )
    return employee
