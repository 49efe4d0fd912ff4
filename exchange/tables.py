"""A table as read from a file, before anyone knows what its columns mean."""

from dataclasses import dataclass
from typing import NamedTuple

from exchange.problems import Problem


class UnreadableFile(ValueError):
    """The file can't be taken. The message is a sentence for the person who chose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a file is taken: its bytes, rows, columns and cells, and the characters of one cell."""

    size: int = 20 * 2**20
    rows: int = 150_000
    columns: int = 200
    cells: int = 5_000_000
    cell_length: int = 4_000


DEFAULT_LIMITS = Limits()


class Header(NamedTuple):
    """A column. `name` is unique in the table; `title` is what the file says, perhaps nothing."""

    index: int
    name: str
    title: str

    @property
    def letter(self) -> str:
        return column_letter(self.index)


class Row(NamedTuple):
    """One row. `number` counts as a spreadsheet does, blank lines and titles included. Cells are trimmed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file, all of the same width.

    `problems` names the rows that have the wrong number of cells; they are not in `rows`. `notes` are
    sentences that say how the file was read and what was left out.
    """

    headers: tuple[Header, ...]
    rows: list[Row]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    def column(self, index: int) -> list[str]:
        return [row.cells[index] for row in self.rows]


def column_letter(index: int) -> str:
    """The spreadsheet's letters of a column counted from 0: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def name_headers(titles: list[str]) -> tuple[Header, ...]:
    """Headers with unique names: a repeated title gets its letter, an empty one its number."""
    folded = [title.casefold() for title in titles]
    repeated = {title for title in folded if folded.count(title) > 1}
    headers = []
    taken = set()
    for index, title in enumerate(titles):
        name = title or f"Column {index + 1}"
        if (title and title.casefold() in repeated) or name.casefold() in taken:
            name = f"{name} (column {column_letter(index)})"
        taken.add(name.casefold())
        headers.append(Header(index, name, title))
    return tuple(headers)
