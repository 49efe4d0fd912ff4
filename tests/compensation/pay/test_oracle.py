"""A second calculation, in Decimal dollars and written from the rules' text alone, against the first."""

import calendar
from datetime import date, timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    localcontext,
)
from itertools import pairwise
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compensation.pay.calculation import award
from compensation.pay.case import PayCase
from compensation.pay.explain import arithmetic
from compensation.pay.preparation import prepare
from compensation.pay.reasons import findings, sentence
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    Begin,
    EmployerRates,
    LumpSum,
    Members,
    Merit,
    Period,
    Proration,
    Rounding,
    Rules,
    ScheduleRaise,
    Service,
    Team,
    Tenure,
    Who,
)
from compensation.pay.schedule import Schedule, graded_steps, open_range
from compensation.pay.written_rules import dump, parse

MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_UP, "down": ROUND_DOWN}
YEAR = Period(date(2026, 10, 1), date(2027, 9, 30))
RATED = Period(date(2025, 9, 1), date(2026, 8, 31))

# Shrinking a whole plan and its people takes minutes; what fails is printed in full anyway.
BROADLY = settings(max_examples=120, phases=(Phase.reuse, Phase.generate))


class Oracle:
    """One plan in Decimal: dollars a year or an hour, fractions of one instead of percents."""

    def __init__(self, rules, table, adopted_on):
        self.rules, self.table, self.adopted_on = rules, table, adopted_on
        self.mode = MODES[rules.rounding.mode]
        self.grades = {}
        for grade in table.grades:
            old = [Decimal(cents) / 100 for cents in (grade.steps or (grade.minimum, grade.maximum))]
            self.grades[grade.code] = (bool(grade.steps), old, self.raised_cells(grade, old))

    def raised_cells(self, grade, old):
        rule, across = self.rules.schedule, self.rules.across_the_board
        if rule is None or (rule.percent is None and across is None):
            return old
        place = Decimal("0.01") if rule.place == "cent" else Decimal(1)

        def up(cell):
            least = Decimal(across.at_least) / 100 if rule.percent is None else Decimal(0)
            extra = Decimal(across.amount) / 100 if rule.percent is None else Decimal(0)
            percent = across.percent if rule.percent is None else rule.percent
            more = max(cell * share(percent), least) + extra
            return max(self.round(cell + more, place), cell) if more else cell

        if rule.method == "cells":
            return [up(cell) for cell in old]
        first = up(old[0])
        if rule.method == "increment":
            increment = self.round(first / rule.divisor, place)
            return [first + increment * number for number in range(len(old))]
        if not grade.steps:
            return [first, self.round(first * old[1] / old[0], place)]
        new = [first]
        for _ in old[1:]:
            new.append(self.round(new[-1] * (1 + share(rule.between)), place))
        return new

    def round(self, amount, place):
        return (amount / place).quantize(Decimal(1), rounding=self.mode) * place

    def own_day(self, case, begins):
        """The day that a component names: that of the raise, one for all, or a person's anniversary."""
        if begins is None:
            return self.rules.effective_on
        if begins.on:
            return begins.on
        since, year = getattr(case, begins.anniversary), self.rules.fiscal_year
        if since is None:
            return None
        passed = [after(since, 12 * count) for count in range(1, 80)]
        return max(next(day for day in passed if day >= year.starts_on), self.rules.effective_on)

    def is_in(self, case, who, by, begins=None):
        r = self.rules
        starts = begins.on if begins and begins.on else r.effective_on
        day = who.as_of or starts
        if begins and begins.anniversary:
            own = self.own_day(case, begins)
            if own is None or own > r.fiscal_year.ends_on:
                return False
            if case.separated_on and case.separated_on <= own:
                return False
        level = max(who.at_least_level or 0, 3 if by else 0)
        least_score = max(who.at_least_score or 0, r.lowest_earning_score if by == "score" else 0)
        tests = [
            case.kind in who.kinds,
            not who.court_only or case.pay_set_by == "court",
            who.grant_funded or not case.is_grant,
            case.separated_on is None or case.separated_on > starts,
            case.grade not in who.grades_left_out,
            who.hired_by is None or (case.hired_on is not None and case.hired_on <= who.hired_by),
            served(case.hired_on, day, who.months_of_service),
            served(case.in_position_since, day, who.months_in_position),
            case.last_promotion_on is None or served(case.last_promotion_on, day, who.months_since_promotion),
            case.last_merit_on is None or served(case.last_merit_on, day, who.months_since_merit),
            not who.at_least_fte or (case.fte or 0) >= who.at_least_fte,
            not (by == "level" or who.at_least_level) or case.level is not None,
            case.level is None or case.level >= level,
            not (by == "score" or who.at_least_score)
            or (case.score is not None and case.score >= least_score),
            (case.service_weight or 0) >= who.at_least_service_weight,
        ]
        return all(tests)

    def part_of_year(self, case, component, begins=None):
        r = self.rules
        if r.proration.by == "none" or component not in r.proration.components:
            return Decimal(1)
        if case.hired_on is None:
            return Decimal(0)
        if r.proration.by == "months":
            until = self.own_day(case, begins) or r.effective_on
            months = (until.year - case.hired_on.year) * 12 + until.month - case.hired_on.month
            return Decimal(min(max(months, 0), 12)) / 12
        return part(getattr(r, r.proration.of), case.hired_on)

    def earned(self, component, case):
        measure = case.level if component.by == "level" else case.score
        for band in component.table:
            if band.starts <= measure and (band.ends is None or measure < band.ends):
                return band.value
        return 0

    def answer(self, case):
        r = self.rules
        hourly = case.basis == "hourly"
        hours = Decimal(case.hours_per_year or r.hours_per_year)
        rate = Decimal(case.rate) / (10_000 if hourly else 100)
        place = Decimal("0.0001") if r.rounding.hourly_decimals == 4 else Decimal("0.01")
        if not hourly:
            place = Decimal("0.01") if r.rounding.place == "cent" else Decimal(1)
        yearly = (hours if hourly else 1) * (Decimal(case.fte) / 10_000 if case.fte else 1)
        old, new, lowest, highest, steps = self.range_of(case, hours, place)

        across, given_across = r.across_the_board, False
        after = rate
        if across and self.is_in(case, across.who, None):
            given_across = True
            full_year = Decimal(across.at_least) / 100, Decimal(across.amount) / 100
            on_step = (
                steps and case.step is not None and 1 <= case.step <= len(old) and old[case.step - 1] == rate
            )
            if on_step and new is not old:
                after = max(new[case.step - 1], rate)
            elif not any(full_year) or case.fte is not None:
                least, extra = (amount / hours if hourly else amount for amount in full_year)
                more = max(rate * share(across.percent), least) + extra
                more *= self.part_of_year(case, "across_the_board")
                after = max(self.round(rate + more, place), rate) if more else rate
        over = Decimal(0)
        if across and across.stops_at_maximum and r.at_maximum != "none" and highest is not None:
            kept = min(after, max(highest, rate))
            over += self.cents(after * yearly) - self.cents(kept * yearly)
            after = kept
        lifting = r.schedule is not None and r.schedule.lift_to_minimum
        if lowest is not None and lifting and after < lowest:
            blocked = across is not None and given_across and self.no_part(case, across)
            if (given_across and not blocked) if across else self.is_in(case, r.who, None):
                after = lowest
        after, step = self.tenure(case, rate, after, hours, place, (new, highest, steps))
        base = self.merit(case._replace(step=step), rate, after, hours, place, (new, highest, steps))
        base, uncapped = base
        over += self.cents(uncapped * yearly) - self.cents(base * yearly)
        bases = {"new": base, "raised": after, "old": rate}
        lump = self.lump_sum(case, bases[r.lump_sum.base_used if r.lump_sum else "new"] * yearly)
        before, raised, paid = (self.cents(each * yearly) for each in (rate, after, base))
        excess = over if r.at_maximum == "split" else 0
        return {
            "lifted_rate": after,
            "new_rate": base,
            "old_annual": before,
            "merit": paid - raised,
            "new_annual": paid,
            "excess": excess,
            "forfeited": over - excess,
            "lump_sum": lump,
            "lump": excess + lump,
            **self.employer("raise", raised - before, before),
            **self.employer("merit", paid - raised, raised),
            **self.employer("lump", excess + lump, paid),
        }

    def tenure(self, case, rate, now, hours, place, grade):
        """What the years of service add, at most to the maximum; the step afterwards."""
        r, tenure = self.rules, self.rules.tenure
        new, highest, steps = grade
        if not tenure or not self.is_in(case, tenure.who, None):
            return now, case.step
        since, on = getattr(case, tenure.since), tenure.as_of or r.effective_on
        if since is None:
            return now, case.step
        value = 0
        for row in tenure.table:
            value = row.value if after(since, row.months) <= on else value
        if not value:
            return now, case.step
        if tenure.gives == "step":
            if not steps or new[min(value, len(new)) - 1] <= now:
                return now, case.step
            return new[min(value, len(new)) - 1], min(value, len(new))
        capped = r.at_maximum != "none" and highest is not None
        if tenure.gives == "steps":
            if not steps or case.step is None or not 1 <= case.step <= len(new):
                return now, case.step
            step = min(case.step + value, len(new))
            more = now + new[step - 1] - new[case.step - 1]
        elif tenure.gives == "amount" and case.fte is None:
            return now, case.step
        else:
            step = case.step
            if tenure.gives == "amount":
                more = Decimal(value) / 100 / (hours if case.basis == "hourly" else 1)
            else:
                more = (now if r.order == "compounded" else rate) * share(value)
            more = max(self.round(now + more, place), now)
        return (min(more, max(highest, now)) if capped else more), step

    def employer(self, name, amount, before):
        """Social Security up to the wage base, Medicare and retirement on all of it, each to the cent."""
        rates = self.rules.employer
        taxed = min(amount, max(Decimal(rates.wage_base) / 100 - before, 0))
        fica = self.cents(taxed * share(rates.social_security)) + self.cents(amount * share(rates.medicare))
        return {f"fica_{name}": fica, f"retirement_{name}": self.cents(amount * share(rates.retirement))}

    def no_part(self, case, across):
        """Dollars without an FTE, or no service: nothing across the board, and so no lift."""
        return ((across.at_least or across.amount) and case.fte is None) or not self.part_of_year(
            case, "across_the_board"
        )

    def merit(self, case, rate, after, hours, place, grade):
        r, merit = self.rules, self.rules.merit
        new, highest, steps = grade
        if not merit or not self.is_in(case, merit.who or r.who, merit.by, merit.begins):
            return after, after
        if not self.earned(merit, case):
            return after, after
        value, caps = self.earned(merit, case), r.at_maximum != "none"
        if merit.gives == "steps":
            if not steps or case.step is None or not 1 <= case.step <= len(new):
                return after, after
            to = min(case.step + value, len(new))
            reached = after + new[to - 1] - new[case.step - 1]
            beyond = (new[-1] - new[-2]) * (case.step + value - to) if caps and len(new) > 1 else 0
            return (min(reached, max(highest, after)) if caps else reached), reached + beyond
        if merit.gives == "amount":
            if case.fte is None:
                return after, after
            more = Decimal(value) / 100 / (hours if case.basis == "hourly" else 1)
        else:
            more = (after if r.order == "compounded" else rate) * share(value)
        more *= self.part_of_year(case, "merit", merit.begins)
        uncapped = max(self.round(after + more, place), after) if more else after
        if highest is None or not caps:
            return uncapped, uncapped
        return min(uncapped, max(highest, after)), uncapped

    def lump_sum(self, case, pay):
        r, lump = self.rules, self.rules.lump_sum
        by = "level" if lump and lump.by == "team" else lump and lump.by
        if not lump or not self.is_in(case, lump.who or r.who, by, lump.begins):
            return 0
        amount = Decimal(self.of_team(lump, case) if lump.by == "team" else self.earned(lump, case))
        if lump.gives == "percent":
            amount = share(amount) * pay
        elif lump.gives == "earnings":
            amount = share(amount) * Decimal(case.earnings or 0) / 100
        else:
            if lump.follows_fte and case.fte is None:
                return 0
            amount = amount / 100 * (Decimal(case.fte) / 10_000 if lump.follows_fte else 1)
        if lump.gives != "earnings":
            amount *= self.part_of_year(case, "lump_sum", lump.begins)
        if lump.from_adoption_on and self.adopted_on:
            hired = case.hired_on
            by_days = (
                lump.gives != "earnings"
                and r.proration.by == "days"
                and getattr(r, r.proration.of) == r.performance_period
            )
            if (
                by_days
                and "lump_sum" in r.proration.components
                and hired
                and hired > r.performance_period.starts_on
            ):
                amount /= self.part_of_year(case, "lump_sum") or 1
                amount *= part(r.performance_period, max(hired, self.adopted_on))
            else:
                amount *= part(r.performance_period, self.adopted_on)
        return self.round(amount, Decimal("0.01") if r.rounding.place == "cent" else Decimal(1))

    @staticmethod
    def of_team(lump, case):
        for team in lump.teams:
            if not team.members.departments or case.department in team.members.departments:
                return (team.value if isinstance(team.value, tuple) else (team.value,) * 3)[case.level - 3]
        return 0

    def range_of(self, case, hours, place):
        """Old and new cells, minimum, maximum, and whether the cells are steps, by the unit of the case."""
        if case.fte is None or case.grade not in self.grades:
            return None, None, None, None, False
        steps, old, new = self.grades[case.grade]
        if case.basis == "annual":
            return old, new, new[0], new[-1], steps

        def by_hour(cell, rounding):
            return (cell / hours / place).quantize(Decimal(1), rounding=rounding) * place

        cells = [[by_hour(cell, ROUND_HALF_UP) for cell in row] for row in (old, new)]
        if steps:
            return cells[0], cells[0] if new is old else cells[1], cells[1][0], cells[1][-1], steps
        highest = by_hour(new[-1], ROUND_FLOOR)
        return *cells, min(by_hour(new[0], ROUND_CEILING), highest), highest, steps

    @staticmethod
    def cents(amount):
        return Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def share(millionths):
    return Decimal(millionths) / 1_000_000


