"""A plan made ready for its cases: everything that is the same for all people is worked out once."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from compensation.pay import eligibility, money, periods, schedule
from compensation.pay.money import half_up
from compensation.pay.rules import Members, Period, Rules

NO_MAXIMUM = 10**18


class Terms(NamedTuple):
    """What a grade says to one case, in the unit of its rate: before and after the schedule's raise."""

    basis: str
    old_steps: dict[int, int]  # by number
    steps: tuple[int, ...]
    numbers: tuple[int, ...]
    places: dict[int, int]  # of each number among them
    is_raised: bool  # whether the plan has another table than the one before
    minimum: int
    maximum: int | None  # None: an open range
    midpoint: int | None

    @property
    def most(self):
        """The maximum, and for an open range more than anybody earns."""
        return NO_MAXIMUM if self.maximum is None else self.maximum


class Unit(NamedTuple):
    """How dollars of a full-time year become a rate: times `dollars`, over `hours`, rounded to `place`."""

    dollars: int
    hours: int
    place: int


class Prepared(NamedTuple):
    """A plan made ready: what is the same for all is worked out once."""

    rules: Rules
    tables: tuple  # of pairs: a schedule before the raise, and after it
    effective_on: date
    adopted_on: date | None
    round: Callable
    annual: Unit
    hourly_place: int
    across_gate: eligibility.Gate | None
    lift_gate: eligibility.Gate | None
    merit_gate: eligibility.Gate | None
    lump_gate: eligibility.Gate | None
    merit_values: tuple[int, ...]
    lump_values: tuple[int, ...]
    positions: tuple[int, ...]  # the cuts; none for merit by rating alone
    tenure_gate: eligibility.Gate | None
    tenure_table: tuple  # (the latest day since which somebody serves, value), the longest service first
    tenure_own_day: bool  # each person's anniversary
    tenure_once: bool  # paid once, no raise
    merit_own_day: bool
    lump_own_day: bool
    months_own_day: bool  # months of service are counted on another day than that of the raise
    anchor: date | None  # of the pay calendar
    period_length: int
    caps: bool
    uses_range: bool
    prorated: frozenset
    period: Period  # of the proration
    proposed: str | None  # the component that heads propose
    limits: dict  # of what they propose, by level
    terms: dict  # by grade; filled by (grade, basis, hours) for a basis that is not the schedule's
    noticed: dict | None  # cents a year that a notice allows, by number; None: no elected officer is raised
    groups: tuple  # of pairs: Members, and the group's own Prepared

    def of(self, case):
        """The plan as it is for a case: that of the first group it belongs to, else this one."""
        for members, plan in self.groups:
            if members.has(case):
                return plan
        return self


