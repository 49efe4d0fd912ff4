"""The pools of a plan and its sheets, for HR and who watches the money."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from compensation.audience import for_pay_offices
from compensation.models import PayPlan, ProposalSheet
from compensation.permissions import may_run
from exchange.writing import csv_response, xlsx_response
from look.formats import dollars_from_cents, plural
from look.views import conflict
from organization.audience import for_hr
from organization.refusal import Refused
from proposals import pages, permissions, services
from proposals.audience import for_those_who_propose
from proposals.forms import DueForm
from proposals.services.carrying import former_sheets, waits_for_adoption
from proposals.views.fetching import find_plan

DAYS_TO_PROPOSE = 14


@for_those_who_propose
def overview(request):
    """What a person has to do with: his sheets, and every plan with pools for the pay offices."""
    sees_plans = request.person.sees_everyone
    context = {
        "plans": pages.plans_with_pools() if sees_plans else [],
        "sees_plans": sees_plans,
        "sheets": [] if sees_plans and not request.person.is_head else _own(request.person),
    }
    return render(request, "proposals/overview.html", context)


def _own(person):
    found = pages.sheets_of(person)
    return found.filter(department__in=person.departments) if person.sees_everyone else found


@for_pay_offices
def plan(request, year, version, *, form=None, status=200):
    found = find_plan(year, version)
    sheets = ProposalSheet.objects.filter(plan=found).visible_to(request.person)
    sheets = list(sheets.select_related("department", "sent_by").order_by("department__name"))
    states = Counter(sheet.state for sheet in sheets)
    accepted = states[ProposalSheet.State.ACCEPTED]
    is_settled = bool(sheets) and accepted == len(sheets) and found.state == PayPlan.State.ADOPTED
    due_on = sheets[0].due_on if sheets else request.on + timedelta(days=DAYS_TO_PROPOSE)
    context = {
        "plan": found,
        "found": pages.PlanPools(found, on=request.on, counted=False),
        "sheets": [(sheet, request.person.chart.certifier(sheet.department)) for sheet in sheets],
        "accepted": accepted,
        "is_settled": is_settled,
        "waits_for_run": is_settled and may_run(request.person) and not pages.is_run_already(found, sheets),
        "form": form or DueForm(initial={"due_on": due_on}),
        "may_work_out": permissions.may_work_out(request.person),
        "may_settle": permissions.may_settle(request.person),
        "former": None if sheets else next(iter(former_sheets(found).values()), None),
        "waits_for_adoption": waits_for_adoption(found),
        "waiting": states[ProposalSheet.State.SENT],
    }
    return render(request, "proposals/plan.html", context, status=status)


@for_pay_offices
def used(request, year, version):
    """What is used of the pools, and what is left: the part of their page that takes a while."""
    found = find_plan(year, version)
    context = {"plan": found, "found": pages.PlanPools(found, on=request.on, counted=True)}
    return render(request, "proposals/_pools.html", context)


@for_pay_offices
def export(request, year, version, kind):
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = find_plan(year, version)
    rows = pages.PlanPools(found, on=request.on, counted=True).pools
    respond = csv_response if kind == "csv" else xlsx_response
    columns = ["Pool", "People", "Payroll", "How it came about", "Amount", "Used", "Left"]
    return respond(
        f"pools-{year}v{version}.{kind}",
        columns,
        (
            [
                pool.name,
                pool.people,
                dollars_from_cents(pool.payroll),
                pool.formula,
                *(dollars_from_cents(cents) for cents in (pool.amount, pool.used, pool.left)),
            ]
            for pool in rows
        ),
    )


@for_hr
@require_POST
def work_out(request, year, version):
    found = find_plan(year, version)
    form = DueForm(request.POST)
    if not form.is_valid():
        return plan(request, year, version, form=form, status=422)
    try:
        opened = services.work_out_pools(
            found.pk, due_on=form.cleaned_data["due_on"], by=request.person, at=request.at
        )
    except Refused as problem:
        form.add_error(None, str(problem))
        return plan(request, year, version, form=form, status=422)
    told = f" {plural(opened.asked, 'head was', 'heads were')} asked to propose." if opened.asked else ""
    messages.success(request, f"The pools are worked out.{told}")
    if opened.carried:
        messages.info(request, _carried_in_words(opened.carried))
    return redirect("proposals:plan", year, version)


def _carried_in_words(carried):
    count = sum(each.count for each in carried)
    words = [f"{plural(count, 'proposal was', 'proposals were')} carried over from the version before."]
    refused = [sentence for each in carried for sentence in each.refused]
    if refused:
        words.append(f"Not allowed by these rules, and named on the sheets, too: {' '.join(refused)}")
    return " ".join(words)


@for_hr
@require_POST
def accept(request, year, version):
    """Accept the sheets that were picked."""
    found = find_plan(year, version)
    picked = [int(text) for text in request.POST.getlist("sheet") if text.isascii() and text.isdecimal()]
    ids = list(ProposalSheet.objects.filter(plan=found, pk__in=picked).values_list("pk", flat=True))
    if not ids:
        messages.warning(request, "Pick the sheets to accept.")
        return redirect("proposals:plan", year, version)
    try:
        accepted = services.accept_sheets(ids, by=request.person, at=request.at)
    except Refused as problem:
        url = reverse("proposals:plan", args=[year, version])
        return conflict(request, str(problem), title="Nothing was accepted", url=url, act="Back to the pools")
    messages.success(request, f"{plural(len(accepted), 'sheet is', 'sheets are')} accepted.")
    return redirect("proposals:plan", year, version)
