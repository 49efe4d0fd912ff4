"""Which column of a pay table is what: told by the columns' names, refused where in doubt."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from organization.refusal import Refused

# Names of the column of grades, the surest first: a table of jobs has a class code beside the grade.
GRADE_NAMES = (
    re.compile(r"(pay|salary)?grade(code)?"),
    re.compile(r"(pay|salary)?(group|range|band|level)(code)?"),
    re.compile(r"(pay|salary)?class(code)?"),
)
# A tenure chart has years in place of steps: year 0, year 1, or 1 year, 2 years.
STEP_NAMES = re.compile(r"(?:step|s|year|yr)?0*(\d{1,2})(?:years?|yrs?)?")
LETTERED_STEP_NAMES = re.compile(r"step([a-z])")
POINTS = {
    "minimum": re.compile(r"min(imum)?|lowest|start(ing)?|entry|beginning"),
    "midpoint": re.compile(r"mid(point)?|market(rate)?"),
    "maximum": re.compile(r"max(imum)?|highest|top"),
}
NAMED = ("grade", *POINTS)  # columns that an operator may name
STEP_COLUMN = re.compile(r"(pay|salary|grade)?step(no|number)?|years?(ofservice)?|serviceyears?")
AMOUNT_COLUMN = re.compile(
    r"(annual|hourly|base|yearly|step|pay)*(rate|amount|salary|pay|wage|annual|hourly)(ofpay)?"
)
UNITS = {
    **dict.fromkeys(["annual", "annually", "yearly", "year"], "annual"),
    **dict.fromkeys(["hourly", "hour", "hr"], "hourly"),
    **dict.fromkeys(["biweekly", "weekly", "monthly", "daily"], "other"),
}


@dataclass(kw_only=True)
class Columns:
    """Indexes of columns. Steps stand side by side in `steps`, or each in a row with `step` and `amount`."""

    grade: int
    steps: dict[int, int] = field(default_factory=dict)  # column to step number
    points: dict[str, int] = field(default_factory=dict)  # minimum, midpoint, maximum to column
    step: int | None = None
    amount: int | None = None
    by_years: bool = False  # a tenure chart, which may leave years out; a step is never left out


def find_columns(headers, basis, named):
    """The `Columns` of a table. `named` says which column is the grade, minimum, ... where that is in doubt.

    Raises Refused where in doubt, and where a column says that it is of another basis.
    """
    names = {header.index: _bare(header) for header in headers}
    grade = _grade(headers, names, named)
    steps, by_years = _steps(headers, names, grade)
    found = Columns(grade=grade, steps=steps, by_years=by_years)
    for point, pattern in POINTS.items():
        index = _point(headers, names, {grade, *steps}, point, pattern, basis, named)
        if index is not None:
            found.points[point] = index
    if not steps:
        _find_long(headers, names, found, basis)
    if grade in found.points.values():
        raise Refused("No column names the grades. Call one of them grade.")
    if not steps and found.amount is None and found.points.keys() & {"minimum", "maximum"} == {"minimum"}:
        raise Refused(
            "The file has a minimum and no maximum. If its ranges are open, add an empty column maximum."
        )
    if not steps and found.amount is None and not {"minimum", "maximum"} <= set(found.points):
        raise Refused(
            "The file has neither steps (step_1, step_2, ... or a column step and one of amounts) nor a "
            f"minimum and a maximum. Its columns are {', '.join(header.name for header in headers)}."
        )
    for index in [*steps, *found.points.values(), *([found.amount] if found.amount is not None else [])]:
        _check_basis(headers[index], basis)
    return found


def _bare(header):
    return re.sub(r"[^a-z0-9]", "", header.title.lower())


def _grade(headers, names, named):
    if "grade" in named:
        return _named(headers, named["grade"])
    for pattern in GRADE_NAMES:
        wanted = [index for index, name in names.items() if pattern.fullmatch(name)]
        if wanted:
            return _only(headers, wanted, "grade")
    if STEP_NAMES.fullmatch(names[0]) and headers[0].title:
        raise Refused("No column names the grades. Call one of them grade.")
    return 0


def _steps(headers, names, grade):
    """Column to step number, for steps side by side, and whether they are years; step A is step 1."""
    steps = {index: int(match[1]) for index, name in names.items() if (match := STEP_NAMES.fullmatch(name))}
    if not steps:
        lettered = {
            index: match[1] for index, name in names.items() if (match := LETTERED_STEP_NAMES.fullmatch(name))
        }
        alone = {index: name for index, name in names.items() if len(name) == 1 and index != grade}
        if not lettered and len(alone) > 1 and sorted(alone.values())[0] == "a":
            lettered = alone
        steps = {index: ord(letter) - ord("a") + 1 for index, letter in lettered.items()}
    steps.pop(grade, None)
    steps = dict(sorted(steps.items(), key=lambda item: item[1]))
    by_years = any(re.search("y(ea)?r", names[index]) for index in steps)
    for (one, lower), (other, higher) in pairwise(steps.items()):
        if lower == higher:
            raise Refused(
                f"Step {lower} stands in two columns, {headers[one].name} and {headers[other].name}."
            )
        if higher > lower + 1 and not by_years:
            raise Refused(f"The file has step {lower} and step {higher}, and no step {lower + 1}.")
    return steps, by_years


def _point(headers, names, taken, point, pattern, basis, named):
    if point in named:
        return _named(headers, named[point])
    wanted = [index for index, name in names.items() if pattern.fullmatch(name)]
    wanted = wanted or [
        header.index
        for header in headers
        if header.index not in taken
        and any(pattern.fullmatch(word) for word in re.split(r"[^a-z]+", header.title.lower()))
    ]
    wanted = _of_basis(headers, wanted, basis)
    if len(wanted) > 1 and point == "midpoint":
        return None
    return _only(headers, wanted, point) if wanted else None


def _find_long(headers, names, found, basis):
    """A step in each row: one column of steps, one of amounts."""
    step = [index for index, name in names.items() if STEP_COLUMN.fullmatch(name)]
    amounts = [index for index, name in names.items() if AMOUNT_COLUMN.fullmatch(name)]
    amounts = _of_basis(headers, [index for index in amounts if index != found.grade], basis)
    if len(step) == 1 and amounts and not found.points:
        found.step, found.amount = step[0], _only(headers, amounts, "amount")
        found.by_years = "year" in names[step[0]]


def _named(headers, name):
    for header in headers:
        if name.strip().lower() in (header.name.lower(), header.title.lower()):
            return header.index
    raise Refused(f"The file has no column {name}.")


def _only(headers, wanted, what):
    if len(wanted) > 1:
        these = " or ".join(headers[index].name for index in wanted)
        raise Refused(f"The {what} could be {these}. Keep one of them in the file.")
    return wanted[0]


def _of_basis(headers, wanted, basis):
    """Of several columns those that say that they are of this basis, if any does."""
    of_basis = [index for index in wanted if _unit(headers[index]) == basis]
    return of_basis if len(wanted) > 1 and of_basis else wanted


def _unit(header):
    """annual, hourly, other; nothing where the column's name does not say."""
    if STEP_NAMES.fullmatch(_bare(header)):  # year 1 of a tenure chart is no unit
        return ""
    words = re.split(r"[^a-z]+", header.title.lower().replace("bi-weekly", "biweekly"))
    return next((UNITS[word] for word in words if word in UNITS), "")


def _check_basis(header, basis):
    unit = _unit(header)
    if unit == "other":
        raise Refused(
            f"{header.name} is of pay that is neither annual nor hourly; only such tables are kept."
        )
    if unit and unit != basis:
        raise Refused(f"{header.name} is {unit}, and the table is read as {basis}. Choose the basis {unit}.")
