from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from compensation.audience import for_pay_offices_and_heads
from compensation.models import Outcome, Run, RunLine
from compensation.pay.reasons import COMPONENTS
from compensation.reason_names import name_of
from exchange.writing import csv_response, xlsx_response
from look.formats import dollars_from_cents
from organization.models import Department, Employee

PER_PAGE = 50
SORTS = {
    "name": "employee__sort_key",
    "department": "department__name",
    "old": "old_annual",
    "new": "new_annual",
    "merit": "merit",
    "lump": "lump",
}


class Filters(NamedTuple):
    """What the address asks for, each known to be something that can be asked."""

    words: str
    department: Department | None
    outcome: str
    reason: str
    sort: str


@for_pay_offices_and_heads
def lines(request, number):
    run = get_object_or_404(Run.objects.select_related("plan", "replaced_by"), number=number)
    asked = _asked(request)
    found = _filtered(run, asked, request.person).select_related("employee", "department")
    mine = RunLine.objects.filter(run=run).visible_to(request.person)
    context = {
        "run": run,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "outcomes": Outcome.choices,
        "departments": Department.objects.filter(pk__in=mine.values("department")),
        "chips": _chips(request, asked),
    }
    return render(request, "compensation/lines.html", context)


@for_pay_offices_and_heads
def export(request, number, kind):
    """The lines that the filters leave, as CSV or XLSX."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    run = get_object_or_404(Run, number=number)
    found = _filtered(run, _asked(request), request.person).select_related("employee", "department", "case")
    respond = csv_response if kind == "csv" else xlsx_response
    name = f"pay-run-{run.number}-lines.{kind}"
    return respond(
        name, list(COLUMNS), ([write(line) for write in COLUMNS.values()] for line in found.iterator())
    )


COLUMNS = {
    "Employee number": lambda line: line.number,
    "Name": lambda line: line.employee.sort_name,
    "Department": lambda line: line.department.name,
    "Grade": lambda line: line.case.grade or "",
    "Level": lambda line: line.case.level,
    "Outcome": lambda line: line.get_outcome_display(),
    "Pay before": lambda line: dollars_from_cents(line.old_annual),
    "Across the board": lambda line: dollars_from_cents(line.across_the_board),
    "To the minimum": lambda line: dollars_from_cents(line.lift),
    "Tenure": lambda line: dollars_from_cents(line.tenure),
    "Merit": lambda line: dollars_from_cents(line.merit),
    "Pay after": lambda line: dollars_from_cents(line.new_annual),
    "Paid once": lambda line: dollars_from_cents(line.lump),
    "Employer FICA": lambda line: dollars_from_cents(line.fica),
    "Employer retirement": lambda line: dollars_from_cents(line.retirement),
    "Reasons": lambda line: "; ".join(map(name_of, line.reasons)),
}


def _asked(request):
    get = request.GET.get
    outcome, reason, sort = get("outcome", ""), get("reason", ""), get("sort", "name")
    return Filters(
        words=get("q", "").strip()[:100],
        department=Department.objects.filter(code=get("department")).first() if get("department") else None,
        outcome=outcome if outcome in Outcome.values else "",
        reason=reason if reason.partition(":")[0] in COMPONENTS else "",
        sort=sort if sort.removeprefix("-") in SORTS else "name",
    )


def _filtered(run, asked, person):
    found = RunLine.objects.filter(run=run).visible_to(person)
    if asked.words:
        found = found.filter(employee__in=Employee.objects.search(asked.words))
    if asked.department:
        found = found.filter(department=asked.department)
    if asked.outcome:
        found = found.filter(outcome=asked.outcome)
    if asked.reason:
        found = found.filter(reasons__contains=[asked.reason])
    order = SORTS[asked.sort.removeprefix("-")]
    return found.order_by(f"-{order}" if asked.sort.startswith("-") else order, "number", "pk")


def _chips(request, asked):
    words = {
        "q": asked.words and f"“{asked.words}”",
        "department": asked.department and asked.department.name,
        "outcome": asked.outcome and Outcome(asked.outcome).label,
        "reason": asked.reason and name_of(asked.reason),
    }
    chips = []
    for name, label in words.items():
        if label:
            without = request.GET.copy()
            without.pop(name, None)
            without.pop("page", None)
            chips.append((label, f"?{without.urlencode()}"))
    return chips
