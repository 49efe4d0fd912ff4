"""The pages on which a clerk gives the word: what stands to be released, and where the clerk goes then."""

from django.contrib import messages
from django.shortcuts import redirect, render

from organization.refusal import Refused
from payroll import permissions, services
from payroll.checks import ReleaseChanged, orders_for
from payroll.forms import ReleaseForm
from payroll.models import Release


def release_page(request, run, kind, template, **shown):
    """What a run has to release of a kind, or the answer to the word that was given for it."""
    form = ReleaseForm(request.POST or None, request=request, orders=orders_for(run))
    answer, status = _release(request, run, form, kind)
    if answer:
        return answer
    shown |= {
        "run": run,
        "form": form,
        "orders": form.fields["action"].queryset,
        "standing": services.standing_of(run, kind, on=request.on, reader=request.person.employee_id),
        "can_release": permissions.can_release(request.person),
        "last": run.releases.select_related("asked_by", "given_by").first(),
    }
    return render(request, template, shown, status=status)


def _release(request, run, form, kind):
    """Release by the form that was sent: (the answer or None, the status of the page that stays)."""
    if request.method != "POST" or not form.is_valid():
        return None, 422 if form.errors else 200
    try:
        made = services.release(
            run.pk,
            form.cleaned_data["action"].pk,
            by=request.person,
            at=request.at,
            seen=form.cleaned_data["seen"],
            kind=kind,
        )
    except Refused as problem:
        return None, refuse(form, problem)
    if made.state == Release.State.ASKED:
        messages.info(request, "Your own line is in this batch. It waits for another payroll clerk.")
        return redirect("payroll:batches"), 200
    return redirect("payroll:release", made.pk), 200


def refuse(form, problem):
    """Say on the form why not. Returns the status: 409 where somebody else was faster."""
    form.add_error(None, str(problem))
    return 409 if isinstance(problem, ReleaseChanged) else 422
