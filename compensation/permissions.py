"""Who may act on pay. HR configures and runs; the system acts for a command without a name and for the
scheduler.
"""

from organization.models import Role


def may_plan(person):
    """Draft, change and adopt pay plans, import schedules."""
    return person.is_system or person.has_role(Role.HR)


def may_import_earnings(person):
    """Put total earnings on record: payroll has them, and HR adopts the plan that pays by them."""
    return person.is_system or person.has_role(Role.HR, Role.PAYROLL)


def may_compare(person):
    """Begin, change and take away scenarios: they pay nobody."""
    return person.has_role(Role.HR, Role.BUDGET)


def may_recompute(person):
    """Compute a past run again, which changes nothing."""
    return person.is_system or person.has_role(Role.HR, Role.AUDITOR)


def may_run(person):
    """Start, cancel and resume runs: a county-wide calculation is not deciding one's own pay."""
    return person.is_system or person.has_role(Role.HR)
