"""What a set of scenarios comes to with its dials turned: its people, by the plan that they make (PAY-7)."""

from compensation.conditions import conditions_of_run, prepared
from compensation.pay import dials as pay_dials
from compensation.pay import pools, scenario
from compensation.pay.written_rules import parse
from compensation.scenarios import people as scenario_people
from organization.refusal import Refused


def summary_of(scenarios, dials):
    """What the people of a set get and cost with the dials turned so: a pay.scenario.Summary."""
    return _counted(scenario.summarize, scenarios, scenario_people.people_of(scenarios), dials)


def totals_by_dials(scenarios):
    """A function of dials that gives the pay.scenario.Totals of a set, to be asked many times."""
    cases = [case for case, _ in scenario_people.people_of(scenarios)]
    return lambda dials: _counted(scenario.total_cost, scenarios, cases, dials)


def _counted(count, scenarios, people, dials):
    """What `count` of `pay.scenario` says of people. Raises Refused with what bars the computing."""
    plan = plan_of(scenarios, dials)
    try:
        return count(people, plan, scenario_people.placed(scenarios, plan.rules.pools))
    except pools.BadPools as problem:
        raise Refused(f"The pools can’t be worked out: {problem}") from None


def plan_of(scenarios, dials, *, lump_like_merit=False):
    """The plan of a set with the dials turned so, ready. Raises Refused with what bars the computing.

    Everybody has what the plan's tables give, whatever heads may propose. `lump_like_merit` gives merit and
    lump sum to the same people, on the same base, whatever the plan has.
    """
    kept = conditions_of_run(scenarios)
    planned = parse(kept.rules)
    rules = pay_dials.turned(planned, dials).having(proposals=None)
    if lump_like_merit:
        rules = _lump_like_merit(rules, planned)
    try:
        return prepared(kept, rules=rules)
    except ValueError as problem:
        raise Refused(f"The plan can’t be computed: {problem}") from None


def _lump_like_merit(rules, planned):
    """A group whose awards are its own, or that has none, keeps them as they are and has no others."""
    name = "merit" if planned.merit else "lump_sum"
    part = getattr(planned, name)
    who = part and part.who
    merit, lump = rules.merit, rules.lump_sum
    base = "raised" if rules.order == "compounded" else "old"
    shaped = {
        "merit": merit and merit._replace(who=who),
        "lump_sum": lump and lump._replace(who=who, base_used=base, follows_fte=True),
    }
    groups = []
    for group in rules.groups:
        parts = shaped
        if name in group.own:
            parts = dict.fromkeys(shaped) | {name: getattr(group.rules, name)}
        groups.append(group._replace(rules=group.rules._replace(**parts)))
    return rules._replace(groups=tuple(groups), **shaped)


def kept_totals(summary):
    """What stands side by side, ready for JSON: cents and counts."""
    counts = ("awards", "at_maximum", "split", "lowest_quarter_monthly", "lowest_quarter_once")
    return (
        {name: figure_of(summary) for name, figure_of in scenario.FIGURES.items()}
        | ({name: of(summary) for name, of in scenario.POOL_FIGURES.items()} if summary.pooled else {})
        | {"pay": summary.cost.pay}
        | {name: getattr(summary, name) for name in counts}
    )
