from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from exchange.writing import CSV_TYPE, csv_response
from organization.audience import for_roles
from organization.models import Employee, Role
from organization.refusal import Refused
from overtime import columns, export, permissions, samples, services
from overtime.forms import COMPLETE, WITHOUT_COMP_TIME, MatchingForm, UploadForm
from overtime.models import Method, Worksheet, WorksheetPerson
from overtime.pages import figures_of, steps_of
from overtime.sources import source_of, sources

for_readers = for_roles(*permissions.READERS)
for_clerks = for_roles(Role.PAYROLL)


def _worksheet(request, pk, *, with_file=False):
    found = Worksheet.objects.visible_to(request.person).select_related(
        "run__plan", "batch__run", "made_by", "kept_by"
    )
    found = found.defer("batch__content") if with_file else found.defer("batch__content", "content")
    return get_object_or_404(found, pk=pk)


@for_readers
def worksheets(request):
    found = Worksheet.objects.visible_to(request.person).select_related("run__plan", "batch", "made_by")
    found = found.defer("content", "problems", "batch__content").annotate(people_count=Count("people"))
    found = found.order_by("-pk")
    context = {
        "page": Paginator(found, 25).get_page(request.GET.get("page")),
        "can_work": permissions.can_work(request.person),
    }
    return render(request, "overtime/worksheets.html", context)


@for_clerks
def new(request):
    """Choose the lump sums, the method and the file; or take the rows to fill in."""
    found = sources()
    form = UploadForm(request.POST or None, request.FILES or None, sources=found)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = services.upload(
                values["source"],
                values["file"].read(),
                values["file"].name,
                method=values["method"],
                complete=values["complete"],
                by=request.person,
                at=request.at,
            )
        except Refused as problem:
            form.add_error("method" if "778.210" in str(problem) else "file", str(problem))
        else:
            return redirect("overtime:show", pk=made.pk)
    context = {"form": form, "sources": found, "demo": settings.DEMO}
    return render(request, "overtime/new.html", context, status=422 if form.is_bound else 200)


@for_readers
def rows_to_fill(request, kind, number):
    """A row for each person and week, to be filled in with hours."""
    if kind not in ("batch", "run"):
        raise Http404
    try:
        source = source_of(kind, number)
    except Refused:
        raise Http404 from None
    return csv_response(f"overtime-{source.key}.csv", samples.COLUMNS, samples.rows_to_fill(source))


@for_readers
def show(request, pk):
    """What was worked out, what was refused, and the people; a draft with its columns."""
    return _show(request, _worksheet(request, pk, with_file=True))


def _show(request, worksheet, *, problem="", status=200):
    people = worksheet.people.all()
    counts = dict(people.order_by().values_list("standing").annotate(Count("pk")))
    standing, words = request.GET.get("standing", ""), request.GET.get("words", "").strip()
    if standing in counts:
        people = people.filter(standing=standing)
    if words:
        people = people.filter(employee__in=Employee.objects.search(words))
    context = {
        "worksheet": worksheet,
        "page": Paginator(people.order_by("-additional", "number"), 50).get_page(request.GET.get("page")),
        "standings": [
            (key, label, counts[key]) for key, label in WorksheetPerson.Standing.choices if key in counts
        ],
        "standing": standing,
        "words": words,
        "figures": figures_of(worksheet, counts),
        "steps": steps_of(worksheet),
        "can_work": permissions.can_work(request.person),
        "can_keep": permissions.can_keep(request.person, worksheet),
        "problem": problem,
    }
    if not worksheet.is_kept:
        context |= _columns(worksheet)
    return render(request, "overtime/worksheet.html", context, status=status)


def _columns(worksheet):
    """What the table of columns shows of a draft."""
    table = services.read_file(bytes(worksheet.content), worksheet.file_name)
    guessed = columns.guessed(table)
    matching = columns.matched(table, worksheet.columns) if worksheet.columns else guessed
    if matching.columns == guessed.columns:
        matching = guessed
    return {
        "guesses": matching.guesses,
        "fields": columns.FIELDS,
        "unclear": matching.problem(),
        "methods": Method.choices,
        "complete_label": COMPLETE,
        "comp_time_label": WITHOUT_COMP_TIME,
    }


@for_clerks
@require_POST
def match_columns(request, pk):
    worksheet = _worksheet(request, pk, with_file=True)
    table = services.read_file(bytes(worksheet.content), worksheet.file_name)
    form = MatchingForm(request.POST, table=table)
    if not form.is_valid():
        return _show(request, worksheet, problem=next(iter(form.errors.values()))[0], status=422)
    values = form.cleaned_data
    try:
        services.match(
            pk,
            values["names"],
            method=values["method"],
            complete=values["complete"],
            with_comp_time=not values["without_comp_time"],
            by=request.person,
        )
    except Refused as problem:
        return _show(request, worksheet, problem=str(problem), status=422)
    return redirect("overtime:show", pk=pk)


@for_clerks
@require_POST
def keep(request, pk):
    worksheet = _worksheet(request, pk, with_file=True)
    try:
        services.keep(
            pk, without_refused=bool(request.POST.get("without_refused")), by=request.person, at=request.at
        )
    except Refused as problem:
        return _show(request, worksheet, problem=str(problem), status=422)
    messages.success(request, "The worksheet is kept. Take the file for payroll.")
    return redirect("overtime:show", pk=pk)


@for_clerks
@require_POST
def discard(request, pk):
    _worksheet(request, pk)
    try:
        services.discard(pk, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("overtime:show", pk=pk)
    messages.success(request, "The draft is discarded. Nothing of it is kept.")
    return redirect("overtime:worksheets")


@for_readers
def person(request, pk, person_id):
    """One person's weeks with the arithmetic."""
    worksheet = _worksheet(request, pk)
    found = get_object_or_404(worksheet.people, pk=person_id)
    weeks = found.shown_weeks()
    has_long = any(week.is_long for week in weeks)
    context = {"worksheet": worksheet, "person": found, "weeks": weeks, "has_long": has_long}
    return render(request, "overtime/person.html", context)


@for_readers
def weeks(request, pk):
    """Every person and week as CSV."""
    worksheet = _worksheet(request, pk)
    services.note_download(worksheet, "weeks", by=request.person, at=request.at)
    return csv_response(f"overtime-worksheet-{pk}.csv", export.WEEK_COLUMNS, export.week_rows(worksheet))


@for_readers
def payroll(request, pk):
    """What payroll pays, once the worksheet is kept."""
    worksheet = _worksheet(request, pk)
    if not worksheet.is_kept:
        raise Http404("Only a worksheet that is kept has a file for payroll.")
    services.note_download(worksheet, "payroll", by=request.person, at=request.at)
    answer = HttpResponse(export.payroll_file(worksheet), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="overtime-payroll-{pk}.csv"'
    return answer
