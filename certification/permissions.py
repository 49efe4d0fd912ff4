"""Who certifies. Nobody certifies an award of his own."""

from organization.models import Role


def can_certify(person, award_set, chart):
    """The head of the department, or the County Judge for the heads."""
    if person.employee_id is None:
        return False
    if award_set.department is None:
        return person.is_county_judge
    head = chart.certifier(award_set.department)
    return head is not None and head.pk == person.employee_id


def can_ask(person):
    return person.has_role(Role.HR)


def can_read(person, award_set, chart):
    return can_certify(person, award_set, chart) or person.has_role(Role.HR, Role.AUDITOR, Role.PAYROLL)
