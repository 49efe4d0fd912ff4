"""Examples of a plan: an employee like this gets that."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from compensation import services
from compensation.models import PayPlan
from compensation.plans.example_form import ExampleForm
from compensation.services.plans import ChangedMeanwhile
from compensation.views.plan_documents import find_plan
from look.views import conflict
from organization.audience import for_hr
from organization.refusal import Refused


@for_hr
def add(request, year, version):
    return _edit(request, find_plan(year, version), None)


@for_hr
def change(request, year, version, number):
    plan = find_plan(year, version)
    _there(plan, number)
    return _edit(request, plan, number)


@for_hr
@require_POST
def remove(request, year, version, number):
    plan = find_plan(year, version)
    _there(plan, number)
    kept = plan.examples[: number - 1] + plan.examples[number:]
    return _save(request, plan, kept, "The example is taken out.")


def _there(plan, number):
    if not 1 <= number <= len(plan.examples):
        raise Http404(f"{plan} has no example {number}.")


def _edit(request, plan, number):
    """The form of an example: a new one, or the one of that number."""
    if plan.state != PayPlan.State.DRAFT:
        messages.info(request, f"{plan} is {plan.get_state_display().lower()}. Begin a new version first.")
        return redirect("compensation:plan", plan.fiscal_year, plan.version)
    stored = plan.examples[number - 1] if number else None
    form = ExampleForm(request.POST or None, plan=plan, stored=stored)
    if form.is_bound and form.is_valid():
        place = number - 1 if number else len(plan.examples)
        kept = [*plan.examples[:place], form.example, *plan.examples[place + 1 :]]
        return _save(request, plan, kept, "The example is kept.")
    context = {"plan": plan, "form": form, "number": number}
    status = 422 if form.is_bound else 200
    return render(request, "compensation/plan_example.html", context, status=status)


def _save(request, plan, examples, words):
    revision = request.POST.get("revision", "")
    page = reverse("compensation:plan", args=[plan.fiscal_year, plan.version])
    try:
        services.save_plan(
            plan.pk,
            revision=int(revision) if revision.isdecimal() else -1,
            examples=examples,
            by=request.person,
            at=request.at,
        )
    except Refused as problem:
        title = "The draft was changed meanwhile" if isinstance(problem, ChangedMeanwhile) else "Not saved"
        return conflict(request, str(problem), title=title, url=page, act="Back to the plan")
    messages.success(request, words)
    return redirect(f"{page}#examples")
