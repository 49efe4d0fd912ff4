"""Cycles, as HR prepares, opens and watches them."""

from datetime import date, timedelta
from time import time

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from evaluations.forms import CycleForm
from evaluations.models import Cycle, Evaluation, LeftOut, RatingOfRecord, Scale
from evaluations.services import cycles as services
from evaluations.services.locking import NotReady
from evaluations.states import State
from evaluations.views.fetching import period_of
from look.charts import bar_chart
from look.forms import YEARS, whole_number
from organization.audience import for_hr, for_hr_and_auditors
from organization.models import Employee
from organization.refusal import Refused

STANDS_STILL = 20  # seconds without one person more

DUE = [  # state, the day of the cycle when it should be over
    ("plans_due_on", "Plans issued and acknowledged"),
    ("progress_due_on", "Progress reviews held"),
    ("self_due_on", "Self-evaluations sent"),
    ("ratings_due_on", "Ratings sent to the reviewer"),
    ("approvals_due_on", "Ratings approved"),
    ("release_due_on", "Ratings released to employees"),
    ("signatures_due_on", "Ratings signed"),
]


@for_hr_and_auditors
def cycles(request):
    latest = Q(evaluations__superseded_by=None)
    found = Cycle.objects.annotate(
        people=Count("evaluations", filter=latest),
        done=Count("evaluations", filter=latest & Q(evaluations__state=State.OF_RECORD)),
    ).order_by("-starts_on")
    rows = [(cycle, period_of(cycle)) for cycle in found]
    return render(request, "evaluations/cycles.html", {"rows": rows, "is_hr": request.person.has_role("hr")})


@for_hr_and_auditors
def cycle(request, pk):
    """One cycle: how far it is, who is not in it and why, and the distribution of ratings."""
    found = get_object_or_404(Cycle.objects.select_related("scale"), pk=pk)
    counts = dict(
        Evaluation.objects.filter(cycle=found)
        .latest()
        .values_list("state")
        .annotate(count=Count("pk"))
        .values_list("state", "count")
    )
    people = sum(counts.values())
    left_out = LeftOut.objects.filter(cycle=found).select_related("employee").order_by("employee__sort_key")
    if words := request.GET.get("q", "").strip():
        left_out = left_out.filter(employee__in=Employee.objects.search(words).values("pk"))
    context = {
        "cycle": found,
        "period": period_of(found),
        "people": people,
        "states": [(state, state.label, counts.get(state, 0)) for state in State],
        "done": counts.get(State.OF_RECORD, 0),
        "unfinished": people - counts.get(State.OF_RECORD, 0),
        "dates": [(getattr(found, name), words) for name, words in DUE],
        "left_out": Paginator(left_out, 25).get_page(request.GET.get("page")),
        "words": words,
        "is_hr": request.person.has_role("hr"),
        "without_rater": _without_rater(found, request.on) if people else 0,
        "chart": _distribution(found),
        "today": request.on,
        "filling": _is_filling(found),
        "since": int(time()),
    }
    return render(request, "evaluations/cycle.html", context)


@for_hr_and_auditors
def filling(request, pk):
    """The progress of opening, asked for each second. It says when it has stood still for a while.

    The page brings how far it was and since when, so that nothing of this needs to be kept.
    """
    found = get_object_or_404(Cycle, pk=pk)
    is_filling, now = _is_filling(found), int(time())
    since = now
    if request.GET.get("opened") == str(found.people_opened) and request.GET.get("since", "").isdecimal():
        since = min(int(request.GET["since"]), now)
    context = {
        "cycle": found,
        "filling": is_filling,
        "since": since,
        "stands_still": is_filling and now - since >= STANDS_STILL and request.person.has_role("hr"),
    }
    response = render(request, "evaluations/_filling.html", context)
    if not is_filling:
        response["HX-Refresh"] = "true"
    return response


@for_hr
def new(request):
    if not Scale.objects.exists():
        messages.info(request, "A cycle needs a rating scale and templates. Load the standard ones first.")
        return redirect("evaluations:templates")
    form = CycleForm(request.POST or None, initial=_proposed(request))
    if request.method == "POST" and request.POST.get("act") != "propose" and form.is_valid():
        try:
            made = services.create_cycle(form.fields_of_model(), by=request.person, at=request.at)
            return redirect("evaluations:cycle", made.pk)
        except Refused as problem:
            form.add_error(None, str(problem))
    if request.POST.get("act") == "propose":
        form = CycleForm(initial=_proposed(request))
        return render(request, "evaluations/cycle_form.html", {"form": form, "title": "New cycle"})
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluations/cycle_form.html", {"form": form, "title": "New cycle"}, status=status)


