"""Who comes to the pages of pools and proposals."""

from accounts.audience import Audience, declare
from compensation.audience import PAY_OFFICES

for_those_who_propose = declare(
    Audience(
        "heads of departments, the County Judge and the pay offices",
        lambda person: (
            bool(person.departments)
            or person.is_county_judge
            or any(role in PAY_OFFICES for role, _ in person.grants)
        ),
    )
)
