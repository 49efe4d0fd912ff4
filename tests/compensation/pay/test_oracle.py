"""The second calculation against the first, on every figure, and what always holds."""

from datetime import date, timedelta
from decimal import (
    Decimal,
    localcontext,
)
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compensation.pay.calculation import award
from compensation.pay.case import PayCase
from compensation.pay.explain import arithmetic
from compensation.pay.in_year import counting
from compensation.pay.preparation import prepare
from compensation.pay.reasons import findings, sentence
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    EmployerRates,
    LumpSum,
    Merit,
    Proration,
    Rounding,
    Rules,
    ScheduleRaise,
    Who,
)
from compensation.pay.schedule import Schedule, graded_steps
from compensation.pay.written_rules import dump, parse
from tests.compensation.pay.drawn_plans import RATED, SCHEDULE, STEPS, YEAR, adoptions, cases, notices, plans
from tests.compensation.pay.second_calculation import Oracle

# Shrinking a whole plan and its people takes minutes; what fails is printed in full anyway.
BROADLY = settings(phases=(Phase.reuse, Phase.generate))


@BROADLY
@given(plans, st.lists(cases(), min_size=8, max_size=8), adoptions, notices)
def test_both_calculations_agree_on_every_figure(rules, people, adopted_on, noticed):
    plan = prepare(rules, SCHEDULE, adopted_on=adopted_on, noticed=noticed)
    with localcontext(prec=60):
        oracle = Oracle(rules, SCHEDULE, adopted_on, noticed)
        for case in people:
            agree(oracle, case, award(case, plan), counting(plan))


def agree(oracle, case, given_, within=None):
    expected = oracle.answer(case)
    if within:
        in_year = [Decimal(cents) / 100 for cents in within(case, given_)]
        assert in_year == oracle.in_year(case, expected, has_merit=bool(given_.merit_value))
    unit = 10_000 if case.basis == "hourly" else 100
    found = {name: Decimal(getattr(given_, name)) / 100 for name in expected}
    found |= {
        name: Decimal(getattr(given_, name)) / unit for name in ("lifted_rate", "tenure_rate", "new_rate")
    }
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
ENDING = YEAR_ONE._replace(merit=Merit("steps", "level", levels(1, 2, 4), ends_at_step=8))
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
    [
        (YEAR_ONE, SCHEDULE),
        (BY_INCREMENT, ON_STEPS),
        (ENDING, SCHEDULE),
        (YEAR_TWO, SCHEDULE),
        (MIXED, SCHEDULE),
    ],
    ids=["year one", "steps by increment", "steps that end", "year two", "mixed"],
)
def test_the_years_of_the_initiative_for_two_thousand_people(rules, table):
    plan = prepare(rules, table, adopted_on=date(2025, 8, 26))
    with localcontext(prec=60):
        oracle = Oracle(rules, table, date(2025, 8, 26))
        for case in staff(2_000):
            agree(oracle, case, award(case, plan))


def test_an_exact_cent_is_not_rounded_down_after_a_third_of_a_year():
    """$20.28 for four months of twelve is $6.76, also where each fraction of a cent is dropped."""
    rules = YEAR_TWO._replace(
        lump_sum=LumpSum("amount", "level", levels(2_028, 2_028, 2_028), from_adoption_on=True),
        proration=Proration("months", "performance_period"),
        rounding=Rounding(mode="down"),
        effective_on=date(2027, 4, 30),
    )
    case = next(staff(1))._replace(hired_on=date(2026, 12, 10), fte=10_000, level=4, service_weight=3_000)
    given_ = award(case, prepare(rules, SCHEDULE))
    assert given_.lump_sum == 676
    with localcontext(prec=60):
        agree(Oracle(rules, SCHEDULE, None), case, given_)


def test_an_officer_above_the_maximum_forfeits_a_raise_and_needs_no_notice_for_it():
    """Nothing is paid that a notice could allow: the award says what the maximum takes, and no more."""
    across = AcrossTheBoard(20_000, stops_at_maximum=True, who=Who(kinds=("elected",)))
    rules = YEAR_ONE._replace(across_the_board=across, at_maximum="forfeit")
    case = next(staff(1))._replace(kind="elected", basis="annual", rate=21_000_000, grade="R", fte=10_000)
    given_ = award(case, prepare(rules, SCHEDULE, noticed={}))
    assert (given_.new_annual, given_.lump, given_.forfeited) == (21_000_000, 0, 420_000)
    with localcontext(prec=60):
        agree(Oracle(rules, SCHEDULE, None, {}), case, given_)


def test_the_second_year_begins_with_what_the_first_one_gave():
    """Year one raises the table and the people; year two pays once on that, and leaves base pay alone."""
    first = prepare(YEAR_ONE, SCHEDULE)
    second = prepare(YEAR_TWO._replace(effective_on=date(2027, 10, 2)), first.tables[0][1])
    with localcontext(prec=60):
        oracle = Oracle(second.rules, first.tables[0][1], None)
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
        assert given_.new_rate >= given_.tenure_rate >= given_.lifted_rate >= given_.raised_rate
        assert given_.raised_rate >= given_.old_rate == case.rate
        assert given_.new_annual - given_.old_annual == given_.raise_before_merit + given_.merit
        assert given_.lump == given_.awarded_once + given_.longevity
        assert (
            min(
                given_.across_the_board,
                given_.lift,
                given_.tenure,
                given_.merit,
                given_.awarded_once,
                given_.longevity,
                given_.forfeited,
            )
            >= 0
        )
        if given_.range_maximum is not None and rules.at_maximum != "none":
            assert given_.new_rate <= max(given_.range_maximum, given_.tenure_rate)
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
    if higher.tenure_rate == lower.tenure_rate:  # else one of them was rounded to the dollar once more
        assert higher.merit + higher.excess + higher.forfeited >= lower.merit + lower.excess + lower.forfeited
    assert higher.lump_sum >= lower.lump_sum


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