def part(period, since):
    whole = (period.ends_on - period.starts_on).days + 1
    return Decimal(max((period.ends_on - max(period.starts_on, since)).days + 1, 0)) / whole


def served(since, day, months):
    """Whether `months` have passed since a day: counted forward, to the last day of a shorter month."""
    if not months:
        return True
    return since is not None and after(since, months) <= day


def after(since, months):
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(since.day, last))


def built(kind, **fields):
    """`st.builds` would invent what is left out; here it keeps its default."""
    return st.fixed_dictionaries(fields).map(lambda chosen: kind(**chosen))


percents = st.one_of(st.sampled_from((0, 5_000, 17_000, 20_000, 25_000)), st.integers(0, 120_000))
cents = st.one_of(st.just(0), st.integers(1, 400_000))
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
maybe_days = st.one_of(st.none(), days)
who_rules = built(
    Who,
    kinds=st.sampled_from((("regular",), ("regular", "temporary"))),
    court_only=st.booleans(),
    grant_funded=st.booleans(),
    hired_by=maybe_days,
    months_of_service=st.sampled_from((0, 12)),
    months_in_position=st.sampled_from((0, 6)),
    months_since_promotion=st.sampled_from((0, 6)),
    months_since_merit=st.sampled_from((0, 6, 13)),
    as_of=st.sampled_from((None, date(2027, 2, 28), date(2027, 1, 31))),
    at_least_fte=st.sampled_from((0, 5_000)),
    at_least_level=st.sampled_from((None, 4)),
    at_least_score=st.sampled_from((None, 360)),
    at_least_service_weight=st.sampled_from((0, 3_000)),
    grades_left_out=st.sampled_from(((), ("S",))),
)
easy_who = st.integers(0, 2).flatmap(lambda strict: who_rules if strict == 0 else st.just(Who()))


