"""A pay plan as one document, with all that a calculation needs: rules, schedule, day of the order, examples.

The JSON of it is what a county exports and imports, and what `pay_case` computes by. Money and percents are
texts, as in the rules; `docs/pay-plan.md` and its JSON schema describe it.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import NamedTuple

from compensation.pay import money, written_rules
from compensation.pay import schedule as schedules
from compensation.pay.calculation import award
from compensation.pay.case import FIGURES, Award, PayCase
from compensation.pay.case_texts import BadFacts, read_case, write_award, write_case
from compensation.pay.codecs import DAY, day, listed, optional, several, text, whole
from compensation.pay.preparation import prepare
from compensation.pay.rules import BadRules, Problem, Rules

FORMAT = 1  # `county_hr_pay_plan`: a later shape of the document has a higher number
NUMBER = whole(0, 99)  # of a step, or a year of service
KEYS = (
    "county_hr_pay_plan",
    "title",
    "rules",
    "adopted_on",
    "pay_periods",
    "schedule",
    "raised_schedule",
    "further_schedules",
    "notices",
    "examples",
)


class PayPeriods(NamedTuple):
    """The pay calendar: the first day of any one period, and how many days a period has."""

    first_day: date
    days: int = 14


class Example(NamedTuple):
    """What an employee like this gets: figures of the award by name, as `case_texts.write_award` has them."""

    says: str
    case: PayCase
    gives: dict


class Document(NamedTuple):
    title: str
    rules: Rules
    adopted_on: date | None = None
    pay_periods: PayPeriods | None = None
    schedule: schedules.Schedule | None = None  # before the raise
    raised_schedule: schedules.Schedule | None = None  # after, where the county has adopted one of its own
    further_schedules: tuple = ()  # of such pairs, for the other schedules that the plan goes by
    notices: dict = {}  # number of an elected officer to the salary that a notice allows, in cents
    examples: tuple[Example, ...] = ()

    @property
    def tables(self):
        """Every schedule before the raise."""
        first = (self.schedule,) if self.schedule else ()
        return (*first, *(before for before, _ in self.further_schedules))

    def prepared(self):
        """The plan made ready for its cases; raises as `preparation.prepare` does."""
        periods = self.pay_periods or PayPeriods(None)
        return prepare(
            self.rules,
            self.schedule,
            raised=self.raised_schedule,
            further=self.further_schedules,
            adopted_on=self.adopted_on,
            anchor=periods.first_day,
            period_length=periods.days,
            noticed=self.notices,
        )


def read(data):
    """The Document in `data`, as `json.loads` gives it. Raises BadRules with all that can't be read."""
    if not isinstance(data, dict) or data.get("county_hr_pay_plan") != FORMAT:
        message = f"This is no pay plan's document: it does not say “county_hr_pay_plan”: {FORMAT}."
        raise BadRules([Problem("county_hr_pay_plan", "form", message)])
    problems = [
        Problem(key, "form", f"“{key}” is not a part of a pay plan's document.")
        for key in data
        if key not in KEYS
    ]
    try:
        rules = written_rules.parse(data.get("rules"))
    except BadRules as bad:
        rules = None
        problems += [problem._replace(field=f"rules.{problem.field}") for problem in bad.problems]

    def part(name, reader, default=None):
        if data.get(name) is None:
            return default
        try:
            return reader(data[name])
        except BadRules as bad:
            problems.extend(bad.problems)
        except ValueError as problem:
            problems.append(Problem(name, "form", str(problem)))
        return default

    document = Document(
        title=part("title", text, "Pay plan"),
        rules=rules,
        adopted_on=part("adopted_on", day),
        pay_periods=part("pay_periods", _read_periods),
        schedule=part("schedule", lambda table: read_schedule(table, "schedule")),
        raised_schedule=part("raised_schedule", lambda table: read_schedule(table, "raised_schedule")),
        further_schedules=part("further_schedules", _read_further, ()),
        notices=part("notices", _read_notices, {}),
        examples=part("examples", _read_examples, ()),
    )
    if problems:
        raise BadRules(problems)
    return document


