"""Which column of a file fills which field: guessed, kept under a name, or given as JSON.

A matching is a dict of field name to column name, as `ColumnMapping.columns` keeps it.
"""

import json
from dataclasses import replace
from typing import NamedTuple

from exchange.matching import (
    FEW,
    Confidence,
    Guess,
    can_read,
    columns_by_field,
    doubtful,
    guess_columns,
    normal_name,
    repeat_themselves,
    spellings,
    squeezed_name,
)
from exchange.tables import Table
from organization.refusal import Refused
from organization.roster.fields import BY_NAME, FIELDS, HEAD_FIELDS, NAME_FIELDS, PAY_FIELDS

SAMPLE = 400
OPTIONS = {  # the first of each is what holds without a choice
    "dates": ("mdy", "dmy", "ymd"),
    "hours": ("auto", "week", "two_weeks", "month", "year"),
    "part_time_hours": ("auto", "worked", "full_time"),
    "rate": ("auto", "annual", "hourly"),
    "part_time_pay": ("full_time", "actual"),
}
# What a file need not tell twice: a column that only sounds like one of these is left out if the other is
# there by name.
NEEDLESS = {
    "full_name": {"last_name"},
    "department": {"department_name"},
    "department_name": {"department"},
    "job_code": {"job_title"},
    "rate": {"annual_pay", "hourly_rate"},
}
ROW_COUNTS = {"id", "row id", "record id", "object id", "objectid", "fid", "index"}


class Matching(NamedTuple):
    """`columns` is field name to column index; `guesses` say how sure each column is, in the file's order."""

    columns: dict
    options: dict
    guesses: list[Guess]

    @property
    def doubts(self):
        return doubtful(self.guesses)

    def unsure(self, table):
        """Doubts about which column is meant. A well-named one with bad cells is none: they are named."""
        return [guess for guess in self.doubts if not has_clear_name(guess, table)]

    def unused(self):
        """The columns that nothing is read from."""
        return [guess for guess in self.guesses if not guess.field]

    def names(self, table):
        """Field name to column name, for keeping."""
        return {field: table.headers[index].name for field, index in self.columns.items()}

    def problem(self):
        """Why no roster can be read with these columns: a sentence, or nothing."""
        found = self.columns.keys()
        if self.options.get("part_time_pay") == "actual" and "fte" not in found:
            return "Annual pay at people’s FTE is chosen, and no column is matched to FTE."
        if "head" in found and found <= HEAD_FIELDS:
            return "" if found - {"head"} else "No column tells which department a head is of."
        if "number" in found:
            known = found - {"number"}
            return "" if known else "Only employee numbers are matched: there is nothing to change."
        if not found & {"department", "department_name"}:
            return "No column is matched to Department."
        if not found & PAY_FIELDS:
            return "No column is matched to Annual pay, Hourly rate or Rate."
        if found & {"supervisor"} and not found & NAME_FIELDS:
            return "Supervisors are named by number, so a column of employee numbers is needed too."
        return ""


def has_clear_name(guess, table):
    """Whether the name is one of the field's, no other column's is, and the values suit it."""
    names = spellings((guess.field.name, guess.field.label, *guess.field.aliases))
    rivals = [header for header in table.headers if squeezed_name(header.title) in names]
    if rivals != [guess.header] or guess.note == COUNTS_ROWS:
        return False
    filled = [text for row in sample(table) if (text := row.cells[guess.header.index])]
    if guess.field.one_each and repeat_themselves(filled):
        return False
    readable = sum(can_read(guess.field, text) for text in filled)
    return len(filled) < FEW or readable * 2 >= len(filled)


COUNTS_ROWS = "Only counts the rows, so next year it may be another person’s"


def guessed(table: Table) -> Matching:
    guesses = guess_columns(table.headers, sample(table), FIELDS)
    guesses = [looked_at(guess, table) for guess in without_needless(guesses)]
    return Matching(columns_by_field(guesses), {}, guesses)


