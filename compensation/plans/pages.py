"""What the page of a pay plan shows: its gates, and what each rule does to the county."""

from django.db.models import Q

from compensation.conditions import conditions_of, prepared
from compensation.models import PayPlan
from compensation.pay.notices import SOURCE
from compensation.pay.policy import rounded_down, sentences
from compensation.pay.rules import BadRules
from compensation.pay.schedule import BadSchedule
from compensation.pay.written_rules import parse
from compensation.plans import examples as plan_examples
from compensation.plans.checks import plan_problems
from compensation.plans.document import document_of
from compensation.plans.effects import effects_of
from compensation.plans.pool_effects import pool_effect
from compensation.plans.tables import LEVELS
from compensation.plans.versions import difference
from compensation.pool_bars import has_pools, what_bars_a_run, what_waits
from compensation.reason_names import short
from court.tally import count
from evaluations.models import Level
from look import formats

PASSED = {"urgency": "good", "icon": "circle-check"}


def gates_and_texts(plan, *, county, conditions=None):
    """The gates of a plan, open ones first, its examples, and the names of the rating levels."""
    conditions = conditions or conditions_of(plan)
    problems = plan_problems(plan, conditions=conditions, county=county)
    try:
        rules = parse(plan.rules)
        examples = plan_examples.outcomes(document_of(plan, conditions))
    except BadRules:
        rules, examples = None, []
    open_gates = list(dict.fromkeys(title_of(p) for p in problems if p.severity == "refused"))
    levels = {}
    if plan.cycle:
        levels = dict(Level.objects.filter(scale=plan.cycle.scale_id).values_list("number", "name"))
    return {
        "conditions": conditions,
        "gates": gates(plan, rules, problems),
        "gates_in_short": gates_in_short(problems),
        "is_open": bool(open_gates),
        "open_gates": open_gates,
        "levels": [(level, levels.get(level, f"Level {level}")) for level in LEVELS],
        "rules": rules,
        "examples": examples,
    }


def gates(plan, rules, problems):
    """Tasks for the page: what bars adoption, what to look at, and what has been passed."""
    found = [
        {
            "title": title_of(problem),
            "why": problem.message,
            "urgency": "bad" if problem.severity == "refused" else "warn",
            "icon": "octagon-alert" if problem.severity == "refused" else "triangle-alert",
            "standing": ("Open", "") if problem.severity == "refused" else ("Note", "bars nothing"),
        }
        for problem in problems
    ]
    if rules is None:
        return found
    passed = PASSED | {"passed": formats.short_date(plan.changed_at)}
    fields = {problem.field.split(".")[0] for problem in problems}
    if not fields & {"merit", "lump_sum"} and (rules.merit or rules.lump_sum):
        found.append(
            {
                "title": "The table has no gap and rises with the rating",
                "why": "Nothing is paid below fully successful.",
            }
            | passed
        )
    if not any("elected" in who.kinds for who in _participants(rules)):
        found.append(
            {
                "title": "Elected officials are left out",
                "why": "Their pay needs a published notice, and they take no part in merit or lump sums.",
            }
            | passed
        )
    elif not any(problem.rule == SOURCE for problem in problems):
        why = "Each elected officer’s raise was published in time, and stays within what the notice says."
        found.append({"title": "Elected officers’ raises were noticed", "why": why} | passed)
    if plan.action:
        found.append(_adopted(plan, rules))
    return found


def gates_in_short(problems):
    """How many gates are open, and how many notes bar nothing."""
    is_open = [problem.severity == "refused" for problem in problems]
    notes = formats.plural(
        is_open.count(False),
        "note bars nothing, and wants to be read",
        "notes bar nothing, and want to be read",
    )
    if any(is_open):
        said = "One is open" if is_open.count(True) == 1 else f"{is_open.count(True)} are open"
        said += ": the plan cannot be adopted or run"
    else:
        said = "None is open"
    return said if all(is_open) else f"{said}; {notes}"


def bars_known(plan, *, is_open):
    """What bars a run of a plan, as far as it is known at once, and whether pools are still to be added up
    (`bars_added_up`); `is_open` says whether a gate is.
    """
    if plan.state == PayPlan.State.SUPERSEDED:
        return {}
    bars = [problem.message for problem in what_waits(plan)]
    return {"bars_run": bars, "asks_pools": has_pools(plan) and not bars and not is_open}


def bars_added_up(plan, *, county, on):
    """What bars a run of a plan, its gates and its pools: an award is computed for each person."""
    problems = plan_problems(plan, county=county)
    open_gates = list(dict.fromkeys(title_of(p) for p in problems if p.severity == "refused"))
    bars = [] if open_gates else [problem.message for problem in what_bars_a_run(plan, on=on)]
    return {"open_gates": open_gates, "is_open": bool(open_gates), "bars_run": bars, "added_up": True}


# What a problem is about, by the first words of its field.
PARTS = {
    "who": "Who takes part",
    "across_the_board": "Across the board",
    "schedule": "Schedule",
    "tenure": "Tenure",
    "merit": "Merit",
    "lump_sum": "Lump sum",
    "employer": "Employer’s share",
    "pools": "Pools",
    "proposals": "What heads may propose",
    "examples": "Examples",
}


def title_of(problem):
    """The part of the plan and the rule that it breaks: "Merit: no gap"."""
    part = PARTS.get(problem.field.split(".")[0])
    rule = problem.rule if part else problem.rule[0].upper() + problem.rule[1:]
    return f"{part}: {rule}" if part else rule


