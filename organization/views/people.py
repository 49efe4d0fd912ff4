"""The directory, and what a field suggests from it."""

from django.core.paginator import Paginator
from django.shortcuts import render

from accounts.audience import for_signed_in
from exchange.writing import csv_response, xlsx_response
from organization import directory
from organization.models import Department, Job
from organization.permissions import is_hr

PER_PAGE = 25


def asked(request):
    """What the address asks of the directory: words, department, state, checked."""
    code = request.GET.get("department")
    department = Department.objects.filter(code=code).first() if code else None
    state = request.GET.get("state", "")
    if state not in directory.STATES or (state and not request.person.sees_everyone):
        state = ""
    return {
        "words": " ".join(request.GET.get("words", "").split())[:100],
        "department": department,
        "state": state,
    }


def found_people(request, filters):
    department = filters["department"]
    return directory.find_people(
        request.on,
        words=filters["words"],
        department=department.pk if department else None,
        state=filters["state"],
    )


@for_signed_in
def people(request):
    filters = asked(request)
    found, sort = directory.in_order(found_people(request, filters), request.GET.get("sort", "name"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = directory.with_lines(page.object_list, request.on)
    return render(
        request,
        "organization/directory.html",
        {
            "page": page,
            "sort": sort,
            "departments": Department.objects.all(),
            "states": directory.STATES.items() if request.person.sees_everyone else (),
            "is_hr": is_hr(request.person),
            "chips": chips(request, filters),
            **filters,
        },
    )


def chips(request, filters):
    """The filters that are set, each with the address without it."""
    words = {
        "words": f"“{filters['words']}”" if filters["words"] else "",
        "department": str(filters["department"] or ""),
        "state": directory.STATES[filters["state"]] if filters["state"] else "",
    }
    found = []
    for name, label in words.items():
        if label:
            rest = request.GET.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            found.append((label, f"?{rest.urlencode()}"))
    return found


@for_signed_in
def export(request, kind):
    """The list as a file: what everyone may see; pay and dates for those who see everyone."""
    filters = asked(request)
    found, _ = directory.in_order(found_people(request, filters), request.GET.get("sort", "name"))
    columns = directory.COLUMNS + (directory.COLUMNS_FOR_HR if request.person.sees_everyone else ())
    rows = directory.rows_for_file(found, request.person, request.county.hours_per_year)
    name = f"people-{request.on.isoformat()}"
    if kind == "xlsx":
        return xlsx_response(f"{name}.xlsx", columns, rows, sheet="People")
    return csv_response(f"{name}.csv", columns, rows)


@for_signed_in
def suggest_people(request):
    """Options for a field that names a person, while one types."""
    words = suggested_words(request)
    found = directory.find_people(request.on, words=words)[:8] if len(words) > 1 else []
    lines = directory.with_lines(found, request.on) if words else []
    options = [
        (f"{employee.number} {employee.full_name}", employee.line_now.job if employee.line_now else "")
        for employee in lines
    ]
    return render(request, "organization/suggestions.html", {"options": options})


@for_signed_in
def suggest_jobs(request):
    words = suggested_words(request)
    found = Job.objects.filter(title__icontains=words)[:8] if len(words) > 1 else []
    return render(
        request, "organization/suggestions.html", {"options": [(job.title, job.code) for job in found]}
    )


def suggested_words(request):
    """What is typed in the one field that asks, whatever its name."""
    return " ".join(next(iter(request.GET.values()), "").split())[:80]
