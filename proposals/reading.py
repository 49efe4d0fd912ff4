"""Proposals out of a file or out of what was pasted from Excel: all of it can be taken over, or none."""

from typing import NamedTuple

from compensation.pay import proposed as texts
from compensation.pay import proposing
from exchange.problems import shorten
from exchange.reading import read_table
from exchange.tables import Limits, UnreadableFile
from look import formats
from organization.refusal import Refused

NUMBER, NAME, PROPOSED, REASON = "Employee number", "Name", "Proposed", "Reason"
LIMITS = Limits(size=2 * 2**20, rows=5_000, columns=40, cells=100_000)
MOST_LINES = 5_000


class Entry(NamedTuple):
    """What a row is to have; `reason` None leaves the reason as it is."""

    row: object  # a sheets.Row
    proposed: object  # a Proposed, or None for nothing
    reason: str | None

    @property
    def was(self):
        return texts.write(self.row.case.proposed) if self.row.case.proposed else "nothing"

    @property
    def now(self):
        return texts.write(self.proposed) if self.proposed else "nothing"

    @property
    def changes(self):
        reason = self.row.reason if self.reason is None else self.reason
        return (self.proposed, reason) != (self.row.case.proposed, self.row.reason)


class Found(NamedTuple):
    """`entries` that were read, and `problems` as sentences that name the row: with one, none is taken."""

    entries: list
    problems: list


def read_file(content, file_name, sheet):
    """The proposals in a CSV or XLSX file with the columns of the download. Raises Refused for others."""
    try:
        table = read_table(content, file_name, limits=LIMITS)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None
    columns = {" ".join(header.title.casefold().split()): header.index for header in table.headers}
    missing = [name for name in (NUMBER, PROPOSED) if name.casefold() not in columns]
    if missing:
        raise Refused(
            f"There is no column {' and no column '.join(f'“{name}”' for name in missing)}. "
            "Keep the first row of the download, with the names of the columns."
        )
    rows = {row.case.number: row for row in sheet.rows}
    entries, problems, seen = [], [str(problem) for problem in table.problems], {}

    def cell(line, name):
        index = columns.get(name.casefold())
        return None if index is None else line.cells[index]

    for line in table.rows:
        place, number = f"Row {line.number:,}", cell(line, NUMBER)
        row, name = rows.get(number), cell(line, NAME)
        if row is None:
            problems.append(f"{place}: “{shorten(number)}” is the number of nobody on this sheet.")
        elif number in seen:
            problems.append(f"{place}: employee {number} stands in row {seen[number]:,} already.")
        elif name and name != row.employee.sort_name:
            problems.append(
                f"{place}: employee {number} is {row.employee.sort_name}, not “{shorten(name)}”. "
                "A column may be shifted."
            )
        else:
            _add(entries, problems, place, row, cell(line, PROPOSED), cell(line, REASON))
        seen.setdefault(number, line.number)
    return Found(entries, problems)


def read_pasted(text, sheet, rows, *, start, field):
    """What was pasted into `field` ("proposed" or "reason") of the row `start`, an employee id.

    One column goes down from there, in the order of `rows`; two are proposals and their reasons, as they
    stand side by side in the download. A table with the names of its columns is read like a file. Raises
    Refused for what is none of these.
    """
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
    if len(lines) > MOST_LINES:
        raise Refused(f"{len(lines):,} rows were pasted; {MOST_LINES:,} are taken at once.")
    head = [cell.strip().casefold() for cell in lines[0]]
    if NUMBER.casefold() in head:
        return read_file(text.encode(), "pasted.tsv", sheet)
    names = [field] if len(lines[0]) == 1 else ["proposed", "reason"]
    if any(len(line) != len(names) for line in lines) or (len(names) == 2 and field != "proposed"):
        raise Refused(
            "Paste one column, or “Proposed” and “Reason” side by side into a field of “Proposed”, or the "
            f"whole table with the names of its columns, “{NUMBER}” among them. A column may be shifted."
        )
    if head == names:  # the heading came along
        lines = lines[1:]
    place = next((place for place, row in enumerate(rows) if row.id == start), None)
    if place is None:
        raise Refused("Paste into a field of the sheet.")
    below = rows[place:]
    if len(lines) > len(below):
        values = formats.plural(len(lines), "value was", "values were")
        raise Refused(
            f"{values} pasted from {below[0].employee.full_name} down, where the sheet has"
            f" {formats.plural(len(below), 'row', 'rows')}. A column may be shifted."
        )
    entries, problems = [], []
    for number, (line, row) in enumerate(zip(lines, below, strict=False), 1):
        where = f"Pasted row {number:,}, {row.employee.full_name}"
        given = dict(zip(names, (cell.strip() for cell in line), strict=True))
        _add(entries, problems, where, row, given.get("proposed", row.shown), given.get("reason"))
    return Found(entries, problems)


def _add(entries, problems, place, row, value, reason):
    """Read one row's cells into an entry, or tell what is wrong with them."""
    value, given = (value or "").strip(), None
    if not row.may_be_proposed:
        if value or reason:
            why = "the award is proposed one level up" if row.is_own else "nothing can be proposed"
            problems.append(
                f"{place}: {why}, and “{shorten(value or reason)}” stands there. A column may be shifted."
            )
        return
    if value:
        try:
            given = texts.read(value, row.room.gives)
        except ValueError as problem:
            problems.append(f"{place}: {problem}")
            return
    if problem := proposing.problem(row.case._replace(proposed=given), row.plan):
        problems.append(f"{place}: {problem}")
        return
    entries.append(Entry(row, given, reason))