@st.composite
def tables(draw, gives, by):
    """Rising from level 3, or from a score of 2.50, without gaps."""
    edges = (
        (3, 4, 5, 6)
        if by == "level"
        else (*sorted(draw(st.sets(st.integers(250, 480), min_size=1, max_size=5))), None)
    )
    highest = {"steps": 3, "percent": 80_000, "amount": 500_000, "earnings": 80_000}[gives]
    values = sorted(draw(st.lists(st.integers(0, highest), min_size=len(edges) - 1, max_size=len(edges) - 1)))
    return tuple(Band(start, end, value) for (start, end), value in zip(pairwise(edges), values, strict=True))


@st.composite
def paid(draw, kind, values, **terms):
    gives, by = draw(st.sampled_from(values)), draw(st.sampled_from(("level", "score")))
    more = {name: draw(strategy) for name, strategy in terms.items()}
    return kind(gives, by, draw(tables(gives, by)), who=draw(st.none() | easy_who), **more)


own_days = st.none() | st.one_of(
    built(Begin, on=st.sampled_from((date(2027, 1, 1), date(2027, 4, 30)))),
    built(Begin, anniversary=st.sampled_from(("hired_on", "in_position_since"))),
)


@st.composite
def tenures(draw):
    gives = draw(st.sampled_from(("step", "steps", "percent", "amount")))
    highest = {"step": 12, "steps": 3, "percent": 50_000, "amount": 200_000}[gives]
    months = sorted(draw(st.sets(st.integers(0, 200), min_size=1, max_size=4)))
    values = sorted(draw(st.lists(st.integers(0, highest), min_size=len(months), max_size=len(months))))
    since = draw(st.sampled_from(("hired_on", "in_position_since")))
    as_of = draw(st.sampled_from((None, date(2027, 2, 28))))
    return Tenure(gives, tuple(map(Service, months, values)), since, as_of, draw(easy_who))