@for_hr
def change(request, pk):
    found = get_object_or_404(Cycle, pk=pk)
    form = CycleForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_cycle(pk, form.fields_of_model(), by=request.person, at=request.at)
            messages.success(request, "The cycle is changed.")
            return redirect("evaluations:cycle", pk)
        except Refused as problem:
            form.add_error(None, str(problem))
    context = {"form": form, "title": f"Change {Cycle.objects.get(pk=pk)}", "cycle": found}
    return render(
        request, "evaluations/cycle_form.html", context, status=422 if request.method == "POST" else 200
    )


@for_hr
@require_POST
def open_cycle(request, pk):
    """Open the cycle, bring in who joined since, or go on where the work stands still."""
    found = get_object_or_404(Cycle, pk=pk)
    try:
        if _is_filling(found):
            services.continue_filling(pk, by=request.person)
        else:
            services.open_cycle(pk, by=request.person, at=request.at)
    except NotReady as problem:
        for one in problem.problems:
            messages.error(request, one.text)
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("evaluations:cycle", pk)


@for_hr
@require_POST
def close(request, pk):
    get_object_or_404(Cycle, pk=pk)
    unfinished = whole_number(request.POST.get("unfinished", "")) or 0
    if unfinished and "sure" not in request.POST:
        messages.error(request, "Tick that the unfinished evaluations may stay so. The cycle is open still.")
        return redirect("evaluations:cycle", pk)
    try:
        services.close_cycle(pk, unfinished=unfinished, by=request.person, at=request.at)
        messages.success(
            request, "The cycle is closed. Ratings of record stay; what is unfinished stays unfinished."
        )
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("evaluations:cycle", pk)


def _is_filling(cycle):
    return cycle.state in (Cycle.State.OPENING, Cycle.State.OPEN) and cycle.people_opened < cycle.people_found


def _without_rater(cycle, on):
    found = Evaluation.objects.filter(cycle=cycle, employee__in=Employee.objects.employed(on)).open()
    return found.with_line(on).filter(rater_id=None).count()


def _distribution(cycle):
    """The ratings of record by level, newest version of each; None before the first."""
    counts = dict(
        RatingOfRecord.objects.filter(cycle=cycle, evaluation__superseded_by=None)
        .values_list("level")
        .annotate(count=Count("pk"))
    )
    total = sum(counts.values())
    if not total:
        return None
    levels = list(cycle.scale.levels.order_by("number"))
    most = max(levels, key=lambda level: counts.get(level.number, 0))
    share = round(100 * counts[most.number] / total)
    return bar_chart(
        f"{share}% are rated “{most.name}”",
        f"Ratings of record by summary level, n = {total:,}. The county forces no distribution",
        [(f"{level.number} {level.name}", counts.get(level.number, 0)) for level in levels],
        value_title="People",
        category_title="Summary level",
        wide=True,
    )


def _proposed(request):
    """A cycle as it would usually be: it follows the last one, else September to August (EVL-3)."""
    asked = {name: request.POST.get(name, "") for name in ("name", "starts_on", "last_on", "scale")}
    last = Cycle.objects.order_by("-ends_on").first()
    starts_on = _day(asked["starts_on"]) or (last.ends_on if last else date(request.on.year, 9, 1))
    last_on = _day(asked["last_on"]) or _a_year_later(starts_on) - timedelta(days=1)
    ends_on = last_on + timedelta(days=1)
    return {
        "name": asked["name"] or f"Fall {last_on.year}",
        "starts_on": starts_on,
        "last_on": last_on,
        "scale": asked["scale"] or (last.scale_id if last else None),
        "minimum_service_weight": last.minimum_service_weight if last else 30,
        "minimum_days": last.minimum_days if last else 90,
        "narrative_words": last.narrative_words if last else 40,
        "plans_due_on": starts_on + timedelta(days=30),
        "progress_due_on": starts_on + timedelta(days=(ends_on - starts_on).days * 58 // 100),
        "self_due_on": last_on,
        "ratings_due_on": ends_on + timedelta(days=14),
        "approvals_due_on": ends_on + timedelta(days=21),
        "release_due_on": ends_on + timedelta(days=24),
        "signatures_due_on": ends_on + timedelta(days=37),
    }


def _a_year_later(day):
    """The same day of the next year; February 28 for the 29th."""
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
