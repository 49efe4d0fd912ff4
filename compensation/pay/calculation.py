"""The calculation: one pure function for the preview of one person, a scenario and the whole county.

Make a plan ready once with `preparation.prepare`, then ask `award(case, plan)` for each person. The rate is
raised in its own unit (cents a year, or ten-thousandths of a dollar an hour); each new rate is rounded once,
from the exact fraction; what a component adds to annual pay is the difference of the pay before and after, so
that the parts always sum to the whole.
"""

from bisect import bisect_left, bisect_right

from compensation.pay import dating, eligibility, notices
from compensation.pay.case import Award
from compensation.pay.decided import decided
from compensation.pay.eligibility import no_range, no_service
from compensation.pay.employer import employer_costs
from compensation.pay.lump_sum import lump_sum_of
from compensation.pay.money import FULL_TIME, MILLION
from compensation.pay.preparation import Unit, earned, position, terms_of
from compensation.pay.tenure import longevity_of, raise_of


def award(case, plan):
    """What the plan gives in this case, with every figure on the way.

    `case` is a PayCase, `plan` from `preparation.prepare`. A rate of pay that is unknown or zero earns
    nothing, with the reason.
    """
    if plan.groups:
        plan = plan.of(case)
    rate, fte, hours = case.rate, case.fte, case.hours_per_year or plan.rules.hours_per_year
    if not rate or rate < 0:
        return _no_rate(case)
    whole_fte = FULL_TIME if fte is None else fte
    if case.basis == "hourly":
        unit = Unit(100, hours, plan.hourly_place)
        per, parts = hours * whole_fte, 100 * FULL_TIME
    else:
        unit, per, parts = plan.annual, whole_fte, FULL_TIME
    terms = terms_of(case, plan, hours) if fte is not None and case.grade else None
    days, days_of = _service(case, plan) if plan.prorated else (1, 1)

    across_out, raise_step, uncapped_raise, raised, lifted = _raise(case, plan, unit, terms, days, days_of)
    if plan.noticed is not None and case.kind == "elected":
        paid = notices.paid_rate(plan.rules, lifted, uncapped_raise)
        beyond = paid > rate and notices.beyond(case, paid, hours, plan.noticed)
        if beyond:
            across_out, raise_step, uncapped_raise, raised, lifted = beyond, None, rate, rate, rate
    served, step, tenure_out = lifted, case.step, None
    if plan.tenure_gate and not plan.tenure_once:
        tenure_out, served, step = raise_of(case, plan, unit, terms, lifted)
    if plan.months_own_day:
        days, days_of = _service(case, plan, plan.rules.merit, by_years=served != lifted)
    merit_out, uncapped_merit, new_rate, new_step, merit_base, merit_value = _merit(
        case, plan, unit, terms, served, step, days, days_of
    )
    if per == parts:
        old_annual, raised_annual, lifted_annual = rate, raised, lifted
        served_annual, new_annual = served, new_rate
        over = uncapped_raise - raised + uncapped_merit - new_rate
    else:
        half = parts // 2
        old_annual = (rate * per + half) // parts
        raised_annual = (raised * per + half) // parts
        lifted_annual = (lifted * per + half) // parts
        served_annual = (served * per + half) // parts
        new_annual = (new_rate * per + half) // parts
        over = (uncapped_raise * per + half) // parts - raised_annual
        over += (uncapped_merit * per + half) // parts - new_annual
    excess, forfeited = (over, 0) if plan.rules.at_maximum == "split" else (0, over)

    lump_out, lump_sum, lump_base, lump_value, lump_days, lump_days_of = None, 0, 0, 0, 1, 1
    if plan.lump_gate:
        paid_on = {"new": new_rate, "raised": served, "old": rate}[plan.rules.lump_sum.base_used]
        lump_service = days, days_of
        if plan.months_own_day:
            lump_service = _service(case, plan, plan.rules.lump_sum)
        lump_out, lump_sum, lump_base, lump_value, lump_days, lump_days_of = lump_sum_of(
            case, plan, paid_on, per, parts, *lump_service
        )
    longevity = longevity_base = 0
    if plan.tenure_once:
        tenure_out, longevity, longevity_base = longevity_of(case, plan, new_rate, per, parts)
    reasons = ()
    if across_out or merit_out or lump_out or tenure_out or (terms is None and plan.uses_range):
        reasons = _with_component(case, plan, across_out, tenure_out, merit_out, lump_out, terms)
    range_minimum, range_maximum = (None, None) if terms is None else (terms.minimum, terms.maximum)
    if unit.dollars == 100:
        new_hourly = new_rate
    else:  # of pay that may be part-time pay nobody knows what it is by the hour
        new_hourly = None if fte is None else (new_rate * 200 + hours) // (2 * hours)
    once, rates = excess + lump_sum, plan.rules.employer
    figures = (
        *(case.number, reasons, rate, raise_step, raised, lifted, served, step, new_rate, new_step),
        *(range_minimum, range_maximum),
        *(merit_base, merit_value, uncapped_raise, uncapped_merit, days, days_of),
        *(old_annual, raised_annual - old_annual, lifted_annual - raised_annual),
        *(served_annual - lifted_annual, new_annual - served_annual),
        *(new_annual, new_hourly, excess, forfeited),
        *(lump_base, lump_value, lump_days, lump_days_of, lump_sum),
        *(longevity_base, longevity, once + longevity),
        *employer_costs(rates, old_annual, lifted_annual, served_annual, new_annual, once, longevity),
    )
    return Award._make(figures)


