"""Reading the hours of an overtime file: each row used, left out, or refused with row, column and reason."""

from dataclasses import dataclass, field
from datetime import timedelta

from compensation.pay.money import plain
from compensation.pay.regular_rate import MOST_HOURS, STANDARD_WEEK, Week
from exchange.parsing import parse_money
from exchange.problems import BadCell, Problem, Severity, by_place, cell_problem, refused_rows
from look.formats import record_date
from organization.numbers import by_spelling
from overtime.columns import read_day, read_hours

SIX_DAYS = timedelta(days=6)


class OtherWeek(BadCell):
    """A week that is of no concern: nobody's weeks are incomplete without it."""


@dataclass
class Hours:
    """Weeks by employee number, and what was refused. `first_refused` is the row that keeps somebody back."""

    weeks: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    first_refused: dict = field(default_factory=dict)
    unused: int = 0

    @property
    def refused(self):
        return len(refused_rows(self.problems))


class Reader:
    """Reads the rows of a table for `wanted` employee numbers; `known` are those of the whole roster."""

    def __init__(self, table, columns, *, known, wanted, period):
        self.table, self.columns, self.period = table, columns, period
        self.known, self.wanted = by_spelling(known), wanted
        self.found = Hours(problems=list(table.problems))
        self.row_of = {}  # (number, last day of the week) to row

    def read(self):
        for row in self.table.rows:
            number = None
            try:
                number = self._number(row)
                if number in self.wanted:
                    self._keep(row, number)
                else:
                    self.found.unused += 1
            except Unreadable as problem:
                self.found.problems.append(problem.problem)
                if number and not isinstance(problem.bad, OtherWeek):
                    self.found.first_refused.setdefault(number, row.number)
        self.found.problems = by_place(self.found.problems)
        return self.found

    def _number(self, row):
        text = self._text(row, "number")
        number = self.known.get(text) or self.known.get(text.lstrip("0"))
        if number is None:
            bad = "is empty" if not text else "is the number of nobody on the roster"
            raise self._bad(row, "number", BadCell(bad))
        return number

    def _keep(self, row, number):
        day = "week_ending" if "week_ending" in self.columns else "week_starting"
        ends_on = self._read(row, day, read_day) + (SIX_DAYS if day == "week_starting" else timedelta(0))
        self._check_period(row, day, ends_on)
        hours, overtime = self._hours(row, "hours"), self._hours(row, "overtime")
        if overtime > hours:
            raise self._bad(row, "overtime", BadCell("is more than the hours worked"))
        self._check_other_weeks(row, day, number, ends_on)
        self._look_at(row, hours, overtime)
        week = Week(ends_on, hours, overtime, self._earnings(row))
        self.row_of[number, ends_on] = row.number
        self.found.weeks.setdefault(number, []).append(week)

    def _check_period(self, row, day, ends_on):
        if not self.period.starts_on <= ends_on <= self.period.ends_on:
            first, last = record_date(self.period.starts_on), record_date(self.period.ends_on)
            raise self._bad(
                row, day, OtherWeek(f"is no week of the service rewarded, which is {first} to {last}")
            )

    def _check_other_weeks(self, row, day, number, ends_on):
        if before := self.row_of.get((number, ends_on)):
            raise self._bad(row, day, BadCell(f"stands for the same person in row {before:,} already"))
        others = self.found.weeks.get(number)
        if others and (ends_on - others[0].ends_on).days % 7:
            raise self._bad(
                row, day, BadCell(f"overlaps: other weeks of the person end on a {others[0].ends_on:%A}")
            )

    def _hours(self, row, name):
        """Hundredths of an hour."""
        value = self._read(row, name, read_hours)
        if value < 0:
            raise self._bad(row, name, BadCell("is below zero"))
        if value * 100 > MOST_HOURS:
            raise self._bad(row, name, BadCell("is more than the 168 hours of a week"))
        return int(value * 100)

    def _earnings(self, row):
        """Straight time and overtime together, in cents; None where the file does not tell."""
        names = [name for name in ("straight_earnings", "overtime_earnings") if name in self.columns]
        if not names or not any(self._text(row, name) for name in names):
            return None
        cents = 0
        for name in names:
            if self._text(row, name):
                value = self._read(row, name, lambda text: parse_money(text, places=2))
                if value < 0:
                    raise self._bad(row, name, BadCell("is below zero"))
                cents += int(value * 100)
        return cents

    def _look_at(self, row, hours, overtime):
        """Overtime that is not what lies over 40 hours is taken as it is, and told."""
        over = max(0, hours - STANDARD_WEEK)
        if overtime != over:
            reason = f"is not the {plain(over, 2)} hours over 40; is it comp time, or another work period?"
            header = self.table.headers[self.columns["overtime"]]
            self.found.problems.append(cell_problem(row, header, BadCell(reason), severity=Severity.LOOK))

    def _text(self, row, name):
        return row.cells[self.columns[name]]

    def _read(self, row, name, read):
        text = self._text(row, name)
        try:
            if text.startswith("="):
                raise BadCell("is a formula without a result", "Save the file with its values.")
            return read(text)
        except BadCell as bad:
            raise self._bad(row, name, bad) from None

    def _bad(self, row, name, bad):
        return Unreadable(bad, cell_problem(row, self.table.headers[self.columns[name]], bad))


class Unreadable(Exception):
    def __init__(self, bad, problem: Problem):
        super().__init__(str(problem))
        self.bad, self.problem = bad, problem
