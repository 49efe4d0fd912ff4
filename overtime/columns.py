"""Which column of an overtime file is what: guessed by name and values, or as a person matched them."""

from typing import NamedTuple

from exchange.matching import Confidence, Field, Guess, columns_by_field, guess_columns, squeezed_name
from exchange.parsing import parse_date, parse_number
from organization.refusal import Refused


def read_day(text):
    return parse_date(text, excel_serials=True)


def read_hours(text):
    return parse_number(text, places=2)


FIELDS = (
    Field(
        name="number",
        label="Employee number",
        aliases=("employee id", "emp id", "employee", "person number", "staff number", "id"),
    ),
    Field(
        name="week_ending",
        label="Workweek ending",
        aliases=("week ending", "week end", "week ending date", "workweek end", "week end date", "we date"),
        perhaps=("period ending", "period end", "date"),
        looks_like=read_day,
    ),
    Field(
        name="week_starting",
        label="Workweek starting",
        aliases=("week starting", "week start", "week beginning", "workweek start", "week start date"),
        perhaps=("period starting", "period start"),
        looks_like=read_day,
    ),
    Field(
        name="hours",
        label="Hours worked",
        aliases=("hours", "total hours", "total hours worked", "all hours", "worked hours"),
        never=("hours paid", "paid hours", "regular hours", "straight time hours"),
        looks_like=read_hours,
    ),
    Field(
        name="overtime",
        label="Overtime hours",
        aliases=("ot hours", "ot", "overtime", "hours overtime", "ot hours worked", "overtime hours worked"),
        looks_like=read_hours,
    ),
    Field(
        name="days",
        label="Days in the work period",
        aliases=("work period days", "days in work period", "period days", "days in period", "days"),
        looks_like=read_hours,
    ),
    Field(
        name="comp_time",
        label="Overtime hours given as comp time",
        aliases=("comp time", "comp time hours", "compensatory time", "compensatory hours", "comp hours"),
        looks_like=read_hours,
    ),
    Field(
        name="straight_earnings",
        label="Straight-time earnings",
        aliases=("straight time", "straight time pay", "regular earnings", "regular pay", "straight pay"),
        looks_like=read_hours,
    ),
    Field(
        name="overtime_earnings",
        label="Overtime earnings",
        aliases=("ot earnings", "overtime pay", "ot pay", "overtime premium"),
        looks_like=read_hours,
    ),
)
BY_NAME = {field.name: field for field in FIELDS}
SAMPLE = 200


class Matching(NamedTuple):
    """`columns` is field to index; `guesses` say what each column is taken for."""

    columns: dict
    guesses: list[Guess]

    def problem(self):
        """Why no hours can be read with these columns: a sentence, or nothing."""
        for name in ("number", "hours", "overtime"):
            if name not in self.columns:
                return f"No column is matched to {BY_NAME[name].label}."
        if not self.columns.keys() & {"week_ending", "week_starting"}:
            return "No column is matched to Workweek ending or to Workweek starting."
        if self.columns.keys() >= {"week_ending", "week_starting"}:
            return "Match either Workweek ending or Workweek starting, not both."
        return ""


def guessed(table):
    guesses = guess_columns(table.headers, table.rows[:: max(1, len(table.rows) // SAMPLE)], FIELDS)
    columns = columns_by_field(guesses)
    if columns.keys() >= {"week_ending", "week_starting"}:
        del columns["week_starting"]  # the ending names the week already
        guesses = [
            Guess(header=each.header, field=None, confidence=Confidence.UNUSED,
                  note="The ending is enough", first_values=each.first_values)
            if each.field and each.field.name == "week_starting" else each
            for each in guesses
        ]  # fmt: skip
    return Matching(columns, guesses)


def matched(table, names):
    """The matching that `names` (field to column name) gives this file. Raises Refused."""
    by_name = {squeezed_name(header.name): header.index for header in table.headers}
    columns = {}
    for field, name in names.items():
        index = by_name.get(squeezed_name(str(name)))
        if field not in BY_NAME or index is None:
            raise Refused(f"The file has no column “{name}”.")
        columns[field] = index
    fields = {index: BY_NAME[field] for field, index in columns.items()}
    guesses = [
        Guess(
            header=each.header,
            field=fields.get(each.header.index),
            confidence=Confidence.SURE if each.header.index in fields else Confidence.UNUSED,
            note="" if each.header.index in fields else "Left out",
            first_values=each.first_values,
        )
        for each in guessed(table).guesses
    ]
    return Matching(columns, guesses)