def _raise(case, plan, unit, terms, days, days_of):
    """Across the board, then the new minimum: (reasons, step, rate without the maximum, raised, lifted).

    Who stands on a step has the same step of the new table; for others the rate itself is raised. Where the
    plan keeps what is above a step, it stays as it is on top of the new one.
    """
    rate, across = case.rate, plan.rules.across_the_board
    out, step, uncapped = None, None, rate
    if across:
        out = eligibility.reasons(case, plan.across_gate)
        if not out:
            by_table = (
                None if terms is None or case.step is None else _same_step(case.step, rate, terms, plan)
            )
            if by_table is None:
                out, uncapped = _increase(case, plan, unit, days, days_of)
            else:
                step, uncapped = case.step, by_table
    raised = uncapped
    if terms is None:
        return out, step, uncapped, raised, raised
    if across and across.stops_at_maximum and plan.caps:
        raised = min(uncapped, max(terms.most, rate))
    lifted = raised
    if raised < terms.minimum and plan.lift_gate and not out:
        lift_out = not across and eligibility.reasons(case, plan.lift_gate)
        lifted = raised if lift_out else terms.minimum
    return out, step, uncapped, raised, lifted


def _increase(case, plan, unit, days, days_of):
    """The increase on the rate itself: (reasons, new rate). Dollars of a full-time year need a known FTE."""
    rate, across = case.rate, plan.rules.across_the_board
    share, of = rate * across.given, MILLION
    if across.at_least or across.amount:
        if case.fte is None:
            return ["fte_unknown"], rate
        dollars, of = unit.dollars * MILLION, MILLION * unit.hours
        share = max(share * unit.hours, across.at_least * dollars) + across.amount * dollars
    if "across_the_board" in plan.prorated:
        if not days:
            return no_service(case), rate
        share, of = share * days, of * days_of
    if not share:  # a raise of nothing does not round
        return None, rate
    return None, max(plan.round(rate * of + share, of * unit.place) * unit.place, rate)


def _merit(case, plan, unit, terms, before, step, days, days_of):
    """Merit up to the maximum: (reasons, rate without the maximum, new rate, new step, base, value)."""
    merit, rules = plan.rules.merit, plan.rules
    if merit is None:
        return None, before, before, step, 0, 0
    out = eligibility.reasons(case, plan.merit_gate)
    if plan.merit_own_day and not out:
        out = dating.not_begun(case, merit.begins, rules)
    value = 0 if out else earned(plan.merit_values, case.level if merit.by == "level" else case.score)
    if value and plan.positions:
        if terms is None:
            return [no_range(case)], before, before, step, 0, 0
        place = position(before, terms, plan)
        if place is None:
            return ["range_is_open"], before, before, step, 0, 0
        value = value[place]
    gives = merit.gives
    if plan.proposed == "merit" and not out:
        out, gives, value = decided(case, plan, gives, value)
    if not value:
        return out or ["rating_earns_nothing"], before, before, step, 0, 0
    if gives == "steps":
        out, uncapped, new_rate, new_step, value = _steps(case, plan, unit, value, before, step, terms)
        return out, uncapped, new_rate, new_step, before, value if uncapped != before else 0
    base = before if rules.order == "compounded" else case.rate
    if gives == "percent":
        share, of = base * value, MILLION
        if merit.at_least:
            if case.fte is None:
                return ["fte_unknown"], before, before, step, 0, 0
            share, of = max(share * unit.hours, merit.at_least * unit.dollars * MILLION), MILLION * unit.hours
    elif gives == "own":
        share, of = value * unit.dollars * FULL_TIME, unit.hours * (case.fte or FULL_TIME)
    elif case.fte is None:
        return ["fte_unknown"], before, before, step, 0, 0
    else:
        share, of = value * unit.dollars, unit.hours
    if "merit" in plan.prorated and gives != "own":
        if not days:
            return no_service(case), before, before, step, 0, 0
        share, of = share * days, of * days_of
    uncapped = new_rate = max(plan.round(before * of + share, of * unit.place) * unit.place, before)
    if terms is not None and plan.caps and uncapped > terms.most:
        new_rate = max(terms.most, before)
    return None, uncapped, new_rate, step, base, value


