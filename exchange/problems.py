"""Problems found in a file, as values that a page can list and a command can print."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SHOWN_LENGTH = 60
EXAMPLES = 5


class Severity(StrEnum):
    REFUSED = "refused"  # the row can't be used as it is
    LOOK = "look"  # usable, but a person should see it


class BadCell(ValueError):
    """A cell can't be read. `reason` follows the quoted value in a sentence; `mend` says what to write."""

    def __init__(self, reason: str, mend: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in one cell, or in a whole row when `column` is empty.

    `row` is the row as a spreadsheet numbers it, `letter` the column's letter there. `reason` is written to
    follow the quoted value: `is not a date`.
    """

    row: int
    reason: str
    column: str = ""
    letter: str = ""
    value: str = ""
    mend: str = ""
    severity: Severity = Severity.REFUSED

    def __str__(self):
        place = f"Row {self.row:,}"
        if self.column:
            place += f", column {self.column}"
        if self.value:
            return f"{place}: “{shorten(self.value)}” {self.reason}."
        return f"{place} {self.reason}."


def cell_problem(row, header, bad: BadCell, *, severity: Severity = Severity.REFUSED) -> Problem:
    """The problem that `bad` is in this `Row`, in the column of this `Header`."""
    return Problem(
        row=row.number,
        column=header.name,
        letter=header.letter,
        value=row.cells[header.index],
        reason=bad.reason,
        mend=bad.mend,
        severity=severity,
    )


def shorten(value: str, length: int = SHOWN_LENGTH) -> str:
    """The value on one line, cut to `length` characters."""
    line = " ".join(value.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def by_place(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the file: by row, then by column."""
    return sorted(problems, key=lambda problem: (problem.row, len(problem.letter), problem.letter))


def told_together(problems: Iterable[Problem]) -> list[str]:
    """Sentences on these problems, one for all that are alike: the same column and the same reason."""
    alike = {}
    for problem in problems:
        alike.setdefault((problem.column, problem.reason), []).append(problem)
    return [f"{same[0]}{likewise([problem.row for problem in same[1:]])}" for same in alike.values()]


def likewise(rows: list[int]) -> str:
    if not rows:
        return ""
    first = ", ".join(f"{row:,}" for row in rows[:EXAMPLES])
    more = f" and {len(rows) - EXAMPLES:,} more" if len(rows) > EXAMPLES else ""
    return f" Likewise row{'s' if len(rows) > 1 else ''} {first}{more}."


def refused_rows(problems: Iterable[Problem]) -> set[int]:
    """The numbers of the rows that can't be used."""
    return {problem.row for problem in problems if problem.severity == Severity.REFUSED}
