"""Evaluations as a list: my team, my departments or all, as the role has it; and one's own."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render

from evaluations.models import Cycle, Evaluation, JournalEntry
from evaluations.permissions import is_hr, is_rater, is_reviewer
from evaluations.states import State
from evaluations.views.fetching import head_of
from evaluations.workflow import can
from exchange.writing import csv_response, xlsx_response
from look.charts import bar_chart
from look.forms import whole_number
from organization.audience import for_employees, for_people_in_charge
from organization.models import Department, Employee

SORTS = {
    "employee": ["employee__sort_key", "employee__number"],
    "department": ["department__name", "employee__sort_key"],
    "due": ["due_on", "employee__sort_key"],
    "state": ["shown_state", "employee__sort_key"],
    "score": ["shown_score", "employee__sort_key"],
}
PAGE = 25
STATES = [*State.choices, ("unreviewed", "Without a progress review"), ("overdue", "Overdue")]


@for_people_in_charge
def evaluations(request):
    """The list, by default of one's own people in the cycle in hand."""
    found, chosen = _found(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    _dress(page.object_list, request.person)
    visible = Evaluation.objects.visible_to(request.person).latest()
    return render(
        request,
        "evaluations/list.html",
        chosen
        | {
            "page": page,
            "count": page.paginator.count,
            "cycles": Cycle.objects.exclude(state="draft"),
            "departments": Department.objects.filter(pk__in=visible.values("department")),
            "states": STATES,
            "chips": _chips(request, chosen),
            "today": request.on,
            "is_hr": request.person.has_role("hr"),
            "has_team": request.person.is_supervisor,
        },
    )


@for_people_in_charge
def export(request, kind):
    """The same list with the same filters, as a file."""
    found, _ = _found(request)
    columns = [
        "Number",
        "Employee",
        "Department",
        "Job",
        "Supervisor",
        "Cycle",
        "Version",
        "State",
        "Due",
        "Score",
        "Level",
    ]
    rows = _rows(found)
    if kind == "csv":
        return csv_response("evaluations.csv", columns, rows)
    if kind == "xlsx":
        return xlsx_response("evaluations.xlsx", columns, rows)
    raise Http404


@for_employees
def mine(request):
    """One's own evaluations: the open one with what is to be done, and earlier ratings."""
    me = request.person.employee_id
    own = list(
        Evaluation.objects.filter(employee=me)
        .with_line(request.on)
        .with_result_for(request.person)
        .with_due()
        .annotate(reviews=Count("progress_reviews"))
        .select_related("cycle", "employee", "department", "job")
        .order_by("-cycle__starts_on", "-version")
    )
    # The last cycle first, until it is of record: the next one is opened while its ratings are signed.
    open_ones = [one for one in reversed(own) if one.superseded_by_id is None and one.cycle.state == "open"]
    unfinished = next((one for one in open_ones if one.state != State.OF_RECORD), None)
    current = unfinished or next(reversed(open_ones), None)
    context = {
        "earlier": [one for one in own if one.state == State.OF_RECORD],
        "entries": JournalEntry.objects.visible_to(request.person).filter(employee=me)[:5],
        "today": request.on,
        "others": [one for one in open_ones if one is not current and one.state != State.OF_RECORD],
    }
    if current:
        current.has_progress_review = current.reviews > 0
        acts = ("acknowledge_plan", "write_self", "sign")
        context |= head_of(current, request) | {
            "can": {act: can(act, current, request.person) for act in acts},
            "rater": Employee.objects.filter(pk=current.rater_id).first(),
        }
    in_force = [one for one in reversed(own) if one.state == State.OF_RECORD and one.superseded_by_id is None]
    ratings = [(one.cycle.name, one.score) for one in in_force]
    if len(ratings) > 1:
        (_, before), (newest, score) = ratings[-2:]
        context["chart"] = bar_chart(
            f"{score} in {newest}, {before} the time before",
            "Score of your ratings of record, of 5",
            ratings,
            value_title="Score",
            category_title="Cycle",
        )
    return render(request, "evaluations/mine.html", context)


def _found(request):
    """The evaluations asked for, and the choices as they were understood."""
    person, asked = request.person, request.GET
    cycle = _cycle(asked.get("cycle", ""), request.on)
    scope = asked.get("scope") or ("team" if person.is_supervisor and not person.sees_everyone else "all")
    found = (
        Evaluation.objects.visible_to(person)
        .latest()
        .with_result_for(person)
        .with_due()
        .select_related("employee", "department", "job", "cycle")
    )
    if cycle:
        found = found.filter(cycle=cycle)
    if scope == "team":
        team = Employee.objects.reporting_to(person.employee_id, on=request.on)
        found = found.filter(employee__in=team.values("pk"))
    if words := asked.get("q", "").strip():
        people = Employee.objects.search(words)
        found = found.filter(Q(employee__in=people.values("pk")) | Q(job__title__icontains=words))
    if (department := asked.get("department", "")).isdecimal():
        found = found.filter(department=department)
    state = asked.get("state", "")
    if state in State.values:
        found = found.filter(shown_state=state)
    elif state == "overdue":
        found = found.filter(due_on__lt=request.on)
    elif state == "unreviewed":
        found = found.filter(shown_state=State.UNDER_WAY, progress_reviews=None)
    sort = asked.get("sort", "employee")
    if sort.removeprefix("-") not in SORTS:
        sort = "employee"
    first, *rest = SORTS[sort.removeprefix("-")]
    found = found.with_line(request.on).order_by(f"-{first}" if sort.startswith("-") else first, *rest, "pk")
    return found, {
        "cycle": cycle,
        "scope": scope,
        "words": words,
        "department": department,
        "state": state,
        "sort": sort,
    }


def _cycle(asked, on):
    """The cycle asked for; without one that in hand; `all` for every cycle."""
    if asked == "all":
        return None
    cycle = Cycle.objects.exclude(state="draft").filter(pk=whole_number(asked)).first()
    return cycle or Cycle.objects.in_hand(on)


NEXT = [  # what the person himself can do next: act, page, button
    ("edit_plan", "plan", "Write the plan"),
    ("rate", "rate", "Rate"),
    ("approve", "review", "Review"),
    ("release", "show", "Release"),
]


def _dress(evaluations, person):
    """Give the rows of a page their rater and the next act of this person, in one query."""
    raters = Employee.objects.in_bulk({one.rater_id for one in evaluations if one.rater_id})
    for one in evaluations:
        one.rater = raters.get(one.rater_id)
        mine = is_rater(person, one) or (is_reviewer(person, one) and not is_hr(person, one))
        one.next = next(((page, verb) for act, page, verb in NEXT if mine and can(act, one, person)), None)


def _rows(found):
    raters = {}
    for one in found.iterator(chunk_size=2000):
        if one.rater_id and one.rater_id not in raters:
            raters = dict(Employee.objects.values_list("pk", "sort_name"))
        yield [
            one.employee.number,
            one.employee.sort_name,
            one.department.name,
            one.job.title if one.job else "",
            raters.get(one.rater_id, ""),
            one.cycle.name,
            one.version,
            State(one.shown_state).label,
            one.due_on,
            one.shown_score,
            one.shown_level,
        ]


def _chips(request, chosen):
    """The filters that are set, each with the query string that takes it off."""
    words = {"q": chosen["words"], "state": dict(STATES).get(chosen["state"], "")}
    if chosen["department"].isdecimal():
        department = Department.objects.filter(pk=chosen["department"]).first()
        words["department"] = department.name if department else ""
    chips = []
    for name, word in words.items():
        if word:
            rest = request.GET.copy()
            rest.pop(name)
            rest.pop("page", None)
            chips.append((word, f"?{rest.urlencode()}"))
    return chips
