"""Scenarios of a plan: begun over the people of today, turned, added, taken away; one of them proposed."""

from django.db import transaction
from django.db.models import Count, F

from audit.services import record
from compensation.conditions import conditions_of
from compensation.models import PayPlan, Scenario, ScenarioSet
from compensation.models.scenario import LETTERS
from compensation.pay import dials as pay_dials
from compensation.pay import money, scenario
from compensation.pay.written_rules import dump, parse
from compensation.permissions import may_compare, may_plan
from compensation.scenarios import people as scenario_people
from compensation.scenarios.sums import kept_totals, summary_of, totals_by_dials
from compensation.services.plans import ChangedMeanwhile, save_plan
from evaluations.models import Cycle
from organization.chart import Chart
from organization.refusal import Refused

AS_IT_IS = "The plan as it is"


@transaction.atomic
def begin_scenarios(plan_id, *, by, at):
    """Take the people of today and begin with scenario A: the plan as it is. Returns the ScenarioSet.

    Begun already, it is returned as it stands, so that two people who begin at once share one.
    """
    _refuse_others(by)
    plan = PayPlan.objects.select_for_update(of=("self",)).select_related("action").get(pk=plan_id)
    begun = ScenarioSet.objects.filter(plan=plan).first()
    if begun is not None:
        return begun
    scenarios = ScenarioSet(plan=plan)
    _take(scenarios, plan, by=by, at=at)
    scenarios.save()
    _add(scenarios, "A", AS_IT_IS, pay_dials.dials_of(parse(plan.rules)), by=by, at=at)
    record("scenarios.begun", plan, by=by, at=at, after={"people": scenarios.people})
    return scenarios


@transaction.atomic
def take_again(set_id, *, by, at, cycle_id=None):
    """Take the people and the plan's rules of today, and compute every scenario of the set over them.

    `cycle_id` names the evaluation cycle whose ratings stand in for those that the plan will pay.
    """
    _refuse_others(by)
    scenarios = ScenarioSet.objects.select_for_update(of=("self",)).get(pk=set_id)
    plan = PayPlan.objects.select_related("action").get(pk=scenarios.plan_id)
    _take(scenarios, plan, by=by, at=at, cycle=rated_cycles().filter(pk=cycle_id).first())
    rules = parse(scenarios.rules)
    if rules.pools is None and scenarios.budget_for in scenario.POOL_FIGURES:
        scenarios.budget_for = ScenarioSet.For.BY_RATING
    scenarios.save()
    for each in scenarios.scenarios.select_for_update():
        dials = pay_dials.fitted(pay_dials.read(each.dials), rules)
        each.dials, each.totals = pay_dials.write(dials), kept_totals(summary_of(scenarios, dials))
        each.save(update_fields=["dials", "totals"])
    record("scenarios.taken_again", scenarios.plan, by=by, at=at, after={"people": scenarios.people})
    return scenarios


@transaction.atomic
def add_scenario(set_id, like_letter, *, by, at):
    """Begin another scenario with the dials of one that is there. Raises Refused where there are five."""
    _refuse_others(by)
    scenarios = ScenarioSet.objects.select_for_update().get(pk=set_id)
    like, letter = _named(scenarios, like_letter), _free(scenarios)
    dials = pay_dials.read(like.dials)
    return _add(scenarios, letter, f"Like {like.letter}", dials, by=by, at=at, totals=like.totals)


@transaction.atomic
def keep_sought(set_id, like_letter, *, dial, value, revision, title, by, at):
    """Keep what `seek` found on a scenario as another one, which stays as it is: one dial at `value`.

    Raises ChangedMeanwhile when the scenario is not at `revision` any more; Refused where there are five.
    """
    _refuse_others(by)
    scenarios = ScenarioSet.objects.select_for_update(of=("self",)).get(pk=set_id)
    like, letter = _named(scenarios, like_letter), _free(scenarios)
    if like.revision != revision:
        raise ChangedMeanwhile("Somebody else changed this scenario meanwhile. Find it again.")
    dials = pay_dials.read(like.dials)
    if not 0 <= value <= pay_dials.SOUGHT[_unit(dials, dial)]:
        raise Refused("This value was not found on the scenario. Find it again.")
    return _add(scenarios, letter, title, _at(dials, dial, value), by=by, at=at)


