"""The sets of a run: who has signed what, and signing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from certification import permissions, services
from certification.checks import Problem
from certification.forms import CertifyForm, ReturnForm
from certification.models import Certificate, Request
from certification.overview import ready_counts, rows_of, sets_of
from certification.sets import AwardSet, Signers, awards_in
from certification.standing import HELD, READY, compare, stand
from certification.views.fetching import for_certifiers, for_readers_of_certificates, readable_set
from compensation.models import Run
from look import formats
from organization.audience import for_hr, for_roles
from organization.refusal import Refused


@for_readers_of_certificates
def overview(request):
    """The sets that wait for a head; for HR, payroll and auditors the runs."""
    runs = None
    if request.person.has_role(*permissions.READERS):
        runs = (
            Run.objects.filter(state=Run.State.DONE)
            .select_related("plan")
            .annotate(
                asked=Count("certification_requests", distinct=True),
                certificates_signed=Count("certificates", distinct=True),
            )
            .order_by("-number")
        )
        runs = Paginator(runs, 25).get_page(request.GET.get("page"))
    chart = Signers(request.on)
    sets = sets_of(request.person, chart)
    for asked in sets:
        asked.award_set = AwardSet(asked.run, asked.department)
    recent = [asked for asked in sets if asked.run.plan.fiscal_year >= request.on.year]
    ready = ready_counts(recent, chart, request.person)
    for asked in recent:
        asked.ready = ready[asked.pk]
    certificates = Certificate.objects.of_signer(request.person).defer("content")
    certificates = certificates.select_related("department", "run", "voiding")
    return render(
        request,
        "certification/overview.html",
        {
            "sets": sets,
            "runs": runs,
            "certificates": certificates[:50],
            "signs": permissions.signs_something(request.person),
        },
    )


@for_roles(*permissions.READERS)
def run(request, number):
    found = get_object_or_404(
        Run.objects.select_related("plan__action", "plan__cycle", "replaced_by"), number=number, state="done"
    )
    comparison = compare(found)
    rows = rows_of(
        found,
        Signers(request.on),
        comparison,
        county=request.county,
    )
    totals = {
        name: sum(getattr(row, name) for row in rows)
        for name in ("awards", "merit", "lump", "held", "excepted", "certified", "released")
    }
    totals["signed"] = totals["certified"] + totals["released"]  # what is released was certified before
    return render(
        request,
        "certification/run.html",
        {
            "run": found,
            "rows": rows,
            "totals": totals,
            "voids": list(comparison.voids.values()),
            "to_ask": sum(row.state in ("not_asked", "returned") for row in rows),
            "can_ask": permissions.can_ask(request.person)
            and found.plan.action is not None
            and not found.replaced_by,
        },
    )


@for_hr
@require_POST
def ask(request, number):
    found = get_object_or_404(Run, number=number)
    try:
        asked = services.ask_to_certify(found.pk, by=request.person, at=request.at, on=request.on)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        sets = formats.plural(asked, "set of awards waits", "sets of awards wait")
        messages.success(request, f"{sets} for a signature. Each signer has until the date shown.")
    return redirect("certification:run", number)


@for_certifiers
def award_set(request, number, code):
    chosen, chart = readable_set(request, number, code)
    shown = _awards(request, chosen, chart)
    signing, status = shown["signing"], 200
    form = CertifyForm(request.POST or None, request=request, excepted=signing.excepted if signing else ())
    if request.method == "POST" and form.is_valid():
        try:
            certificate = services.certify(
                chosen.run.pk,
                chosen.department and chosen.department.pk,
                by=request.person,
                at=request.at,
                seen_hash=form.cleaned_data["seen"],
            )
        except services.SetChanged as problem:
            form.add_error(None, str(problem))
            status = 409
        except Refused as problem:
            form.add_error(None, str(problem))
            status = 422
        else:
            awards = formats.plural(certificate.awards, "award", "awards")
            messages.success(request, f"You certified {awards} as {certificate.number}.")
            return redirect("certification:certificate", certificate.number)
        shown = _awards(request, chosen, chart)
    elif form.errors:
        status = 422
    return render(request, "certification/set.html", shown | {"form": form}, status=status)


def _awards(request, chosen, chart):
    comparison = compare(chosen.run, departments=services.departments_of(chosen))
    awards = stand(
        awards_in(chosen, chart),
        comparison,
        minimum_service_weight=services.minimum_service_weight(chosen.run, request.county),
    )
    levels = services.level_names(chosen.run)
    signing = _signing(request, chosen, chart, awards, levels)
    ready = signing.awards if signing else [award for award in awards if award.state == READY]
    held = [award for award in awards if award.state == HELD] + _own(signing)
    others = [award for award in awards if award.state not in (READY, HELD)]
    signs = permissions.can_certify(request.person, chosen, chart)
    asked = Request.objects.filter(run=chosen.run, department=chosen.department).first()
    counted = ready or others  # once all are signed the figures are theirs
    return {
        "set": chosen,
        "run": chosen.run,
        "request_row": asked,
        "signing": signing,
        "signs": signs,
        "can_delegate": permissions.can_delegate(request.person, chosen.department, chart),
        "signer": None if signs else chart.certifier(chosen.department),
        "is_vacant": chart.is_vacant(chosen.department),
        "excepting": [
            award.line.pk
            for award in awards
            if permissions.can_except(request.person, chosen, chart, award.line.employee_id)
        ],
        "withholding": [
            award.line.pk
            for award in awards
            if permissions.can_withhold(request.person, chosen, chart, award.line.employee_id)
        ],
        "ready": Paginator(ready, 2000 if "all" in request.GET else 25).get_page(request.GET.get("page")),
        "excepted": sum(award.exception is not None for award in counted),
        "held": held,
        "voids": [
            void
            for void in comparison.voids.values()
            if void.certificate.department_id == (chosen.department and chosen.department.pk)
        ],
        "others": others,
        "signed_already": bool(others and not ready),
        "counted": len(counted),
        "merit": sum(award.line.merit for award in counted),
        "lump": sum(award.line.awarded_once for award in counted),
        "may_sign_now": bool(signing and ready and asked and asked.state == Request.State.ASKED),
        "return_form": ReturnForm(),
        "levels": levels,
    }


def _signing(request, chosen, chart, awards, levels):
    """What the person would sign; None for a reader."""
    if chosen.run.plan.action is None or not permissions.can_certify(request.person, chosen, chart):
        return None
    return services.draft(chosen, chart, request.person, awards=awards, county=request.county, levels=levels)


def _own(signing):
    """The awards of a set that whoever signs may not sign, with why."""
    if signing is None or not signing.own:
        return []
    return [award._replace(state=HELD, problems=[_why_own(award, signing)]) for award in signing.own]


def _why_own(award, signing):
    principal, title, who = signing.authority.principal, "Your own award.", "The Commissioners Court"
    if signing.authority.delegation and award.line.employee_id == principal.pk:
        title = f"The award of {principal}, for whom you sign."
    elif signing.authority.delegation:
        who = principal
    return Problem("own", title, f"{who} answers for it.", "Nobody signs for himself.")


@for_certifiers
@require_POST
def return_set(request, number, code):
    chosen, _ = readable_set(request, number, code)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["note"]))
        return redirect("certification:set", number, code)
    try:
        services.return_set(
            chosen.run.pk,
            chosen.department and chosen.department.pk,
            note=form.cleaned_data["note"],
            by=request.person,
            at=request.at,
        )
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("certification:set", number, code)
    messages.success(request, "The set is back with HR, with your note.")
    return redirect("certification:overview")
