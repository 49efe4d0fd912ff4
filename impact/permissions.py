"""Who may read the adverse-impact report: who was named for it, where the operator switched it on."""

from django.conf import settings

from accounts.audience import Audience, declare
from organization.models import Role


def can_read(person):
    return settings.ADVERSE_IMPACT_REPORT and person.has_role(Role.IMPACT)


for_analysts = declare(
    Audience("adverse-impact analysts, where the operator has switched the report on", can_read)
)
