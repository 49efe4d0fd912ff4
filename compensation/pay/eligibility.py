"""Who takes part, as a code for each rule that is not met, and the same in plain words."""

from datetime import date
from typing import NamedTuple

from compensation.pay.periods import months_before
from compensation.pay.rules import LOWEST_EARNING_LEVEL


class Gate(NamedTuple):
    """A `Who` made ready for one plan: days instead of months, None where a rule is not asked."""

    kinds: frozenset
    court_only: bool
    grant_funded: bool
    active_on: date
    hired_by: date | None
    serving_since: date | None
    in_position_since: date | None
    promoted_by: date | None
    merit_by: date | None
    fte: int
    rated: bool
    needs_level: bool
    needs_score: bool
    level: int
    score: int
    service_weight: int
    grades_left_out: frozenset


def gate_of(component, rules):
    """The gate of a component, or of the plan where that is None. Merit and the lump sum need a rating that
    earns, by level or by score; a team's lump sum needs a level.
    """
    who, day = rules.who_of(component), rules.months_on(component)
    by = getattr(component, "by", None)  # the others go by no rating
    by = "level" if by == "team" else by
    earns = by is not None
    level = max(who.at_least_level or 0, LOWEST_EARNING_LEVEL if earns else 0)
    score = max(who.at_least_score or 0, rules.lowest_earning_score if by == "score" else 0)
    return Gate(
        kinds=frozenset(who.kinds),
        court_only=who.court_only,
        grant_funded=who.grant_funded,
        active_on=rules.day_of(component),
        hired_by=who.hired_by,
        serving_since=months_before(day, who.months_of_service) if who.months_of_service else None,
        in_position_since=months_before(day, who.months_in_position) if who.months_in_position else None,
        promoted_by=months_before(day, who.months_since_promotion) if who.months_since_promotion else None,
        merit_by=months_before(day, who.months_since_merit) if who.months_since_merit else None,
        fte=who.at_least_fte,
        rated=bool(level or score),
        needs_level=by == "level" or bool(who.at_least_level),
        needs_score=by == "score" or bool(who.at_least_score),
        level=level,
        score=score,
        service_weight=who.at_least_service_weight,
        grades_left_out=frozenset(who.grades_left_out),
    )


def reasons(case, gate):
    """Codes of the rules that the case does not meet; none for who takes part. Boundary days count in."""
    (
        _,
        _,
        _,
        _,
        fte,
        kind,
        pay_set_by,
        is_grant,
        grade,
        _,
        hired_on,
        since,
        level,
        score,
        weight,
        last_promotion_on,
        last_merit_on,
        separated_on,
        *_,
    ) = case
    (
        kinds,
        court_only,
        grants,
        active_on,
        hired_by,
        serving_since,
        position_since,
        promoted_by,
        merit_by,
    ) = gate[:9]
    found = []
    if kind not in kinds:
        found.append("elected" if kind == "elected" else "kind")
    if court_only and pay_set_by != "court":
        found.append("pay_set_by")
    if is_grant and not grants:
        found.append("grant")
    if separated_on is not None and separated_on <= active_on:
        found.append("separated")
    if grade in gate.grades_left_out:
        found.append("grade_left_out")
    if hired_by is not None or serving_since is not None:
        if hired_on is None:
            found.append("hire_date_unknown")
        elif hired_by is not None and hired_on > hired_by:
            found.append("hired_too_late")
        if hired_on is not None and serving_since is not None and hired_on > serving_since:
            found.append("service_too_short")
    if position_since is not None and (since is None or since > position_since):
        found.append("position_date_unknown" if since is None else "position_too_short")
    if promoted_by is not None and last_promotion_on is not None and last_promotion_on > promoted_by:
        found.append("promoted_recently")
    if merit_by is not None and last_merit_on is not None and last_merit_on > merit_by:
        found.append("merit_recently")
    if gate.fte and (fte is None or fte < gate.fte):
        found.append("fte_unknown" if fte is None else "fte_too_low")
    if gate.rated:
        if (gate.needs_level and level is None) or (gate.needs_score and score is None):
            found.append("no_rating")
        if level is not None and level < gate.level:
            found.append("level_too_low")
        if gate.needs_score and score is not None and score < gate.score:
            found.append("score_too_low")
    too_light = gate.service_weight and (weight is None or weight < gate.service_weight)
    if too_light and "no_rating" not in found:  # without a rating there is nothing to weigh
        found.append("service_weight_unknown" if weight is None else "service_weight_too_low")
    return found


def no_range(case):
    """The code of why no rule of the range applies."""
    return "fte_unknown" if case.fte is None else "grade_unknown"


def no_service(case):
    """Codes of why no day of service counts."""
    return ["hire_date_unknown" if case.hired_on is None else "no_service"]
