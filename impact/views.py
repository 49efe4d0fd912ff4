from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from exchange.writing import csv_response
from impact import reading, services, words
from impact.counting import Measure, report_of, runs_to_report
from impact.forms import GroupsForm, MatchingForm
from impact.models import GroupFile
from impact.permissions import for_analysts
from look.forms import whole_number
from organization.models import Employee
from organization.refusal import Refused

MADE_UP = ("Group A", "Group A", "Group A", "Group B", "Group B", "Group C")


@for_analysts
def files(request):
    """The files of groups that are kept, and the upload of another."""
    form, problems = GroupsForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        file = values.pop("file")
        try:
            made = services.upload(file.read(), file.name, **values, by=request.person, at=request.at)
        except Refused as problem:
            form.add_error("file", str(problem))
            problems = problem.details.get("problems", [])[:100]
        else:
            return redirect("impact:report", pk=made.pk)
    found = GroupFile.objects.visible_to(request.person).select_related("uploaded_by").defer("groups")
    context = {"form": form, "files": found, "problems": problems, "demo": settings.DEMO}
    return render(request, "impact/files.html", context, status=422 if form.is_bound else 200)


@for_analysts
def people(request):
    """Everybody on the roster with an empty column Group; in the demo with groups that are made up."""
    found = Employee.objects.employed(request.on).order_by("number").values_list("number", "pk")
    rows = ([number, MADE_UP[pk * 7 % 11 % 6] if settings.DEMO else ""] for number, pk in found)
    return csv_response("groups.csv", ("Employee number", "Group"), rows)


@for_analysts
def match_columns(request, pk):
    """Say which column is which, where the file's own names do not."""
    file = get_object_or_404(GroupFile.objects.visible_to(request.person).waiting(), pk=pk)
    table = reading.read_file(bytes(file.content), file.file_name)
    form = MatchingForm(request.POST or None, table=table)
    problem, problems = "", []
    if request.method == "POST" and form.is_valid():
        try:
            services.match(pk, form.cleaned_data["columns"], by=request.person, at=request.at)
        except Refused as refused:
            problem, problems = str(refused), refused.details.get("problems", [])[:100]
        else:
            return redirect("impact:report", pk=pk)
    elif form.is_bound:
        problem = next(iter(form.errors.values()))[0]
    context = {
        "file": file,
        "problem": problem,
        "problems": problems,
        "fields": reading.FIELDS,
        "guesses": reading.guessed(table, form.data if form.is_bound else None),
    }
    return render(request, "impact/columns.html", context, status=422 if form.is_bound else 200)


def _report(request, pk):
    """(file, run, measure, report) as the address asks; the run is None before the first."""
    file = get_object_or_404(GroupFile.objects.visible_to(request.person).matched(), pk=pk)
    measure = request.GET.get("measure", Measure.AWARDED)
    if measure not in Measure.values:
        raise Http404("There is no such measure.")
    runs = runs_to_report()
    if number := request.GET.get("run"):
        runs = runs.filter(number=whole_number(number) or 0)
    run = runs.first()
    if run is None and number:
        raise Http404("There is no such run.")
    return file, run, Measure(measure), run and report_of(file, run, measure)


@for_analysts
def report(request, pk):
    """Rates of groups side by side, each opening written down."""
    if GroupFile.objects.visible_to(request.person).waiting().filter(pk=pk).exists():
        return redirect("impact:match_columns", pk=pk)
    file, run, measure, found = _report(request, pk)
    context = {"file": file, "run": run, "measure": measure, "measures": Measure.choices}
    context["runs"] = runs_to_report()
    if found:
        services.note_opened(file, run, measure, by=request.person, at=request.at)
        comparison = found.comparison
        context |= {
            "too_small": comparison.too_small,
            "not_in_file": found.not_in_file,
            "rows": [
                {
                    "name": each.group.name,
                    "people": each.group.people,
                    "selected": each.group.selected,
                    "rate": words.percent(each.group.rate),
                    "ratio": words.decimals(each.ratio, 2) if each.ratio is not None else "",
                    "p": words.chance(each.p) if each.p is not None else "",
                    "average": words.percent(found.averages[each.group.name])
                    if each.group.name in found.averages
                    else "",
                    "each": each,
                    "reading": words.reading(each, comparison.highest, file.ratio_percent),
                }
                for each in comparison.shown
            ],
        }
    return render(request, "impact/report.html", context)


@for_analysts
def export(request, pk):
    """The table of the report as CSV: groups, no people."""
    file, run, measure, found = _report(request, pk)
    if found is None:
        raise Http404("No run is computed yet.")
    services.note_opened(file, run, measure, by=request.person, at=request.at, downloaded=True)
    rows = (
        [
            each.group.name,
            each.group.people,
            each.group.selected,
            words.percent(each.group.rate),
            words.decimals(each.ratio, 4) if each.ratio is not None else None,
            words.decimals(each.p, 4) if each.p is not None else None,
        ]
        for each in found.comparison.shown
    )
    columns = (
        "Group",
        "People",
        "Selected",
        "Rate",
        "Ratio to the highest",
        "Fisher’s exact test, two-sided",
    )
    return csv_response(f"adverse-impact-{run.number}-{measure}.csv", columns, rows)


@for_analysts
@require_POST
def delete(request, pk):
    file = get_object_or_404(GroupFile.objects.visible_to(request.person).defer("groups"), pk=pk)
    services.delete(file.pk, by=request.person, at=request.at)
    messages.success(request, f"{file} are deleted. Nothing of them is left.")
    return redirect("impact:files")
