"""From the cells of a roster to rows that know where they stand. Nothing here asks the database."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from exchange.dates import parse_date
from exchange.parsing import BadCell, parse_number, parse_text
from exchange.problems import Problem, Severity, cell_problem
from organization.dated import A_DAY
from organization.models import Assignment
from organization.roster.cells import parse_share, parse_share_in_percent
from organization.roster.fields import BY_NAME, HEAD_FIELDS, PAY_FIELDS
from organization.roster.names import split_name
from organization.roster.pay import (
    ANNUAL,
    HOURLY,
    full_time_rate,
    hours_of_a_year,
    hours_of_full_time,
    read_pay,
    unit_of_hours,
)
from organization.roster.state import ADVANCED, State

FTE_PLACE = Decimal("0.0001")
TOTAL = re.compile(r"((grand|sub|report|overall)[ -]?)?totals?\b.*|.*\btotals?:?", re.IGNORECASE)
NO_MONTH = "is not a date; there is no month"
LONGEST = {
    "first_name": 80,
    "last_name": 80,
    "middle_name": 40,
    "full_name": 160,
    "department": 120,
    "department_name": 120,
    "division": 120,
    "job_title": 160,
    "job_code": 30,
    "grade": 20,
    "fund": 120,
}


@dataclass(slots=True, kw_only=True)
class RosterRow(State):
    """What one row says. `department`, `job` and `fund` become codes once `references` has resolved them."""

    at: int  # the row, as a spreadsheet numbers it
    department_name: str | None = None
    job_title: str | None = None
    head: str | None = None
    is_gone: bool = False  # separated by the day of the file
    is_part_time: bool = False


@dataclass(slots=True)
class RosterFile:
    """A table with its matched columns, the rows read from it and every problem found in it."""

    table: object
    columns: dict
    on: date
    options: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    part_time_pay: list = field(default_factory=list)  # annual pay of people below full time, as written
    by_number: dict | None = None

    @property
    def pay_is_actual(self):
        """Whether annual pay is what people are paid at their FTE, not the full-time rate."""
        return self.options.get("part_time_pay") == "actual"

    @property
    def names_people(self):
        """False for a file that tells of departments and their heads alone."""
        return not self.columns.keys() <= HEAD_FIELDS

    @property
    def has_numbers(self):
        return "number" in self.columns

    @property
    def may_add(self):
        """Whether the file tells enough of a person to add him; else it changes only those who are known."""
        found = self.columns.keys()
        return bool(found & {"department", "department_name"}) and bool(found & PAY_FIELDS)

    def object_to(self, at, name, reason, mend="", severity=Severity.REFUSED):
        """Note a problem in a row, in the column that fills the field `name` if there is one."""
        if self.by_number is None:
            self.by_number = {row.number: row for row in self.table.rows}
        index = self.columns.get(name)
        if index is None:
            self.problems.append(Problem(row=at, reason=reason, mend=mend, severity=severity))
        else:
            bad = BadCell(reason, mend)
            header = self.table.headers[index]
            self.problems.append(cell_problem(self.by_number[at], header, bad, severity=severity))


def read_rows(table, matching, *, on):
    """The `RosterFile` of a table as of a day: every row, and every cell that cannot be read."""
    file = RosterFile(table, dict(matching.columns), on, matching.options)
    file.problems.extend(table.problems)
    file.notes.extend(table.notes)
    readers = readers_of(file)
    remembered = {name: {} for name in readers}
    cells = [(name, index, readers[name], remembered[name]) for name, index in matching.columns.items()]
    for row in table.rows:
        values = {}
        for name, index, read, known in cells:
            text = row.cells[index]
            if not text:
                continue
            value = known.get(text)
            if value is None:
                try:
                    value = read(text)
                except BadCell as bad:
                    value = bad
                known[text] = value
            if isinstance(value, BadCell):
                file.object_to(row.number, name, value.reason, value.mend)
                values[name] = BadCell
            else:
                values[name] = value
        read = row_of(file, row.number, values)
        if not (read.number or read.last_name) and is_total(row.cells):
            file.object_to(row.number, "", "looks like a total, not a person", "Take it out of the file.")
        file.rows.append(read)
    note_years(file)
    note_part_time_pay(file)
    return file


def is_total(cells):
    """Whether a row that is mostly empty calls itself a total, as subtotals between people do."""
    filled = [cell for cell in cells if cell]
    return len(filled) * 2 <= len(cells) + 1 and any(TOTAL.fullmatch(cell) for cell in filled)


def readers_of(file):
    """A function for each matched field that reads one cell."""
    options = file.options
    order = options.get("dates", "mdy")
    pivot = (file.on.year + 1) % 100  # nobody is hired years ahead: later two-digit years are 19xx

    def read_day(text):
        return parse_date(text, order, pivot=pivot)

    readers = {}
    for name, index in file.columns.items():
        looks_like = BY_NAME[name].looks_like
        if looks_like is parse_date:
            readers[name] = read_day
        elif name == "hours":
            readers[name] = hours_reader(
                unit_of_hours(file.table.headers[index], options.get("hours", "auto"))
            )
        elif name == "fte":
            readers[name] = share_reader(file, index)
        elif name in LONGEST:
            readers[name] = text_reader(LONGEST[name])
        else:
            readers[name] = looks_like
    return readers


def text_reader(longest):
    def read(text):
        return parse_text(text, longest=longest)

    return read


def share_reader(file, index):
    """Reads FTEs; in percent if the column's name says so and any of its values is above 1."""
    header = file.table.headers[index]
    words = header.title.lower()
    if not any(word in words for word in ("%", "percent", "pct")):
        return parse_share
    if not any(is_above_one(text) for text in set(file.table.column(index))):
        return parse_share
    file.notes.append(f"{header.name}: read in percent of full time, 50 as an FTE of 0.5.")
    return parse_share_in_percent


