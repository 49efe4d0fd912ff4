"""What waits for heads, the County Judge and HR around proposals."""

from django.db.models import Count
from django.urls import reverse

from compensation.models import PayPlan, ProposalSheet
from organization.chart import Chart
from organization.models import Role
from organization.needs import Need
from proposals.pages import code_of, sheets_of
from proposals.permissions import may_propose

OPEN = (ProposalSheet.State.OPEN, ProposalSheet.State.RETURNED)


def needs_of(person):
    needs = []
    if person.is_head or person.is_county_judge:
        needs += _to_propose(person)
    if person.has_role(Role.HR):
        needs += _to_accept()
    return needs


def _to_propose(person):
    sheets = list(sheets_of(person).filter(state__in=OPEN))
    if not sheets:
        return []
    chart = Chart(person.on)
    return [_propose(sheet, person.on) for sheet in sheets if may_propose(person, sheet, chart)]


def _propose(sheet, on):
    why = f"{sheet.plan}: {sheet.plan.title}. They stay within the pool that there is for them."
    if sheet.note:
        why = f"HR sent it back: {sheet.note}"
    return Need(
        f"Propose the awards of {sheet.name}",
        why,
        reverse("proposals:sheet", args=[sheet.plan.fiscal_year, sheet.plan.version, code_of(sheet)]),
        "Propose",
        "wallet",
        sheet.due_on,
        is_late=sheet.due_on < on,
    )


def _to_accept():
    sent = ProposalSheet.objects.filter(state=ProposalSheet.State.SENT).exclude(
        plan__state=PayPlan.State.SUPERSEDED
    )
    counts = sent.values_list("plan__fiscal_year", "plan__version").annotate(Count("pk")).order_by()
    for year, version, count in counts:
        sheets = "One sheet" if count == 1 else f"{count:,} sheets"
        yield Need(
            f"Look at the proposals for fiscal year {year}",
            f"{sheets} of proposals {'waits' if count == 1 else 'wait'} to be accepted or sent back.",
            reverse("proposals:plan", args=[year, version]),
            "Look",
            "wallet",
        )
