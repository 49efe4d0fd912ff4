from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import Audience, declare
from certification import permissions, services
from certification.forms import CertifyForm, ReturnForm
from certification.models import Certificate, Request
from certification.overview import ready_counts, rows_of, sets_of
from certification.sets import HEADS, AwardSet, awards_in, county_judges
from certification.standing import HELD, READY, compare, stand
from compensation.models import Run
from look import formats
from organization.audience import for_hr, for_roles
from organization.chart import Chart
from organization.models import Role
from organization.refusal import Refused

READERS = (Role.HR, Role.AUDITOR, Role.PAYROLL)
for_certifiers = declare(
    Audience(
        "heads, the County Judge, HR administrators, payroll clerks and auditors",
        lambda person: person.is_head or person.is_county_judge or person.has_role(*READERS),
    )
)


@for_certifiers
def overview(request):
    """The sets that wait for a head; for HR, payroll and auditors the runs."""
    runs = []
    if request.person.has_role(*READERS):
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
    chart = Chart(request.on)
    sets = sets_of(request.person, chart)
    recent = [asked for asked in sets if asked.run.plan.fiscal_year >= request.on.year]
    ready = ready_counts(recent, chart, county=request.county)
    for asked in recent:
        asked.ready = ready[asked.pk]
    certificates = Certificate.objects.filter(signed_by=request.user).defer("content")
    certificates = certificates.select_related("department", "run", "voiding")
    return render(
        request,
        "certification/overview.html",
        {
            "sets": sets,
            "runs": runs,
            "certificates": certificates[:50],
            "today": request.on,
        },
    )


@for_roles(*READERS)
def run(request, number):
    found = get_object_or_404(
        Run.objects.select_related("plan__action", "plan__cycle", "replaced_by"), number=number, state="done"
    )
    comparison = compare(found)
    rows = rows_of(
        found,
        Chart(request.on),
        comparison,
        county=request.county,
        judges=list(county_judges(request.on)),
    )
    totals = {
        name: sum(getattr(row, name) for row in rows)
        for name in ("awards", "merit", "lump", "held", "certified", "released")
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
        heads = formats.plural(asked, "head was asked", "heads were asked")
        messages.success(request, f"{heads} to certify. They have until the date shown.")
    return redirect("certification:run", number)


def _readable_set(request, number, code):
    found = get_object_or_404(
        Run.objects.select_related("plan__action", "plan__cycle"), number=number, state="done"
    )
    chart = Chart(request.on)
    department = None if code == HEADS else chart.coded(code)
    if department is None and code != HEADS:
        raise Http404
    award_set = AwardSet(found, department)
    if not permissions.can_read(request.person, award_set, chart):
        raise Http404
    return award_set, chart


@for_certifiers
def award_set(request, number, code):
    chosen, chart = _readable_set(request, number, code)
    signs = permissions.can_certify(request.person, chosen, chart)
    form = CertifyForm(request.POST or None, request=request)
    status = 200
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
    elif form.errors:
        status = 422
    return render(
        request, "certification/set.html", _set_page(request, chosen, chart, form, signs), status=status
    )


def _set_page(request, chosen, chart, form, signs):
    comparison = compare(chosen.run, departments=services.departments_of(chosen))
    awards = stand(
        awards_in(chosen, chart),
        comparison,
        minimum_service_weight=services.minimum_service_weight(chosen.run, request.county),
    )
    ready = [award for award in awards if award.state == READY]
    others = [award for award in awards if award.state not in (READY, HELD)]
    counted = ready or others  # once all are signed the figures are theirs
    content_hash = services.hash_of(chosen, [award.line for award in ready])
    title = services.title_of(request.person) if signs else ""
    return {
        "set": chosen,
        "run": chosen.run,
        "request_row": Request.objects.filter(run=chosen.run, department=chosen.department).first(),
        "ready": Paginator(ready, 2000 if "all" in request.GET else 25).get_page(request.GET.get("page")),
        "held": [award for award in awards if award.state == HELD],
        "voids": [
            void
            for void in comparison.voids.values()
            if void.certificate.department_id == (chosen.department and chosen.department.pk)
        ],
        "others": others,
        "signed_already": bool(others and not ready),
        "counted": len(counted),
        "merit": sum(award.line.merit for award in counted),
        "lump": sum(award.line.lump for award in counted),
        "signs": signs,
        "form": form,
        "return_form": ReturnForm(),
        "hash": content_hash,
        "statement": services.statement(
            chosen,
            name=request.person.name,
            title=title,
            county=request.county.name,
            count=len(ready),
        ),
        "levels": services.level_names(chosen.run),
    }


@for_certifiers
@require_POST
def return_set(request, number, code):
    chosen, _ = _readable_set(request, number, code)
    form = ReturnForm(request.POST)
    try:
        services.return_set(
            chosen.run.pk,
            chosen.department and chosen.department.pk,
            note=form.data.get("note", ""),
            by=request.person,
            at=request.at,
        )
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("certification:set", number, code)
    messages.success(request, "The set is back with HR, with your note.")
    return redirect("certification:overview")


@for_certifiers
def certificate(request, number):
    found = get_object_or_404(
        Certificate.objects.select_related("run__plan__action", "department", "signed_by", "voiding").defer(
            "content", "run__plan__action__document"
        ),
        number=number,
    )
    chosen = AwardSet(found.run, found.department)
    if found.signed_by != request.user and not permissions.can_read(
        request.person, chosen, Chart(request.on)
    ):
        raise Http404
    void = compare(found.run, departments=services.departments_of(chosen)).voids.get(found.pk)
    lines = found.lines.select_related("line__employee", "line__case__rating", "line__case__assignment__job")
    return render(
        request,
        "certification/certificate.html",
        {
            "certificate": found,
            "set": chosen,
            "void": void,
            "lines": lines.order_by("line__employee__sort_key"),
            "levels": services.level_names(found.run),
        },
    )
