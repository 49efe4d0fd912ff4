"""The pages of an import: upload, check, apply; what it changes row by row; saved matchings."""

from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from exchange.problems import Severity
from exchange.writing import csv_response
from look.views import conflict
from organization.audience import for_hr
from organization.forms.roster import MappingNameForm, MatchingForm, UploadForm
from organization.models import ColumnMapping, RosterImport
from organization.refusal import Refused
from organization.roster import services
from organization.roster.background import apply_later
from organization.roster.fields import FIELDS
from organization.roster.services import ChangedSince
from organization.views.roster_shown import (
    columns_of,
    comparison_context,
    done_context,
    options_of,
    steps,
    told_changes,
)

PER_PAGE = 50


@for_hr
def imports(request):
    found = RosterImport.objects.defer("content").select_related("uploaded_by", "applied_by")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    for row in page:
        sums = row.result.get("sums", {})
        row.pay_read = Decimal(sums["read"]) if sums else None
    context = {"page": page, "mappings": ColumnMapping.objects.all()}
    return render(request, "organization/imports.html", context)


@for_hr
def upload(request):
    form = UploadForm(request.POST or None, request.FILES or None, initial={"as_of": request.on})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        mapping = values["mapping"]
        try:
            roster_import = services.upload_roster(
                values["file"].read(),
                values["file"].name,
                as_of=values["as_of"],
                complete=values["complete"],
                names=mapping.columns if mapping else None,
                options=mapping.options if mapping else None,
                by=request.person,
                at=request.at,
            )
        except Refused as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("organization:import", roster_import.pk)
    return render(request, "organization/upload.html", {"form": form}, status=422 if form.errors else 200)


@for_hr
def roster_import(request, import_id):
    """An import before it is applied, or what it did."""
    found = get_object_or_404(RosterImport.objects.select_related("uploaded_by", "applied_by"), pk=import_id)
    if found.state == RosterImport.State.APPLYING:
        return render(request, "organization/import_applying.html", {"found": found, "steps": steps(1)})
    if request.htmx:  # it was being applied, and is done or refused now
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    if found.state != RosterImport.State.UPLOADED:
        return render(request, "organization/import_done.html", done_context(found))
    return check_page(request, found, error=found.result.get("problem", ""))


def check_page(request, found, *, error="", status=200):
    try:
        table, matching, comparison = services.preview(found)
    except Refused as problem:  # the file of an earlier version of the county's program
        context = {"found": found, "error": str(problem), "steps": steps(1)}
        return render(request, "organization/import_unreadable.html", context, status=400)
    context = {
        "found": found,
        "table": table,
        "columns": columns_of(matching, table, comparison),
        "fields": [(field.name, field.label) for field in FIELDS],
        "options": options_of(matching),
        "doubts": len(matching.doubts),
        "unused": sum(1 for guess in matching.guesses if not guess.field),
        "lacking": matching.problem(),
        "mapping_form": MappingNameForm(),
        "steps": steps(1),
        "error": error,
    }
    if comparison:
        context |= comparison_context(comparison)
    return render(request, "organization/import_check.html", context, status=status)


@for_hr
@require_POST
def match_columns(request, import_id):
    found = get_object_or_404(RosterImport, pk=import_id)
    try:
        table = services.read_file(bytes(found.content), found.file_name)
        form = MatchingForm(request.POST, table=table)
        if not form.is_valid():
            raise Refused(" ".join(message for errors in form.errors.values() for message in errors))
        values = form.cleaned_data
        services.match_columns(
            found.pk,
            values["names"],
            values["options"],
            as_of=values["as_of"],
            complete=values["complete"],
            by=request.person,
            at=request.at,
        )
        name = request.POST.get("name", "").replace("\x00", "").strip()
        if name:
            kept = values["names"], values["options"]
            services.save_mapping(name[:80], *kept, by=request.person, at=request.at)
            messages.success(request, f"The matching is kept as “{name[:80]}”.")
    except ChangedSince as problem:
        return conflict(request, str(problem), url=request.path)
    except Refused as problem:
        return check_page(request, found, error=str(problem), status=422)
    return redirect("organization:import", import_id)


@for_hr
@require_POST
def apply(request, import_id):
    found = get_object_or_404(RosterImport, pk=import_id)
    asked = {"leave_out": "leave_out" in request.POST, "seen": request.POST.get("seen")}
    who = {"by": request.person, "at": request.at}
    try:
        if services.is_large(found):
            apply_later(found.pk, **asked, **who)
            return redirect("organization:import", import_id)
        services.apply_roster(found.pk, **asked, **who)
    except ChangedSince as problem:
        return conflict(request, str(problem), url=f"/roster/{import_id}/")
    except Refused as problem:
        return check_page(request, found, error=str(problem), status=400)
    messages.success(request, "The roster is applied.")
    return redirect("organization:import", import_id)


@for_hr
@require_POST
def discard(request, import_id):
    get_object_or_404(RosterImport.objects.only("pk"), pk=import_id)
    try:
        services.discard_roster(import_id, by=request.person, at=request.at)
    except ChangedSince as problem:
        return conflict(request, str(problem), url=f"/roster/{import_id}/")
    messages.success(request, "The file is put away. Nothing of it was applied.")
    return redirect("organization:imports")


@for_hr
def refused_rows(request, import_id):
    """The rows that stay out, as a file to mend, each with what is wrong."""
    found = get_object_or_404(RosterImport, pk=import_id)
    table, _, comparison = services.preview(found)
    reasons = {}
    for problem in comparison.problems if comparison else table.problems:
        if problem.severity == Severity.REFUSED:
            reasons.setdefault(problem.row, []).append(str(problem))
    rows = ([*row.cells, " ".join(reasons[row.number])] for row in table.rows if row.number in reasons)
    columns = [*(header.name for header in table.headers), "What is wrong"]
    return csv_response(f"rows-to-mend-{import_id}.csv", columns, rows)


@for_hr
def changes(request, import_id):
    """Each change of an import that waits: who, what, from what, to what."""
    found = get_object_or_404(RosterImport, pk=import_id, state=RosterImport.State.UPLOADED)
    comparison = services.preview(found)[2]
    if comparison is None:
        return redirect("organization:import", import_id)
    kind = request.GET.get("kind", "changed")
    rows = told_changes(comparison, kind)
    context = {
        "found": found,
        "kind": kind,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": (
            ("changed", "Changes", len(comparison.changes)),
            ("added", "Additions", len(comparison.additions)),
            ("gone", "Separations", len(comparison.separations) + len(comparison.ended)),
        ),
    }
    return render(request, "organization/import_changes.html", context)


@for_hr
@require_POST
def delete_mapping(request, mapping_id):
    mapping = get_object_or_404(ColumnMapping, pk=mapping_id)
    services.delete_mapping(mapping.pk, by=request.person, at=request.at)
    messages.success(request, f"The matching “{mapping.name}” is deleted.")
    return redirect("organization:imports")