def is_above_one(text):
    try:
        return not text.endswith("%") and parse_number(text, places=12) > 1
    except BadCell:
        return False


def hours_reader(unit):
    def read(text):
        return hours_of_a_year(BY_NAME["hours"].looks_like(text), unit)

    return read


def row_of(file, at, values):
    """The row that these values make. What was refused already is `BadCell` in `values`, and left out."""
    bad = {name for name, value in values.items() if value is BadCell}
    for name in bad:
        del values[name]
    row = RosterRow(at=at)
    row.number = values.get("number") or ""
    for name in ("work_email", "hired_on", "in_position_since", "department", "department_name", "division"):
        setattr(row, name, values.get(name))
    for name in ("job_title", "supervisor", "head", "exempt", "grade", "step", "fund", "pay_set_by"):
        setattr(row, name, values.get(name))
    row.job = values.get("job_code")
    read_name(file, row, values)
    read_employment(file, row, values)
    read_share(file, row, values)
    if not file.names_people:
        require(file, row, bad, "head")
        return row
    if file.has_numbers:
        require(file, row, bad, "number")
    if row.hired_on and row.hired_on > file.on + 366 * A_DAY:
        file.object_to(at, "hired_on", "is more than a year ahead", "Look up the hire date.")
    read_advancements(file, row, values)
    if row.is_gone:
        return row
    if file.columns.keys() & PAY_FIELDS:
        read_row_pay(file, row, values, bad)
    if row.fte is not None and row.fte < 1:
        settle_part_time(file, row)
    named = row.department or row.department_name or bad & {"department", "department_name"}
    if file.may_add and not named:
        file.object_to(at, "department" if "department" in file.columns else "department_name", "is empty")
    return row


def read_advancements(file, row, values):
    """The last promotion and merit raise: the last up to the day of the file, which knows of no later one."""
    for name in ADVANCED:
        day = values.get(name)
        if day and day > file.on:
            file.object_to(row.at, name, "is after the day of the file; not taken", severity=Severity.LOOK)
        else:
            setattr(row, name, day)


def require(file, row, bad, name):
    if getattr(row, name) in (None, "") and name not in bad:
        file.object_to(
            row.at, name, "is empty", f"Write {BY_NAME[name].label[0].lower()}{BY_NAME[name].label[1:]}."
        )


def read_name(file, row, values):
    first, last = values.get("first_name"), values.get("last_name")
    if values.get("full_name") and not (first and last):
        first, last = split_name(values["full_name"])
        if len(first) > LONGEST["first_name"] or len(last) > LONGEST["last_name"]:
            file.object_to(row.at, "full_name", "is a longer name than fits")
            return
    if values.get("middle_name"):
        first = f"{first or ''} {values['middle_name']}".strip()
    row.first_name, row.last_name = first or None, last or None