@st.composite
def team_lumps(draw):
    gives = draw(st.sampled_from(("percent", "amount", "earnings")))
    values = st.integers(0, 50_000)
    earned = values | st.lists(values, min_size=3, max_size=3).map(lambda row: tuple(sorted(row)))
    teams = (
        Team("Road crews", Members(departments=("ROAD",)), "Met", draw(earned)),
        Team("Jail and roads", Members(departments=("JAIL", "ROAD")), "Met in part", draw(earned)),
    )
    terms = {"who": draw(st.none() | easy_who), "begins": draw(own_days)}
    return LumpSum(gives, "team", teams=teams, follows_fte=draw(st.booleans()), **terms)


plans = built(
    Rules,
    fiscal_year=st.just(YEAR),
    performance_period=st.sampled_from((RATED, YEAR)),
    effective_on=st.sampled_from((date(2026, 10, 1), date(2027, 1, 1))),
    who=easy_who,
    across_the_board=st.none()
    | built(
        AcrossTheBoard,
        percent=percents,
        at_least=cents,
        amount=cents,
        stops_at_maximum=st.booleans(),
        who=easy_who,
    ),
    schedule=st.none()
    | built(
        ScheduleRaise,
        method=st.sampled_from(("cells", "minimum")),
        percent=st.none() | percents,
        place=st.sampled_from(("cent", "dollar")),
        between=st.integers(10_000, 60_000),
        lift_to_minimum=st.booleans(),
    ),
    tenure=st.none() | st.none() | tenures(),
    merit=st.one_of(st.none(), paid(Merit, ("steps", "percent", "amount"), begins=own_days)),
    lump_sum=st.one_of(
        st.none(),
        team_lumps(),
        paid(
            LumpSum,
            ("percent", "amount", "earnings"),
            begins=own_days,
            base_used=st.sampled_from(("new", "raised", "old")),
            follows_fte=st.booleans(),
            from_adoption_on=st.booleans(),
        ),
    ),
    order=st.sampled_from(("compounded", "additive")),
    at_maximum=st.sampled_from(("split", "forfeit", "none")),
    proration=built(
        Proration,
        by=st.sampled_from(("none", "days", "months")),
        of=st.sampled_from(("fiscal_year", "performance_period")),
        components=st.sampled_from(
            (("merit", "lump_sum"), ("across_the_board",), ("across_the_board", "merit", "lump_sum"))
        ),
    ),
    rounding=built(
        Rounding,
        mode=st.sampled_from(sorted(MODES)),
        place=st.sampled_from(("cent", "dollar")),
        hourly_decimals=st.sampled_from((2, 4)),
    ),
    hours_per_year=st.sampled_from((2080, 2087)),
    employer=st.just(EmployerRates(retirement=115_900)),
)  # fmt: skip

