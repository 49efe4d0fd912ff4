"""Who works out and keeps a worksheet. Nobody keeps what pays himself."""

from organization.models import Role

READERS = (Role.PAYROLL, Role.HR, Role.AUDITOR)


def can_work(person):
    return person.is_system or person.has_role(Role.PAYROLL)


def can_keep(person, worksheet):
    """A payroll clerk to whom the worksheet gives nothing."""
    own = worksheet.people.filter(employee=person.employee_id, additional__gt=0)
    return can_work(person) and not (person.employee_id and own.exists())
