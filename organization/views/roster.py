"""The pages of an import: upload, check, apply; what it changes row by row; saved matchings."""

from collections import Counter
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from exchange.problems import Severity
from exchange.writing import csv_response
from look import formats
from look.views import conflict
from organization.audience import for_hr
from organization.forms.roster import OPTION_WORDS, MappingNameForm, MatchingForm, UploadForm
from organization.models import ColumnMapping, RosterImport
from organization.refusal import Refused
from organization.roster import services
from organization.roster.background import apply_later
from organization.roster.comparison import LABELS, summary
from organization.roster.fields import FIELDS
from organization.roster.pay import to_the_cent
from organization.roster.services import ChangedSince

SHOWN = 50
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


def steps(at):
    words = ("File", "Check", "Applied")
    return [(word, "done" if i < at else "now" if i == at else "later") for i, word in enumerate(words)]


def columns_of(matching, table, comparison):
    """The columns as the page matches them, each with its first values, how sure it is, and a note."""
    notes = notes_of_columns(table, matching, comparison) if comparison else {}
    return [
        {
            "index": guess.header.index,
            "letter": guess.header.letter,
            "name": guess.header.name,
            "values": " · ".join(formats_short(value) for value in guess.first_values),
            "field": guess.field.name if guess.field else "",
            "confidence": str(guess.confidence),
            "note": guess.note or notes.get(guess.field.name if guess.field else "", ""),
        }
        for guess in matching.guesses
    ]


def notes_of_columns(table, matching, found):
    """What people would check first in a column: how many numbers, codes, titles; annual and hourly."""
    columns = matching.columns
    rows = found.file.rows
    notes = {}
    if "number" in columns:
        notes["number"] = f"{len({row.number for row in rows if row.number}):,} different values"
    kinds = {
        "department": found.departments,
        "department_name": found.departments,
        "job_title": found.jobs,
        "job_code": found.jobs,
        "fund": found.funds,
    }
    for name, new in kinds.items():
        if name in columns:
            count = len(set(table.column(columns[name])) - {""})
            notes[name] = f"{count:,} different, {f'{len(new):,} new' if new else 'all known'}"
    if columns.keys() & {"basis", "hourly_rate"}:
        counts = Counter(row.basis for row in rows)
        name = "basis" if "basis" in columns else "hourly_rate"
        notes[name] = f"Annual {counts['annual']:,}, hourly {counts['hourly']:,}"
    return notes


def formats_short(value):
    return value if len(value) <= 24 else f"{value[:23]}…"


def options_of(matching):
    return [
        (name, label, [(value, text, value == matching.options.get(name)) for value, text in words.items()])
        for name, (label, words) in OPTION_WORDS.items()
    ]


def comparison_context(found):
    sums = {name: to_the_cent(value) for name, value in found.sums.items()}
    counts = summary(found)
    problems = found.problems
    refused = [problem for problem in problems if problem.severity == Severity.REFUSED]
    looks = [problem for problem in problems if problem.severity == Severity.LOOK]
    names = names_of_rows(found, refused[:SHOWN])
    supervised = sum(1 for change in found.changes if "supervisor" in change.fields)
    return {
        "comparison": found,
        "counts": counts,
        "sums": sums,
        "refused": [(problem, names.get(problem.row, "")) for problem in refused[:SHOWN]],
        "refused_count": len(refused),
        "refused_rows": len(found.refused),
        "looks": looks[:SHOWN],
        "looks_count": len(looks),
        "before_after": before_after(found, sums, counts),
        "agreement": agreement(found, sums),
        "by_field": [(label, people, to_the_cent(cost)) for label, people, cost in found.by_field],
        "changes_total": to_the_cent(sum((cost for _, _, cost in found.by_field), Decimal(0))),
        "added": [told_row(row) for row in found.additions[:12]],
        "gone": [person.name or person.number for person in found.separations[:12]],
        "supervisors": supervised,
        "supervisors_title": f"{people(supervised)} {'gets' if supervised == 1 else 'get'} a new supervisor",
        "hours": found.hours_per_year,
        "more_added": counts["added"] - 12,
        "added_key": people(counts["added"]),
        "gone_key": people(len(found.separations)),
        "looks_key": formats.plural(len(looks), "cell", "cells"),
        "notes_key": formats.plural(len(found.file.notes), "note", "notes"),
        "new_names": new_names(found),
        "new_key": formats.number(len(found.departments) + len(found.jobs) + len(found.funds)),
        "acts": found.acts,
        "token": services.token_of(found),
    }


