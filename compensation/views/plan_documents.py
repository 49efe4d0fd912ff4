"""A plan as a file, a file put into a draft, and two versions side by side."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from compensation import services
from compensation.audience import for_readers_of_plans
from compensation.forms import DocumentForm, ReadDocumentForm
from compensation.models import PayPlan, Scenario
from compensation.plans import document as plan_document
from compensation.plans import pages as plan_pages
from compensation.plans.versions import difference
from compensation.services.plans import ChangedMeanwhile
from look.views import conflict
from organization.audience import for_hr
from organization.refusal import Refused


def find_plan(year, version):
    """The plan of a version, with the letter of its first scenario."""
    letters = Scenario.objects.filter(set__plan=OuterRef("pk")).order_by("letter").values("letter")
    found = PayPlan.objects.select_related("action", "cycle__scale")
    found = found.annotate(first_scenario=Subquery(letters[:1]))
    return get_object_or_404(found, fiscal_year=year, version=version)


@for_readers_of_plans
def download(request, year, version):
    """The plan's document, by which `pay_case` computes the same figures as its run."""
    found = find_plan(year, version)
    answer = HttpResponse(plan_document.written(found), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="pay-plan-{year}-version-{version}.json"'
    return answer


@for_hr
def put_in(request, year, version):
    """Two steps: the file is chosen, what it changes is read, and then it is kept in the draft."""
    found = find_plan(year, version)
    if found.state != PayPlan.State.DRAFT:
        messages.info(request, f"{found} is {found.get_state_display().lower()}. Begin a new version first.")
        return redirect("compensation:plan", year, version)
    keeps = request.POST.get("act") == "keep"
    form = (ReadDocumentForm if keeps else DocumentForm)(request.POST or None, request.FILES or None)
    context, problems = {"plan": found, "form": form}, []
    if form.is_bound and form.is_valid():
        try:
            put = plan_document.put_into(found, form.content)
            if keeps:
                return _keep(request, found, form.cleaned_data["revision"], put)
            shown = plan_pages.put_in(found, put, county=request.county)
            kept = ReadDocumentForm(initial={"document": form.content.decode(), "revision": found.revision})
            return render(request, "compensation/plan_put_in.html", context | shown | {"kept": kept})
        except Refused as problem:
            form.add_error(None if keeps else "file", str(problem))
            problems = problem.details.get("problems", [])
    context |= {"form": DocumentForm() if keeps else form, "problems": problems}
    return render(request, "compensation/plan_put_in.html", context, status=422 if form.is_bound else 200)


def _keep(request, plan, revision, put):
    try:
        services.save_plan(plan.pk, revision=revision, **put.changes, by=request.person, at=request.at)
    except ChangedMeanwhile as problem:
        url = reverse("compensation:plan_put_in", args=[plan.fiscal_year, plan.version])
        return conflict(request, f"{problem} Read once more what the document changes.", url=url)
    messages.success(request, "The document is kept in the draft.")
    return redirect("compensation:plan", plan.fiscal_year, plan.version)


@for_readers_of_plans
def compare(request, year, version, other_year, other):
    """What a plan says otherwise than another, rule by rule."""
    new, old = find_plan(year, version), find_plan(other_year, other)
    context = {"old": old, "new": new, "changes": difference(old, new)}
    return render(request, "compensation/plan_compare.html", context)
