from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from compensation import services
from compensation.audience import for_pay_offices
from compensation.models import PayPlan, Run
from compensation.permissions import may_recompute, may_run
from compensation.runs import pages as run_pages
from compensation.runs.recomputing import recompute
from compensation.services.runs import GoesOnAlready
from look.forms import whole_number
from look.views import conflict
from organization.audience import for_hr, for_hr_and_auditors
from organization.refusal import Refused

RECOMPUTED_ON_A_PAGE = 30_000  # people; more take longer than a page should


@for_pay_offices
def runs(request, *, problem="", status=200):
    page = Paginator(Run.objects.select_related("plan", "started_by", "replaced_by"), 25).get_page(
        request.GET.get("page")
    )
    plans = []
    if may_run(request.person):
        plans = list(PayPlan.objects.exclude(state=PayPlan.State.SUPERSEDED))
    chosen = run_pages.plan_to_run(plans, on=request.on) if plans else None
    context = {"page": page, "plans": plans, "chosen": chosen, "problem": problem}
    return render(request, "compensation/runs.html", context, status=status)


@for_hr
@require_POST
def start(request):
    plan_id = whole_number(request.POST.get("plan", ""))
    if plan_id is None:
        return runs(request, problem="Choose the plan to run.", status=400)
    plan = get_object_or_404(PayPlan, pk=plan_id)
    try:
        run = services.start_run(plan.pk, by=request.person, at=request.at)
    except GoesOnAlready as problem:
        url = reverse("compensation:run", args=[problem.run.number])
        return conflict(request, str(problem), url=url)
    except Refused as problem:
        return runs(request, problem=str(problem), status=400)
    return redirect("compensation:run", run.number)


@for_pay_offices
def run(request, number):
    found = _find(number)
    if found.state != Run.State.DONE:
        return render(request, "compensation/run.html", _going(request, found))
    sort = request.GET.get("sort", "-merit")
    if sort.removeprefix("-") not in run_pages.SORTS:
        sort = "-merit"
    context = {
        "run": found,
        "positions": run_pages.positions_of(found),
        "took": run_pages.seconds_taken(found),
        "steps": run_pages.STEPS,
        "rows": run_pages.department_rows(found, on=request.on, sort=sort),
        "sort": sort,
        "cost": run_pages.cost_lines(found.totals, found.plan.fiscal_year),
        "reasons": run_pages.reasons_of(found),
        "fte_unknown": found.cases.filter(fte=None).count(),
        "may_recompute": may_recompute(request.person),
    }
    return render(request, "compensation/run_done.html", context)


@for_hr_and_auditors
def recomputed(request, number):
    """A past run computed again from its frozen facts, once one asks for it (PAY-12)."""
    found = _find(number)
    shown = {"run": found, "is_large": found.people > RECOMPUTED_ON_A_PAGE}
    if request.method == "POST" and not shown["is_large"]:
        try:
            shown["found"] = recompute(found, by=request.person, at=request.at)
        except Refused as problem:
            shown["problem"] = str(problem)
    return render(request, "compensation/run_recomputed.html", shown)


@for_pay_offices
def progress(request, number):
    """The part of the page that moves. When there is nothing more to wait for, the page is asked for anew."""
    found = _find(number)
    is_frozen_since = found.frozen_at and "until_frozen" in request.GET
    if found.state != Run.State.RUNNING or is_frozen_since:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "compensation/run.html#progress", _going(request, found))


@for_hr
@require_POST
def cancel(request, number):
    return _act(request, number, services.cancel_run, "The run was cancelled. What was computed is kept.")


@for_hr
@require_POST
def resume(request, number):
    return _act(request, number, services.resume_run, "The run goes on from where it stood.")


def _act(request, number, service, done):
    found = _find(number)
    try:
        service(found.pk, by=request.person, at=request.at)
        messages.success(request, done)
    except Refused as problem:
        return conflict(request, str(problem), url=reverse("compensation:run", args=[number]))
    return redirect("compensation:run", number)


def _find(number):
    return get_object_or_404(
        Run.objects.select_related("plan__action", "plan__cycle", "started_by", "replaced_by"), number=number
    )


def _going(request, found):
    so_far, departments = run_pages.sums_so_far(found)
    return {
        "run": found,
        "positions": run_pages.positions_of(found),
        "so_far": so_far,
        "so_far_departments": departments,
        "may_run": may_run(request.person),
        **run_pages.progress_of(found),
    }
