"""A file of total earnings: a row for each person, with the employee number and what he earned in all."""

from dataclasses import dataclass, field

from exchange.matching import Confidence, Field, columns_by_field, guess_columns, spellings, squeezed_name
from exchange.parsing import parse_money
from exchange.problems import BadCell, Problem, by_place, cell_problem
from exchange.reading import read_table
from exchange.tables import UnreadableFile
from organization.numbers import by_spelling
from organization.refusal import Refused

MOST = 10**8  # dollars, far above what anybody earns in a year
SAMPLE = 200


def read_amount(text):
    """Dollars of a cell. Raises BadCell."""
    if not text:
        raise BadCell("is empty")
    amount = parse_money(text, places=2)
    if amount < 0:
        raise BadCell("is below zero")
    if amount >= MOST:
        raise BadCell("is more than is kept")
    return amount


FIELDS = (
    Field(
        name="number",
        label="Employee number",
        aliases=("employee id", "emp id", "employee", "person number", "staff number", "id"),
        one_each=True,
    ),
    Field(
        name="earnings",
        label="Total earnings",
        aliases=("earnings", "gross earnings", "gross pay", "total gross", "total pay", "gross wages"),
        never=("base pay", "regular earnings", "regular pay", "overtime earnings", "overtime pay"),
        looks_like=read_amount,
    ),
)


@dataclass
class EarningsFile:
    """Dollars by employee number, the rows that can't be used, and those of people who are not known."""

    amounts: dict = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[Problem] = field(default_factory=list)


def read_earnings_file(content, file_name, *, known, named=None):
    """Read a file of earnings for the employee numbers in `known`. Raises Refused for a file of another
    kind.

    `named` says which column is the number and which the earnings, where that is in doubt.
    """
    try:
        table = read_table(content, file_name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None
    columns = _columns(table, {name: column for name, column in (named or {}).items() if column})
    headers = {name: table.headers[index] for name, index in columns.items()}
    file, numbers, rows = EarningsFile(problems=[*table.problems]), by_spelling(known), {}
    for row in table.rows:
        text = row.cells[columns["number"]]
        number = numbers.get(text) or numbers.get(text.lstrip("0"))
        try:
            if not text:
                raise BadCell("is empty")
            if number in rows:
                raise BadCell(f"stands in row {rows[number]:,} already; a person has one row")
        except BadCell as bad:
            file.problems.append(cell_problem(row, headers["number"], bad))
            continue
        if number is None:
            unknown = BadCell("is nobody’s employee number on the roster")
            file.unknown.append(cell_problem(row, headers["number"], unknown))
            continue
        rows[number] = row.number
        try:
            file.amounts[number] = read_amount(row.cells[columns["earnings"]])
        except BadCell as bad:
            file.problems.append(cell_problem(row, headers["earnings"], bad))
    file.problems = by_place(file.problems)
    return file


def _is_told(guess, headers):
    """Whether its name says what a column is, and no other has it; its cells are judged one by one."""
    if guess.confidence == Confidence.SURE or guess.field is None:
        return guess.field is not None
    names = spellings((guess.field.name, guess.field.label, *guess.field.aliases))
    return [header for header in headers if squeezed_name(header.title) in names] == [guess.header]


def _columns(table, named):
    """Field to index, guessed by the names of the columns, or as a person says. Raises Refused in doubt."""
    guesses = guess_columns(table.headers, table.rows[:: max(1, len(table.rows) // SAMPLE)], FIELDS)
    columns = columns_by_field([each for each in guesses if _is_told(each, table.headers)])
    for name, column in named.items():
        found = [each.index for each in table.headers if column.strip().lower() == each.name.lower()]
        if not found:
            raise Refused(f"The file has no column {column}.")
        columns = {other: index for other, index in columns.items() if index != found[0]} | {name: found[0]}
    for each in FIELDS:
        if each.name not in columns:
            names = ", ".join(header.name for header in table.headers)
            raise Refused(f"Which column has the {each.label.lower()}? Name it. The columns are {names}.")
    return columns
