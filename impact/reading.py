"""Reading a file of groups: an employee number and a group in each row, all of it or nothing."""

from exchange.matching import Field, columns_by_field, guess_columns
from exchange.parsing import parse_text
from exchange.problems import BadCell, by_place, cell_problem
from exchange.reading import read_table
from exchange.tables import UnreadableFile
from organization.models import Employee
from organization.refusal import Refused

FIELDS = (
    Field(
        name="number", label="Employee number", aliases=("employee id", "emp id", "employee", "person number")
    ),
    Field(name="group", label="Group", aliases=("category", "class", "value")),
)
MOST_GROUPS = 20


def read_groups(content, file_name):
    """Employee id, as text, to group. Raises Refused, with each row that can't be used in its details."""
    try:
        table = read_table(content, file_name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None
    columns = columns_by_field(guess_columns(table.headers, table.rows[:200], FIELDS))
    for field in FIELDS:
        if field.name not in columns:
            raise Refused(f"No column is called {field.label}. The file needs Employee number and Group.")
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