def read_employment(file, row, values):
    last_day = values.get("separated_on")
    if last_day:
        row.separated_on = last_day + A_DAY
        if row.hired_on and row.separated_on <= row.hired_on:
            file.object_to(row.at, "separated_on", "is before the hire date", "Look up both dates.")
    row.is_gone = bool(row.separated_on and row.separated_on <= file.on)
    if values.get("status") is False and not row.is_gone:
        row.is_gone, row.separated_on = True, file.on


def read_share(file, row, values):
    """FTE, kind and hours. Full time is FTE 1; part time alone does not say which part."""
    said = [values[name] for name in ("kind", "full_time") if name in values]
    kind = next((kind for kind, _ in said if kind), None)
    full_time = next((full for _, full in reversed(said) if full is not None), None)
    row.kind = kind or (Assignment.Kind.REGULAR if "kind" in values else None)
    share = values.get("fte")
    if share is not None:
        row.fte = share.quantize(FTE_PLACE, rounding=ROUND_HALF_UP)
        if row.fte != share:
            reason = f"has more than four decimals; kept as {row.fte}"
            file.object_to(row.at, "fte", reason, severity=Severity.LOOK)
    elif full_time:
        row.fte = Decimal(1)
    row.is_part_time = full_time is False and share is None
    if "hours" in values:
        row.hours_per_year, doubt = values["hours"]
        if doubt:
            file.object_to(row.at, "hours", doubt, severity=Severity.LOOK)


def read_row_pay(file, row, values, bad):
    if bad & (PAY_FIELDS | {"basis"}):
        return
    try:
        pay = read_pay(values, file.options.get("rate", "auto"))
    except BadCell as problem:
        column = next(name for name in ("rate", "annual_pay", "hourly_rate") if name in file.columns)
        file.object_to(row.at, column, problem.reason, problem.mend)
        return
    row.basis, row.rate = pay.basis, pay.rate
    if pay.doubt:
        file.object_to(row.at, pay.doubt[0], pay.doubt[1], severity=Severity.LOOK)


def settle_part_time(file, row):
    """Make hours and an annual rate those of full time, as they are kept, where the file's are not."""
    if row.hours_per_year:
        try:
            hours = hours_of_full_time(
                row.hours_per_year, row.fte, file.options.get("part_time_hours", "auto")
            )
        except BadCell as problem:
            file.object_to(row.at, "hours", problem.reason, problem.mend)
            return
        row.hours_per_year, doubt = hours
        if doubt and row.basis == HOURLY:
            file.object_to(row.at, "hours", doubt, severity=Severity.LOOK)
    if row.basis == ANNUAL and row.rate:
        file.part_time_pay.append(row.rate)
        if file.pay_is_actual:
            row.rate = full_time_rate(row.rate, row.fte)


def note_part_time_pay(file):
    """Say what the annual pay of people below full time is taken for: the sum cannot show it."""
    if not file.part_time_pay:
        return
    count, total = len(file.part_time_pay), sum(file.part_time_pay)
    if file.pay_is_actual:
        file.notes.append(
            f"{count:,} {'row gives' if count == 1 else 'rows give'} what is paid at an FTE below 1, "
            f"${total:,.2f} in all; kept as the full-time rates that pay this."
        )
    else:
        file.notes.append(
            f"{count:,} {'row has' if count == 1 else 'rows have'} an FTE below 1 and annual pay, "
            f"${total:,.2f} in all, taken as the full-time rate. If it is what is paid at the FTE, choose so "
            "for part-time annual pay."
        )


def note_years(file):
    """Say how two-digit years were read, where there are any."""
    for name in ("hired_on", "in_position_since", "separated_on", *ADVANCED):
        if name not in file.columns:
            continue
        index = file.columns[name]
        if any(is_short_year(row.cells[index]) for row in file.table.rows[:2000]):
            pivot = (file.on.year + 1) % 100
            title = file.table.headers[index].name
            file.notes.append(f"{title}: two-digit years to {pivot:02d} are 20xx, later ones 19xx.")
    if any(problem.reason.startswith(NO_MONTH) for problem in file.problems):
        file.notes.append("Some dates have no such month. If the day comes first in this file, choose so.")


def is_short_year(text):
    last = text.replace("-", "/").rpartition("/")[2]
    return len(last) == 2 and last.isdigit() and len(text) > 4 and not text[:4].isdigit()