def _participants(rules):
    of_all = (rules, *(group.rules for group in rules.groups))
    parts = [part for each in of_all for part in (each.across_the_board, each.merit, each.lump_sum)]
    return [rules.who, *(part.who for part in parts if part and part.who)]


def _adopted(plan, rules):
    """Adoption, and whether it came before the service that is paid for (Texas Constitution art. III §53)."""
    began = rules.performance_period.starts_on
    day = formats.record_date(plan.action.meeting_on)
    words = f"Order {plan.action.number} of {day}."
    found = {"title": "Adopted by the Commissioners Court", "why": words}
    if rules.lump_sum and plan.action.meeting_on <= began:
        found["title"] = "Adopted before the service began"
        found["why"] += f" The service year began {formats.record_date(began)}."
    return found | PASSED | {"passed": formats.short_date(plan.action.meeting_on)}


def effects(plan, *, county, on):
    """What the plan as it is in memory does to the county of today, and its gates."""
    conditions = conditions_of(plan)
    found = {"effects": None, "problem": ""} | gates_and_texts(plan, county=county, conditions=conditions)
    try:
        ready = prepared(conditions)
    except (BadRules, BadSchedule, ValueError) as problem:
        return found | {"problem": str(problem)}
    rules = ready.rules
    result = effects_of(ready, base_on=plan.base_on, cycle_id=plan.cycle_id)
    names = dict(found["levels"])
    by_rating = [(names.get(level, "Below"), count, cents) for level, count, cents in result.by_rating]
    return found | {
        "effects": result,
        "unrated": dict(result.left_out).get(short("no_rating"), 0) if rules.merit or rules.lump_sum else 0,
        "across_said": _as_published(rules.across_the_board),
        "pools": pool_effect(plan, ready, on=on),
        "by_rating": by_rating,
        "by_group": [(group.name, *each) for group, each in zip(rules.groups, result.by_group, strict=True)],
        "effective_on": ready.effective_on,
    }


def _as_published(across):
    """What a percent that is rounded down comes to; empty where none is."""
    if across is None or across.rounded_down_to is None:
        return ""
    return f"{rounded_down(across)}: {formats.percent(across.given)}"


def adoption(plan, action, *, on):
    """What an order adopts, in sentences, what bars it and what wants to be read first: the plan as stored.

    Without an order yet, what one of the day `on` would meet is a note: the Court has not voted.
    """
    plan.action = action
    conditions = conditions_of(plan)
    problems = plan_problems(plan, conditions=conditions, adopted_on=None if action else on)
    bars = [problem for problem in problems if action and problem.severity == "refused"]
    shown = {
        "action": action,
        "bars": [(title_of(problem), problem.message) for problem in bars],
        "notes": [(title_of(problem), problem.message) for problem in problems if problem not in bars],
        "rules": [],
    }
    try:
        ready = prepared(conditions)
    except ValueError:  # said by the gates
        return shown
    if bars:
        return shown
    in_force = former_of(plan)
    return shown | {
        "rules": sentences(ready.rules, effective_on=ready.effective_on, base_on=plan.base_on),
        "raises_schedule": ready.effective_on if ready.rules.schedule and ready.tables else None,
        "superseded": in_force if in_force and in_force.fiscal_year == plan.fiscal_year else None,
        "in_force": in_force,
        "changes": difference(in_force, plan) if in_force else [],
        "tally": action and count(action.votes.values_list("vote", flat=True)).words,
    }


# Which effect on the county stands beside a rule, by the rule's title.
EFFECT_OF = {
    "Across the board": "across",
    "Tenure": "years",
    "Merit": "merit",
    "At the maximum": "maximum",
    "Lump sum": "lump",
    "Part of a year": "part",
    "Rounding": "rounding",
    "When it counts": "when",
    "Employer’s share": "cost",
    "Pools": "pools",
}


EFFECTS = ("who", "groups", *EFFECT_OF.values())


def settled(plan, rules, *, conditions):
    """(title, sentence, effect beside it) for each rule of a plan that is read, not edited."""
    if rules is None:
        return []
    try:
        effective_on = prepared(conditions).effective_on
    except (BadSchedule, ValueError):
        effective_on = rules.effective_on
    said = sentences(rules, effective_on=effective_on, base_on=plan.base_on)
    beside = EFFECT_OF | {title: "who" for title, _ in said if title.endswith(" for")}
    return [(title, sentence, beside.get(title, "")) for title, sentence in said]


def effects_of_settled(plan, rules, *, conditions):
    """The effects that have a rule to stand beside where a plan is read."""
    return [effect for _, _, effect in settled(plan, rules, conditions=conditions) if effect]


def beside(plan):
    """The plans to read one beside: the versions of its year, and the adopted one of the year before."""
    is_former = Q(fiscal_year=plan.fiscal_year - 1, state=PayPlan.State.ADOPTED)
    found = PayPlan.objects.filter(Q(fiscal_year=plan.fiscal_year) | is_former).exclude(pk=plan.pk)
    return list(found.select_related("action", "cycle").order_by("-fiscal_year", "-version"))


def former_of(plan):
    """The adopted version of the plan's fiscal year, else that of the year before; None without one."""
    return next((each for each in beside(plan) if each.state == PayPlan.State.ADOPTED), None)


def put_in(plan, put, *, county):
    """What a document changes of a draft: its rules before and after, and what would then bar adoption."""
    after = PayPlan.objects.select_related("action", "cycle__scale").get(pk=plan.pk)
    for name, value in put.changes.items():
        setattr(after, name, value)
    problems = plan_problems(after, county=county)
    return {
        "changes": difference(plan, after),
        "notes": put.notes,
        "bars": [(title_of(problem), problem.message) for problem in problems],
    }