@transaction.atomic
def remove_scenario(set_id, letter, *, by, at):
    """Take a scenario away. The last one stays: a set has one at least."""
    _refuse_others(by)
    scenarios = ScenarioSet.objects.select_for_update().get(pk=set_id)
    if scenarios.scenarios.count() == 1:
        raise Refused("The last scenario stays.")
    _named(scenarios, letter).delete()


@transaction.atomic
def save_scenario(set_id, letter, *, revision, title, dials, budget, budget_for, by, at):
    """Keep the dials and the budget of the set, and what they come to. Returns (scenario, Summary).

    Raises ChangedMeanwhile when the scenario is not at `revision` any more, or the budget was changed with
    another one; Refused for dials that can't be computed.
    """
    _refuse_others(by)
    scenarios = ScenarioSet.objects.select_for_update(of=("self",)).defer("facts").get(pk=set_id)
    found = _named(scenarios, letter)
    summary = summary_of(scenarios, dials)
    if title == AS_IT_IS and dials != pay_dials.dials_of(parse(scenarios.rules)):
        title = f"Scenario {letter}"  # it is not the plan's any more, and the sheet prints its name
    wanted = title, pay_dials.write(dials), budget, budget_for
    if wanted == (found.title, found.dials, scenarios.budget, scenarios.budget_for):
        return found, summary  # the page sent it twice: by itself, and by the button
    if found.revision != revision:
        raise ChangedMeanwhile("Somebody else changed this scenario meanwhile.")
    if (scenarios.budget, scenarios.budget_for) != (budget, budget_for):
        scenarios.budget, scenarios.budget_for = budget, budget_for
        scenarios.save(update_fields=["budget", "budget_for"])
        scenarios.scenarios.update(revision=F("revision") + 1)  # all pages show it, and none may undo it
    found.title, found.dials, found.totals = title, pay_dials.write(dials), kept_totals(summary)
    found.revision, found.changed_at, found.changed_by_id = revision + 1, at, by.user_id
    found.save()
    return found, summary


def seek(scenarios, dials, dial, target, *, figure):
    """Turn one dial ("across", "merit", "lump", "pool" or "small_pool") to the largest value with which a
    figure of `compensation.pay.scenario` (`FIGURES`, `POOL_FIGURES`) is at most `target` cents.

    Returns (dials, compensation.pay.scenario.Sought). Values have four decimals of a percent, or are cents.
    Raises Refused where even nothing on this dial costs more or its highest value less, or where the
    component is not given. Nothing is kept: `keep_sought` does.
    """
    if target <= 0:
        raise Refused("Write the amount that it may cost.")
    unit = _unit(dials, dial)
    _refuse_other_sums(scenarios, dial, figure)
    figure_of = (scenario.FIGURES | scenario.POOL_FIGURES)[figure]
    total_at = totals_by_dials(scenarios)

    def cost_at(value):
        return figure_of(total_at(_at(dials, dial, value)))

    try:
        sought = scenario.seek(cost_at, target, highest=pay_dials.SOUGHT[unit])
    except ValueError:
        raise Refused(
            f"Even with nothing here it comes to {money.dollars(cost_at(0))}, more than "
            f"{money.dollars(target)}. Lower the others first."
        ) from None
    if sought.is_limit and sought.left:
        raise Refused(
            f"Even the highest value of this dial comes to {money.dollars(sought.cost)}, less than "
            f"{money.dollars(target)}. Write an amount below that."
        )
    return _at(dials, dial, sought.value), sought


