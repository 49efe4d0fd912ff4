"""The working that a person reads, worked out again from its text alone, against the figures of the award."""

import re
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from compensation.pay.calculation import award
from compensation.pay.case import Proposed
from compensation.pay.explain import ledger
from compensation.pay.pool_rules import Limit, Pools, Proposals
from compensation.pay.preparation import prepare
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    Group,
    Members,
    Merit,
    Positions,
    ScheduleRaise,
    Service,
    Tenure,
)
from compensation.pay.schedule import Schedule, graded_steps, open_range
from tests.compensation.pay.test_oracle import BROADLY, SCHEDULE, adoptions, cases, plans

UNITS = re.compile(r" (hours|days|months|FTE|total earnings)")
GREATER = re.compile(r"the greater of ([^()]+?) and ([^()]+)")
UP_TO = ", up to the maximum"
PERCENT = re.compile(r"([\d.]+)%")
SHOWN = Fraction(12, 100) / 200  # a percent is of the exact pay of a year, which is shown to half a cent


def worked_out(formula):
    """What a formula comes to, as a Fraction of dollars; None where it names a step instead of figures."""
    words = formula.split(", new figure")[0].split(UP_TO)[0].split(": ")[-1].removeprefix("minimum ")
    words = words.removesuffix(", month by month")
    if "step" in words or not words:
        return None
    words = UNITS.sub("", words.replace("$", "").replace(",", ""))
    words = GREATER.sub(r"max(\1, \2)", words)
    words = PERCENT.sub(r"(\1 / 100)", words).replace("×", "*").replace("−", "-")
    words = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", words)
    assert re.fullmatch(r"(Fraction\('[\d.]+'\)|max|[-+*/(), ])+", words), formula
    return eval(words, {"Fraction": Fraction, "max": max})  # noqa: S307 - only figures and signs, see above


def check(case, given_, plan):
    lines = ledger(case, given_, plan)
    sums = {"rate": given_.new_rate, "year": given_.new_annual, "once": given_.awarded_once}
    sums["longevity"] = given_.longevity
    for section in {line.section for line in lines}:
        parts = [line for line in lines if line.section == section]
        running = 0
        for line in parts:
            if line.kind in ("subtotal", "total"):
                assert line.amount == running
            else:
                running += line.amount
            said = worked_out(line.formula)
            if said is not None:
                shown = running if line.formula.startswith("minimum") else line.amount
                amount = Fraction(abs(shown), 10_000 if line.hourly else 100)
                place = place_of(line, plan.of(case).rules) + SHOWN
                assert (amount - abs(said) if UP_TO in line.formula else abs(amount - abs(said))) <= place, (
                    line
                )
        assert parts[-1].kind == "total"
        assert parts[-1].amount == sums[section]


def place_of(line, rules):
    """To what a new figure is rounded, in dollars."""
    if line.hourly:
        return Fraction(1, 10**rules.rounding.hourly_decimals)
    return Fraction(1) if rules.rounding.place == "dollar" else Fraction(1, 100)


@BROADLY
@given(plans, st.lists(cases(), min_size=6, max_size=6), adoptions)
def test_each_step_as_it_is_told_comes_to_its_figure_and_all_of_them_to_the_award(rules, people, adopted_on):
    plan = prepare(rules, SCHEDULE, adopted_on=adopted_on)
    for case in people:
        check(case, award(case, plan), plan)


BY_POSITION = Merit(
    "percent",
    "level",
    tuple(Band(level, level + 1, (30_000 + level, 20_000 + level, 10_000 + level)) for level in (3, 4, 5)),
    positions=Positions("compa_ratio", (9_000, 11_000)),
)
PROPOSED = st.one_of(
    st.none(),
    st.builds(Proposed, st.just("percent"), st.integers(0, 100_000)),
    st.builds(Proposed, st.just("amount"), st.integers(0, 500_000)),
)


@BROADLY
@given(plans, plans, st.lists(st.tuples(cases(), PROPOSED), min_size=6, max_size=6))
def test_groups_places_in_the_range_and_what_heads_propose_are_told_to_the_cent(rules, other, people):
    limits = tuple(Limit(level, "percent", 0, 100_000) for level in (3, 4, 5))
    roads = Group("Roads", Members(departments=("ROAD",)), other, ("merit",))
    rules = rules._replace(
        merit=BY_POSITION, pools=Pools(percent=40_000), proposals=Proposals(limits), groups=(roads,)
    )
    plan = prepare(rules, SCHEDULE)
    for case, proposed in people:
        case = case._replace(proposed=proposed)
        check(case, award(case, plan), plan)


def test_tenure_that_the_maximum_cuts_says_so(rules, case):
    rules = rules._replace(merit=None, lump_sum=None, tenure=Tenure("percent", (Service(12, 20_000),)))
    plan = prepare(rules._replace(schedule=None), Schedule((open_range("12", 3_000_000, 5_000_000),)))
    told = [
        (line.formula.split(": ")[1], line.amount)
        for rate in (4_000_000, 4_950_000)
        for line in ledger(case._replace(rate=rate), award(case._replace(rate=rate), plan), plan)
        if line.label == "Tenure" and line.section == "rate"
    ]
    assert told == [
        ("2.00% × $40,000.00", 80_000),
        ("2.00% × $49,500.00, up to the maximum of the range", 50_000),
    ]


def test_what_stays_above_a_step_is_said_in_the_raise_and_in_tenure(rules, case):
    rules = rules._replace(
        across_the_board=AcrossTheBoard(20_000),
        schedule=ScheduleRaise(),
        keeps_above_step=True,
        tenure=Tenure("step", (Service(0, 3),)),
    )
    plan = prepare(rules, Schedule((graded_steps("12", (3_000_000, 3_100_000, 3_250_000, 3_500_000)),)))
    case = case._replace(rate=3_150_000, step=2)
    told = [
        (line.label, line.formula.split(", ")[-1], line.amount)
        for line in ledger(case, award(case, plan), plan)
    ]
    assert told[1:3] == [
        ("Across the board", "step 2 of the new schedule and $500.00 above it", 62_000),
        ("Tenure", "step 3 of the schedule and $500.00 above it", 153_000),
    ]


def test_merit_by_place_in_the_range_says_which_place(rules, case):
    plan = prepare(rules._replace(merit=BY_POSITION), Schedule((open_range("12", 3_000_000, 7_000_000),)))
    told = [
        line.label
        for rate in (4_400_000, 5_000_000, 5_500_000)
        for line in ledger(case._replace(rate=rate), award(case._replace(rate=rate), plan), plan)
        if line.label.startswith("Merit")
    ]
    assert told == [
        "Merit for level 3, below 90% of the midpoint",
        "Merit for level 3, from 90% to under 110% of the midpoint",
        "Merit for level 3, from 110% of the midpoint on",
    ]


def test_a_step_beyond_the_last_is_said_to_be_worth_the_last_interval(rules, case):
    one_step = Merit("steps", "level", (Band(3, 6, 2),))
    plan = prepare(
        rules._replace(merit=one_step), Schedule((graded_steps("12", (3_000_000, 3_100_000, 3_250_000)),))
    )
    told = [
        next(line.formula for line in ledger(each, award(each, plan), plan) if line.label.startswith("Merit"))
        for each in (case._replace(rate=3_100_000, step=2), case._replace(rate=3_250_000, step=3))
    ]
    assert told == [
        "2 steps, step 2 to 3, 1 beyond the last, at its interval",
        "2 steps, 2 beyond the last, at its interval",
    ]
