"""What is wrong with a plan, found and returned rather than raised."""

from compensation.conditions import conditions_of
from compensation.pay import periods, schedule
from compensation.pay.checks import find_problems
from compensation.pay.rules import BadRules, Problem, parse


def plan_problems(plan, *, conditions=None):
    """Problems of a plan, each with the field, the rule broken and a sentence; "refused" or "warning"
    (PAY-3).
    """
    conditions = conditions or conditions_of(plan)
    try:
        rules = parse(conditions.rules)
    except BadRules as bad:
        return bad.problems
    table = conditions.schedule and schedule.parse(conditions.schedule)
    try:
        effective_on = periods.effective_date(
            rules.effective_on, rules.effective_rule, conditions.pay_anchor_on, conditions.pay_period_days
        )
    except ValueError as problem:
        return [Problem("effective_rule", "a pay calendar", str(problem))]
    found = find_problems(
        rules,
        adopted_on=plan.action.meeting_on if plan.action else None,
        effective_on=effective_on,
        table=table,
    )
    if effective_on <= plan.base_on:
        message = (
            f"Pay changes on {periods.say(effective_on)}; the base pay is of {periods.say(plan.base_on)}. "
            "Take the base pay of a day before the change, or the raise would be given on top of itself."
        )
        found.append(Problem("base_on", "base pay before the raise", message))
    found += _rules_without_facts(rules)
    if plan.cycle_id is None and (rules.merit or rules.lump_sum):
        message = "The plan pays by rating. Choose the evaluation cycle whose ratings it pays."
        found.append(Problem("cycle", "a rating to pay by", message))
    if table is None and (rules.schedule or (rules.merit and rules.merit.gives == "steps")):
        message = f"No schedule {plan.schedule_code} is in force on the day of the base pay. Import it first."
        found.append(Problem("schedule", "a schedule to raise", message))
    return found


def _rules_without_facts(rules):
    """Rules on dates that the roster does not tell yet: nobody could be held to them."""
    gates = [rules.who, *(part.who for part in (rules.across_the_board, rules.merit, rules.lump_sum) if part)]
    for name, words in (("months_since_merit", "merit raise"), ("months_since_promotion", "promotion")):
        if any(getattr(who, name) for who in gates if who):
            message = f"The date of the last {words} is not on record for anyone, so no plan can ask for it."
            yield Problem(f"who.{name}", "facts on record", message)