@transaction.atomic
def propose_scenario(set_id, letter, *, by, at):
    """Put the dials of a scenario into the draft of the plan; what is held equal stays as it is there."""
    if not may_plan(by):
        raise Refused("Only an HR administrator can put a scenario into the plan.")
    scenarios = ScenarioSet.objects.select_for_update(of=("self",)).select_related("plan").get(pk=set_id)
    found, plan = _named(scenarios, letter), scenarios.plan
    rules = pay_dials.turned(parse(plan.rules), pay_dials.read(found.dials))
    save_plan(
        plan.pk,
        revision=plan.revision,
        rules=dump(rules),
        base_on=plan.base_on,
        cycle_id=plan.cycle_id,
        schedule_codes=plan.schedule_codes,
        title=plan.title,
        by=by,
        at=at,
    )
    record("scenario.proposed", plan, by=by, at=at, after={"scenario": found.letter, "title": found.title})
    return plan


def _take(scenarios, plan, *, by, at, cycle=None):
    """The people and the conditions of the plan as they are now."""
    for name, value in conditions_of(plan)._asdict().items():
        setattr(scenarios, name, value)
    scenarios.ratings_of = cycle or rated_cycles().order_by("-ratings", "-ends_on").first()
    taken = scenario_people.take(
        plan,
        parse(plan.rules),
        cycle_id=scenarios.ratings_of_id,
        head_ids=Chart(by.on).head_ids,
    )
    for name, value in taken.items():
        setattr(scenarios, name, value)
    scenarios.taken_at = at
    if not scenarios.people:
        raise Refused("Nobody is employed on the day of the plan’s base pay. Import the roster first.")


def rated_cycles():
    """Cycles that have ratings of record, with their number: the fullest tells most of a plan."""
    return Cycle.objects.annotate(ratings=Count("ratings_of_record")).filter(ratings__gt=0)


def _unit(dials, dial):
    """What a dial gives. Raises Refused where that has no value to seek."""
    if dial in pay_dials.POOLS and getattr(dials, dial) is None:
        raise Refused("The plan has no such percent of its pools.")
    unit = pay_dials.unit_of(dials, dial)
    if unit not in pay_dials.GREATEST:
        raise Refused("This part is not given in the scenario. Choose what it gives first.")
    return unit


def _refuse_other_sums(scenarios, dial, figure):
    """Raise Refused where the figure does not go by the dial, whatever its value."""
    if figure in scenario.POOL_FIGURES:
        if parse(scenarios.rules).pools is None:
            raise Refused("The plan has no pools.")
    elif dial in pay_dials.POOLS:
        raise Refused(
            "What the plan’s tables give is the same however large the pools are. "
            "Choose a figure of the pools as the one that has a limit."
        )


def _at(dials, dial, value):
    """The dials with one turned to a value; what better ratings earn more stays the same."""
    if dial in ("across", *pay_dials.POOLS):
        return dials._replace(**{dial: value})
    _, *added = getattr(dials, dial)
    return dials._replace(**{dial: (value, *added)})


def _free(scenarios):
    """The next letter of a set that is locked."""
    there = set(scenarios.scenarios.values_list("letter", flat=True))
    free = [letter for letter in LETTERS if letter not in there]
    if not free:
        raise Refused("Five scenarios stand side by side already. Take one away first.")
    return free[0]


def _named(scenarios, letter):
    """A scenario of a set that is locked."""
    found = scenarios.scenarios.filter(letter=letter).first()
    if found is None:
        raise Refused(f"Somebody else took scenario {letter} away.")
    return found


def _add(scenarios, letter, title, dials, *, by, at, totals=None):
    return Scenario.objects.create(
        set=scenarios,
        letter=letter,
        title=title,
        dials=pay_dials.write(dials),
        totals=totals or kept_totals(summary_of(scenarios, dials)),
        changed_at=at,
        changed_by_id=by.user_id,
    )


def _refuse_others(by):
    if not may_compare(by):
        raise Refused("Only an HR administrator or a budget officer can compare scenarios.")
