"""Mail to those who propose."""

from organization.models import Employee, RoleGrant
from outbox.services import link, send


def tell(sheet, chart, on, what, about, *, note=""):
    """Write to who proposes on a sheet."""
    head = chart.certifier(sheet.department) if sheet.department else None
    judges = RoleGrant.objects.in_force(on).filter(role="judge").values("user")
    people = [head] if head else Employee.objects.filter(user__in=judges)
    plan = sheet.plan
    page = link(
        "proposals:sheet",
        plan.fiscal_year,
        plan.version,
        sheet.code,
    )
    for employee in people:
        if employee.work_email:
            send(
                employee.work_email,
                f"{what} {sheet.name}",
                f"{what} {sheet.name}, {plan}. Please send them to HR by"
                f" {sheet.due_on:%B} {sheet.due_on.day}, {sheet.due_on.year}."
                f"{' HR wrote: ' + note if note else ''}\n\n{page}",
                about=about,
            )
