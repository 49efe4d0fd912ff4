"""Who certifies, delegates and excepts. Nobody certifies an award of his own."""

from django.db.models import Q

from certification.sets import Signers
from organization.models import Role
from organization.person import ASKED_ALONG

READERS = (Role.HR, Role.AUDITOR, Role.PAYROLL)


def can_certify(person, award_set, chart):
    """Who answers for the set, or whom he has sign for him."""
    return chart.authority(person, award_set.department) is not None


def can_delegate(person, department, chart):
    """Who answers for the set himself: a delegate cannot delegate on."""
    authority = chart.authority(person, department)
    return authority is not None and authority.delegation is None


def can_except(person, award_set, chart, employee_id):
    """Nobody for himself or for whom he signs for, and a delegate only where the delegation says so."""
    authority = chart.authority(person, award_set.department)
    if authority is None or authority.is_own(employee_id, person):
        return False
    return authority.delegation is None or authority.delegation.may_except


def can_withhold(person, award_set, chart, employee_id):
    """Who signs for the award may leave it out."""
    authority = chart.authority(person, award_set.department)
    return authority is not None and not authority.is_own(employee_id, person)


def can_ask(person):
    return person.has_role(Role.HR)


def can_read(person, award_set, chart):
    return person.has_role(*READERS) or can_certify(person, award_set, chart)


def signed_by(person):
    """Run lines in sets that a person signs beyond those of departments he heads, as a condition."""
    if not person.is_county_judge and not holds_delegation(person):
        return Q(pk__in=[])
    chart = Signers(person.on)
    departments = [pk for pk, each in chart.departments.items() if chart.authority(person, each)]
    found = Q(department__in=departments) & ~Q(employee__in=chart.head_ids)
    if chart.authority(person, None):
        found |= Q(employee__in=chart.head_ids)
    return found


def signs_something(person):
    """Whether sets can be his to sign: as head, as County Judge, or by a delegation."""
    return person.is_head or person.is_county_judge or holds_delegation(person)


def reads_certificates(person):
    """Whether some certificate is his to read: by role, as who signs, or one that he signed once."""
    if person.has_role(*READERS) or signs_something(person):
        return True
    return person.employee is not None and person.employee.has_certified


def holds_delegation(person):
    """Whether somebody delegated his signature to the person, now or once."""
    return person.employee is not None and not person.has_left and person.employee.holds_delegation


# With every page, as the navigation turns on it.
ASKED_ALONG["holds_delegation"] = """
    EXISTS (
        SELECT FROM certification_delegation d WHERE d.delegate_id = e.id AND d.starts_on <= %(on)s
    )
"""
ASKED_ALONG["has_certified"] = """
    (
        EXISTS (SELECT FROM certification_certificate s WHERE s.signed_by_id = e.user_id)
        OR EXISTS (
            SELECT FROM certification_certificate s JOIN certification_delegation d ON d.id = s.delegation_id
            WHERE d.principal_id = e.id
        )
    )
"""
