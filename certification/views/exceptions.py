"""Writing an exception for an award that lacks a progress review or a signature, and taking it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from certification import permissions, services
from certification.checks import missing_of
from certification.forms import ExceptionForm
from certification.views.fetching import for_signers, readable_set
from organization.refusal import Refused


@for_signers
def exception(request, number, code, line_id):
    chosen, chart = readable_set(request, number, code)
    award = services.award_of_line(chosen, chart, line_id)
    if award is None or not permissions.can_except(request.person, chosen, chart, award.line.employee_id):
        raise Http404
    form, status = ExceptionForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            services.write_exception(
                chosen.run.pk,
                chosen.department and chosen.department.pk,
                line_id,
                reason=form.cleaned_data["reason"],
                by=request.person,
                at=request.at,
            )
        except Refused as problem:
            form.add_error("reason", str(problem))
        else:
            messages.success(request, f"The exception for {award.line.employee} is in the set.")
            return redirect("certification:set", number, code)
    if form.errors:
        status = 422
    rating = award.line.case.rating
    missing = rating and missing_of(
        has_progress_review=rating.has_progress_review, is_signed=rating.is_signed
    )
    return render(
        request,
        "certification/exception.html",
        {"set": chosen, "run": chosen.run, "award": award, "missing": missing, "form": form},
        status=status,
    )


@for_signers
@require_POST
def withdraw_exception(request, number, code, line_id):
    chosen, _ = readable_set(request, number, code)
    try:
        services.withdraw_exception(
            chosen.run.pk,
            chosen.department and chosen.department.pk,
            line_id,
            by=request.person,
            at=request.at,
        )
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The exception is withdrawn. The award is held back again.")
    return redirect("certification:set", number, code)
