"""Who comes to the pages of pay."""

from accounts.audience import Audience, declare
from organization.audience import for_roles
from organization.models import Role

PAY_OFFICES = (Role.HR, Role.BUDGET, Role.PAYROLL, Role.AUDITOR)

for_pay_offices = for_roles(*PAY_OFFICES)
PLAN_READERS = (*PAY_OFFICES, Role.COURT_CLERK, Role.JUDGE)
for_those_of_earnings = for_roles(Role.HR, Role.PAYROLL)
for_readers_of_plans = for_roles(*PLAN_READERS)
for_those_who_compare = for_roles(Role.HR, Role.BUDGET, Role.AUDITOR, Role.JUDGE)
for_those_who_may_compare = for_roles(Role.HR, Role.BUDGET)
for_pay_offices_and_heads = declare(
    Audience(
        "HR administrators, budget officers, payroll clerks, auditors and heads of departments",
        lambda person: bool(person.departments) or any(role in PAY_OFFICES for role, _ in person.grants),
    )
)
