"""Guessing which column of a file fills which field, by the column's name and its values."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from exchange.parsing import parse_text
from exchange.problems import BadCell
from exchange.tables import Header, Row

MOST_READABLE = 0.95  # a bad cell here and there doesn't make a column doubtful
HALF_READABLE = 0.5
HALF_DIFFERENT = 0.5
FEW = 10  # so few values say nothing of a column
NAME_IS_THE_SAME = 100
NAME_WILL_DO = 95
NAME_HOLDS_THE_ALIAS = 50

ABBREVIATIONS = {
    "addr": "address",
    "amt": "amount",
    "ann": "annual",
    "cd": "code",
    "curr": "current",
    "dept": "department",
    "desc": "description",
    "descr": "description",
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
    "hrly": "hourly",
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
    "rt": "rate",
    "sal": "salary",
    "supv": "supervisor",
    "sup": "supervisor",
    "supvr": "supervisor",
    "term": "termination",
    "wk": "week",
}
NEEDLESS = {"current"}


class Confidence(StrEnum):
    SURE = "sure"
    LOOK = "look"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field that a column may fill. `looks_like` reads one cell or raises `BadCell`, as in `parsing`.

    `aliases` are its names in files, `also` those that are rather another field's where that is free,
    `perhaps` those that may mean something else and are always asked about, `never` those that only sound
    like it. The values of one with `one_each` hardly repeat, as numbers of people do.
    """

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    looks_like: Callable[[str], object] = parse_text
    one_each: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a column seems to be. `field` is None when it is left out; `note` says why, for the person.

    `by_name` says that the column's whole name is one of the field's.
    """

    header: Header
    field: Field | None
    confidence: Confidence
    by_name: bool = True
    note: str = ""
    first_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one column suits one field: by name, then by the part of its values that can be read."""

    score: float
    header: Header
    field: Field
    exact: bool
    perhaps: bool
    readable: float
    filled: int
    repeats: bool


def guess_columns(
    headers: Sequence[Header], sample_rows: Iterable[Row], fields: Sequence[Field]
) -> list[Guess]:
    """One guess per column, in the order of the file. Each field is given to at most one column.

    A column is sure if its name is a field's name, label or alias (`Emp_ID`, `EMP ID ` and `empId` are
    the same), no other column has as good a claim, and nearly all its filled cells in `sample_rows` can be
    read. It needs a look if only a part of the name agrees or the name may mean something else, if two
    columns or two fields tie, or if its values don't fit. A column is never matched by its values alone.
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
    return [guess_for(header, chosen, fits, rows) for header in headers]


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


@lru_cache(maxsize=10_000)
def normal_name(name: str) -> str:
    """A column's name reduced to words: `EmpID`, `emp_id ` and `Emp. Id` are all `employee id`."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    name = re.sub(r"\be[\s\-_]?mail\b", "email", name.lower()).replace("#", " number ")
    words = [ABBREVIATIONS.get(word, word) for word in re.findall(r"[^\W_]+", name)]
    return " ".join([word for word in words if word not in NEEDLESS] or words)


@lru_cache(maxsize=10_000)
def spellings(names: tuple[str, ...]) -> frozenset[str]:
    """The names without blanks, in full and as they are abbreviated: `deptid` is `Dept ID`."""
    return frozenset(
        spelling for name in names for spelling in (squeezed_name(name), name.replace(" ", "").lower())
    )


def squeezed_name(name: str) -> str:
    """A column's name reduced to words, without the blanks between them."""
    return normal_name(name).replace(" ", "")


def fit_of(header: Header, field: Field, values: Sequence[str]) -> Fit | None:
    name, squeezed = normal_name(header.title), squeezed_name(header.title)
    names = (field.name, field.label, *field.aliases)
    if not name or squeezed in spellings(field.never):
        return None
    exact, perhaps = True, False
    if squeezed in spellings(names):
        points = NAME_IS_THE_SAME
    elif squeezed in spellings(field.also):
        points = NAME_WILL_DO
    elif squeezed in spellings(field.perhaps):
        exact, perhaps, points = False, True, NAME_HOLDS_THE_ALIAS
    else:
        share = max(shared_words(name, normal_name(alias)) for alias in names)
        if not share:
            return None
        exact, points = False, NAME_HOLDS_THE_ALIAS * share
    filled = [value for value in values if value]
    readable = sum(can_read(field, value) for value in filled) / len(filled) if filled else 1.0
    repeats = field.one_each and repeat_themselves(filled)
    if not exact and (readable < HALF_READABLE or repeats):
        return None
    return Fit(points + 10 * readable, header, field, exact, perhaps, readable, len(filled), repeats)


def repeat_themselves(values: Sequence[str]) -> bool:
    """Whether most of these values stand there more than once."""
    return len(values) >= FEW and len(set(values)) < HALF_DIFFERENT * len(values)


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


def guess_for(header: Header, chosen: dict[int, Fit], fits: list[Fit], rows: list[Row]) -> Guess:
    fit = chosen.get(header.index)
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
    note = doubt(fit, fits, chosen)
    confidence = Confidence.LOOK if note else Confidence.SURE
    if not note and not fit.filled:
        note = "Empty"
    return Guess(
        header=header,
        field=fit.field,
        confidence=confidence,
        by_name=fit.exact,
        note=note,
        first_values=first_values,
    )


def doubt(fit: Fit, fits: list[Fit], chosen: dict[int, Fit]) -> str:
    """Why this match needs a look; empty if it doesn't."""
    settled = {other.header.index for other in chosen.values() if other.exact and other is not fit}
    rivals = [
        other
        for other in fits
        if other.field == fit.field
        and other.header != fit.header
        and other.exact
        and other.header.index not in settled
    ]
    if fit.exact and rivals:
        return f"Column {rivals[0].header.letter} could be {fit.field.label} too"
    if fit.perhaps:
        return f"May be something else than {fit.field.label}"
    if fit.repeats:
        return f"The same values stand in many rows, too many for {fit.field.label}"
    used = {other.field.name for other in chosen.values()}
    same_name = [other for other in fits if other.header == fit.header and other.field.name not in used]
    tied = [other for other in same_name if other.exact == fit.exact and other.score == fit.score]
    if tied:
        return f"Could be {tied[0].field.label} too"
    if fit.readable < MOST_READABLE:
        unread = round(fit.filled * (1 - fit.readable))
        return f"{unread:,} of {fit.filled:,} values can’t be read as {fit.field.label}"
    if not fit.exact:
        return f"Only a part of the name agrees with {fit.field.label}"
    return ""
