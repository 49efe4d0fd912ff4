from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import Audience, declare
from certification.forms import CertifyForm, ExceptionForm
from certification.permissions import signs_something
from look import formats
from organization.audience import for_roles
from organization.models import Role
from organization.refusal import Refused
from payroll import permissions
from payroll.differences import certifying
from payroll.models import Release
from payroll.permissions import READERS
from payroll.views.asking import refuse, release_page
from payroll.views.fetching import find_adopted_run

for_who_signs = declare(Audience("who certifies awards", signs_something))


@for_roles(*READERS)
def differences(request, number):
    """What late corrections change of what a run released, and the release of it."""
    can_ask = permissions.can_ask_heads(request.person)
    page = Release.Kind.DIFFERENCES, "payroll/differences.html"
    return release_page(request, find_adopted_run(number), *page, can_ask=can_ask)


@for_roles(Role.PAYROLL, Role.HR)
@require_POST
def ask(request, number):
    """Write to the heads whose signature is missing."""
    count = certifying.ask_to_certify(find_adopted_run(number).pk, by=request.person, at=request.at)
    people = formats.plural(count, "person was", "people were")
    messages.info(request, f"{people} written to." if count else "Nobody’s signature is missing.")
    return redirect("payroll:differences", number)


@for_who_signs
def certify(request, number):
    """The corrected awards that one answers for."""
    run = find_adopted_run(number)
    mine = certifying.to_answer_for(run, request.person)
    form, status = _certify_form(request, mine), 200
    if request.method == "POST" and form.is_valid():
        try:
            count = certifying.certify_differences(
                run.pk, by=request.person, at=request.at, seen=form.cleaned_data["seen"]
            )
        except Refused as problem:
            status = refuse(form, problem)
        else:
            messages.success(
                request, f"{formats.plural(count, 'corrected award is', 'corrected awards are')} certified."
            )
            return redirect("payroll:certify_differences", run.number)
    elif form.errors:
        status = 422
    waiting = [each for each in mine if not each.found.certificate]
    ready = certifying.ready_to_sign(waiting)
    shown = {
        "run": run,
        "form": form,
        "waiting": waiting,
        "signed": [each for each in mine if each.found.certificate],
        "ready": ready,
        "seen": certifying.seen_of(waiting),
        "statements": sorted({each.statement for each in ready}),
    }
    return render(request, "payroll/certify_differences.html", shown, status=status)


def _certify_form(request, mine):
    waiting = [each for each in mine if not each.found.certificate]
    excepted = [each for each in certifying.ready_to_sign(waiting) if each.exception]
    return CertifyForm(request.POST or None, request=request, excepted=excepted)


@for_who_signs
def exception(request, number, line_id):
    """Write why a corrected award is certified without a progress review or signature."""
    run = find_adopted_run(number)
    mine = certifying.find_to_except(run, line_id, request.person)
    if mine is None:
        raise Http404
    form = ExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            certifying.write_exception(
                run.pk, line_id, reason=form.cleaned_data["reason"], by=request.person, at=request.at
            )
        except Refused as problem:
            form.add_error("reason", str(problem))
        else:
            messages.success(request, f"The exception for {mine.line.employee} is written.")
            return redirect("payroll:certify_differences", number)
    shown = {"run": run, "mine": mine, "rating": mine.found.rating, "form": form}
    status = 422 if form.errors else 200
    return render(request, "payroll/difference_exception.html", shown, status=status)


@for_who_signs
@require_POST
def withdraw_exception(request, number, line_id):
    try:
        certifying.withdraw_exception(find_adopted_run(number).pk, line_id, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The exception is withdrawn. The award is held back again.")
    return redirect("payroll:certify_differences", number)
