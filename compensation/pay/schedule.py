"""The schedule: grades with a minimum, midpoint and maximum, and the steps between where the county has them.

An open range has no maximum. A tenure chart has years of service in place of steps, and may leave some out: a
year that is left out pays as the one before it.

Amounts are full-time rates: cents a year, or ten-thousandths of a dollar an hour where `basis` is "hourly".
"""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from compensation.pay.money import MILLION, dollars, half_up, hourly, rounded

METHODS = ("cells", "minimum", "increment")


class Grade(NamedTuple):
    code: str
    minimum: int
    midpoint: int | None  # None: an open range whose county states none
    maximum: int | None  # None: an open range
    steps: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()  # of the steps, rising: from 1, in some counties from 0; or years


class Schedule(NamedTuple):
    grades: tuple[Grade, ...]
    basis: str = "annual"

    @property
    def by_code(self):
        return {grade.code: grade for grade in self.grades}


class Raise(NamedTuple):
    """An across-the-board increase: the greater of `percent` (millionths) and `at_least`, plus `amount`.

    `at_least` and `amount` are in the unit of what is raised.
    """

    percent: int = 0
    at_least: int = 0
    amount: int = 0


class BadSchedule(ValueError):
    """A schedule that can't be used, or not raised as asked. The message is for the user."""


def graded_steps(code, steps, first_step=1):
    """A grade made of its steps, one after the other: minimum is the first, maximum the last, the midpoint
    lies half-way.
    """
    steps = tuple(steps)
    return numbered_steps(code, dict(enumerate(steps, first_step)))


def numbered_steps(code, steps):
    """A grade made of its steps by their numbers, or of years of service of which some are left out."""
    numbers, amounts = zip(*sorted(steps.items()), strict=True)
    first, last = amounts[0], amounts[-1]
    return Grade(code, first, middle(first, last), last, amounts, numbers)


def open_range(code, minimum, maximum, midpoint=None):
    """A grade without steps. The midpoint is half-way unless the county states another."""
    return Grade(code, minimum, middle(minimum, maximum) if midpoint is None else midpoint, maximum)


def middle(minimum, maximum):
    """Half-way; None where there is no maximum."""
    return None if maximum is None else half_up(minimum + maximum, 2)


def problems(schedule):
    """Sentences on what is wrong with the schedule, each naming the grade; none when it can be used."""
    show = hourly if schedule.basis == "hourly" else dollars
    found = [] if schedule.grades else ["The schedule has no grades."]
    codes = [grade.code for grade in schedule.grades]
    found += [
        f"Grade {code} is there more than once." for code in dict.fromkeys(codes) if codes.count(code) > 1
    ]
    for grade in schedule.grades:
        name = f"Grade {grade.code}"
        if grade.minimum <= 0:
            found.append(f"{name}: the minimum, {show(grade.minimum)}, is not above zero.")
        if grade.maximum is not None and grade.minimum > grade.maximum:
            found.append(
                f"{name}: the minimum, {show(grade.minimum)}, is above the maximum, {show(grade.maximum)}."
            )
        elif grade.midpoint is not None and not (
            grade.minimum <= grade.midpoint <= (grade.midpoint if grade.maximum is None else grade.maximum)
        ):
            found.append(f"{name}: the midpoint, {show(grade.midpoint)}, is not between minimum and maximum.")
        for (number, lower), (following, higher) in pairwise(zip(grade.numbers, grade.steps, strict=True)):
            if higher <= lower:
                found.append(
                    f"{name}: step {following}, {show(higher)}, is not above step {number}, {show(lower)}."
                )
        if grade.steps and (grade.steps[0], grade.steps[-1]) != (grade.minimum, grade.maximum):
            found.append(f"{name}: the first and last step are not the minimum and maximum.")
    return found


def raise_rate(rate, increase, *, place=1, mode="half_up"):
    """A rate after an across-the-board increase, rounded once to `place`, and never below the old."""
    added = max(rate * increase.percent, increase.at_least * MILLION) + increase.amount * MILLION
    if not added:  # a raise of nothing does not round
        return rate
    return max(rounded(rate * MILLION + added, MILLION, place=place, mode=mode), rate)


def regenerate(schedule, increase, method="cells", *, place=1, mode="half_up", divisor=30, between=None):
    """The schedule after an increase, by one of the three methods in use.

    "cells" raises and rounds each cell by itself. "minimum" raises the first step and rebuilds each step from
    the step before, `between` (millionths) higher; without it the percent is read off the old table.
    "increment" raises the first step and adds the same amount for each step, or year of service, one that is
    left out too: the new first step / `divisor`, rounded (the rule behind the federal General Schedule).
    `place` is in the schedule's unit: 1 the cent (or the fourth decimal of an hourly rate), 100 the dollar
    (or the cent). Raises BadSchedule with a sentence.
    """
    if method not in METHODS:
        raise BadSchedule(f"“{method}” is not a way to raise a schedule; use cells, minimum or increment.")
    if divisor < 1:
        raise BadSchedule("The divisor must be at least 1.")

    def higher(rate):
        return raise_rate(rate, increase, place=place, mode=mode)

    grades = []
    for grade in schedule.grades:
        if method == "cells":
            steps = tuple(map(higher, grade.steps))
        elif method == "increment":
            steps = _by_increment(grade, higher(grade.minimum), divisor, place, mode)
        else:
            steps = _by_percent(grade, higher(grade.minimum), between, place, mode)
        grades.append(_raised(grade, steps, higher, method, place, mode))
    return schedule._replace(grades=tuple(grades))