def prepare(
    rules,
    table=None,
    *,
    raised=None,
    further=(),
    adopted_on=None,
    anchor=None,
    period_length=14,
    noticed=None,
):
    """Make a plan ready for its cases.

    `table` is the schedule before the raise, `raised` the one after where the county has adopted it as a
    table of its own; otherwise it follows from the rules. `further` are such pairs for the other schedules
    that the plan goes by. `adopted_on` is the day of the order, `anchor` the first day of any pay period,
    `noticed` the cents a year that published notices allow elected officers by number. Raises
    schedule.BadSchedule or ValueError with a sentence; the rules themselves are judged by `checks`.
    """
    across, tenure, merit, lump = rules.across_the_board, rules.tenure, rules.merit, rules.lump_sum
    across_gate = across and eligibility.gate_of(across, rules)
    lifts = rules.schedule is not None and rules.schedule.lift_to_minimum
    caps = rules.at_maximum != "none"
    positions = merit.positions.cuts if merit and merit.positions else ()
    raises_by_years = tenure is not None and not tenure.paid_once

    pairs = ((table, raised), *further) if table else tuple(further)

    def of_group(group):
        """A table of the county's own holds where the group does not say how its schedule rises."""
        own = group.rules
        keeps = own.schedule in (None, rules.schedule)
        of_members = tables_of(group.members, [before for before, _ in pairs])
        tables = tuple((old, after if keeps else None) for old, after in pairs if old in of_members)
        calendar = {"anchor": anchor, "period_length": period_length, "noticed": noticed}
        return prepare(own, further=tables, adopted_on=adopted_on, **calendar)

    tables = tuple((before, after or raise_schedule(before, rules)) for before, after in pairs)
    return Prepared(
        rules=rules,
        tables=tables,
        effective_on=periods.effective_date(rules.effective_on, rules.effective_rule, anchor, period_length),
        adopted_on=adopted_on,
        round=money.MODES[rules.rounding.mode],
        annual=Unit(1, 1, money.PLACES[rules.rounding.place]),
        hourly_place=10 ** (4 - rules.rounding.hourly_decimals),
        across_gate=across_gate,
        lift_gate=(across_gate or eligibility.gate_of(None, rules)) if lifts else None,
        merit_gate=merit and eligibility.gate_of(merit, rules),
        lump_gate=lump and eligibility.gate_of(lump, rules),
        merit_values=_dense(merit.table) if merit else (),
        lump_values=_dense(lump.table) if lump else (),
        caps=caps,
        positions=positions,
        tenure_gate=tenure and eligibility.gate_of(tenure, rules),
        tenure_table=_tenure_days(tenure, rules) if tenure else (),
        tenure_own_day=_has_own_day(tenure),
        tenure_once=tenure is not None and tenure.paid_once,
        merit_own_day=_has_own_day(merit),
        lump_own_day=_has_own_day(lump),
        months_own_day=rules.proration.by == "months"
        and any(part and part.begins for part in (tenure, merit, lump)),
        anchor=anchor,
        period_length=period_length,
        uses_range=bool(tables)
        and (lifts or raises_by_years or (merit is not None and (caps or bool(positions)))),
        prorated=frozenset(rules.proration.components) if rules.proration.by != "none" else frozenset(),
        period=getattr(rules, rules.proration.of),
        proposed=rules.proposed_component,
        limits={limit.level: limit for limit in rules.proposals.limits} if rules.proposals else {},
        terms=_terms_by_grade(tables),
        noticed=(noticed or {}) if across and "elected" in across.who.kinds else None,
        groups=tuple((group.members, of_group(group)) for group in rules.groups),
    )


def tables_of(members, tables):
    """Those of the tables in which a grade of a group's Members stands; all where it is known by no grade."""
    if not members.grades:
        return list(tables)
    return [table for table in tables if not table.by_code.keys().isdisjoint(members.grades)]


def _terms_by_grade(tables):
    """The terms of each grade that is in a table before and after, in the unit of the schedule."""
    return {
        grade.code: _terms(new.basis, before[grade.code], grade)
        for old, new in tables
        for before in (old.by_code,)
        for grade in new.grades
        if grade.code in before
    }


def _terms(basis, before, grade):
    return Terms(
        basis,
        dict(zip(before.numbers, before.steps, strict=True)),
        grade.steps,
        grade.numbers,
        {number: place for place, number in enumerate(grade.numbers)},
        grade.steps is not before.steps,
        grade.minimum,
        grade.maximum,
        grade.midpoint,
    )


def raised_tables(plan):
    """The schedules of a prepared plan from the day of the raise on, in its order.

    A grade rises by the rules of the first group that is known by grades alone and has it, else by the
    plan's.
    """
    of_groups = {}
    for members, own in plan.groups:
        if members == Members(grades=members.grades):
            of_groups = {
                grade.code: grade
                for _, new in own.tables
                for grade in new.grades
                if grade.code in members.grades
            } | of_groups
    return [
        new._replace(grades=tuple(of_groups.get(grade.code, grade) for grade in new.grades))
        for _, new in plan.tables
    ]


