from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from compensation import services
from compensation.audience import for_readers_of_plans
from compensation.forms import AdoptForm, NewPlanForm
from compensation.models import PayPlan
from compensation.permissions import may_compare, may_import_earnings, may_plan
from compensation.plans import codes
from compensation.plans import pages as plan_pages
from compensation.plans.acts import with_rows_changed
from compensation.plans.form import PlanForm
from compensation.pool_bars import has_pools, what_waits
from compensation.services.plans import ChangedMeanwhile, copy_to_year
from compensation.views.plan_documents import find_plan
from look.views import conflict
from organization.audience import for_hr
from organization.refusal import Refused


@for_readers_of_plans
def plans(request):
    found = PayPlan.objects.select_related("action", "cycle").defer("action__document")
    context = {
        "plans": found.prefetch_related("runs"),
        "may_plan": may_plan(request.person),
        "may_import_earnings": may_import_earnings(request.person),
    }
    return render(request, "compensation/plans.html", context)


@for_hr
def new(request):
    form = NewPlanForm(request.POST or None, on=request.on)
    if request.method == "POST" and form.is_valid():
        try:
            plan = _begin(form.cleaned_data, request)
            return redirect("compensation:plan", plan.fiscal_year, plan.version)
        except Refused as problem:
            form.add_error(None, str(problem))
    return render(request, "compensation/plan_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _begin(asked, request):
    acting = {"by": request.person, "at": request.at, "cycle_id": asked["cycle"] and asked["cycle"].pk}
    if asked["kind"] != "copy":
        return services.create_plan(asked["fiscal_year"], asked["kind"], **acting)
    made = copy_to_year(asked["source"].pk, asked["fiscal_year"], **acting)
    messages.success(
        request, f"{made} begins with the rules of {asked['source']}; its days moved by whole years."
    )
    return made


@for_readers_of_plans
def plan(request, year, version):
    found = find_plan(year, version)
    may_edit = found.state == PayPlan.State.DRAFT and may_plan(request.person)
    address = reverse("compensation:plan", args=[year, version])
    if request.method == "POST" and may_plan(request.person) and not may_edit:
        why = f"{found} is {found.get_state_display().lower()} by now, and can’t be changed."
        return conflict(request, f"{why} Copy what you typed: a next version can say it.", url=address)
    changes_rows = may_edit and "row" in request.POST
    if changes_rows:  # a row more or less is shown with all that is typed, and nothing is saved
        form = PlanForm(plan=found, initial=with_rows_changed(request.POST, request.POST["row"]))
    elif may_edit:
        form = PlanForm(request.POST if request.method == "POST" else None, plan=found)
    else:
        form = None
    if form and form.is_bound and form.is_valid():
        try:
            if form.is_changed or "adopt" not in request.POST:
                services.save_plan(
                    found.pk,
                    revision=form.cleaned_data["revision"],
                    **form.changes,
                    by=request.person,
                    at=request.at,
                )
        except ChangedMeanwhile as problem:
            return conflict(request, f"{problem} Copy what you typed, and look at it first.", url=address)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            if "adopt" in request.POST:  # what was typed is what is read and adopted
                return redirect("compensation:plan_adopt", year, version)
            messages.success(request, " ".join(["The draft is saved.", *form.understood]))
            return redirect("compensation:plan", year, version)
    shown = plan_pages.gates_and_texts(found, county=request.county)
    context = {
        "plan": found,
        "form": form,
        "is_typed": changes_rows or (form and bool(form.errors)),
        "may_edit": may_edit,
        "may_plan": may_plan(request.person),
        **_scenarios(found, request.person),
        "beside": plan_pages.beside(found),
        "runs": found.runs.select_related("replaced_by")[:5],
        **shown,
        **plan_pages.bars_known(found, is_open=shown["is_open"]),
    }
    if form:
        levels, context["known"] = dict(shown["levels"]), codes.known(found.base_on)
        context |= {"merit": form.rows("merit", levels), "lump": form.rows("lump", levels)}
    else:
        context["settled"] = plan_pages.settled(found, shown["rules"], conditions=shown["conditions"])
    return render(request, "compensation/plan.html", context, status=422 if form and form.errors else 200)


def _scenarios(plan, person):
    """The first scenario of a plan, or that some can be begun, for who compares them."""
    if not may_compare(person) or plan.state == PayPlan.State.SUPERSEDED:
        return {}
    return {"scenario": plan.first_scenario, "may_compare": True}


@for_readers_of_plans
def may_run_now(request, year, version):
    """Whether a plan can be run: with its pools added up over the county of today, which takes a while."""
    found = find_plan(year, version)
    context = plan_pages.bars_added_up(found, county=request.county, on=request.on)
    may_change = may_plan(request.person)
    context |= {"plan": found, "may_plan": may_change, "may_edit": may_change and found.state == "draft"}
    return render(request, "compensation/_may_run.html", context)


@for_readers_of_plans
def effects(request, year, version):
    """What the rules do to the county: as they are stored or, posted by the form, as they are typed."""
    found = find_plan(year, version)
    context = {"plan": found, "may_plan": may_plan(request.person)}
    if request.method == "POST" and may_plan(request.person):
        form = PlanForm(request.POST, plan=found)
        if not form.is_valid():
            return render(request, "compensation/plan.html#problems", {"form": form})
        context |= {"posted": True, "as_typed": form.is_changed}
        context["may_edit"] = found.state == PayPlan.State.DRAFT
        context["understood"] = form.understood
        for name, value in form.changes.items():
            setattr(found, name, value)
    context |= plan_pages.effects(found, county=request.county, on=request.on)
    if context.get("posted") and not context["as_typed"]:  # what stands at the head is as it is stored
        context |= plan_pages.bars_known(found, is_open=context["is_open"])
    if found.state == PayPlan.State.DRAFT and may_plan(request.person):
        context["beside"] = plan_pages.EFFECTS
    else:
        asked = {"conditions": context["conditions"]}
        context["beside"] = plan_pages.effects_of_settled(found, context["rules"], **asked)
    return render(request, "compensation/plan_effects.html", context)


@for_hr
def adopt(request, year, version):
    """Two steps: the order is chosen (GET), what it adopts is read, and then it is adopted (POST)."""
    found = find_plan(year, version)
    if found.state != PayPlan.State.DRAFT:
        messages.info(request, f"{found} is {found.get_state_display().lower()} already.")
        return redirect("compensation:plan", year, version)
    asked = request.POST if request.method == "POST" else request.GET
    form = AdoptForm(asked if "action" in asked or request.method == "POST" else None, plan=found)
    context = {"plan": found, "form": form}
    action = form.cleaned_data["action"] if form.is_valid() else None
    if request.method == "POST" and action:
        return _adopt(request, found, action)
    context |= plan_pages.adoption(found, action, on=request.on)
    return render(request, "compensation/plan_adopt.html", context, status=422 if form.errors else 200)


def _adopt(request, plan, action):
    revision = request.POST.get("revision", "")
    try:
        services.adopt_plan(
            plan.pk,
            action.pk,
            revision=int(revision) if revision.isdecimal() else -1,  # what was not read is not adopted
            by=request.person,
            at=request.at,
        )
    except Refused as problem:
        return conflict(
            request,
            str(problem),
            title="The plan was not adopted",
            url=reverse("compensation:plan", args=[plan.fiscal_year, plan.version]),
            act="Back to the plan",
        )
    then = "It can be run and certified."
    if what_waits(plan):
        then = "Before it is run, settle its pools and proposals."
    elif has_pools(plan):
        then = "It can be run where no pool is overspent, and certified."
    messages.success(request, f"{plan} is adopted. {then}")
    return redirect("compensation:plan", plan.fiscal_year, plan.version)


@for_hr
@require_POST
def copy(request, year, version):
    made = services.copy_plan(find_plan(year, version).pk, by=request.person, at=request.at)
    messages.success(request, f"Version {made.version} begins with the rules of version {version}.")
    return redirect("compensation:plan", made.fiscal_year, made.version)
