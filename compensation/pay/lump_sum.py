"""What is paid once by rating or by the result of a team, and is not part of base pay (PAY-2)."""

from compensation.pay import dating, eligibility, periods
from compensation.pay.decided import decided
from compensation.pay.eligibility import no_service
from compensation.pay.money import FULL_TIME, MILLION
from compensation.pay.preparation import earned


def lump_sum_of(case, plan, paid_on, per, parts, days, days_of):
    """What is paid once, rounded once: (reasons, cents, base, value, days, of days)."""
    rules, rule = plan.rules, plan.rules.lump_sum
    out = eligibility.reasons(case, plan.lump_gate)
    if plan.lump_own_day and not out:
        out = dating.not_begun(case, rule.begins, rules)
    if out:
        return out, 0, 0, 0, 1, 1
    if rule.by == "team":
        value, nothing = _of_team(case, rule)
    else:
        value, nothing = earned(plan.lump_values, getattr(case, rule.by)), "rating_earns_nothing"
    gives = rule.gives
    if plan.proposed == "lump_sum":
        out, gives, value = decided(case, plan, gives, value)
    if not value:
        return out or [nothing], 0, 0, 0, 1, 1
    if gives == "own":
        place = plan.annual.place
        return None, plan.round(value, place) * place, value, value, 1, 1
    if "lump_sum" not in plan.prorated or gives == "earnings":  # earnings are of the part worked
        days = days_of = 1
    elif not days:
        return no_service(case), 0, 0, 0, days, days_of
    if rule.from_adoption_on and plan.adopted_on and plan.adopted_on > rules.performance_period.starts_on:
        days, days_of = _since_adoption(case, plan, days, days_of)
        if not days:
            return ["no_service"], 0, 0, 0, days, days_of
    if gives in ("percent", "earnings"):
        if gives == "percent":
            base, share, of = (paid_on * per + parts // 2) // parts, paid_on * per * value, parts * MILLION
        elif case.earnings is None:
            return ["earnings_unknown"], 0, 0, 0, 1, 1
        else:
            base, share, of = case.earnings, case.earnings * value, MILLION
        if rule.at_least:
            if rule.follows_fte and case.fte is None:
                return ["fte_unknown"], 0, 0, 0, 1, 1
            least = rule.at_least * (case.fte if rule.follows_fte else FULL_TIME)
            share, of = max(share * FULL_TIME, least * of), of * FULL_TIME
    elif not rule.follows_fte:
        base, share, of = value, value, 1
    elif case.fte is None:
        return ["fte_unknown"], 0, 0, 0, 1, 1
    else:
        base, share, of = value, value * case.fte, FULL_TIME
    place = plan.annual.place
    return None, plan.round(share * days, of * days_of * place) * place, base, value, days, days_of


def _since_adoption(case, plan, days, days_of):
    """Only service from the adoption on (Texas Constitution art. III §53), on top of another proration."""
    period = plan.rules.performance_period
    prorated = days_of > 1 and plan.rules.proration.by == "days"
    if prorated and plan.period == period:  # one fraction of the same days, not a product of two
        return periods.days_of_service(*period, plan.adopted_on, case.hired_on)
    served, whole = periods.days_of_service(*period, plan.adopted_on)
    return served * days, whole * days_of


def _of_team(case, rule):
    """What the case's team earned, and the reason where that is nothing."""
    team = team_of(case, rule)
    return (0, "no_team") if team is None else (team.value_at(case.level), "team_earned_nothing")


def team_of(case, rule):
    """The first team of a lump sum that a case belongs to; None for who is in none."""
    return next((team for team in rule.teams if team.members.has(case)), None)