STEPS = tuple(range(3_000_000, 4_500_001, 150_000))
SCHEDULE = Schedule(
    (graded_steps("S", STEPS), open_range("R", 3_456_789, 6_000_050), open_range("P", 4_000_000, 4_000_000))
)


@st.composite
def cases(draw):
    basis = draw(st.sampled_from(("annual", "annual", "hourly")))
    grade = draw(st.sampled_from(("S", "S", "S", "R", "R", "P", "X", None)))
    step = draw(st.one_of(st.integers(1, 11), st.sampled_from((None, 0, 12)))) if grade == "S" else None
    rate = draw(st.one_of(st.integers(2_000_000, 7_000_000), st.sampled_from((1, 4_000_000, 6_000_050))))
    if step is not None and 1 <= step <= len(STEPS) and draw(st.integers(0, 3)):
        rate = STEPS[step - 1]
    hours = draw(st.sampled_from((None, 2080, 2087, 1950)))
    if basis == "hourly":
        rate = max((rate * 100 + 1040) // (hours or 2080), 1)
    case = PayCase(
        number="1",
        basis=basis,
        rate=rate,
        hours_per_year=hours,
        fte=draw(st.sampled_from((10_000, 10_000, 10_000, 5_000, 3_333, None))),
        grade=grade,
        step=step,
        hired_on=draw(st.one_of(st.just(date(2015, 1, 5)), days)),
        in_position_since=date(2015, 1, 5),
        level=draw(st.integers(3, 5)),
        score=draw(st.integers(250, 500)),
        service_weight=3_000,
        department=draw(st.sampled_from(("ROAD", "JAIL", "CLK"))),
        earnings=draw(st.integers(1_000_000, 9_000_000)),
    )
    if draw(st.integers(0, 3)):
        return case
    odd = {
        "kind": st.sampled_from(("temporary", "elected")),
        "pay_set_by": st.just("judges"),
        "is_grant": st.just(True),
        "hired_on": maybe_days,
        "in_position_since": maybe_days,
        "level": st.none() | st.integers(1, 5),
        "score": st.none() | st.integers(100, 500),
        "service_weight": st.sampled_from((None, 2_999)),
        "last_promotion_on": maybe_days,
        "last_merit_on": maybe_days,
        "separated_on": days,
        "earnings": st.none(),
    }
    for field in draw(st.sets(st.sampled_from(sorted(odd)), min_size=1, max_size=3)):
        case = case._replace(**{field: draw(odd[field])})
    return case


adoptions = st.sampled_from((None, date(2025, 8, 26), date(2026, 1, 12), date(2027, 1, 12)))


@BROADLY
@given(plans, st.lists(cases(), min_size=8, max_size=8), adoptions)
def test_both_calculations_agree_on_every_figure(rules, people, adopted_on):
    plan = prepare(rules, SCHEDULE, adopted_on=adopted_on)
    with localcontext(prec=60):
        oracle = Oracle(rules, SCHEDULE, adopted_on)
        for case in people:
            agree(oracle, case, award(case, plan))


def agree(oracle, case, given_):
    expected = oracle.answer(case)
    unit = 10_000 if case.basis == "hourly" else 100
    found = {name: Decimal(getattr(given_, name)) / 100 for name in expected}
    found |= {name: Decimal(getattr(given_, name)) / unit for name in ("lifted_rate", "new_rate")}
    assert found == expected


def levels(*values):
    return tuple(Band(level, level + 1, value) for level, value in enumerate(values, start=3))


TAKES_PART = Who(months_in_position=6, at_least_service_weight=3_000)
YEAR_ONE = Rules(
    YEAR,
    RATED,
    date(2026, 10, 3),
    who=TAKES_PART,
    across_the_board=AcrossTheBoard(20_000),
    schedule=ScheduleRaise(),
    merit=Merit("steps", "level", levels(1, 1, 2)),
    employer=EmployerRates(retirement=115_900),
)
BY_INCREMENT = YEAR_ONE._replace(schedule=ScheduleRaise("increment", place="dollar"))
YEAR_TWO = YEAR_ONE._replace(
    across_the_board=None,
    schedule=None,
    merit=None,
    lump_sum=LumpSum("amount", "level", levels(75_000, 112_500, 150_000), from_adoption_on=True),
    proration=Proration(),
)
MIXED = YEAR_ONE._replace(
    merit=Merit("percent", "level", levels(20_000, 27_500, 35_000)),
    lump_sum=LumpSum("percent", "level", levels(5_000, 7_500, 10_000)),
    proration=Proration("days", "performance_period"),
)
ON_STEPS = Schedule((graded_steps("S", tuple(range(3_000_000, 4_500_001, 150_000))),))


def staff(many):
    """People of all kinds, the same each time: most on a step or in a range, some at or above the maximum."""
    chosen = Random(2027)
    for number in range(many):
        grade = chosen.choice(("S", "S", "S", "R", "R", "P", None))
        step = chosen.randint(1, 11) if grade == "S" else None
        rate = STEPS[step - 1] if step and chosen.random() < 0.8 else chosen.randint(2_000_000, 21_000_000)
        hourly = chosen.random() < 0.4
        hired_on = date(2015, 1, 1) + timedelta(chosen.randrange(4_260))
        rating = chosen.choice((None, 1, 2, 3, 3, 3, 4, 4, 5))
        yield PayCase(
            number=str(number),
            basis="hourly" if hourly else "annual",
            rate=rate * 100 // 2080 if hourly else rate,
            hours_per_year=2080,
            fte=chosen.choice((10_000,) * 8 + (5_000, 7_500, None)),
            kind=chosen.choice(("regular",) * 9 + ("temporary", "elected")),
            pay_set_by=chosen.choice(("court",) * 9 + ("judges",)),
            is_grant=chosen.random() < 0.05,
            grade=grade,
            step=step,
            hired_on=hired_on,
            in_position_since=max(hired_on, date(2024, 10, 1) + timedelta(chosen.randrange(700))),
            level=rating,
            score=rating and rating * 100,
            service_weight=rating and chosen.choice((4_500, 4_500, 4_500, 3_000, 2_000)),
        )


@pytest.mark.parametrize(
    ("rules", "table"),
    [(YEAR_ONE, SCHEDULE), (BY_INCREMENT, ON_STEPS), (YEAR_TWO, SCHEDULE), (MIXED, SCHEDULE)],
    ids=["year one", "steps by increment", "year two", "mixed"],
)
def test_the_years_of_the_initiative_for_two_thousand_people(rules, table):
    plan = prepare(rules, table, adopted_on=date(2025, 8, 26))
    with localcontext(prec=60):
        oracle = Oracle(rules, table, date(2025, 8, 26))
        for case in staff(2_000):
            agree(oracle, case, award(case, plan))


def test_the_second_year_begins_with_what_the_first_one_gave():
    """Year one raises the table and the people; year two pays once on that, and leaves base pay alone."""
    first = prepare(YEAR_ONE, SCHEDULE)
    second = prepare(YEAR_TWO._replace(effective_on=date(2027, 10, 2)), first.new)
    with localcontext(prec=60):
        oracle = Oracle(second.rules, first.new, None)
        for case in staff(2_000):
            given_ = award(case, first)
            assert given_.lump_sum == 0
            later = case._replace(rate=given_.new_rate, step=given_.new_step)
            paid = award(later, second)
            assert (paid.old_annual, paid.new_annual) == (given_.new_annual, given_.new_annual)
            agree(oracle, later, paid)


@BROADLY
@given(plans, st.lists(cases(), min_size=4, max_size=4), adoptions)
def test_what_always_holds(rules, people, adopted_on):
    """Sums of parts are totals; pay never falls; what lifts above the maximum is never merit; ledgers sum."""
    plan = prepare(rules, SCHEDULE, adopted_on=adopted_on)
    for case in people:
        given_ = award(case, plan)
        assert given_.new_rate >= given_.lifted_rate >= given_.raised_rate >= given_.old_rate == case.rate
        assert given_.new_annual - given_.old_annual == given_.across_the_board + given_.lift + given_.merit
        assert given_.lump == given_.excess + given_.lump_sum
        assert min(given_.across_the_board, given_.lift, given_.merit, given_.lump, given_.forfeited) >= 0
        if given_.range_maximum is not None and rules.at_maximum != "none":
            assert given_.new_rate <= max(given_.range_maximum, given_.lifted_rate)
        lines = arithmetic(case, given_, rules)
        for section in {line.section for line in lines}:
            parts = [line for line in lines if line.section == section]
            added = sum(line.amount for line in parts if line.kind in ("start", "add"))
            assert parts[-1].kind == "total"
            assert parts[-1].amount == added
        for reason in given_.reasons:
            assert sentence(reason, case, rules).endswith(".")
        components = {
            "atb": rules.across_the_board,
            "tenure": rules.tenure,
            "merit": rules.merit,
            "lump": rules.lump_sum,
        }
        for component in (name for name, rule in components.items() if rule):
            let_in = all(finding.met for finding in findings(component, case, given_.reasons, rules))
            assert let_in is not any(reason.startswith(component) for reason in given_.reasons)


@BROADLY
@given(plans, cases(), st.integers(250, 499), st.integers(3, 4), adoptions)
def test_a_better_rating_never_gets_less(rules, case, score, level, adopted_on):
    plan = prepare(rules, SCHEDULE, adopted_on=adopted_on)
    lower, higher = (award(case._replace(score=score + by, level=level + by), plan) for by in (0, 1))
    assert higher.new_rate >= lower.new_rate
    if higher.lifted_rate == lower.lifted_rate:  # else one of them was rounded to the dollar once more
        assert higher.merit + higher.excess + higher.forfeited >= lower.merit + lower.excess + lower.forfeited
    assert higher.lump_sum >= lower.lump_sum


@settings(max_examples=100)
@given(plans)
def test_every_plan_reads_back_from_its_json(rules):
    assert parse(dump(rules)) == rules


def test_the_same_case_gives_the_same_award_whenever_it_is_asked():
    rules = Rules(
        YEAR, RATED, date(2026, 10, 1), across_the_board=AcrossTheBoard(20_000), schedule=ScheduleRaise()
    )
    people = [
        PayCase(str(number), "hourly", 150_000 + number, 2080 + number % 3, 10_000, grade="R", step=None)
        for number in range(50)
    ]
    one, other = prepare(rules, SCHEDULE), prepare(rules, SCHEDULE)
    forwards = [award(case, one) for case in people]
    assert [award(case, other) for case in reversed(people)] == forwards[::-1]