def _service(case, plan, component=None, *, by_years=False):
    """The part of a year that counts on the day of a component; without one on that of the raise.

    `by_years`: not before the day of tenure, on which the component is taken.
    """
    rules = plan.rules
    on = (component and dating.own_day(case, component.begins, rules)) or rules.effective_on
    if by_years:
        on = max(on, dating.tenure_day(case, rules))
    return dating.service(case, rules, plan.period, on)


def _same_step(step, rate, terms, plan):
    """The new rate of the step on which someone stands, never below the old; None for who stands on none."""
    place, old = terms.places.get(step), terms.old_steps.get(step)
    if place is None or old is None or not terms.is_raised:
        return None
    if old == rate:
        return max(terms.steps[place], rate)
    if rate < old or not plan.rules.keeps_above_step:
        return None
    return max(terms.steps[place] + rate - old, rate)


def _steps(case, plan, unit, count, before, step, terms):
    """Merit steps: (reasons, rate without the maximum, new rate, new step, how many count).

    Who stands on a step goes to a later one of the new table; who is off the table is raised by the same
    dollars. A step beyond the last is worth the last interval, over the maximum; one beyond the step at which
    the plan ends merit is not given. What merit is at least is reached by further steps; where they end, what
    is missing is over the maximum, too.
    """
    if terms is None:
        return [no_range(case)], before, before, step, 0
    steps, last = terms.steps, len(terms.steps) - 1
    place = terms.places.get(step)
    if place is None:
        return ["step_unknown" if steps else "grade_without_steps"], before, before, step, 0
    least, ends = plan.rules.merit.at_least, plan.rules.merit.ends_at_step
    if least:
        more = plan.round(least * unit.dollars, unit.hours * unit.place) * unit.place
        count = max(count, bisect_left(steps, steps[place] + more) - place)
    if ends is not None and ends <= terms.numbers[last]:
        count = min(count, bisect_right(terms.numbers, ends) - 1 - place)
        if count <= 0:
            return ["merit_ends"], before, before, step, 0
    target = min(place + count, last)
    uncapped = new_rate = before + steps[target] - steps[place]
    if plan.caps:
        new_rate = min(uncapped, max(terms.most, before))
        if last:
            uncapped += (place + count - target) * (steps[last] - steps[last - 1])
        if least and place + count > last:
            uncapped = max(uncapped, before + more)
    nothing = new_rate == before and (uncapped == before or plan.rules.at_maximum == "forfeit")
    return ["last_step"] if nothing else None, uncapped, new_rate, terms.numbers[target], count


def _with_component(case, plan, across_out, tenure_out, merit_out, lump_out, terms):
    """Every reason with its component; "range" where a raise was given without regard to a range."""
    codes = [f"atb:{code}" for code in across_out or ()]
    codes += [f"tenure:{code}" for code in tenure_out or ()]
    codes += [f"merit:{code}" for code in merit_out or ()]
    codes += [f"lump:{code}" for code in lump_out or ()]
    raises = (plan.across_gate and not across_out) or (plan.merit_gate and not merit_out)
    if terms is None and plan.uses_range and raises:
        codes.append(f"range:{no_range(case)}")
    return tuple(codes)


def _no_rate(case):
    zeros = dict.fromkeys(Award._fields, 0) | {"days_of": 1, "lump_days_of": 1}
    known = {"number": case.number, "reasons": ("all:rate_unknown",)}
    steps = {"tenure_step": case.step, "new_step": case.step}
    unknown = {"range_minimum": None, "range_maximum": None, "new_hourly": None}
    return Award(**(zeros | known | steps | unknown))
