"""Reading the hours of an overtime file: each row used, left out, or refused with row, column and reason."""

from dataclasses import dataclass, field
from datetime import timedelta

from compensation.pay.money import plain
from compensation.pay.regular_rate import HOURS_OF_A_DAY, LONGEST_PERIOD, WEEK, Week, hours_before_overtime
from exchange.parsing import parse_money
from exchange.problems import BadCell, Problem, Severity, by_place, cell_problem, refused_rows
from look.formats import record_date
from organization.numbers import by_spelling
from overtime.columns import read_day, read_hours


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
        self.with_periods = set()  # numbers of people with work periods that are no workweeks
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
        days = self._days(row)
        ends_on = self._read(row, day, read_day) + timedelta(days - 1 if day == "week_starting" else 0)
        self._check_period(row, day, ends_on)
        hours, overtime = self._hours(row, "hours", days), self._hours(row, "overtime", days)
        if overtime > hours:
            raise self._bad(row, "overtime", BadCell("is more than the hours worked"))
        week = Week(ends_on, hours, overtime, self._earnings(row), days, self._comp_time(row, overtime, days))
        self._check_other_weeks(row, day, number, week)
        self._look_at(row, week)
        self.row_of[number, ends_on] = row.number
        self.found.weeks.setdefault(number, []).append(week)

    def _days(self, row):
        """Of the work period; a workweek where the file does not say."""
        if "days" not in self.columns or not self._text(row, "days"):
            return WEEK
        days = self._read(row, "days", read_hours)
        if days != int(days) or not WEEK <= days <= LONGEST_PERIOD:
            bad = f"is no number of days from {WEEK} to {LONGEST_PERIOD}"
            raise self._bad(row, "days", BadCell(bad, "A work period has so many (29 U.S.C. 207(k))."))
        return int(days)

    def _comp_time(self, row, overtime, days):
        if "comp_time" not in self.columns or not self._text(row, "comp_time"):
            return 0
        hours = self._hours(row, "comp_time", days)
        if hours > overtime:
            raise self._bad(row, "comp_time", BadCell("is more than the overtime hours"))
        return hours

    def _check_period(self, row, day, ends_on):
        if not self.period.starts_on <= ends_on <= self.period.ends_on:
            first, last = record_date(self.period.starts_on), record_date(self.period.ends_on)
            raise self._bad(
                row, day, OtherWeek(f"is no week of the service rewarded, which is {first} to {last}")
            )

    def _check_other_weeks(self, row, day, number, week):
        if before := self.row_of.get((number, week.ends_on)):
            raise self._bad(row, day, BadCell(f"stands for the same person in row {before:,} already"))
        others = self.found.weeks.get(number, ())
        if week.days != WEEK:
            self.with_periods.add(number)
        if number not in self.with_periods:
            if others and (week.ends_on - others[0].ends_on).days % WEEK:
                bad = f"overlaps: other weeks of the person end on a {others[0].ends_on:%A}"
                raise self._bad(row, day, BadCell(bad))
            return
        for each in others:
            if each.starts_on <= week.ends_on and week.starts_on <= each.ends_on:
                first, last = record_date(each.starts_on), record_date(each.ends_on)
                raise self._bad(
                    row, day, BadCell(f"overlaps the period of the person from {first} to {last}")
                )

    def _hours(self, row, name, days):
        """Hundredths of an hour."""
        value = self._read(row, name, read_hours)
        if value < 0:
            raise self._bad(row, name, BadCell("is below zero"))
        if value * 100 > HOURS_OF_A_DAY * days:
            of = "a week" if days == WEEK else f"{days} days"
            raise self._bad(row, name, BadCell(f"is more than the {24 * days} hours of {of}"))
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

    def _look_at(self, row, week):
        """Overtime that is not what lies over the hours of the law is taken as it is, and told."""
        bounds = hours_before_overtime(week.days)
        over = [max(0, week.hours - bound) for bound in bounds]
        if week.overtime in over:
            return
        if week.days == WEEK:
            reason = f"is not the {plain(over[0], 2)} hours over 40; is it another work period?"
        else:
            law, fire = (f"{plain(bound, 2)}" for bound in bounds)
            reason = f"is not what lies over {law} hours in {week.days} days, for fire protection over {fire}"
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