def _raised(grade, steps, higher, method, place, mode):
    """The grade with its new steps. A half-way midpoint stays half-way; another is raised like a cell."""
    if steps:
        minimum, maximum = steps[0], steps[-1]
    else:
        minimum = higher(grade.minimum)
        maximum = None if grade.maximum is None else higher(grade.maximum)
        if method == "minimum" and maximum is not None:  # the range keeps its spread
            maximum = rounded(minimum * grade.maximum, grade.minimum, place=place, mode=mode)
    half_way = grade.midpoint == middle(grade.minimum, grade.maximum)
    midpoint = middle(minimum, maximum) if half_way else higher(grade.midpoint)
    return Grade(grade.code, minimum, midpoint, maximum, steps, grade.numbers)


def _by_increment(grade, first, divisor, place, mode):
    if not grade.steps:
        raise BadSchedule(f"Grade {grade.code} has no steps, so it can't be raised by a fixed increment.")
    increment = rounded(first, divisor, place=place, mode=mode)
    return tuple(first + (number - grade.numbers[0]) * increment for number in grade.numbers)


def _by_percent(grade, first, between, place, mode):
    if not grade.steps:
        return ()
    steps = [first]
    ratios = [between] * (len(grade.steps) - 1) if between is not None else step_percents(grade, place, mode)
    for ratio, lower, higher in zip(ratios, grade.steps, grade.steps[1:], strict=False):
        if ratio is None:  # no percent of four decimals gives the old step: keep the proportion
            steps.append(rounded(steps[-1] * higher, lower, place=place, mode=mode))
        else:
            steps.append(rounded(steps[-1] * (MILLION + ratio), MILLION, place=place, mode=mode))
    return tuple(steps)


def step_percents(grade, place=1, mode="half_up"):
    """The percent (millionths) from step to step, read off the table: the roundest that gives every step.

    One percent for the whole grade where there is one, else the roundest for each step by itself, else None.
    """
    pairs = tuple(pairwise(grade.steps))
    common = _roundest(pairs, place, mode)
    if common is not None:
        return [common] * len(pairs)
    return [_roundest((pair,), place, mode) for pair in pairs]


def _roundest(pairs, place, mode):
    if not pairs:
        return None
    lower, higher = pairs[-1]
    for unit in (10_000, 5_000, 1_000, 500, 100, 10, 1):  # 1%, 0.5%, 0.1%, 0.05%, 0.01%, ... 0.0001%
        near = MILLION * (higher - lower) // lower // unit * unit
        for ratio in (near, near + unit):
            if all(rounded(a * (MILLION + ratio), MILLION, place=place, mode=mode) == b for a, b in pairs):
                return ratio
    return None


def shared_grades(schedules):
    """Codes of grades that stand in more than one of the schedules, in order."""
    counted = Counter(code for each in schedules for code in each.by_code)
    return sorted(code for code, count in counted.items() if count > 1)


def difference(old, new):
    """The cells that change: (grade, cell, before, after), where cell is "minimum", "maximum" or "step 4"."""
    before = {(grade.code, cell): rate for grade in old.grades for cell, rate in cells(grade)}
    after = {(grade.code, cell): rate for grade in new.grades for cell, rate in cells(grade)}
    keys = before | after
    return [(*key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]


def cells(grade):
    """The named rates of a grade: its steps, or those of the three points of a range that it has."""
    if grade.steps:
        return tuple(
            (f"step {number}", rate) for number, rate in zip(grade.numbers, grade.steps, strict=True)
        )
    points = ("minimum", grade.minimum), ("midpoint", grade.midpoint), ("maximum", grade.maximum)
    return tuple((name, rate) for name, rate in points if rate is not None)


def parse(table):
    """A schedule from what `dump` wrote. Amounts are integers of the schedule's unit."""
    grades = tuple(
        Grade(
            row["code"],
            row["minimum"],
            row["midpoint"],
            row["maximum"],
            tuple(row["steps"]),
            tuple(row["numbers"]),
        )
        for row in table["grades"]
    )
    return Schedule(grades, table["basis"])


def dump(schedule):
    """The schedule as plain data for JSON: what a run keeps of the table as it was."""
    grades = [
        grade._asdict() | {"steps": list(grade.steps), "numbers": list(grade.numbers)}
        for grade in schedule.grades
    ]
    return {"basis": schedule.basis, "grades": grades}