def without_needless(guesses):
    """Leave out what only sounds like a field that another column makes needless."""
    sure = {guess.field.name: guess for guess in guesses if guess.field and guess.by_name}
    for guess in guesses:
        instead = [] if guess.by_name else sorted(NEEDLESS.get(guess.field.name, set()) & sure.keys())
        if instead:
            note = f"Perhaps {guess.field.label}; {sure[instead[0]].header.name} is enough"
            guess = replace(guess, field=None, confidence=Confidence.UNUSED, by_name=True, note=note)
        yield guess


def looked_at(guess, table):
    """The guess, in doubt where its numbers are those of the rows: 1, 2, 3, ..."""
    if not guess.field or guess.field.name != "number" or len(table.rows) < FEW:
        return guess
    values = table.column(guess.header.index)
    in_order = [str(count) for count in range(int(values[0] != "0"), len(values) + int(values[0] != "0"))]
    if normal_name(guess.header.title) in ROW_COUNTS and values == in_order:
        return replace(guess, confidence=Confidence.LOOK, note=COUNTS_ROWS)
    return guess


def sample(table):
    """Rows from all over the file: its beginning may be of one department alone."""
    step = max(1, len(table.rows) // SAMPLE)
    return table.rows[::step]


def matched(table: Table, names: dict, options: dict) -> Matching:
    """The matching that `names` (field to column name) gives this file. Raises `Refused`.

    Column names are compared as words, so that next year's `Annual Salary ` is this year's `AnnualSalary`.
    """
    unknown = sorted(names.keys() - BY_NAME.keys())
    if unknown:
        raise Refused(f"There is no field {unknown[0]}. The fields are: {', '.join(BY_NAME)}.")
    check_options(options)
    by_name = {header.name: header.index for header in table.headers}
    by_words = {}
    for header in table.headers:
        by_words.setdefault(squeezed_name(header.title), header.index)
    columns = {}
    for field, name in names.items():
        if not name:
            continue
        index = by_name.get(name)
        if index is None:
            index = by_words.get(squeezed_name(str(name)))
        if index is None:
            there = ", ".join(header.name for header in table.headers)
            raise Refused(f"The file has no column “{name}” for {BY_NAME[field].label}. It has: {there}.")
        if index in columns.values():
            raise Refused(f"Two fields are matched to the column {table.headers[index].name}.")
        columns[field] = index
    return Matching(columns, options, stated(table, columns))


def stated(table, columns):
    """What somebody has decided, in the shape of guesses, each sure."""
    fields = {index: BY_NAME[field] for field, index in columns.items()}
    by_index = {guess.header.index: guess for guess in guess_columns(table.headers, sample(table), FIELDS)}
    return [
        Guess(
            header=header,
            field=fields.get(header.index),
            confidence=Confidence.SURE if header.index in fields else Confidence.UNUSED,
            note="" if header.index in fields else "Left out",
            first_values=by_index[header.index].first_values,
        )
        for header in table.headers
    ]


def check_options(options):
    for name, value in options.items():
        if name not in OPTIONS:
            raise Refused(f"There is no option {name}. The options are: {', '.join(OPTIONS)}.")
        if value not in OPTIONS[name]:
            raise Refused(f"The option {name} is one of {', '.join(OPTIONS[name])}, not {value}.")


def read_json(text: str):
    """(names, options) of a JSON file: `{"columns": {field: column}, "options": {…}}`, or the columns alone.

    Raises `Refused`.
    """
    try:
        read = json.loads(text)
    except ValueError as problem:
        raise Refused(f"The mapping is not JSON: {problem}.") from None
    if not isinstance(read, dict):
        raise Refused('The mapping must be a JSON object such as {"number": "Emp ID"}.')
    names = read.get("columns", {name: value for name, value in read.items() if name != "options"})
    options = read.get("options", {})
    if not isinstance(names, dict) or not isinstance(options, dict):
        raise Refused("In the mapping, columns and options must be JSON objects.")
    texts = [value for value in [*names.values(), *options.values()] if value is not None]
    if not all(isinstance(value, str) for value in texts):
        raise Refused("In the mapping, each field is matched to the name of a column, as text.")
    if names and not names.keys() & BY_NAME.keys() and set(names.values()) & BY_NAME.keys():
        names = {field: column for column, field in names.items() if field in BY_NAME}  # column to field
    return names, options