def names_of_rows(found, problems):
    wanted = {problem.row for problem in problems}
    return {
        row.at: ", ".join(filter(None, (row.name, row.number))) for row in found.file.rows if row.at in wanted
    }


def new_names(found):
    """What the file brings besides people: (kind, the first names)."""
    kinds = (("Departments", found.departments), ("Jobs", found.jobs), ("Funds", found.funds))
    return [(label, told_names(list(names.values()))) for label, names in kinds if names]


def told_names(names):
    more = f" and {len(names) - 12:,} more" if len(names) > 12 else ""
    return "; ".join(names[:12]) + more


def told_row(row):
    return ", ".join(filter(None, (row.name or row.number or f"row {row.at:,}", row.job_title)))


def before_after(found, sums, counts):
    lines = [line("In County HR today", sums["before"], people(found.people_before), formats.money)]
    parts = (
        ("additions", counts["added"], "addition", "additions"),
        ("separations", counts["gone"] + counts["positions_ended"], "separation", "separations"),
        ("changes", counts["changed"], "change", "changes"),
    )
    for name, count, one, several in parts:
        if count:
            lines.append(line(formats.plural(count, one, several), sums[name]))
    label = f"In County HR when applied, {people(found.people_after)}"
    lines.append(line(label, sums["after"], "", formats.money) | {"kind": "total"})
    return lines


def agreement(found, sums):
    """The file's own sum against the one above; nothing where the file tells of no pay."""
    lines = [line("In the file", sums["read"], "the rows that are taken", formats.money)]
    if sums["others"]:
        lines.append(line("People who are not in the file, or whose rows stay out", sums["others"]))
    lines.append(line("Agrees with the sum above", sums["after"], "", formats.money) | {"kind": "total"})
    return lines


def line(label, amount, note="", write=formats.signed):
    return {"label": label, "note": note, "amount": write(amount)}


def people(count):
    return formats.plural(count, "person", "people")


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
        name = request.POST.get("name", "").strip()
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


def told_changes(found, kind):
    """(row or None, who, number, what) of one kind."""
    if kind == "added":
        return [(row.at, row.name or "No name", row.number, row.job_title or "") for row in found.additions]
    if kind == "gone":
        gone = [(None, person.name or "No name", person.number, "Separates") for person in found.separations]
        return gone + [(None, person.name, person.number, "A position ends") for person in found.ended]
    return [
        (
            change.row.at,
            change.known.name or "No name",
            change.known.number,
            "; ".join(
                f"{LABELS.get(name, name)}: {shown(before)} to {shown(after)}"
                for name, (before, after) in change.fields.items()
            ),
        )
        for change in found.changes
    ]


def shown(value):
    if value in (None, ""):
        return "nothing"
    if hasattr(value, "year"):
        return formats.short_date(value)
    return f"{value.normalize():,f}" if hasattr(value, "normalize") else str(value)


@for_hr
@require_POST
def delete_mapping(request, mapping_id):
    mapping = get_object_or_404(ColumnMapping, pk=mapping_id)
    services.delete_mapping(mapping.pk, by=request.person, at=request.at)
    messages.success(request, f"The matching “{mapping.name}” is deleted.")
    return redirect("organization:imports")


def done_context(found):
    result = found.result or {}
    sums = {name: Decimal(value) for name, value in result.get("sums", {}).items()}
    context = {"found": found, "result": result, "steps": steps(3 if result else 1)}
    if result:
        context["before_after"] = [
            line("In County HR before", sums["before"], people(result["people_before"]), formats.money),
            line("Additions", sums["additions"]),
            line("Separations", sums["separations"]),
            line("Changes", sums["changes"]),
            line(f"In County HR after, {people(result['people_after'])}", sums["after"], "", formats.money)
            | {"kind": "total"},
        ]
        context["stored"] = [
            line("Read from the file", sums["read"], "the rows that were taken", formats.money),
            line("Stored for them", sums["stored"], "summed by the database", formats.money),
            line("Difference", sums["stored"] - sums["read"], "", formats.money) | {"kind": "total"},
        ]
    return context
