"""Cases and awards as a file writes them: every figure a text, exact, in dollars, percents and days.

`read_case` takes the cells of one row, or the facts of an example in a plan's document; `write_award` gives
back every figure of the award under the names of `compensation.pay.case.Award`.
"""

from collections.abc import Callable
from typing import NamedTuple

from compensation.pay import money, proposed
from compensation.pay.case import FIGURES, PayCase
from compensation.pay.codecs import day, text, within
from compensation.pay.reasons import KINDS, SET_BY, sentence
from exchange.parsing import BadCell, parse_fte

BASES = {"annual": money.read_dollars, "hourly": money.read_hourly}
YES, NO = ("yes", "true", "y", "t", "1"), ("no", "false", "n", "f", "0")
GREATEST = 10**12  # cents; above all pay, below what a column holds


class Fact(NamedTuple):
    """One fact of a case: how it is read, and what it is for whoever writes the file."""

    read: Callable
    means: str


class BadFacts(ValueError):
    """Facts that can't be read. `problems` is a list of (name of the fact, sentence)."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__(" ".join(f"{name}: {message}" for name, message in problems))


def _known(*choices):
    def read(given):
        if given.strip().lower() not in choices:
            raise ValueError(f"“{given}” is none of {', '.join(choices)}.")
        return given.strip().lower()

    return read


def _count(given):
    if not given.strip().isdecimal():
        raise ValueError(f"“{given}” is not a whole number.")
    return int(given)


def _yes_or_no(given):
    return _known(*YES, *NO)(given) in YES


def _fte(given):
    """A part of full time in ten-thousandths, as a roster's cell may say it."""
    try:
        return int(parse_fte(given) * money.FULL_TIME)
    except BadCell as bad:
        raise ValueError(f"“{given}” {bad.reason}.") from None


FACTS = {
    "number": Fact(text, "employee number, any text"),
    "basis": Fact(_known(*BASES), "annual or hourly: what the rate is"),
    "rate": Fact(None, "full-time rate: dollars a year, or dollars an hour with up to four decimals"),
    "hours_per_year": Fact(
        within(1, 8784, _count, "from 1 to 8784"), "of a full-time year; without it those of the plan"
    ),
    "fte": Fact(_fte, "part of full time, at most 1, such as 0.5; without it unknown"),
    "kind": Fact(_known(*KINDS), "regular, temporary or elected; without it regular"),
    "pay_set_by": Fact(_known(*SET_BY), "court, judges, grant or state; without it court"),
    "is_grant": Fact(_yes_or_no, "yes for a position paid from a grant"),
    "grade": Fact(text, "as the schedule of the plan writes it"),
    "step": Fact(within(0, 99, _count, "from 0 to 99"), "the step on which the person stands"),
    "hired_on": Fact(day, "a day like 2026-10-01"),
    "in_position_since": Fact(day, "a day"),
    "level": Fact(within(1, 5, _count, "a level from 1 to 5"), "the rating of record, 1 to 5"),
    "score": Fact(within(0, 999, money.read_score, "a score below 10"), "the rating's score, such as 3.25"),
    "service_weight": Fact(
        within(0, 10_000, money.read_score, "from 0 to 100"), "percent of the evaluation on service elements"
    ),
    "last_promotion_on": Fact(day, "a day; without it none is on record"),
    "last_merit_on": Fact(day, "a day; without it none is on record"),
    "separated_on": Fact(day, "the first day no longer employed"),
    "department": Fact(text, "the department's code, for a plan with groups"),
    "proposed": Fact(proposed.read, "what the head proposed: 2.75% or $1,500, for a plan with proposals"),
    "earnings": Fact(
        within(0, GREATEST, money.read_dollars, "an amount of pay"),
        "dollars earned in the performance period, overtime included, for a percent of total earnings",
    ),
}
NEEDED = ("number", "basis", "rate")
DECIMALS = {"fte": 4, "score": 2, "service_weight": 2, "earnings": 2}


def read_case(given):
    """The PayCase of `given`, a dict from names in FACTS to texts; an empty text is a fact not given.

    Raises BadFacts with every fact that can't be read, is missing or is not known by name.
    """
    problems = [(name, "This is not a fact of a case.") for name in given if name not in FACTS]
    problems += [
        (name, "Write it as text, so that it stays exact.")
        for name, value in given.items()
        if isinstance(value, float)
    ]
    facts = {
        name: str(value).strip()
        for name, value in given.items()
        if name in FACTS and value is not None and str(value).strip()
    }
    problems += [(name, "This is missing.") for name in NEEDED if name not in facts]
    basis = facts.get("basis", "").lower()
    values = {}
    for name, written in facts.items():
        read = FACTS[name].read
        if name == "rate":
            if basis not in BASES:  # already reported
                continue
            read = within(0, GREATEST, BASES[basis], "an amount of pay")
        try:
            values[name] = read(written)
        except ValueError as problem:
            problems.append((name, str(problem)))
    if problems:
        raise BadFacts(problems)
    return PayCase(**values)


def write_case(case):
    """What `read_case` reads: only the facts that are known and not what a case has anyway."""
    written = {}
    for name in FACTS:
        value = getattr(case, name)
        if value is None or value == PayCase._field_defaults.get(name, ""):
            continue
        if name == "rate":
            decimals = 4 if case.basis == "hourly" else 2
            written[name] = money.plain(value, decimals, at_least=decimals)
        elif name in DECIMALS:
            written[name] = money.plain(value, DECIMALS[name])
        elif name == "is_grant":
            written[name] = "yes"
        elif name == "proposed":
            written[name] = proposed.write(value)
        else:
            written[name] = str(value)
    return written


RATES = (
    *("old_rate", "raised_rate", "lifted_rate", "tenure_rate", "new_rate", "range_minimum", "range_maximum"),
    *("merit_base", "uncapped_raise", "uncapped_merit"),
)
COUNTS = ("raise_step", "tenure_step", "new_step", "days", "days_of", "lump_days", "lump_days_of")
VALUES = {"merit_value": "merit", "lump_value": "lump_sum"}  # and their components


def write_award(case, award, rules):
    """The award as a dict ready for JSON: figures as texts, days and steps as numbers, reasons as sentences.

    Rates are dollars a year or, with four decimals, an hour, as the basis of the case says. `merit_value` and
    `lump_value` are steps, percent or dollars, as the plan gives.
    """
    rules = rules.of(case)
    rate_decimals = 4 if case.basis == "hourly" else 2
    written = {"number": award.number}
    for name in FIGURES:
        value = getattr(award, name)
        if value is None:
            written[name] = None
        elif name in COUNTS:
            written[name] = value
        elif name in RATES:
            written[name] = money.plain(value, rate_decimals, at_least=rate_decimals)
        elif name == "new_hourly":
            written[name] = money.plain(value, 4, at_least=4)
        elif name in VALUES:
            part = VALUES[name]
            written[name] = _value(value, rules.unit_of(case, part) if getattr(rules, part) else "steps")
        else:  # cents
            written[name] = money.plain(value, 2, at_least=2)
    written["reasons"] = [
        {"reason": reason, "sentence": sentence(reason, case, rules)} for reason in award.reasons
    ]
    return written


def _value(value, unit):
    """What a component gave: `"2"` steps, `"2.75"` percent or `"750.00"` dollars."""
    if unit in ("percent", "earnings"):
        return money.plain(value, 4)
    return str(value) if unit == "steps" else money.plain(value, 2, at_least=2)
