"""A clerk's word given on a page: what is released by it, and where the clerk goes then."""

from django.contrib import messages
from django.shortcuts import redirect

from organization.refusal import Refused
from payroll import permissions, services
from payroll.checks import ReleaseChanged
from payroll.models import Release


def ask(request, run, form, kind):
    """Release by a ReleaseForm that was sent: (the answer or None, the status of the page that stays)."""
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


def context_of(request, run, form, standing):
    """What a page on which the word is given shows, whatever is released by it."""
    return {
        "run": run,
        "form": form,
        "orders": form.fields["action"].queryset,
        "standing": standing,
        "can_release": permissions.can_release(request.person),
        "last": run.releases.select_related("asked_by", "given_by").first(),
    }


def refuse(form, problem):
    """Say on the form why not. Returns the status: 409 where somebody else was faster."""
    form.add_error(None, str(problem))
    return 409 if isinstance(problem, ReleaseChanged) else 422