def raise_schedule(table, rules):
    """The schedule as the plan raises it; unchanged where the plan says nothing of it."""
    rule, across = rules.schedule, rules.across_the_board
    if rule is None:
        return table
    place = money.PLACES[rule.place]
    if rule.percent is not None:
        increase = schedule.Raise(rule.percent)
    elif across is None:
        return table
    elif table.basis == "hourly":
        by_hour = [
            money.hourly_rate(dollars, rules.hours_per_year) for dollars in (across.at_least, across.amount)
        ]
        increase = schedule.Raise(across.given, *by_hour)
    else:
        increase = schedule.Raise(across.given, across.at_least, across.amount)
    if table.basis == "hourly":
        place = 10 ** (4 - rules.rounding.hourly_decimals)
    return schedule.regenerate(
        table,
        increase,
        rule.method,
        place=place,
        mode=rules.rounding.mode,
        divisor=rule.divisor,
        between=rule.between,
    )


def _has_own_day(component):
    return component is not None and component.begins is not None and component.begins.anniversary is not None


def _tenure_days(tenure, rules):
    on = tenure.as_of or rules.day_of(tenure)
    rows = sorted(tenure.table, reverse=True)
    return tuple((periods.months_before(on, row.months), row.value) for row in rows)


def _dense(bands):
    """What each level or hundredth of a score earns, by index; the last stands for all above."""
    top = max((band.starts if band.ends is None else band.ends for band in bands), default=0)
    values = [0] * (top + 1)
    for band in bands:
        for index in range(band.starts, top + 1 if band.ends is None else band.ends):
            values[index] = band.value
    return tuple(values)


def earned(values, measure):
    """What a level or score earns by a table that `_dense` made."""
    return values[measure] if measure < len(values) else values[-1]


def position(rate, terms, plan):
    """The column of the range in which a rate stands, from 0 (PAY-2); a rate at a cut is in the one above.

    `terms` are the grade's, after the schedule's raise and in the unit of the rate. None for an open range
    that has no such place.
    """
    if plan.rules.merit.positions.by == "compa_ratio":
        share, whole = rate, terms.midpoint
        if whole is None:
            return None
    elif terms.maximum is None:
        return None
    else:
        share, whole = rate - terms.minimum, terms.maximum - terms.minimum
    return bisect_right(plan.positions, share * 10_000, key=lambda cut: cut * whole)


def terms_of(case, plan, hours):
    """The terms of the case's grade in the unit of its rate; None for a grade that is in no schedule."""
    found = plan.terms.get(case.grade)
    if found is None or found.basis == case.basis:
        return found
    key = (case.grade, case.basis, hours)
    if key not in plan.terms:
        plan.terms[key] = _converted(found, case.basis, hours, plan.hourly_place)
    return plan.terms[key]


def _converted(terms, basis, hours, place):
    """Annual terms by the hour, or hourly terms by the year.

    An hourly maximum is rounded down and a minimum up, so that the pay of a year stays within the range; a
    step has its own hourly rate, rounded half up, as in the federal tables.
    """
    if basis == "hourly":

        def step(rate):
            return half_up(rate * 100, hours * place) * place

        maximum = terms.maximum and money.down(terms.maximum * 100, hours * place) * place
        minimum = money.up(terms.minimum * 100, hours * place) * place
        minimum = minimum if maximum is None else min(minimum, maximum)
        midpoint = terms.midpoint and step(terms.midpoint)
    else:

        def step(rate):
            return money.annual_rate(rate, hours)

        minimum, maximum, midpoint = (
            rate and step(rate) for rate in (terms.minimum, terms.maximum, terms.midpoint)
        )
    steps = tuple(map(step, terms.steps))
    if steps:
        minimum, maximum = steps[0], steps[-1]
    old_steps = {number: step(rate) for number, rate in terms.old_steps.items()}
    points = {"minimum": minimum, "maximum": maximum, "midpoint": midpoint}
    return terms._replace(basis=basis, old_steps=old_steps, steps=steps, **points)
