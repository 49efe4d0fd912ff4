from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import Audience, declare
from certification.permissions import signs_something
from compensation.models import Run
from look import formats
from organization.audience import for_roles
from organization.models import Role
from organization.refusal import Refused
from payroll import difference_certifying as certifying
from payroll import permissions, services
from payroll.checks import ReleaseChanged, orders_for
from payroll.differences import sum_up
from payroll.forms import ReleaseForm, SecondWordForm
from payroll.models import Release

READERS = (Role.PAYROLL, Role.HR, Role.AUDITOR, Role.BUDGET)
for_who_signs = declare(Audience("who certifies awards", signs_something))


def _run(number):
    runs = Run.objects.filter(state=Run.State.DONE, plan__action__isnull=False)
    runs = runs.select_related("plan__action", "plan__cycle", "replaced_by").defer("plan__action__document")
    return get_object_or_404(runs, number=number)


@for_roles(*READERS)
def differences(request, number):
    """What late corrections change of what a run released, and the release of it."""
    run = _run(number)
    orders = orders_for(run)
    form = ReleaseForm(request.POST or None, request=request, orders=orders)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = services.release(
                run.pk,
                form.cleaned_data["action"].pk,
                by=request.person,
                at=request.at,
                seen=form.cleaned_data["seen"],
                is_difference=True,
            )
        except Refused as problem:
            form.add_error(None, str(problem))
            status = 409 if isinstance(problem, ReleaseChanged) else 422
        else:
            if made.state == Release.State.ASKED:
                messages.info(request, "Your own line is in this batch. It waits for another payroll clerk.")
                return redirect("payroll:batches")
            return redirect("payroll:release", made.pk)
    shown = {
        "run": run,
        "form": form,
        "orders": orders,
        "standing": sum_up(run, reader=request.person.employee_id),
        "can_release": permissions.can_release(request.person),
        "can_ask": permissions.can_ask_heads(request.person),
        "last": run.releases.select_related("asked_by", "given_by").first(),
    }
    return render(request, "payroll/differences.html", shown, status=status)


@for_roles(Role.PAYROLL, Role.HR)
@require_POST
def ask(request, number):
    """Write to the heads whose signature is missing."""
    count = certifying.ask_to_certify(_run(number).pk, by=request.person, at=request.at)
    people = formats.plural(count, "person was", "people were")
    messages.info(request, f"{people} written to." if count else "Nobody’s signature is missing.")
    return redirect("payroll:differences", number)


@for_who_signs
def certify(request, number):
    """The corrected awards that one answers for."""
    run = _run(number)
    form = SecondWordForm(request.POST or None, request=request)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            count = certifying.certify_differences(
                run.pk, by=request.person, at=request.at, seen=form.cleaned_data["seen"]
            )
        except Refused as problem:
            form.add_error(None, str(problem))
            status = 409 if isinstance(problem, ReleaseChanged) else 422
        else:
            messages.success(
                request, f"{formats.plural(count, 'corrected award is', 'corrected awards are')} certified."
            )
            return redirect("payroll:certify_differences", run.number)
    found = certifying.to_sign(run, request.person)
    shown = {
        "run": run,
        "form": form,
        "found": found,
        "ready": certifying.ready_to_sign(found),
        "seen": certifying.seen_of(found),
        "statement": certifying.STATEMENT,
    }
    return render(request, "payroll/certify_differences.html", shown, status=status)
