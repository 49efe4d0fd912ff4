"""The element library and the templates, as HR keeps them."""

from django.contrib import messages
from django.db.models import Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from evaluations.checks import minimum_service_weight
from evaluations.forms import LibraryElementForm, TemplateForm
from evaluations.library import load_standard_library
from evaluations.models import LibraryElement, Template
from evaluations.services import library as services
from evaluations.services import plans
from evaluations.services.locking import NotReady
from evaluations.views.plan import Rows, initial_of, row_from_library, rows_of, totals_of
from organization.audience import for_hr, for_hr_and_auditors
from organization.models import Job
from organization.refusal import Refused


@for_hr_and_auditors
def templates(request):
    found = Template.objects.annotate(
        total=Sum("elements__weight", filter=~Q(elements__kind="additional")),
        service=Sum(
            "elements__weight",
            filter=Q(elements__is_service=True) & ~Q(elements__kind="additional"),
            default=0,
        ),
    ).order_by("level", "name")
    context = {
        "templates": found,
        "minimum": minimum_service_weight(county=request.county),
        "is_hr": request.person.has_role("hr"),
    }
    return render(request, "evaluations/templates.html", context)


@for_hr
@require_POST
def load_standard(request):
    """A new county begins with the scale, elements and templates that come with the product."""
    load_standard_library(request.person, request.at)
    messages.success(request, "The standard scale, elements and templates are here. Make them your own.")
    return redirect("evaluations:templates")


@for_hr
def template(request, pk=None):
    """The editor of a template, new or not."""
    found = get_object_or_404(Template, pk=pk) if pk else None
    elements = list(found.elements.all()) if found else []
    if request.method != "POST":
        formset = Rows(initial=[initial_of(one) for one in elements], prefix="row")
        form = TemplateForm(instance=found, initial={} if found else {"in_use": False})
        return _page(request, found, form, formset, elements, base=plans.plan_digest(elements))
    form = TemplateForm(request.POST, instance=found)
    formset, base = Rows(request.POST, prefix="row"), request.POST.get("base", "")
    if not (formset.is_valid() and form.is_valid()):
        return _page(request, found, form, formset, rows_of(formset), base=base, status=422)
    rows = [*rows_of(formset), *row_from_library(request, formset)]
    try:
        saved = services.save_template(
            pk, rows, base=base, **form.cleaned_data, by=request.person, at=request.at
        )
    except plans.PlanChanged as problem:
        newest = plans.plan_digest(list(Template.objects.get(pk=pk).elements.all()))
        return _page(request, found, form, formset, rows, base=newest, status=409, problem=str(problem))
    except NotReady as problem:
        text = f"{problem} Put right what stands below, or save it without “In use”."
        return _page(request, found, form, formset, rows, base=base, status=422, problem=text)
    except Refused as problem:
        return _page(request, found, form, formset, rows, base=base, status=422, problem=str(problem))
    messages.success(request, "The template is saved.")
    return redirect("evaluations:template", saved.pk)


@for_hr
@require_POST
def template_totals(request):
    formset = Rows(request.POST, prefix="row")
    formset.is_valid()
    return render(
        request,
        "evaluations/_totals.html",
        totals_of(rows_of(formset), minimum_service_weight(county=request.county)),
    )


def _page(request, found, form, formset, elements, *, base, status=200, problem=""):
    context = {
        "template": found,
        "form": form,
        "formset": formset,
        "base": base,
        "problem": problem,
        "library": LibraryElement.objects.all(),
        "families": Job.objects.exclude(family="")
        .order_by("family")
        .values_list("family", flat=True)
        .distinct(),
    }
    context |= totals_of(elements, minimum_service_weight(county=request.county))
    return render(request, "evaluations/template.html", context, status=status)


@for_hr_and_auditors
def library(request):
    return render(
        request,
        "evaluations/library.html",
        {"elements": LibraryElement.objects.all(), "is_hr": request.person.has_role("hr")},
    )


@for_hr
def library_element(request, pk=None):
    found = get_object_or_404(LibraryElement, pk=pk) if pk else None
    form = LibraryElementForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        services.save_library_element(pk, form.values(), by=request.person, at=request.at)
        messages.success(request, "The element is in the library. Plans made before stay as they are.")
        return redirect("evaluations:library")
    status = 422 if request.method == "POST" else 200
    return render(
        request, "evaluations/library_element.html", {"form": form, "element": found}, status=status
    )
