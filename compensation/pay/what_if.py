"""What would have changed an award: the calculation asked again with one fact changed (PAY-6).

Pure, and of one person's own facts alone. Only facts that matter are named: a change that leaves every figure
as it is, is not told.
"""

from typing import NamedTuple

from compensation.pay import eligibility, money
from compensation.pay.calculation import award
from compensation.pay.periods import months_before, say
from compensation.pay.rules import LOWEST_EARNING_LEVEL

HIGHEST_LEVEL = 5


class WhatIf(NamedTuple):
    """One fact changed: in words that begin a sentence, the facts by name, and the award they would give."""

    words: str
    changes: dict
    award: object


class _Fact(NamedTuple):
    words: str
    changes: dict


def what_would_change(case, plan):
    """Every WhatIf of a case under a prepared plan, in the order of the rules.

    The next better rating that gives another figure; each rule that kept the person out, had it been met; a
    whole year of service; the plan's own guideline in place of what was proposed. Where several rules keep
    somebody out and none of them alone would change a figure, all of them together are told as one.
    """
    own, now = plan.of(case), award(case, plan)

    def asked(facts):
        for fact in facts:
            other = award(case._replace(**fact.changes), plan)
            if (other.new_annual, other.lump) != (now.new_annual, now.lump):
                yield WhatIf(fact.words, fact.changes, other)

    ratings = list(_better_ratings(case, own))
    rules = list(_rules_met(case, own))
    facts = [*rules, *_whole_year(case, now, own), *_guideline(case, own)]
    found = [*_first_of_each(asked(ratings), case), *_once(asked(facts))]
    if not found and len(rules) + bool(ratings) > 1:
        found = list(asked([_all_of([*ratings[:1], *rules])]))
    return found


def _better_ratings(case, plan):
    """Ratings above the present one that the plan tells apart, the nearest first."""
    merit, lump = plan.rules.merit, plan.rules.lump_sum
    parts = [
        (part, gate)
        for name, part, gate in (("merit", merit, plan.merit_gate), ("lump_sum", lump, plan.lump_gate))
        if part and not _is_decided(case, plan, name)
    ]
    if any(part.by != "score" for part, _ in parts):
        for level in range(max(case.level or 0, LOWEST_EARNING_LEVEL - 1) + 1, HIGHEST_LEVEL + 1):
            yield _rated(f"Rated at level {level}", case, parts, level=level)
    scores = {band.starts for part, _ in parts if part.by == "score" for band in part.table}
    scores |= {gate.score for part, gate in parts if part.by == "score"}
    for score in sorted(score for score in scores if score > (case.score or 0)):
        words = f"With a score of {money.plain(score, 2, at_least=2)}"
        yield _rated(words, case, parts, score=score)


def _rated(words, case, parts, **rating):
    """A rating is level, score and service weight: what is not asked about is as the plan wants it."""
    gates = [gate for _, gate in parts]
    level = max(case.level or 0, *(gate.level for gate in gates))
    score = max(case.score or 0, *(gate.score for gate in gates)) or case.score
    changes = {"level": level, "score": score} | rating
    if case.service_weight is None:
        changes["service_weight"] = max(gate.service_weight for gate in gates)
    return _Fact(words, changes)


def _is_decided(case, plan, name):
    """Whether a head decided the component, so that another rating alone would not change it."""
    return plan.proposed == name and case.proposed is not None and case.level in plan.limits


def _first_of_each(found, case):
    """The nearest better level and the nearest better score: the next step is told, not the whole table."""
    told = set()
    for each in found:
        kind = "level" if each.words.startswith("Rated") else "score"
        if kind not in told:
            told.add(kind)
            yield each


def _rules_met(case, plan):
    """For each rule that keeps the person out of a component: the fact that would just meet it."""
    told = set()
    for gate in (plan.across_gate, plan.tenure_gate, plan.merit_gate, plan.lump_gate):
        for code in eligibility.reasons(case, gate) if gate else ():
            fact = NEAREST[code](gate) if code in NEAREST else None
            if fact and fact.words not in told:
                told.add(fact.words)
                yield fact


NEAREST = {
    "kind": lambda g: "regular" in g.kinds and _Fact("In a regular position", {"kind": "regular"}),
    "pay_set_by": lambda g: _Fact("With pay set by the Commissioners Court", {"pay_set_by": "court"}),
    "grant": lambda g: _Fact("Not paid from a grant", {"is_grant": False}),
    "hired_too_late": lambda g: _Fact(f"Hired on {say(g.hired_by)}", {"hired_on": g.hired_by}),
    "service_too_short": lambda g: _Fact(f"Hired on {say(g.serving_since)}", {"hired_on": g.serving_since}),
    "position_too_short": lambda g: _Fact(
        f"In the position since {say(g.in_position_since)}", {"in_position_since": g.in_position_since}
    ),
    "promoted_recently": lambda g: _Fact(
        f"Last promoted on {say(g.promoted_by)}", {"last_promotion_on": g.promoted_by}
    ),
    "merit_recently": lambda g: _Fact(
        f"Last merit raise on {say(g.merit_by)}", {"last_merit_on": g.merit_by}
    ),
    "service_weight_too_low": lambda g: _Fact(
        f"With service elements that weigh {money.plain(g.service_weight, 2)} of 100",
        {"service_weight": g.service_weight},
    ),
}


def _whole_year(case, now, plan):
    """Where a part of the award followed a part of a year: somebody hired in time for all of it."""
    if case.hired_on is None or (now.days, now.lump_days) == (now.days_of, now.lump_days_of):
        return
    rules = plan.rules
    by_months = rules.proration.by == "months"
    in_time = months_before(rules.effective_on, 12) if by_months else plan.period.starts_on
    if plan.prorated and case.hired_on > in_time:
        yield _Fact(f"Hired on {say(in_time)}", {"hired_on": in_time})


def _guideline(case, plan):
    """What the plan gives where nothing is proposed."""
    is_decided = plan.proposed and _is_decided(case, plan, plan.proposed)
    if is_decided and plan.rules.proposals.without == "guideline":
        yield _Fact("By the plan’s guideline, with nothing proposed", {"proposed": None})


def _once(found):
    """Without a second change that makes the same award of the same fact."""
    told = []
    for each in found:
        if (each.changes.keys(), each.award) not in told:
            told.append((each.changes.keys(), each.award))
            yield each


def _all_of(facts):
    first, *rest = (fact.words for fact in facts)
    words = " and ".join([first, *(each[0].lower() + each[1:] for each in rest)])
    changes = {}
    for fact in facts:
        for name, value in fact.changes.items():
            both = name in changes and name in ("hired_on", "in_position_since")
            changes[name] = min(changes[name], value) if both else value
    return _Fact(words, changes)
