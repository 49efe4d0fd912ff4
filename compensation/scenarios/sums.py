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


def plan_of(scenarios, dials):
    """The plan of a set with the dials turned so, ready. Raises Refused with what bars the computing.

    Everybody has what the plan's tables give, whatever heads may propose.
    """
    return plan_by(scenarios, rules_of(scenarios, dials))


def plan_by(scenarios, rules):
    """The plan of a set by other rules, ready. Raises Refused with what bars the computing."""
    try:
        return prepared(conditions_of_run(scenarios), rules=rules)
    except ValueError as problem:
        raise Refused(f"The plan can’t be computed: {problem}") from None


def rules_of(scenarios, dials):
    """The rules of a set's plan with the dials turned so, and nothing proposed."""
    return pay_dials.turned(parse(scenarios.rules), dials).having(proposals=None)


def kept_totals(summary):
    """What stands side by side, ready for JSON: cents and counts."""
    counts = ("awards", "at_maximum", "split", "lowest_quarter_monthly", "lowest_quarter_once")
    return (
        {name: figure_of(summary) for name, figure_of in scenario.FIGURES.items()}
        | ({name: of(summary) for name, of in scenario.POOL_FIGURES.items()} if summary.pooled else {})
        | {"pay": summary.cost.pay}
        | {name: getattr(summary, name) for name in counts}
    )
