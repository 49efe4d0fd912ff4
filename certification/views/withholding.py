"""Leaving one award out of a set, and putting it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from certification import permissions, services
from certification.forms import WithholdForm
from certification.views.fetching import for_signers, readable_set
from organization.refusal import Refused


@for_signers
def withhold(request, number, code, line_id):
    chosen, chart = readable_set(request, number, code)
    award = services.award_of_line(chosen, chart, line_id)
    if award is None or not permissions.can_withhold(request.person, chosen, chart, award.line.employee_id):
        raise Http404
    form, status = WithholdForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            services.withhold(
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
            messages.success(request, f"The award of {award.line.employee} is left out of what you sign.")
            return redirect("certification:set", number, code)
    if form.errors:
        status = 422
    context = {"set": chosen, "run": chosen.run, "award": award, "form": form}
    return render(request, "certification/withhold.html", context, status=status)


@for_signers
@require_POST
def put_back(request, number, code, line_id):
    chosen, _ = readable_set(request, number, code)
    try:
        services.put_back(
            chosen.run.pk,
            chosen.department and chosen.department.pk,
            line_id,
            by=request.person,
            at=request.at,
        )
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The award is in the set again.")
    return redirect("certification:set", number, code)
