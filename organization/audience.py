"""The audiences that follow from roles and the reporting line."""

from accounts.audience import Audience, declare
from look.formats import in_a_sentence
from organization.models import Role


def for_roles(*roles):
    """Holders of one of the roles in the whole county: a role in one department opens no county-wide page."""
    name = " or ".join(f"{in_a_sentence(Role(role).label)}s" for role in roles)
    return declare(Audience(name, lambda person: person.has_role(*roles)))


for_employees = declare(Audience("employees", lambda person: person.employee_id is not None))
for_hr = for_roles(Role.HR)
for_auditors = for_roles(Role.AUDITOR)
for_hr_and_auditors = for_roles(Role.HR, Role.AUDITOR)
for_people_in_charge = declare(
    Audience(
        "supervisors, heads, HR administrators and auditors",
        lambda person: (
            person.is_supervisor
            or person.is_head
            or person.has_role(Role.HR, Role.AUDITOR)
            or bool(person.departments)
        ),
    )
)
