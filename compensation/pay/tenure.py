"""What tenure, the length of service, adds to base pay or pays once, whatever the rating (PAY-2)."""

from bisect import bisect_right

from compensation.pay import dating, eligibility
from compensation.pay.eligibility import no_range
from compensation.pay.money import FULL_TIME, MILLION


def raise_of(case, plan, unit, terms, rate):
    """What tenure adds to a rate, up to the maximum of the range: (reasons, new rate, step)."""
    rules, rule = plan.rules, plan.rules.tenure
    out, value = _earned(case, plan)
    if out:
        return out, rate, case.step
    if rule.gives in ("step", "steps"):
        return _step(case, plan, value, terms, rate)
    if rule.gives == "percent":
        share, of = (rate if rules.order == "compounded" else case.rate) * value, MILLION
    elif case.fte is None:
        return ["fte_unknown"], rate, case.step
    else:
        share, of = value * unit.dollars, unit.hours
    new_rate = max(plan.round(rate * of + share, of * unit.place) * unit.place, rate)
    if terms is not None and plan.caps:
        new_rate = min(new_rate, max(terms.most, rate))
    return None if new_rate > rate else ["at_maximum"], new_rate, case.step


def longevity_of(case, plan, paid_on, per, parts):
    """What tenure pays once, rounded once: (reasons, cents, what it is taken of).

    That is annual pay in cents, or the full-time dollars of the table; `paid_on` is the new rate, of which
    `per` / `parts` is the pay of a year.
    """
    out, value = _earned(case, plan)
    if out:
        return out, 0, 0
    if plan.rules.tenure.gives == "percent":
        base, share, of = (paid_on * per + parts // 2) // parts, paid_on * per * value, parts * MILLION
    elif case.fte is None:
        return ["fte_unknown"], 0, 0
    else:
        base, share, of = value, value * case.fte, FULL_TIME
    place = plan.annual.place
    return None, plan.round(share, of * place) * place, base


def _earned(case, plan):
    """What a person's length of service earns by the table: (reasons, value)."""
    rules, rule = plan.rules, plan.rules.tenure
    if out := eligibility.reasons(case, plan.tenure_gate):
        return out, 0
    since = getattr(case, rule.since)
    if since is None:
        return [dating.UNKNOWN[rule.since]], 0
    if plan.tenure_own_day:
        if out := dating.not_begun(case, rule.begins, rules, rule.months_past):
            return out, 0
        value = value_on(rule, dating.whole_months(since, counted_on(case, rules)))
    else:
        value = next((value for latest, value in plan.tenure_table if since <= latest), 0)
    return None if value else ["service_earns_nothing"], value


def above_step(case, plan, terms):
    """What a rate is above its step before the raise, which stays on top where the plan keeps it."""
    if not plan.rules.keeps_above_step:
        return 0
    return max(case.rate - terms.old_steps.get(case.step, case.rate), 0)


def counted_on(case, rules):
    """The day on which months of service are counted for a case."""
    return rules.tenure.as_of or dating.tenure_day(case, rules)


def value_on(rule, months):
    """What so many whole months of service earn: by the last row that they have reached."""
    return next((row.value for row in sorted(rule.table, reverse=True) if row.months <= months), 0)


def _step(case, plan, value, terms, rate):
    """To the step that the years have reached, or so many steps on, at most the last.

    Of a chart that leaves years out it is the last year that they have reached. Where the plan keeps what is
    above a step, it stays on top of the one that is reached.
    """
    if terms is None:
        return [no_range(case)], rate, case.step
    steps, last = terms.steps, len(terms.steps) - 1
    if not steps:
        return ["grade_without_steps"], rate, case.step
    if plan.rules.tenure.gives == "step":
        place = bisect_right(terms.numbers, value) - 1
        above = above_step(case, plan, terms)
        if place < 0 or steps[place] + above <= rate:
            return ["step_reached"], rate, case.step
        new_rate = steps[place] + above
        if above and plan.caps:
            new_rate = min(new_rate, max(terms.most, rate))
        return None if new_rate > rate else ["at_maximum"], new_rate, terms.numbers[place]
    place = terms.places.get(case.step)
    if place is None:
        return ["step_unknown"], rate, case.step
    target = min(place + value, last)
    if target == place:
        return ["last_step"], rate, case.step
    new_rate = rate + steps[target] - steps[place]
    if plan.caps:
        new_rate = min(new_rate, max(terms.most, rate))
    return None if new_rate > rate else ["at_maximum"], new_rate, terms.numbers[target]
