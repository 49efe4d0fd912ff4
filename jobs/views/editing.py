"""The editor of a job description."""

from django.contrib import messages
from django.forms import formset_factory
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import for_signed_in
from jobs import services
from jobs.checks import (
    minimum_service_weight,
    problems_of_duties,
    service_emphasis,
)
from jobs.forms import DescriptionForm, DutyForm
from jobs.views.showing import get_description
from jobs.workflow import can
from look.views import conflict
from organization.refusal import Refused

Duties = formset_factory(DutyForm, extra=2)


@for_signed_in
def edit(request, pk):
    """The editor of a draft; what was typed stays whatever happens."""
    description = get_description(request, pk)
    if not can("edit", description, request.person):
        return redirect("jobs:show", pk)
    duties = list(description.duties.all())
    if request.method != "POST":
        form = DescriptionForm(instance=description)
        formset = Duties(
            initial=[
                {"text": duty.text, "percent": duty.percent, "is_service": duty.is_service} for duty in duties
            ],
            prefix="duty",
        )
        return _edit_page(request, description, form, formset, duties, services.revision_of(description))
    base = request.POST.get("base", "")
    form = DescriptionForm(request.POST, instance=get_description(request, pk))
    formset = Duties(request.POST, prefix="duty")
    if not (form.is_valid() and formset.is_valid()):
        return _edit_page(request, description, form, formset, rows_of(formset), base, status=422)
    try:
        services.save_description(
            pk, form.cleaned_data, rows_of(formset), base=base, by=request.person, at=request.at
        )
        if request.POST.get("act") == "send":
            services.send_to_hr(pk, by=request.person, at=request.at)
            messages.success(request, "The description is with HR.")
            return redirect("jobs:show", pk)
    except services.NotReady as problem:
        messages.error(request, f"{problem} What is missing is listed on this page; your changes are saved.")
        return redirect("jobs:edit", pk)
    except services.Changed as problem:
        newest = services.revision_of(get_description(request, pk))
        return _edit_page(
            request, description, form, formset, rows_of(formset), newest, status=409, problem=str(problem)
        )
    except Refused as problem:
        return conflict(request, str(problem))
    messages.success(request, "The draft is saved.")
    return redirect("jobs:edit", pk)


def _edit_page(request, description, form, formset, duties, base, *, status=200, problem=""):
    context = {
        "description": description,
        "form": form,
        "formset": formset,
        "base": base,
        "problem": problem,
        **_totals(request, duties),
    }
    return render(request, "jobs/edit.html", context, status=status)


@for_signed_in
@require_POST
def totals(request):
    """What the duties come to while somebody types."""
    formset = Duties(request.POST, prefix="duty")
    formset.is_valid()
    return render(request, "jobs/_totals.html", _totals(request, rows_of(formset)))


def _totals(request, duties):
    minimum = minimum_service_weight(request.county)
    return {
        "total": sum(duty.percent for duty in duties),
        "emphasis": service_emphasis(duties),
        "minimum": minimum,
        "problems": problems_of_duties(duties, minimum=minimum),
    }


def rows_of(formset):
    """The duties as typed; of a faulty row, what can be read."""
    values = [getattr(form, "cleaned_data", {}) for form in formset]
    return [
        services.DutyRow(one.get("text", "").strip(), one["percent"], one.get("is_service", False))
        for one in values
        if one.get("percent")
    ]
