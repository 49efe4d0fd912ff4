"""Why a component gives something to a person or nothing, in plain words, filled in with the figures (PAY-4).

`award` judges and leaves codes; here they are only said. A reason is "component:code", such as
"merit:no_rating".
"""

from typing import NamedTuple

from compensation.pay import eligibility
from compensation.pay.cures import CURES
from compensation.pay.money import plain
from compensation.pay.periods import say

COMPONENTS = {
    "atb": "Across the board",
    "tenure": "Tenure",
    "merit": "Merit",
    "lump": "Lump sum",
    "range": "Range",
    "all": "Pay",
}
KINDS = {"regular": "Regular", "temporary": "Temporary", "elected": "Elected"}
SET_BY = {
    "court": "the Commissioners Court",
    "judges": "the district judges",
    "grant": "a grant",
    "state": "the state",
}

# What each code says of a case; `g` is the gate that it did not pass.
SENTENCES = {
    "elected": lambda c, g: "Elected: elected officials take no part.",
    "no_notice": lambda c, g: (
        "No notice of the increase was published in time, as Texas Local Government Code 152.013 asks."
    ),
    "above_notice": lambda c, g: (
        "The raise would pass the salary in the published notice, which allows no more (Texas AG JC-0255)."
    ),
    "kind": lambda c, g: f"{KINDS.get(c.kind, c.kind)} position, and the plan is for {_kinds(g)}.",
    "pay_set_by": lambda c, g: f"Pay is set by {SET_BY.get(c.pay_set_by, c.pay_set_by)}, not by the Court.",
    "grant": lambda c, g: "Paid from a grant, and the plan leaves grant-funded positions out.",
    "separated": lambda c, g: f"No longer employed since {say(c.separated_on)}.",
    "grade_left_out": lambda c, g: f"The plan leaves positions in grade {c.grade} out.",
    "hire_date_unknown": lambda c, g: "No hire date is on record.",
    "hired_too_late": lambda c, g: f"Hired {say(c.hired_on)}, after {say(g.hired_by)}.",
    "service_too_short": lambda c, g: (
        f"Hired {say(c.hired_on)}, after {say(g.serving_since)}: too short a service."
    ),
    "position_date_unknown": lambda c, g: "The day since which the position is held is not on record.",
    "position_too_short": lambda c, g: (
        f"In the position since {say(c.in_position_since)}, later than {say(g.in_position_since)}."
    ),
    "promoted_recently": lambda c, g: (
        f"Promoted {say(c.last_promotion_on)}, later than {say(g.promoted_by)}."
    ),
    "merit_recently": lambda c, g: f"Last merit raise {say(c.last_merit_on)}, later than {say(g.merit_by)}.",
    "fte_unknown": lambda c, g: (
        "The FTE of the position is not on record. Human Resources adds it to the person’s record."
    ),
    "fte_too_low": lambda c, g: f"{plain(c.fte, 4)} FTE, less than {plain(g.fte, 4)}.",
    "no_rating": lambda c, g: "No rating of record.",
    "level_too_low": lambda c, g: f"Rated at level {c.level}; the plan pays from level {g.level} on.",
    "score_too_low": lambda c, g: f"Score of {_score(c.score)}; the plan pays from {_score(g.score)} on.",
    "service_weight_unknown": lambda c, g: "The service weight of the evaluation is not on record.",
    "service_weight_too_low": lambda c, g: (
        f"Service elements weigh {_score(c.service_weight)} of 100, under {_score(g.service_weight)}."
    ),
    "rating_earns_nothing": lambda c, g: f"The plan pays nothing for {_rating(c, g)}.",
    "not_proposed": lambda c, g: "Nothing was proposed, and the plan pays what is proposed.",
    "proposed_nothing": lambda c, g: "The department proposed no award.",
    "grade_unknown": lambda c, g: (
        f"Grade {c.grade} is not in the schedule."
        if c.grade
        else "An elected office has no grade."
        if c.kind == "elected"
        else "No grade is on record. If the position has one, Human Resources adds it to the person’s record."
    ),
    "range_is_open": lambda c, g: (
        f"Grade {c.grade} has no maximum, so the position in the range, by which it is paid, can’t be told."
    ),
    "grade_without_steps": lambda c, g: f"Grade {c.grade} has no steps.",
    "step_unknown": lambda c, g: (
        f"Step {c.step} is not in grade {c.grade}." if c.step is not None else "No step is on record."
    ),
    "merit_ends": lambda c, g: f"Step {c.step} is the one at which merit ends, or a later one.",
    "last_step": lambda c, g: f"Step {c.step} is the last of grade {c.grade}.",
    "anniversary_later": lambda c, g: (
        "The day from which it counts for this person comes after the fiscal year."
    ),
    "service_earns_nothing": lambda c, g: "Tenure earns nothing at this length of service.",
    "step_reached": lambda c, g: "Pay is at the step of this length of service already, or above it.",
    "at_maximum": lambda c, g: "Pay is at the maximum of the range already.",
    "no_team": lambda c, g: "Belongs to none of the teams of the plan.",
    "team_earned_nothing": lambda c, g: "The team’s result earns nothing.",
    "earnings_unknown": lambda c, g: "The total earnings of the performance period are not on record.",
    "no_service": lambda c, g: "No day of service falls in the period that counts.",
    "rate_unknown": lambda c, g: "No rate of pay above zero is on record.",
}
RANGE_NOTE = "No minimum and no maximum holds for this position. "
UNKNOWN = frozenset({"no_rating"} | {code for code in SENTENCES if code.endswith("_unknown")})

