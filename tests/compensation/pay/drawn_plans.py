"""Plans and people drawn at random, odd ones among them."""

from datetime import date
from itertools import pairwise

from hypothesis import strategies as st

from compensation.pay.case import PayCase
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
from compensation.pay.schedule import Schedule, graded_steps, numbered_steps, open_range
from tests.compensation.pay.second_calculation import MODES

YEAR = Period(date(2026, 10, 1), date(2027, 9, 30))
RATED = Period(date(2025, 9, 1), date(2026, 8, 31))


def built(kind, **fields):
    """`st.builds` would invent what is left out; here it keeps its default."""
    return st.fixed_dictionaries(fields).map(lambda chosen: kind(**chosen))


percents = st.one_of(st.sampled_from((0, 5_000, 17_000, 20_000, 25_000)), st.integers(0, 120_000))
cents = st.one_of(st.just(0), st.integers(1, 400_000))
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
maybe_days = st.one_of(st.none(), days)
who_rules = built(
    Who,
    kinds=st.sampled_from((("regular",), ("regular", "temporary"), ("regular", "elected"))),
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
    if gives == "steps":
        more["ends_at_step"] = draw(st.none() | st.integers(0, 12))
    if gives != "amount":
        more["at_least"] = draw(st.just(0) | st.integers(1, 400_000))
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
    begins = draw(own_days)
    if begins and begins.anniversary:
        begins = Begin(anniversary=since)
    once = gives in ("percent", "amount") and draw(st.booleans())
    return Tenure(gives, tuple(map(Service, months, values)), since, as_of, draw(easy_who), begins, once)


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
    if gives != "amount":
        terms["at_least"] = draw(st.sampled_from((0, 30_000)))
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
        rounded_down_to=st.sampled_from((None, None, 5_000, 10_000)),
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
    keeps_above_step=st.booleans(),
    at_maximum=st.sampled_from(("split", "forfeit", "none")),
    monthly_payments=st.sampled_from((1, 1, 7, 12)),
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
CHART = {0: 3_000_000, 1: 3_150_000, 2: 3_300_000, 5: 3_900_000, 10: 4_500_000}  # by years of service
SCHEDULE = Schedule(
    (
        graded_steps("S", STEPS),
        numbered_steps("T", CHART),
        open_range("R", 3_456_789, 6_000_050),
        open_range("P", 4_000_000, 4_000_000),
        open_range("O", 3_700_000, None),
    )
)


@st.composite
def cases(draw):
    basis = draw(st.sampled_from(("annual", "annual", "hourly")))
    grade = draw(st.sampled_from(("S", "S", "S", "T", "R", "R", "P", "O", "X", None)))
    step = (
        draw(st.one_of(st.integers(1, 11), st.sampled_from((None, 0, 12)))) if grade in ("S", "T") else None
    )
    rate = draw(st.one_of(st.integers(2_000_000, 7_000_000), st.sampled_from((1, 4_000_000, 6_000_050))))
    on_steps = CHART if grade == "T" else dict(enumerate(STEPS, 1))
    if step in on_steps and draw(st.integers(0, 3)):
        rate = on_steps[step]
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

# What a notice allows the officer with the number of every drawn case.
notices = st.sampled_from(({}, {"1": 100}, {"1": 4_050_000}, {"1": 90_000_000}))
