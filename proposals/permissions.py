"""Who proposes, and who accepts. Nobody proposes an award of his own: heads are proposed for one level up."""

from organization.models import Role


def may_work_out(person):
    """Work out the pools of a plan, and open its sheets."""
    return person.is_system or person.has_role(Role.HR)


def may_settle(person):
    """Accept what the heads sent, or send it back."""
    return person.is_system or person.has_role(Role.HR)


def may_propose(person, sheet, chart):
    """The head of the department; the County Judge for the heads, and where nobody heads a department."""
    if person.employee_id is None:
        return False
    if sheet.department_id in person.headed:
        return True
    head = chart.certifier(sheet.department) if sheet.department else None
    return person.is_county_judge if head is None else head.pk == person.employee_id
