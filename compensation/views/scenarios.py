from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from compensation import services
from compensation.audience import for_those_who_compare, for_those_who_may_compare
from compensation.models import PayPlan, Scenario, ScenarioSet
from compensation.pay import dials as pay_dials
from compensation.permissions import may_compare, may_plan
from compensation.scenarios import decision_sheet
from compensation.scenarios import pages as scenario_pages
from compensation.scenarios.form import DIALS, FIGURES, KeepForm, ScenarioForm, SeekForm
from compensation.scenarios.sums import summary_of
from compensation.services.plans import ChangedMeanwhile
from evaluations.models import Level
from look.forms import whole_number
from look.views import conflict
from organization.refusal import Refused

LEVEL_NAMES = {3: "Fully successful", 4: "Exceeds", 5: "Outstanding"}


@for_those_who_compare
def scenarios(request):
    """The plans, each with its scenarios."""
    sets = ScenarioSet.objects.defer("facts").prefetch_related("scenarios")
    plans = PayPlan.objects.exclude(state=PayPlan.State.SUPERSEDED).prefetch_related(
        Prefetch("scenario_set", sets)
    )
    context = {"plans": plans, "may_compare": may_compare(request.person)}
    return render(request, "compensation/scenarios.html", context)


@for_those_who_may_compare
@require_POST
def begin(request, year, version):
    plan = get_object_or_404(PayPlan, fiscal_year=year, version=version)
    try:
        services.begin_scenarios(plan.pk, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("compensation:scenarios")
    return redirect("compensation:scenario", year, version, "A")


@for_those_who_compare
def scenario(request, year, version, letter):
    found = _find(year, version, letter)
    may_change = may_compare(request.person)
    names = _level_names(found.set.ratings_of)
    form = ScenarioForm(
        request.POST if request.method == "POST" and may_change else None, scenario=found, level_names=names
    )
    summary = None
    if form.is_bound and form.is_valid():
        try:
            found, summary = services.save_scenario(
                found.set_id, letter, **form.changes, by=request.person, at=request.at
            )
        except ChangedMeanwhile as problem:
            return conflict(request, f"{problem} Look at it first.", url=request.path)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            if not request.htmx:
                return redirect("compensation:scenario", year, version, letter)
            found = _find(year, version, letter)
    if summary is None and not form.errors:
        try:
            summary = summary_of(found.set, pay_dials.read(found.dials))
        except Refused as problem:
            messages.error(request, str(problem))
    context = _context(request, found, form, summary, names)
    if not request.htmx:
        return render(request, "compensation/scenario.html", context, status=422 if form.errors else 200)
    if form.errors:  # what is shown stays, and is told to be of the figures before
        response = render(request, "compensation/scenario.html#problems", context, status=422)
        response["HX-Reswap"] = "none"
        return response
    return render(request, "compensation/scenario.html#results", context)


def _context(request, found, form, summary, names, *, seek_form=None):
    may_change = may_compare(request.person)
    sought_for = {"target": form.initial["budget"], "figure": form.initial["budget_for"]}
    context = {
        "scenario": found,
        "plan": found.set.plan,
        "form": form,
        "seek_form": seek_form or SeekForm(initial=sought_for, scenario=found),
        "level_names": names,
        "may_change": may_change,
        "may_propose": may_plan(request.person) and found.set.plan.state == PayPlan.State.DRAFT,
        "held_equal": scenario_pages.held_equal(found.set),
        "all": found.set.scenarios.all(),
        "cycles": services.rated_cycles().order_by("-ends_on") if may_change else (),
    }
    return context if summary is None else context | scenario_pages.results(found, summary, names)


@for_those_who_may_compare
@require_POST
def seek(request, year, version, letter):
    """Show the largest value of a dial within an amount; what is found is kept on demand, by `keep`."""
    found, shown = _find(year, version, letter), {}
    form = SeekForm(request.POST, scenario=found)
    if form.is_valid():
        try:
            shown = _sought(found, form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
    return _page_of_seek(request, found, form, shown)


def _sought(found, asked):
    """What the page shows of a value that was found, with the form that keeps it."""
    dial, figure = asked["dial"], asked["figure"] or found.set.budget_for
    target = int(asked["target"] * 100)
    dials, sought = services.seek(found.set, pay_dials.read(found.dials), dial, target, figure=figure)
    value, said = scenario_pages.found_words(dial, dials, sought, dict(FIGURES)[figure])
    name = dict(DIALS)[dial]
    title = f"{name[0].upper()}{name[1:]} {value}"
    kept = {"title": title, "dial": dial, "value": sought.value, "revision": found.revision}
    return {"found": title, "said": said, "keep_form": KeepForm(initial=kept)}


def _page_of_seek(request, found, seek_form, shown):
    names = _level_names(found.set.ratings_of)
    form, summary = ScenarioForm(None, scenario=found, level_names=names), None
    try:
        summary = summary_of(found.set, pay_dials.read(found.dials))
    except Refused as problem:
        seek_form.add_error(None, str(problem))
    for errors in seek_form.errors.values():
        for error in errors:
            messages.error(request, error)
    context = _context(request, found, form, summary, names, seek_form=seek_form) | shown
    return render(request, "compensation/scenario.html", context, status=422 if seek_form.errors else 200)


@for_those_who_may_compare
@require_POST
def keep(request, year, version, letter):
    """Keep what was found as a scenario of its own; the one it was found on stays as it is."""
    found, form = _find(year, version, letter), KeepForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, "Write a name for the scenario, of 60 letters at most, and find the value again."
        )
        return redirect("compensation:scenario", year, version, letter)
    try:
        made = services.keep_sought(
            found.set_id, letter, **form.cleaned_data, by=request.person, at=request.at
        )
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("compensation:scenario", year, version, letter)
    messages.success(request, f"Kept as scenario {made.letter}. Scenario {letter} stays as it was.")
    return redirect("compensation:scenario", year, version, made.letter)


@for_those_who_may_compare
@require_POST
def add(request, year, version, letter):
    found = _find(year, version, letter)
    try:
        made = services.add_scenario(found.set_id, letter, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("compensation:scenario", year, version, letter)
    return redirect("compensation:scenario", year, version, made.letter)


@for_those_who_may_compare
@require_POST
def remove(request, year, version, letter):
    found = _find(year, version, letter)
    try:
        services.remove_scenario(found.set_id, letter, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
    first = Scenario.objects.filter(set=found.set_id).order_by("letter").first()
    return redirect("compensation:scenario", year, version, first.letter)


@for_those_who_may_compare
@require_POST
def take_again(request, year, version, letter):
    found = _find(year, version, letter)
    try:
        services.take_again(
            found.set_id,
            by=request.person,
            at=request.at,
            cycle_id=whole_number(request.POST.get("cycle", "")),
        )
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Every scenario now counts the people and the plan of today.")
    return redirect("compensation:scenario", year, version, letter)


@for_those_who_may_compare
@require_POST
def propose(request, year, version, letter):
    found = _find(year, version, letter)
    try:
        services.propose_scenario(found.set_id, letter, by=request.person, at=request.at)
    except Refused as problem:
        return conflict(
            request,
            str(problem),
            title="The scenario was not put into the plan",
            url=reverse("compensation:scenario", args=[year, version, letter]),
            act="Back to the scenario",
        )
    messages.success(request, f"The draft now has the figures of scenario {letter}.")
    return redirect("compensation:plan", year, version)


@for_those_who_compare
def sheet(request, year, version, letter, *, as_pdf=False):
    found = _find(year, version, letter)
    try:
        shown = decision_sheet.of(found)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("compensation:scenario", year, version, letter)
    words = decision_sheet.words_of(found, by=request.person, on=request.on)
    if not as_pdf:
        context = {"scenario": found, "plan": found.set.plan, "sheet": shown, "title": shown.title}
        return render(request, "compensation/decision_sheet.html", context | words)
    content = decision_sheet.pdf_of(shown, county=str(request.county), **words)
    name = f"decision-sheet-{year}v{version}-{letter}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _find(year, version, letter):
    found = Scenario.objects.select_related("set__plan__action", "set__ratings_of", "changed_by")
    return get_object_or_404(
        found.defer("set__facts"),
        set__plan__fiscal_year=year,
        set__plan__version=version,
        letter=letter,
    )


def _level_names(cycle):
    """What the levels that can earn are called where the ratings come from."""
    stored = dict(Level.objects.filter(scale=cycle.scale_id if cycle else None).values_list("number", "name"))
    return LEVEL_NAMES | stored
