"""Pay tables in files: grades with steps, or with minimum, midpoint and maximum, in any order of columns.

`grade, step_1 ... step_10` as the federal tables, `grade, step, amount` with a step in each row, `grade, min,
mid, max` as ranges, open where the maximum is empty. A tenure chart has years in place of steps, and may
leave some out. Columns that are something else are kept as they are when a table is written again.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from compensation.pay import schedule as pay_schedule
from compensation.schedules.columns import POINTS, Columns, find_columns
from exchange.parsing import parse_money
from exchange.problems import BadCell, Problem, by_place, cell_problem
from exchange.reading import read_table
from exchange.tables import UnreadableFile
from organization.refusal import Refused

NO_AMOUNT = re.compile(r"open|none|no ?max(imum)?|n/?a|-+|–|—", re.IGNORECASE)  # of an open range
SHORT = {"minimum": "min", "midpoint": "mid", "maximum": "max"}
MOST = 10**8  # dollars, from which on the database has no place


@dataclass(kw_only=True)
class ScheduleFile:
    """A table as read. `schedule` is None where `problems` were found."""

    headers: tuple
    rows: list
    basis: str
    columns: Columns
    grades: dict[int, pay_schedule.Grade] = field(default_factory=dict)  # row number to its grade
    problems: list[Problem] = field(default_factory=list)

    @property
    def units(self):
        return 10_000 if self.basis == "hourly" else 100

    @property
    def schedule(self):
        return None if self.problems else pay_schedule.Schedule(tuple(self.grades.values()), self.basis)


def read_schedule_file(content, file_name, *, basis="annual", named=None):
    """Read a pay table. `named` says which column is the grade, minimum, ... where that is in doubt.

    Returns a ScheduleFile whose `problems` name row and column. Raises Refused for a file that is no pay
    table.
    """
    try:
        table = read_table(content, file_name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None
    columns = find_columns(table.headers, basis, named or {})
    file = ScheduleFile(headers=table.headers, rows=table.rows, basis=basis, columns=columns)
    file.problems += table.problems
    if columns.amount is None:
        _read_grades(file)
    else:
        _read_steps(file)
    file.problems = by_place(file.problems)
    return file


def _read_grades(file):
    """A grade in each row."""
    seen = {}
    for row in file.rows:
        code = _code(file, row)
        if code in seen:
            _object(file, row, file.columns.grade, f"stands in row {seen[code]:,} already")
        elif code:
            seen[code] = row.number
            file.grades[row.number] = _grade(file, row, code)


def _read_steps(file):
    """A step in each row. The rows of a grade may stand anywhere."""
    grades = {}
    for row in file.rows:
        code, number = _code(file, row), _step_number(file, row)
        amount = _amount(file, row, file.columns.amount)
        if not code or number is None:
            continue
        steps = grades.setdefault(code, {})
        if number in steps:
            _object(
                file,
                row,
                file.columns.step,
                f"of grade {code} stands in row {steps[number][0].number:,} already",
            )
        else:
            steps[number] = row, amount
    for code, steps in grades.items():
        for lower, higher in pairwise(sorted(steps)):
            (before, less), (row, more) = steps[lower], steps[higher]
            if higher > lower + 1 and not file.columns.by_years:
                _object(
                    file,
                    row,
                    file.columns.step,
                    f"of grade {code} follows step {lower}; there is no step {lower + 1}",
                )
            if 1 < more <= less:
                _object(
                    file,
                    row,
                    file.columns.amount,
                    f"is not above step {lower}, {before.cells[file.columns.amount]}",
                )
        first = min(row.number for row, _ in steps.values())
        amounts = {number: amount for number, (_, amount) in steps.items()}
        file.grades[first] = pay_schedule.numbered_steps(code, amounts)


def _code(file, row):
    """The grade of a row; empty, with a problem, where it has none."""
    code = row.cells[file.columns.grade]
    if not code:
        _object(file, row, file.columns.grade, "has no grade")
    return code


def _step_number(file, row):
    """The number of a row's step, of which A is 1; None, with a problem, where there is none."""
    text = row.cells[file.columns.step].lower().removeprefix("step").strip()
    if text.isdecimal() and text.isascii() and len(text) < 3:
        return int(text)
    if len(text) == 1 and "a" <= text <= "z":
        return ord(text) - ord("a") + 1
    _object(file, row, file.columns.step, "is not a step" if text else "is empty")
    return None


def _object(file, row, index, reason):
    file.problems.append(cell_problem(row, file.headers[index], BadCell(reason)))


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


