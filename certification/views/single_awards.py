"""One award of a set apart from the others: an exception written for it, or it is left out; and both back."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from certification import permissions, services
from certification.checks import missing_of
from certification.forms import ExceptionForm, WithholdForm
from certification.views.fetching import for_signers, readable_set
from organization.refusal import Refused


@for_signers
def exception(request, number, code, line_id):
    return _with_reason(
        request,
        (number, code, line_id),
        ExceptionForm,
        permissions.can_except,
        services.write_exception,
        "The exception for {} is in the set.",
        "certification/exception.html",
    )


@for_signers
@require_POST
def withdraw_exception(request, number, code, line_id):
    said = "The exception is withdrawn. The award is held back again."
    return _take_back(request, number, code, line_id, services.withdraw_exception, said)


@for_signers
def withhold(request, number, code, line_id):
    return _with_reason(
        request,
        (number, code, line_id),
        WithholdForm,
        permissions.can_withhold,
        services.withhold,
        "The award of {} is left out of what you sign.",
        "certification/withhold.html",
    )


@for_signers
@require_POST
def put_back(request, number, code, line_id):
    return _take_back(request, number, code, line_id, services.put_back, "The award is in the set again.")


def _with_reason(request, address, form_class, may, act, said, template):
    """The form of a reason, for whoever `may`; `said` of the employee once the service has acted."""
    number, code, line_id = address
    chosen, chart = readable_set(request, number, code)
    award = services.award_of_line(chosen, chart, line_id)
    if award is None or not may(request.person, chosen, chart, award.line.employee_id):
        raise Http404
    form, status = form_class(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            _bound(act, request, chosen, line_id)(reason=form.cleaned_data["reason"])
        except Refused as problem:
            form.add_error("reason", str(problem))
        else:
            messages.success(request, said.format(award.line.employee))
            return redirect("certification:set", number, code)
    if form.errors:
        status = 422
    rating = award.line.case.rating
    missing = rating and missing_of(
        has_progress_review=rating.has_progress_review, is_signed=rating.is_signed
    )
    context = {"set": chosen, "run": chosen.run, "award": award, "missing": missing, "form": form}
    return render(request, template, context, status=status)


def _take_back(request, number, code, line_id, act, said):
    chosen, _ = readable_set(request, number, code)
    try:
        _bound(act, request, chosen, line_id)()
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect("certification:set", number, code)


def _bound(act, request, chosen, line_id):
    department_id = chosen.department and chosen.department.pk
    return partial(act, chosen.run.pk, department_id, line_id, by=request.person, at=request.at)