def write(document):
    """The document as plain data for JSON, every default spelled out: `read(write(d)) == d`."""
    periods = document.pay_periods
    return {
        "county_hr_pay_plan": FORMAT,
        "title": document.title,
        "rules": written_rules.dump(document.rules),
        "adopted_on": optional(DAY).write(document.adopted_on),
        "pay_periods": periods and {"first_day": periods.first_day.isoformat(), "days": periods.days},
        "schedule": document.schedule and write_schedule(document.schedule),
        "raised_schedule": document.raised_schedule and write_schedule(document.raised_schedule),
        "further_schedules": [
            {"schedule": write_schedule(before), "raised_schedule": after and write_schedule(after)}
            for before, after in document.further_schedules
        ],
        "notices": {number: money.plain(cents, 2, at_least=2) for number, cents in document.notices.items()},
        "examples": [
            {"says": each.says, "case": write_case(each.case), "gives": each.gives}
            for each in document.examples
        ],
    }


class Failure(NamedTuple):
    """A figure of an example that does not come out as its plan says."""

    example: Example
    figure: str
    wanted: str
    came: str
    award: Award

    def __str__(self):
        return f"{self.example.says}: {self.figure} should be {self.wanted} and comes to {self.came}."


def failures(document):
    """Every figure of the document's examples that comes out otherwise; none when they all hold."""
    if not document.examples:
        return []
    plan, found = document.prepared(), []
    for example in document.examples:
        given = award(example.case, plan)
        figures = write_award(example.case, given, document.rules)
        for name, wanted in example.gives.items():
            if _figure(wanted) != _figure(figures[name]):
                found.append(Failure(example, name, str(wanted), str(figures[name]), given))
    return found


def _figure(value):
    """A figure to compare: 1,500.00 is 1500, and nothing is nothing."""
    if value is None or not str(value).strip():
        return None
    return Decimal(str(value).replace("$", "").replace(",", ""))


def _filled(data):
    return isinstance(data, dict) and bool(data)


def _is_figure(value):
    if isinstance(value, bool | float):
        return False
    try:
        return _figure(value) is None or _figure(value).is_finite()
    except InvalidOperation:
        return False


def read_schedule(table, field):
    """A schedule of rows such as `{"grade": "12", "steps": ["31250.00", ...]}`, or with minimum and maximum.

    An open range says `"maximum": null`; a chart that leaves years out has their `numbers`.

    `field` is where it stands in the document. Raises BadRules with every cell that can't be read and with
    all that is wrong between the cells.
    """
    if not isinstance(table, dict) or not isinstance(table.get("grades"), list):
        raise BadRules([Problem(field, "form", "A schedule has a basis and a list of grades.")])
    basis = table.get("basis", "annual")
    if basis not in ("annual", "hourly"):
        raise BadRules([Problem(f"{field}.basis", "form", f"“{basis}” is neither annual nor hourly.")])
    amount = money.read_hourly if basis == "hourly" else money.read_dollars
    grades, problems = [], []
    for number, row in enumerate(table["grades"], 1):
        try:
            grades.append(_read_grade(row, amount))
        except ValueError as problem:
            problems.append(Problem(f"{field}.grades.{number}", "form", str(problem)))
    found = schedules.Schedule(tuple(grades), basis)
    if not problems:
        problems = [
            Problem(field, "the schedule can be used", message) for message in schedules.problems(found)
        ]
    if problems:
        raise BadRules(problems)
    return found


def _read_further(data):
    if not isinstance(data, list) or not all(map(_filled, data)):
        raise ValueError("Further schedules are a list, each with a schedule and maybe a raised_schedule.")
    found, problems = [], []
    for number, pair in enumerate(data, 1):
        field = f"further_schedules.{number}"
        problems += [
            Problem(f"{field}.{name}", "form", f"“{name}” is not a part of a further schedule.")
            for name in pair.keys() - {"schedule", "raised_schedule"}
        ]
        try:
            before = read_schedule(pair.get("schedule"), f"{field}.schedule")
            after = pair.get("raised_schedule") and read_schedule(
                pair["raised_schedule"], f"{field}.raised_schedule"
            )
            found.append((before, after))
        except BadRules as bad:
            problems += bad.problems
    if problems:
        raise BadRules(problems)
    return tuple(found)


