"""The examples of a plan, in words: an employee like this gets that, and what the plan gives now."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from compensation.pay import document, proposing
from compensation.pay.explain import ledger
from compensation.pay.reasons import sentence
from compensation.pay.rules import Problem
from compensation.plans.slots import two_places
from look import formats

# The figures that people write examples of; a document may have any other figure of an award.
FIGURES = {
    "new_annual": "New annual pay",
    "across_the_board": "Across the board, a year",
    "tenure": "Tenure, a year",
    "merit": "Merit on base pay, a year",
    "lump": "Paid once, in all",
    "longevity": "Longevity pay",
}
FACTS = {
    "basis": "pay basis",
    "rate": "full-time rate",
    "hours_per_year": "hours a year",
    "fte": "FTE",
    "kind": "kind of position",
    "pay_set_by": "pay set by",
    "is_grant": "paid from a grant",
    "grade": "grade",
    "step": "step",
    "hired_on": "hired",
    "in_position_since": "in the position since",
    "level": "rated at level",
    "score": "score",
    "service_weight": "service weight",
    "proposed": "proposed",
    "earnings": "earned in the performance period",
    "last_promotion_on": "last promotion",
    "last_merit_on": "last merit raise",
    "separated_on": "separated",
    "department": "department",
    "number": "number",
}


class Figure(NamedTuple):
    label: str
    wanted: str
    came: str | None  # where it is not what is wanted


class Outcome(NamedTuple):
    """An example and how it comes out; `is_computed` is False where the plan can't be computed at all."""

    number: int
    says: str
    facts: str
    figures: list
    is_computed: bool
    reasons: list  # sentences on what the plan withholds, where it fails
    steps: list  # the lines of its arithmetic, where it fails
    refused: str  # why a head may not propose what it says, as a sentence

    @property
    def fails(self):
        return bool(self.refused) or any(figure.came is not None for figure in self.figures)


def outcomes(whole):
    """An `Outcome` for each example of a Document, computed by its rules and schedule."""
    try:
        failures, plan = document.failures(whole), whole.prepared()
    except ValueError:
        failures, plan = [], None
    stored = document.write(whole)["examples"]
    found = []
    for number, (example, data) in enumerate(zip(whole.examples, stored, strict=True), 1):
        came = {each.figure: shown(each.figure, each.came) for each in failures if each.example is example}
        figures = [
            Figure(label(name), shown(name, wanted), came.get(name))
            for name, wanted in in_order(example.gives)
        ]
        given = next((each.award for each in failures if each.example is example), None)
        codes = given.reasons if given else ()
        why = list(dict.fromkeys(sentence(code, example.case, whole.rules) for code in codes))
        steps = ledger(example.case, given, plan) if given else []
        refused = proposing.problem(example.case, plan) if plan else ""
        found.append(
            Outcome(number, example.says, facts(data["case"]), figures, plan is not None, why, steps, refused)
        )
    return found


def problems(whole):
    """A `Problem` for each example that does not come out: it bars adoption."""
    for each in outcomes(whole):
        if each.fails:
            wrong = [figure for figure in each.figures if figure.came is not None]
            told = "; ".join(f"{f.label} should be {f.wanted} and comes to {f.came}" for f in wrong)
            told = [each.refused] * bool(each.refused) + [f"{told}."] * bool(wrong)
            why = " ".join([f"“{each.says}”:", *told, *each.reasons])
            yield Problem(f"examples.{each.number}", "each comes out as written", why)


def said(example):
    """A stored example in one sentence."""
    gives = (f"{label(name)} {shown(name, value)}" for name, value in in_order(example["gives"]))
    return f"{facts(example['case'])}. {'; '.join(gives)}."


def facts(case):
    """The facts of a stored case: "annual rate 45000.00, FTE 1, level 3"."""
    basis = "an hour" if case.get("basis") == "hourly" else "a year"
    words = []
    for name, words_for in FACTS.items():
        value = case.get(name)
        if value in (None, "") or name == "basis" or (name == "number" and str(value).startswith("Example ")):
            continue
        if name.endswith(("_on", "_since")):
            value = formats.record_date(date.fromisoformat(value))
        elif name == "earnings":
            value = formats.money(Decimal(value))
        elif name == "score":
            value = two_places(value)
        words.append(f"{_rate(value)} {basis}" if name == "rate" else f"{words_for} {value}")
    return ", ".join(words)


def _rate(value):
    """A rate as `write_case` wrote it, as people read it; an hourly one keeps its decimals."""
    whole, _, part = value.partition(".")
    return f"${int(whole):,}.{part}"


def in_order(gives):
    """(name, figure) of an example, always in the same order: the database keeps none."""
    order = [*FIGURES, *sorted(gives)]
    return sorted(gives.items(), key=lambda item: order.index(item[0]))


def label(name):
    return FIGURES.get(name) or name.replace("_", " ").capitalize()


def shown(name, value):
    """A figure as people read it: the usual ones are money."""
    if value is None or not str(value).strip():
        return "nothing"
    try:
        amount = Decimal(str(value).replace("$", "").replace(",", ""))
    except InvalidOperation:
        return str(value)
    return formats.money(amount) if name in FIGURES else str(value)
