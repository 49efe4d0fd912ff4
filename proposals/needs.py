"""What waits for heads and for the County Judge, who propose."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from compensation.models import ProposalSheet
from organization.needs import Need
from proposals.pages import sheets_of
from proposals.permissions import may_propose

OPEN = (ProposalSheet.State.OPEN, ProposalSheet.State.RETURNED)


def needs_of(person):
    """Sheets to propose on; what waits for HR is in `compensation.needs`, with the plans to run."""
    if not (person.is_head or person.is_county_judge):
        return []
    sheets = list(sheets_of(person).filter(state__in=OPEN))
    if not sheets:
        return []
    chart = SimpleLazyObject(lambda: person.chart)  # most head just what the sheets are of
    return [_propose(sheet, person.on) for sheet in sheets if may_propose(person, sheet, chart)]


def _propose(sheet, on):
    why = (
        f"Version {sheet.plan.version}: {sheet.plan.title}. They stay within the pool that there is for them."
    )
    if sheet.note:
        why = f"HR sent it back: {sheet.note}"
    return Need(
        f"Propose the awards of {sheet.name} for fiscal year {sheet.plan.fiscal_year}",
        why,
        reverse("proposals:sheet", args=[sheet.plan.fiscal_year, sheet.plan.version, sheet.code]),
        "Propose",
        "wallet",
        sheet.due_on,
        is_late=sheet.due_on < on,
    )
