"""Pay tables in files: grades with steps, or with minimum, midpoint and maximum, in any order of columns.

`grade, step_1 ... step_10` as the federal tables, `grade, min, mid, max` as open ranges; both may stand in
one file. Columns that are something else are kept as they are when a table is written again.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from compensation.pay import schedule as pay_schedule
from exchange.parsing import parse_money
from exchange.problems import BadCell, Problem, by_place, cell_problem
from exchange.reading import read_table
from exchange.tables import UnreadableFile
from organization.refusal import Refused

GRADE_NAMES = re.compile(r"(pay|salary)?(grade|group|class|range|level)(code)?")
STEP_NAMES = re.compile(r"(?:step|s)?0*(\d{1,2})")
POINTS = {
    "minimum": re.compile(r"min(imum)?|lowest|start"),
    "midpoint": re.compile(r"mid(point)?|market(rate)?"),
    "maximum": re.compile(r"max(imum)?|highest|top"),
}


@dataclass(kw_only=True)
class ScheduleFile:
    """A table as read. `schedule` is None where `problems` were found."""

    headers: tuple
    rows: list
    basis: str
    grade: int
    steps: dict[int, int]  # column to step number
    points: dict[str, int]  # minimum, midpoint, maximum to column
    grades: dict[int, pay_schedule.Grade] = field(default_factory=dict)  # row number to its grade
    problems: list[Problem] = field(default_factory=list)

    @property
    def units(self):
        return 10_000 if self.basis == "hourly" else 100

    @property
    def schedule(self):
        return None if self.problems else pay_schedule.Schedule(tuple(self.grades.values()), self.basis)


def read_schedule_file(content, file_name, *, basis="annual", named=None):
    """Read a pay table. `named` says which column is the minimum or maximum where that is in doubt.

    Returns a ScheduleFile whose `problems` name row and column. Raises Refused for a file that is no pay
    table.
    """
    try:
        table = read_table(content, file_name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None
    grade, steps, points = _columns(table.headers, named or {})
    file = ScheduleFile(
        headers=table.headers, rows=table.rows, basis=basis, grade=grade, steps=steps, points=points
    )
    file.problems += table.problems
    seen = {}
    for row in table.rows:
        code = row.cells[grade]
        if not code:
            bad = BadCell("has no grade", "Write the grade, or leave the row out")
            file.problems.append(cell_problem(row, table.headers[grade], bad))
        elif code in seen:
            bad = BadCell(f"stands in row {seen[code]} already", "Each grade stands once")
            file.problems.append(cell_problem(row, table.headers[grade], bad))
        else:
            seen[code] = row.number
            file.grades[row.number] = _grade(file, row, code)
    if not table.rows:
        raise Refused("The file has column names and no rows.")
    file.problems = by_place(file.problems)
    return file


def refuse_problems(file):
    """Raise Refused with every problem in its details, if there is one."""
    if file.problems:
        count = len(file.problems)
        cells = "One cell" if count == 1 else f"{count} cells"
        details = {
            "refusals": [
                {"row": p.row, "column": p.column, "value": p.value, "reason": p.reason, "sentence": str(p)}
                for p in file.problems
            ]
        }
        raise Refused(f"{cells} can't be used: {file.problems[0]} Nothing was kept.", details=details)


def _columns(headers, named):
    """Which column is what: (grade, column to step, point to column). Raises Refused where in doubt."""
    names = {header.index: re.sub(r"[^a-z0-9]", "", header.name.lower()) for header in headers}
    steps = {index: int(match[1]) for index, name in names.items() if (match := STEP_NAMES.fullmatch(name))}
    points = {}
    for point, pattern in POINTS.items():
        if point in named:
            wanted = [header.index for header in headers if header.name.lower() == named[point].lower()]
            if not wanted:
                raise Refused(f"The file has no column {named[point]}.")
        else:
            wanted = [index for index, name in names.items() if pattern.fullmatch(name)]
            wanted = wanted or [
                header.index
                for header in headers
                if _has_word(header.name, pattern) and header.index not in steps
            ]
        if len(wanted) > 1 and point != "midpoint":
            both = " or ".join(headers[index].name for index in wanted)
            raise Refused(f"The {point} could be {both}. Name the column with --{point}.")
        if len(wanted) == 1:
            points[point] = wanted[0]
    graded = [index for index, name in names.items() if GRADE_NAMES.fullmatch(name)]
    grade = graded[0] if graded else 0
    if grade in steps or grade in points.values():
        raise Refused("No column names the grades. Call one of them grade.")
    if not steps and not {"minimum", "maximum"} <= set(points):
        raise Refused(
            "The file has neither steps (step_1, step_2, ...) nor a minimum and a maximum. "
            f"Its columns are {', '.join(header.name for header in headers)}."
        )
    return grade, dict(sorted(steps.items(), key=lambda item: item[1])), points


def _has_word(name, pattern):
    return any(pattern.fullmatch(word) for word in re.split(r"[^a-z]+", name.lower()))


def _grade(file, row, code):
    """The grade of a row; what can't be read adds to the file's problems and is 1 cent meanwhile."""
    values = {}
    for index in [*file.steps, *file.points.values()]:
        text = row.cells[index]
        if text or index in file.points.values():
            values[index] = _amount(file, row, index)
    steps = [(number, values[index]) for index, number in file.steps.items() if index in values]
    _check_steps(file, row, values)
    if steps:
        return pay_schedule.graded_steps(code, [amount for _, amount in steps], steps[0][0])
    points = [values.get(file.points.get(point)) for point in POINTS]
    if None in (points[0], points[2]):
        file.problems.append(Problem(row=row.number, reason=f"has no amount for grade {code}"))
        return pay_schedule.open_range(code, 1, 1)
    minimum, midpoint, maximum = points
    if minimum > maximum or (midpoint is not None and not minimum <= midpoint <= maximum):
        bad = BadCell("is out of order: minimum, midpoint and maximum must rise")
        file.problems.append(cell_problem(row, file.headers[file.points["maximum"]], bad))
        return pay_schedule.open_range(code, minimum, max(minimum, maximum))
    return pay_schedule.open_range(code, minimum, maximum, midpoint)


def _amount(file, row, index):
    try:
        amount = (
            parse_money(row.cells[index], places=4 if file.basis == "hourly" else 2)
            if row.cells[index]
            else None
        )
        if amount is None or amount <= 0:
            raise BadCell("is not above zero" if row.cells[index] else "is empty", "Write an amount")
    except BadCell as bad:
        file.problems.append(cell_problem(row, file.headers[index], bad))
        return 1
    return int(amount * file.units)


def _check_steps(file, row, values):
    """A hole between two steps, and a step that is not above the one before."""
    known = [index for index in file.steps if index in values]
    if known:
        between = list(file.steps)[: list(file.steps).index(known[-1])]
        for index in between[list(file.steps).index(known[0]) :]:
            if index not in values:
                bad = BadCell("is empty between two steps", "Write the amount of the step")
                file.problems.append(cell_problem(row, file.headers[index], bad))
    for lower, higher in pairwise(known):
        if 1 < values[higher] <= values[lower]:
            bad = BadCell(f"is not above step {file.steps[lower]}, {row.cells[lower]}")
            file.problems.append(cell_problem(row, file.headers[higher], bad))


def rows_of(file, table, *, whole_dollars):
    """The rows of the file with the amounts of `table` (by grade) in their places, as text."""
    by_code = table.by_code
    for row in file.rows:
        cells = list(row.cells)
        grade = by_code[cells[file.grade]]
        for index, number in file.steps.items():
            place = number - grade.first_step
            if cells[index] and 0 <= place < len(grade.steps):
                cells[index] = written(grade.steps[place], file.basis, whole_dollars)
        for point, index in file.points.items():
            cells[index] = written(getattr(grade, point), file.basis, whole_dollars)
        yield cells


def written(amount, basis, whole_dollars=False):
    """An amount of a schedule as plain digits: `22360`, `22360.50`, or `17.2500` an hour."""
    places = 4 if basis == "hourly" else 2
    value = Decimal(amount).scaleb(-places)
    return (
        str(value.to_integral_value()) if whole_dollars and value == value.to_integral_value() else str(value)
    )