def _read_grade(row, amount):
    if not isinstance(row, dict):
        raise ValueError(f"“{row}” is not a grade.")
    unknown = set(row) - {"grade", "steps", "first_step", "numbers", "minimum", "midpoint", "maximum"}
    if unknown:
        raise ValueError(f"“{sorted(unknown)[0]}” is not a part of a grade.")
    code = text(row.get("grade"))
    if row.get("steps"):
        steps = tuple(map(amount, listed(row["steps"])))
        if row.get("numbers") is None:
            return schedules.graded_steps(code, steps, NUMBER.read(row.get("first_step", 1)))
        numbers = several(NUMBER).read(row["numbers"])
        if len(numbers) != len(steps) or any(higher <= lower for lower, higher in pairwise(numbers)):
            raise ValueError(f"Grade {code}: each step needs a number, and the numbers rise.")
        return schedules.numbered_steps(code, dict(zip(numbers, steps, strict=True)))
    if row.get("minimum") is None or "maximum" not in row:
        raise ValueError(f"Grade {code} needs steps, or a minimum and a maximum: null if it is open.")
    maximum, midpoint = (row.get(name) and amount(row[name]) for name in ("maximum", "midpoint"))
    return schedules.open_range(code, amount(row["minimum"]), maximum, midpoint)


def write_schedule(table):
    """What `read_schedule` reads."""
    decimals = 4 if table.basis == "hourly" else 2

    def show(amount):
        return money.plain(amount, decimals, at_least=decimals)

    rows = []
    for grade in table.grades:
        row = {"grade": grade.code}
        if grade.steps:
            row |= {"steps": [show(step) for step in grade.steps], "numbers": list(grade.numbers)}
        else:
            points = {name: getattr(grade, name) for name in ("minimum", "midpoint", "maximum")}
            row |= {name: None if rate is None else show(rate) for name, rate in points.items()}
        rows.append(row)
    return {"basis": table.basis, "grades": rows}


def _read_periods(data):
    if not isinstance(data, dict) or set(data) - {"first_day", "days"}:
        raise ValueError("Pay periods have a first_day and days.")
    return PayPeriods(day(data.get("first_day")), whole(7, 31).read(data.get("days", 14)))


def _read_notices(data):
    if not isinstance(data, dict):
        raise ValueError("Notices are yearly salaries by the number of the officer.")
    return {number: money.read_dollars(salary) for number, salary in data.items()}


def _read_examples(data):
    if not isinstance(data, list):
        raise ValueError("Examples are a list.")
    examples, problems = [], []
    for number, row in enumerate(data, 1):
        field = f"examples.{number}"
        if not isinstance(row, dict) or not _filled(row.get("case")) or not _filled(row.get("gives")):
            problems.append(Problem(field, "form", "An example has says, case and gives."))
            continue
        problems += [
            Problem(f"{field}.gives.{name}", "form", f"“{name}” is not a figure of an award.")
            for name in row["gives"]
            if name not in FIGURES
        ]
        problems += [
            Problem(f"{field}.gives.{name}", "form", f"“{given}” is not a figure.")
            for name, given in row["gives"].items()
            if not _is_figure(given)
        ]
        try:
            case = read_case({"number": f"Example {number}"} | row["case"])
            examples.append(Example(text(row.get("says")), case, row["gives"]))
        except BadFacts as bad:
            problems += [Problem(f"{field}.case.{name}", "form", message) for name, message in bad.problems]
        except ValueError as problem:
            problems.append(Problem(field, "form", str(problem)))
    if problems:
        raise BadRules(problems)
    return tuple(examples)
