"""Who may change people, departments, roles and the county: asked by pages for buttons, by services."""

from organization.models import Employee, Role


def is_hr(person):
    """HR for the whole county, or the system itself."""
    return person.is_system or Role.HR in person.roles


def may_add_employee(person):
    return is_hr(person)


def may_change_employee(person, employee):
    """HR of the county; nobody changes his own record."""
    return is_hr(person) and employee.pk != person.employee_id


def may_set_head(person, department):
    return is_hr(person)


def may_grant_role(person, user):
    """HR of the county; nobody grants a role to himself, or takes one from himself."""
    return is_hr(person) and (person.is_system or user.pk != person.user_id)


def may_import_roster(person):
    return is_hr(person)


def may_set_county(person):
    return is_hr(person)


def may_see_record(person, employee):
    """One's own, one's line's and departments'; everyone's by role. `EmployeeQuerySet.visible_to` decides."""
    if person.sees_everyone or employee.pk == person.employee_id:
        return True
    return Employee.objects.visible_to(person).filter(pk=employee.pk).exists()
