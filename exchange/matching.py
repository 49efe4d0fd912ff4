"""Guessing which column of a file fills which field, by the column's name and its values."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exchange.parsing import parse_text
from exchange.problems import BadCell
from exchange.tables import Header, Row

MOST_READABLE = 0.95  # a bad cell here and there doesn't make a column doubtful
HALF_READABLE = 0.5
NAME_IS_THE_SAME = 100
NAME_HOLDS_THE_ALIAS = 50

ABBREVIATIONS = {
    "addr": "address",
    "amt": "amount",
    "ann": "annual",
    "cd": "code",
    "curr": "current",
    "dept": "department",
    "desc": "description",
    "div": "division",
    "dt": "date",
    "ee": "employee",
    "eff": "effective",
    "emp": "employee",
    "empl": "employee",
    "frst": "first",
    "fname": "first name",
    "lname": "last name",
    "grd": "grade",
    "hr": "hourly",
    "hrs": "hours",
    "lst": "last",
    "mail": "email",
    "mgr": "manager",
    "nbr": "number",
    "nm": "name",
    "no": "number",
    "num": "number",
    "orig": "original",
    "pos": "position",
    "posn": "position",
    "sal": "salary",
    "supv": "supervisor",
    "sup": "supervisor",
    "supvr": "supervisor",
    "term": "termination",
    "wk": "week",
}


class Confidence(StrEnum):
    SURE = "sure"
    LOOK = "look"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field that a column may fill. `looks_like` reads one cell or raises `BadCell`, as in `parsing`."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    looks_like: Callable[[str], object] = parse_text
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a column seems to be. `field` is None when it is left out; `note` says why, for the person."""

    header: Header
    field: Field | None
    confidence: Confidence
    note: str = ""
    first_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one column suits one field: by name, then by the part of its values that can be read."""

    score: float
    header: Header
    field: Field
    exact: bool
    readable: float
    filled: int


def guess_columns(
    headers: Sequence[Header], sample_rows: Iterable[Row], fields: Sequence[Field]
) -> list[Guess]:
    """One guess per column, in the order of the file. Each field is given to at most one column.

    A column is sure if its name is a field's name, label or alias (`Emp_ID`, `EMP ID ` and `empId` are
    the same), no other column has as good a claim, and nearly all its filled cells in `sample_rows` can be
    read. It needs a look if only a part of the name agrees, two columns or two fields tie, or its values
    don't fit. A column is never matched by its values alone.
    """
    rows = list(sample_rows)
    fits = []
    for header in headers:
        values = [row.cells[header.index] for row in rows]
        fits += [fit for field in fields if (fit := fit_of(header, field, values))]
    fits.sort(key=lambda fit: (-fit.score, fit.header.index))  # among equal fields the caller's order stands
    chosen: dict[int, Fit] = {}
    used: set[str] = set()
    for fit in fits:
        if fit.header.index not in chosen and fit.field.name not in used:
            chosen[fit.header.index] = fit
            used.add(fit.field.name)
    return [guess_for(header, chosen.get(header.index), fits, rows) for header in headers]


def missing_fields(guesses: Iterable[Guess], fields: Iterable[Field]) -> list[Field]:
    """The required fields that no column fills."""
    filled = {guess.field.name for guess in guesses if guess.field}
    return [field for field in fields if field.required and field.name not in filled]


def doubtful(guesses: Iterable[Guess]) -> list[Guess]:
    """The guesses that a person should confirm."""
    return [guess for guess in guesses if guess.confidence == Confidence.LOOK]


def columns_by_field(guesses: Iterable[Guess]) -> dict[str, int]:
    """The index of the column that fills each field, by the field's name."""
    return {guess.field.name: guess.header.index for guess in guesses if guess.field}


def normal_name(name: str) -> str:
    """A column's name reduced to words: `EmpID`, `emp_id ` and `Emp. Id` are all `employee id`."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    name = re.sub(r"\be[\s\-_]?mail\b", "email", name.lower()).replace("#", " number ")
    words = re.findall(r"[^\W_]+", name)
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def fit_of(header: Header, field: Field, values: Sequence[str]) -> Fit | None:
    name = normal_name(header.title)
    aliases = {normal_name(alias) for alias in (field.name, field.label, *field.aliases)} - {""}
    if not name:
        return None
    exact = name in aliases or name.replace(" ", "") in {alias.replace(" ", "") for alias in aliases}
    if exact:
        points = NAME_IS_THE_SAME
    else:
        share = max((shared_words(name, alias) for alias in aliases), default=0)
        if not share:
            return None
        points = NAME_HOLDS_THE_ALIAS * share
    filled = [value for value in values if value]
    readable = sum(can_read(field, value) for value in filled) / len(filled) if filled else 1.0
    if not exact and readable < HALF_READABLE:
        return None
    return Fit(points + 10 * readable, header, field, exact, readable, len(filled))


def shared_words(name: str, alias: str) -> float:
    """How much of a column's name an alias makes up, from 0 (not all of the alias's words are there) to 1."""
    words, wanted = set(name.split()), set(alias.split())
    return len(wanted) / len(words) if wanted <= words else 0


def can_read(field: Field, value: str) -> bool:
    try:
        field.looks_like(value)
    except BadCell:
        return False
    return True


def guess_for(header: Header, fit: Fit | None, fits: list[Fit], rows: list[Row]) -> Guess:
    values = [row.cells[header.index] for row in rows]
    first_values = tuple([value for value in values if value][:3])
    if fit is None:
        lost = next((other for other in fits if other.header == header), None)
        note = f"{lost.field.label} is taken from another column" if lost else "No field of this kind"
        if not first_values:
            note = "Empty"
        return Guess(
            header=header, field=None, confidence=Confidence.UNUSED, note=note, first_values=first_values
        )
    note = doubt(fit, fits)
    confidence = Confidence.LOOK if note else Confidence.SURE
    if not note and not fit.filled:
        note = "Empty"
    return Guess(header=header, field=fit.field, confidence=confidence, note=note, first_values=first_values)


def doubt(fit: Fit, fits: list[Fit]) -> str:
    """Why this match needs a look; empty if it doesn't."""
    rivals = [
        other for other in fits if other.field == fit.field and other.header != fit.header and other.exact
    ]
    if fit.exact and rivals:
        return f"Column {rivals[0].header.letter} could be {fit.field.label} too"
    same_name = [other for other in fits if other.header == fit.header and other.field != fit.field]
    tied = [other for other in same_name if other.exact == fit.exact and other.score == fit.score]
    if tied:
        return f"Could be {tied[0].field.label} too"
    if fit.readable < MOST_READABLE:
        unread = round(fit.filled * (1 - fit.readable))
        return f"{unread:,} of {fit.filled:,} values can’t be read as {fit.field.label}"
    if not fit.exact:
        return f"Only a part of the name agrees with {fit.field.label}"
    return ""
