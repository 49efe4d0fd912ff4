"""Reading a file of groups: an employee number and a group in each row, all of it or nothing."""

from dataclasses import replace

from exchange.matching import Field, columns_by_field, doubtful, guess_columns
from exchange.parsing import parse_text
from exchange.problems import BadCell, by_place, cell_problem
from exchange.reading import read_table
from exchange.tables import UnreadableFile
from organization.models import Employee
from organization.refusal import Refused

FIELDS = (
    Field(
        name="number",
        label="Employee number",
        aliases=("employee id", "emp id", "employee", "person number", "staff number"),
        one_each=True,
    ),
    Field(name="group", label="Group", aliases=("category", "class", "value")),
)
BY_NAME = {field.name: field for field in FIELDS}
MOST_GROUPS = 20


def read_file(content, file_name):
    """The table of a file. Raises Refused for one that is none."""
    try:
        return read_table(content, file_name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None


def guessed(table, chosen=None):
    """What each column is taken for; `chosen` is what a person said instead, as `ColumnsForm` posts it."""
    guesses = guess_columns(table.headers, table.rows[:200], FIELDS)
    if chosen is None:
        return guesses
    return [replace(each, field=BY_NAME.get(chosen.get(f"column_{each.header.index}"))) for each in guesses]


def clear_columns(guesses):
    """Field to index where both are told by their names; None where a person is to say which they are."""
    columns = columns_by_field(guesses)
    return columns if columns.keys() == BY_NAME.keys() and not doubtful(guesses) else None


def read_groups(table, columns):
    """Employee id, as text, to group. Raises Refused, with each row that can't be used in its details."""
    for field in FIELDS:
        if field.name not in columns:
            raise Refused(f"No column is matched to {field.label}.")
    known = {number: str(pk) for number, pk in Employee.objects.values_list("number", "pk")}
    groups, problems = {}, list(table.problems)
    for row in table.rows:
        for name, read in (("number", _number), ("group", _group)):
            try:
                value = read(row.cells[columns[name]], known, groups)
            except BadCell as bad:
                problems.append(cell_problem(row, table.headers[columns[name]], bad))
                break
            if name == "number":
                employee = value
        else:
            groups[employee] = value
    if problems:
        told = [
            {"row": each.row, "column": each.column, "sentence": str(each)} for each in by_place(problems)
        ]
        raise Refused(f"{told[0]['sentence']} Nothing was kept.", details={"problems": told})
    if len(set(groups.values())) > MOST_GROUPS:
        raise Refused(f"The file has more than {MOST_GROUPS} groups. Is the right column called Group?")
    if len(set(groups.values())) < 2:
        raise Refused("The file has one group alone, so there is nothing to compare.")
    return groups


def _number(text, known, groups):
    employee = known.get(text)
    if employee is None:
        raise BadCell("is the number of nobody on the roster" if text else "is empty")
    if employee in groups:
        raise BadCell("stands in the file twice")
    return employee


def _group(text, known, groups):
    if text.startswith("="):
        raise BadCell("is a formula without a result")
    return parse_text(text, longest=60)