# What a rule says of who meets it: the rule's name, whether the gate asks it, its codes, the sentence.
RULES = (
    ("kind", lambda g: True, ("elected", "kind"), lambda c, g: f"{KINDS[c.kind]} position."),
    (
        "pay set by",
        lambda g: g.court_only,
        ("pay_set_by",),
        lambda c, g: "Pay is set by the Commissioners Court.",
    ),
    ("grant", lambda g: not g.grant_funded, ("grant",), lambda c, g: "Not paid from a grant."),
    ("employed", lambda g: True, ("separated",), lambda c, g: f"Employed {say(g.active_on)}."),
    (
        "grade",
        lambda g: g.grades_left_out,
        ("grade_left_out",),
        lambda c, g: (
            f"Grade {c.grade} is not among those that the plan leaves out."
            if c.grade
            else "No grade is on record, so none that the plan leaves out."
        ),
    ),
    (
        "hired by",
        lambda g: g.hired_by,
        ("hired_too_late", "hire_date_unknown"),
        lambda c, g: f"Hired {say(c.hired_on)}, not after {say(g.hired_by)}.",
    ),
    (
        "service",
        lambda g: g.serving_since,
        ("service_too_short", "hire_date_unknown"),
        lambda c, g: f"Hired {say(c.hired_on)}, not after {say(g.serving_since)}.",
    ),
    (
        "time in position",
        lambda g: g.in_position_since,
        ("position_too_short", "position_date_unknown"),
        lambda c, g: (
            f"In the position since {say(c.in_position_since)}, not later than {say(g.in_position_since)}."
        ),
    ),
    (
        "last promotion",
        lambda g: g.promoted_by,
        ("promoted_recently",),
        lambda c, g: f"Last promotion: {_when(c.last_promotion_on)}.",
    ),
    (
        "last merit raise",
        lambda g: g.merit_by,
        ("merit_recently",),
        lambda c, g: f"Last merit raise: {_when(c.last_merit_on)}.",
    ),
    ("FTE", lambda g: g.fte, ("fte_too_low", "fte_unknown"), lambda c, g: f"{plain(c.fte, 4)} FTE."),
    (
        "rating of record",
        lambda g: g.rated,
        ("no_rating", "level_too_low", "score_too_low"),
        lambda c, g: f"Rating of record: {_rating(c, g)}.",
    ),
    (
        "service weight",
        lambda g: g.service_weight,
        ("service_weight_too_low", "service_weight_unknown"),
        lambda c, g: (
            None if c.service_weight is None else f"Service elements weigh {_score(c.service_weight)} of 100."
        ),
    ),
)


class Finding(NamedTuple):
    """One rule and one person: whether it is met (None: a fact is not known), with the sentence.

    Where it is not met, `cure` says who can do what about it; empty where there is nothing to do.
    """

    rule: str
    met: bool | None
    sentence: str
    cure: str = ""


def sentence(reason, case, rules):
    """A reason of an award in plain words, such as "Hired November 3, 2026, after April 1, 2026."."""
    component, code = reason.split(":")
    rules = rules.of(case)
    note = RANGE_NOTE if component == "range" else ""
    return note + SENTENCES[code](case, _gate(component, rules))


def findings(component, case, reasons, rules):
    """What each rule of "atb", "tenure", "merit" or "lump" found for a person, left out or let in.

    `reasons` are those of the award. What stops an award after the rules (the last step, a rating that earns
    nothing) follows as findings of their own.
    """
    rules = rules.of(case)
    asked = _gate(component, rules)
    codes = [code for name, code in (reason.split(":") for reason in reasons) if name == component]
    found = []
    for rule, needs, covers, words in RULES:
        if needs(asked):
            failed = [code for code in codes if code in covers]
            said = [SENTENCES[code](case, asked) for code in failed] or [words(case, asked)]
            if said == [None]:  # told by another rule
                continue
            met = True if not failed else None if failed[0] in UNKNOWN else False
            found.append(Finding(rule, met, " ".join(said), _cure(failed)))
    covered = {code for rule, needs, covers, words in RULES if needs(asked) for code in covers}
    others = [code for code in codes if code not in covered]
    return found + [
        Finding("award", None if code in UNKNOWN else False, SENTENCES[code](case, asked), _cure([code]))
        for code in others
    ]


def _cure(codes):
    return " ".join(dict.fromkeys(CURES[code] for code in codes if CURES[code]))


def _gate(component, rules):
    parts = {
        "atb": rules.across_the_board,
        "tenure": rules.tenure,
        "merit": rules.merit,
        "lump": rules.lump_sum,
    }
    return eligibility.gate_of(parts.get(component), rules)


def _kinds(gate):
    return " and ".join(KINDS[kind].lower() for kind in sorted(gate.kinds)) + " positions"


def _score(hundredths):
    return plain(hundredths, 2, at_least=2)


def _rating(case, gate):
    parts = [f"level {case.level}"] if case.level is not None else []
    if case.score is not None:
        parts.append(f"a score of {_score(case.score)}")
    return ", ".join(parts) or "an unknown rating"


def _when(day):
    return say(day) if day else "none on record"
