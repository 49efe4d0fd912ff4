"""The plan as its writer edits it, and the short acts on an evaluation that need no page of their own."""

from django.contrib import messages
from django.forms import BaseFormSet, CheckboxInput, formset_factory
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import for_signed_in
from evaluations.checks import minimum_service_weight, problems_of_plan
from evaluations.forms import ElementRowForm
from evaluations.models import Element, LibraryElement
from evaluations.scoring import service_weight, total_weight
from evaluations.services import plans
from evaluations.services.locking import NotReady
from evaluations.sheet import plain
from evaluations.views.fetching import get_evaluation, head_of, not_now, someone_was_faster
from evaluations.workflow import CannotMove, can
from look.forms import whole_number


class BaseRows(BaseFormSet):
    deletion_widget = CheckboxInput(attrs={"class": "form-check-input"})


Rows = formset_factory(ElementRowForm, BaseRows, extra=0, can_delete=True)
COLUMNS = ["pk", "section", "name", "kind", "nature", "is_service", "weight", "standard"]


@for_signed_in
def plan(request, pk):
    """Write the plan: weights, standards, elements from the library."""
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now("edit_plan", evaluation, request):
        return elsewhere
    elements = list(evaluation.elements.all())
    if request.method != "POST":
        formset = Rows(initial=[initial_of(one) for one in elements], prefix="row")
        return _page(request, evaluation, formset, elements, base=plans.plan_digest(elements))
    formset, base = Rows(request.POST, prefix="row"), request.POST.get("base", "")
    if not formset.is_valid():
        return _page(request, evaluation, formset, rows_of(formset), base=base, status=422)
    rows = [*rows_of(formset), *row_from_library(request, formset)]
    try:
        plans.save_plan(evaluation.pk, rows, base=base, by=request.person, at=request.at)
        if request.POST.get("act") == "issue":
            plans.issue_plan(evaluation.pk, by=request.person, at=request.at)
            messages.success(request, "The plan was issued. The employee is asked to read it.")
            return redirect("evaluations:show", pk)
    except NotReady as problem:
        messages.error(request, f"{problem} What is missing is listed on this page; your changes are saved.")
    except plans.PlanChanged as problem:
        newest = plans.plan_digest(list(evaluation.elements.all()))
        return _page(request, evaluation, formset, rows, base=newest, status=409, problem=str(problem))
    except CannotMove as problem:
        return someone_was_faster(request, problem, evaluation)
    else:
        messages.success(request, "The plan is saved.")
    return redirect("evaluations:plan", pk)


@for_signed_in
@require_POST
def plan_totals(request, pk):
    """What the weights come to while somebody types: the totals and all that is missing."""
    evaluation = get_evaluation(request, pk)
    formset = Rows(request.POST, prefix="row")
    formset.is_valid()
    return render(
        request,
        "evaluations/_totals.html",
        totals_of(rows_of(formset), minimum_service_weight(evaluation.cycle, county=request.county)),
    )


def _page(request, evaluation, formset, elements, *, base, status=200, problem=""):
    context = head_of(evaluation, request) | {
        "formset": formset,
        "base": base,
        "problem": problem,
        "library": LibraryElement.objects.all(),
        "can_issue": can("issue_plan", evaluation, request.person),
    }
    minimum = minimum_service_weight(evaluation.cycle, county=request.county)
    return render(request, "evaluations/plan.html", context | totals_of(elements, minimum), status=status)


def totals_of(elements, minimum):
    """For `_totals.html`; elements are rows as typed or as saved."""
    return {
        "total": plain(total_weight(elements)),
        "service": plain(service_weight(elements)),
        "minimum": plain(minimum),
        "problems": problems_of_plan(elements, minimum=minimum),
        "sections": list(dict.fromkeys(element.section for element in elements)),
    }


def initial_of(element):
    return {name: getattr(element, name) for name in COLUMNS}


def rows_of(formset):
    """The rows as typed, but those to be taken away; of a faulty row, what can be read."""
    rows = []
    for form in formset:
        values = getattr(form, "cleaned_data", {})
        if values.get("DELETE") or not values.get("name"):
            continue
        rows.append(
            plans.Row(
                pk=values.get("pk"),
                section=values.get("section", ""),
                name=values["name"],
                kind=values.get("kind", "non_critical"),
                nature=values.get("nature", "skill"),
                is_service=values.get("is_service", False),
                weight=values.get("weight") or 0,
                standard=values.get("standard", ""),
                from_library=values.get("from_library"),
            )
        )
    return rows


def row_from_library(request, formset):
    """The element of the library that was chosen to be added, as a list of one row or none."""
    chosen = whole_number(request.POST.get("library", ""))
    if request.POST.get("act") != "add" or chosen is None:
        return []
    element = LibraryElement.objects.filter(pk=chosen).first()
    if element is None:
        return []
    sections = [row.section for row in rows_of(formset)]
    section = request.POST.get("add_to") or (sections[-1] if sections else "Results of the job")
    return [
        plans.Row(
            pk=None,
            section=section,
            name=element.name,
            kind=element.kind,
            nature=element.nature,
            is_service=element.is_service,
            weight=Element._meta.get_field("weight").to_python("0"),
            standard=element.standard,
            from_library=element.pk,
        )
    ]