def _grade(file, row, code):
    """The grade of a row; what can't be read adds to the file's problems and is 1 cent meanwhile."""
    columns = file.columns
    values = {}
    for index in [*columns.steps, *columns.points.values()]:
        if row.cells[index] and not (index not in columns.steps and NO_AMOUNT.fullmatch(row.cells[index])):
            values[index] = _amount(file, row, index)
    steps = {number: values[index] for index, number in columns.steps.items() if index in values}
    _check_steps(file, row, values)
    if steps:
        return pay_schedule.numbered_steps(code, steps)
    points = [values.get(columns.points.get(point)) for point in POINTS]
    for point in ("minimum",) if points[2] is None else ("minimum", "midpoint"):
        index = columns.points.get(point)
        if index is not None and not row.cells[index]:
            _object(file, row, index, "is empty")
            return pay_schedule.open_range(code, 1, 1)
    if points[0] is None:
        file.problems.append(Problem(row=row.number, reason=f"has no amount for grade {code}"))
        return pay_schedule.open_range(code, 1, 1)
    minimum, midpoint, maximum = points
    known = [amount for amount in points if amount is not None]
    if known != sorted(known):
        if 1 not in known:
            last = columns.points["midpoint" if maximum is None else "maximum"]
            _object(file, row, last, "is out of order: minimum, midpoint and maximum must rise")
        return pay_schedule.open_range(code, minimum, max(known))
    return pay_schedule.open_range(code, minimum, maximum, midpoint)


def _amount(file, row, index):
    text = row.cells[index]
    try:
        if not text:
            raise BadCell("is empty")
        amount = parse_money(text, places=4 if file.basis == "hourly" else 2)
        if amount <= 0:
            raise BadCell("is not above zero")
        if amount >= MOST:
            raise BadCell("is more than is kept")
    except BadCell as bad:
        file.problems.append(cell_problem(row, file.headers[index], bad))
        return 1
    return int(amount * file.units)


def _check_steps(file, row, values):
    """A hole between two steps, and a step that is not above the one before."""
    steps = file.columns.steps
    known = [index for index in steps if index in values]
    if known and not file.columns.by_years:
        order = list(steps)
        for index in order[order.index(known[0]) : order.index(known[-1])]:
            if index not in values:
                _object(file, row, index, "is empty between two steps")
    for lower, higher in pairwise(known):
        if 1 < values[higher] <= values[lower]:
            _object(file, row, higher, f"is not above step {steps[lower]}, {row.cells[lower]}")


def rows_of(file, table, *, whole_dollars):
    """The rows of the file with the amounts of `table` (by grade) in their places, as text."""
    by_code = table.by_code
    columns = file.columns
    for row in file.rows:
        cells = list(row.cells)
        grade = by_code[cells[columns.grade]]
        by_number = dict(zip(grade.numbers, grade.steps, strict=True))
        places = columns.steps.items()
        if columns.amount is not None:
            places = [(columns.amount, _step_number(file, row))]
        for index, number in places:
            if cells[index] and number in by_number:
                cells[index] = written(by_number[number], file.basis, whole_dollars)
        for point, index in columns.points.items():
            amount = getattr(grade, point)
            if amount is not None and cells[index]:
                cells[index] = written(amount, file.basis, whole_dollars)
        yield cells


def columns_and_rows(table):
    """A table in the columns that an import reads again: steps, or years where some are left out, and the
    points of ranges where there are any.
    """
    numbers = sorted({number for grade in table.grades for number in grade.numbers})
    name = "step" if all(_follow_each_other(grade.numbers) for grade in table.grades) else "year"
    points = () if all(grade.steps for grade in table.grades) else POINTS
    columns = ["grade", *(f"{name}_{number}" for number in numbers), *(SHORT[point] for point in points)]
    rows = []
    for grade in table.grades:
        steps = dict(zip(grade.numbers, grade.steps, strict=True))
        amounts = [steps.get(number) for number in numbers] + [getattr(grade, point) for point in points]
        rows.append(
            [grade.code, *("" if amount is None else written(amount, table.basis) for amount in amounts)]
        )
    return columns, rows


def _follow_each_other(numbers):
    return all(higher == lower + 1 for lower, higher in pairwise(numbers))


def written(amount, basis, whole_dollars=False):
    """An amount of a schedule as plain digits: `22360`, `22360.50`, or `17.2500` an hour."""
    places = 4 if basis == "hourly" else 2
    value = Decimal(amount).scaleb(-places)
    return (
        str(value.to_integral_value()) if whole_dollars and value == value.to_integral_value() else str(value)
    )
