"""What changed since a run was frozen, in sentences: for the run, its lines, certificates and the command."""

from compensation.facts import FACTS, KEYS
from compensation.pay import money, proposed
from compensation.pay.case import Proposed
from compensation.pay.reasons import KINDS, SET_BY
from look import formats

RATING = ("rating_id", "level", "score", "service_weight")
MOVED = {"department_id": "Moved to another department.", "fund_id": "Charged to another fund."}


def sentences(case):
    """What is not as the run froze it, a sentence each, of a `facts.StaleCase`."""
    if case.is_gone:
        return ["No longer employed in this position on the day of the base pay."]
    changes = {change.fact: change for change in case.changes}
    said = []
    if "proposal" in changes:
        said.append(_proposal(changes.pop("proposal")))
    if "department_id" in changes:
        changes.pop("department", None)  # its code goes with it
    if "rating_id" in changes:
        rating = {fact: changes.pop(fact) for fact in RATING if fact in changes}
        said.append(_rating(rating))
    for fact, change in changes.items():
        said.append(MOVED.get(fact) or _fact(case, change))
    return said


def _proposal(change):
    """A proposal that was accepted, taken back or replaced after the run."""
    before, after = (
        None if gives is None else proposed.write(Proposed(gives, value))
        for gives, value in (change.before, change.after)
    )
    if before is None:
        return f"A proposal ({after}) was accepted after the run."
    if after is None:
        return f"The proposal of the run ({before}) is not accepted any more."
    if before == after:
        return f"The proposal ({before}) was replaced by one with the same figure."
    return f"Another proposal was accepted: {after} in place of {before}."


def _rating(changes):
    """A rating of record that came, went or was replaced."""
    identity, figures = changes["rating_id"], list(changes.values())[1:]
    if identity.before is None:
        return f"A rating of record ({_figures(figures, 'after')}) arrived after the run."
    if identity.after is None:
        return f"The rating of record of the run ({_figures(figures, 'before')}) no longer counts."
    if not figures:
        return "The rating of record was replaced by one with the same figures."
    moved = ", ".join(
        f"{_name(change)} from {_say(change, change.before)} to {_say(change, change.after)}"
        for change in figures
    )
    return f"The rating of record was replaced: {moved}."


def _figures(changes, side):
    return ", ".join(f"{_name(change)} {_say(change, getattr(change, side))}" for change in changes)


def _name(change):
    return (KEYS | FACTS)[change.fact].removeprefix("Rating ").lower()


def _fact(case, change):
    label = (KEYS | FACTS)[change.fact]
    if change.fact == "is_grant":
        return "Now paid from a grant." if change.after else "No longer paid from a grant."
    before, after = (
        _say(change, value, _basis(case, side))
        for side, value in (("before", change.before), ("after", change.after))
    )
    if change.before is None:
        return f"{label} is on record now: {after}."
    if change.after is None:
        return f"{label} is no longer on record; it was {before}."
    return f"{label} from {before} to {after}."


def _basis(case, side):
    """How the rate was, or is, written: a changed basis changes its unit."""
    changed = next((change for change in case.changes if change.fact == "basis"), None)
    return getattr(changed, side) if changed else case.basis


def _say(change, value, basis="annual"):
    if value is None:
        return "not known"
    if change.fact == "rate":
        return f"{money.hourly(value)} an hour" if basis == "hourly" else f"{money.dollars(value)} a year"
    return WRITE.get(change.fact, str)(value)


WRITE = {
    "basis": {"annual": "by the year", "hourly": "by the hour"}.get,
    "kind": lambda kind: KINDS.get(kind, kind).lower(),
    "pay_set_by": lambda by: SET_BY.get(by, by),
    "fte": lambda fte: money.plain(fte, 4, at_least=2),
    "score": lambda score: money.plain(score, 2, at_least=2),
    "service_weight": lambda weight: money.plain(weight, 2, at_least=2),
    "earnings": money.dollars,
    "hired_on": formats.record_date,
    "in_position_since": formats.record_date,
    "last_promotion_on": formats.record_date,
    "last_merit_on": formats.record_date,
    "separated_on": formats.record_date,
}
