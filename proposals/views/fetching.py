"""Finding a plan or a sheet in an address, as far as the person may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from compensation.models import PayPlan, ProposalSheet


def find_plan(year, version):
    """A plan with pools."""
    found = PayPlan.objects.select_related("action", "cycle")
    plan = get_object_or_404(found, fiscal_year=year, version=version)
    if plan.rules.get("pools") is None:
        raise Http404
    return plan


def find_sheet(request, year, version, code):
    found = ProposalSheet.objects.visible_to(request.person).select_related(
        "plan__action", "plan__cycle", "department", "sent_by", "accepted_by"
    )
    which = {"department": None} if code is None else {"department__code": code}
    return get_object_or_404(found, plan__fiscal_year=year, plan__version=version, **which)


def address(sheet, view="sheet", *more):
    return reverse(f"proposals:{view}", args=[sheet.plan.fiscal_year, sheet.plan.version, sheet.code, *more])
