from datetime import date

import pytest

from compensation.pay.calculation import award
from compensation.pay.preparation import prepare
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    EmployerRates,
    LumpSum,
    Merit,
    Period,
    Proration,
    ScheduleRaise,
    Who,
)
from compensation.pay.schedule import Schedule, graded_steps, open_range

TWO = AcrossTheBoard(20_000)
TABLE = Schedule((open_range("12", 3_600_000, 6_000_000),))
STEPPED = Schedule((graded_steps("12", (4_000_000, 4_100_000, 4_250_000)),))


def earning(kind, gives, value, **terms):
    """The same for level 3 and above."""
    return kind(gives, "level", tuple(Band(level, level + 1, value) for level in (3, 4, 5)), **terms)


def test_a_rate_below_the_new_minimum_is_lifted(rules, case):
    plan = prepare(rules._replace(across_the_board=TWO, schedule=ScheduleRaise()), TABLE)
    given = award(case._replace(rate=3_500_000, fte=5_000), plan)
    assert (given.raised_rate, given.lifted_rate, given.new_rate) == (3_570_000, 3_672_000, 3_672_000)
    assert (given.across_the_board, given.lift, given.new_annual) == (35_000, 51_000, 1_836_000)


def test_who_is_left_out_across_the_board_is_not_lifted(rules, case):
    plan = prepare(rules._replace(across_the_board=TWO, schedule=ScheduleRaise()), TABLE)
    assert award(case._replace(rate=3_500_000, kind="temporary"), plan).new_rate == 3_500_000


def test_lifting_alone_needs_no_raise(rules, case):
    plan = prepare(rules._replace(schedule=ScheduleRaise(percent=20_000)), TABLE)
    assert award(case._replace(rate=3_500_000), plan).lift == 172_000
    assert award(case._replace(rate=3_500_000, kind="elected"), plan).lift == 0


@pytest.mark.parametrize(
    ("unknown", "reason"), [({"fte": None}, "range:fte_unknown"), ({"grade": None}, "range:grade_unknown")]
)
def test_without_fte_or_grade_no_rule_of_the_range_applies(rules, case, unknown, reason):
    merit = earning(Merit, "percent", 300_000)
    plan = prepare(rules._replace(across_the_board=TWO, schedule=ScheduleRaise(), merit=merit), TABLE)
    given = award(case._replace(rate=5_900_000, **unknown), plan)
    assert (given.new_rate, given.lump, given.reasons) == (7_823_400, 0, (reason,))
    assert (given.range_minimum, given.range_maximum) == (None, None)
    assert award(case._replace(rate=1_000_000, **unknown), plan).lift == 0


def test_dollars_of_a_full_time_year_need_the_fte(rules, case):
    unknown = case._replace(fte=None)
    plan = prepare(
        rules._replace(
            across_the_board=AcrossTheBoard(50_000, at_least=300_000),
            merit=earning(Merit, "amount", 100_000),
            lump_sum=earning(LumpSum, "amount", 150_000),
        )
    )
    assert award(unknown, plan).reasons == ("atb:fte_unknown", "merit:fte_unknown", "lump:fte_unknown")
    half = award(case._replace(fte=5_000), plan)
    assert (half.across_the_board, half.merit, half.lump) == (150_000, 50_000, 75_000)


def test_a_lump_sum_may_ignore_the_fte(rules, case):
    plan = prepare(rules._replace(lump_sum=earning(LumpSum, "amount", 150_000, follows_fte=False)))
    assert award(case._replace(fte=5_000), plan).lump == 150_000
    assert award(case._replace(fte=None), plan).lump == 150_000


@pytest.mark.parametrize(("base_used", "once"), [("new", 156_060), ("old", 150_000)])
def test_a_percent_paid_once_is_of_the_base_that_the_plan_names(rules, case, base_used, once):
    plan = prepare(
        rules._replace(
            across_the_board=TWO,
            merit=earning(Merit, "percent", 20_000),
            lump_sum=earning(LumpSum, "percent", 30_000, base_used=base_used),
        )
    )
    given = award(case, plan)
    assert (given.lump_base, given.lump) == ((5_202_000, once) if base_used == "new" else (5_000_000, once))


def test_flat_dollars_become_an_hourly_raise(rules, case):
    """2,000 a year over 2,080 hours is 0.9615 an hour; at half time that pays 999.96 a year more."""
    plan = prepare(rules._replace(across_the_board=AcrossTheBoard(amount=200_000)))
    given = award(case._replace(basis="hourly", rate=200_000, fte=5_000), plan)
    assert (given.new_rate, given.across_the_board) == (209_615, 99_996)


def test_percent_and_flat_dollars_add_up(rules, case):
    plan = prepare(rules._replace(across_the_board=AcrossTheBoard(20_000, amount=50_000)))
    assert award(case, plan).new_rate == 5_150_000


def test_an_hourly_maximum_keeps_the_pay_of_the_year_within_the_range(rules, case):
    """47,400.00 / 2,080 is 22.78846: 22.7885 would pay 47,400.08."""
    table = Schedule((open_range("12", 4_000_000, 4_740_000),))
    plan = prepare(rules._replace(merit=earning(Merit, "percent", 100_000)), table)
    given = award(case._replace(basis="hourly", rate=220_000), plan)
    assert (given.new_rate, given.new_annual) == (227_884, 4_739_987)
    assert given.lump == 5_033_600 - 4_739_987


def test_a_range_of_one_point(rules, case):
    plan = prepare(
        rules._replace(
            across_the_board=TWO, schedule=ScheduleRaise(), merit=earning(Merit, "percent", 30_000)
        ),
        Schedule((open_range("12", 4_000_000, 4_000_000),)),
    )
    given = award(case._replace(rate=3_900_000), plan)
    assert (given.lifted_rate, given.new_rate, given.lump) == (4_080_000, 4_080_000, 122_400)


@pytest.mark.parametrize("at_maximum", ["split", "forfeit", "none"])
def test_three_ways_at_the_maximum(rules, case, at_maximum):
    plan = prepare(rules._replace(merit=earning(Merit, "percent", 40_000), at_maximum=at_maximum), TABLE)
    given = award(case._replace(rate=5_900_000), plan)
    assert (given.new_rate, given.lump, given.forfeited) == {
        "split": (6_000_000, 136_000, 0),
        "forfeit": (6_000_000, 0, 136_000),
        "none": (6_136_000, 0, 0),
    }[at_maximum]


@pytest.mark.parametrize("rate", [None, 0, -1])
def test_without_a_rate_nothing_is_given(rules, case, rate):
    plan = prepare(
        rules._replace(across_the_board=AcrossTheBoard(amount=100_000), schedule=ScheduleRaise()), TABLE
    )
    given = award(case._replace(rate=rate), plan)
    assert (given.reasons, given.new_annual, given.lump) == (("all:rate_unknown",), 0, 0)


def test_every_reason_is_given_not_only_the_first(rules, case):
    who = Who(hired_by=date(2026, 4, 1), months_in_position=6, at_least_fte=10_000)
    plan = prepare(rules._replace(who=who, merit=earning(Merit, "percent", 20_000)))
    given = award(
        case._replace(kind="temporary", hired_on=None, in_position_since=None, fte=5_000, level=None), plan
    )
    assert given.reasons == (
        "merit:kind",
        "merit:hire_date_unknown",
        "merit:position_date_unknown",
        "merit:fte_too_low",
        "merit:no_rating",
    )


@pytest.mark.parametrize("level", [1, 2])
def test_levels_1_and_2_never_earn_whatever_the_table_says(rules, case, level):
    table = (Band(1, None, 20_000),)
    plan = prepare(
        rules._replace(merit=Merit("percent", "score", table), lump_sum=LumpSum("percent", "level", table))
    )
    given = award(case._replace(level=level, score=340), plan)
    assert (given.merit, given.lump) == (0, 0)
    assert given.reasons == ("merit:level_too_low", "lump:level_too_low")


def test_a_score_below_fully_successful_never_earns(rules, case):
    plan = prepare(rules._replace(merit=Merit("percent", "score", (Band(0, None, 20_000),))))
    assert award(case._replace(level=None, score=249), plan).reasons == ("merit:score_too_low",)
    assert award(case._replace(level=None, score=250), plan).merit == 100_000


def test_across_the_board_needs_no_rating_unless_the_plan_asks(rules, case):
    unrated = case._replace(level=None, score=None)
    assert award(unrated, prepare(rules._replace(across_the_board=TWO))).across_the_board == 100_000
    asked = TWO._replace(who=Who(at_least_score=360))
    assert award(unrated, prepare(rules._replace(across_the_board=asked))).reasons == ("atb:no_rating",)
    assert award(case, prepare(rules._replace(across_the_board=asked))).reasons == ("atb:score_too_low",)


def test_each_component_may_have_its_own_rule_of_who(rules, case):
    plan = prepare(
        rules._replace(
            who=Who(hired_by=date(2019, 1, 1)),
            merit=earning(Merit, "percent", 20_000),
            lump_sum=earning(LumpSum, "amount", 50_000, who=Who()),
        )
    )
    given = award(case, plan)
    assert (given.merit, given.lump, given.reasons) == (0, 50_000, ("merit:hired_too_late",))


def test_adoption_and_hire_in_one_period_are_one_fraction(rules, case):
    """Adopted January 12, hired March 1: 214 of 365 days, not 262/365 of 214/365."""
    rules = rules._replace(
        performance_period=Period(date(2026, 10, 1), date(2027, 9, 30)),
        lump_sum=earning(LumpSum, "amount", 365_00, from_adoption_on=True),
        proration=Proration("days", of="performance_period"),
    )
    given = award(case._replace(hired_on=date(2027, 3, 1)), prepare(rules, adopted_on=date(2027, 1, 12)))
    assert (given.lump_days, given.lump_days_of, given.lump) == (214, 365, 214_00)


def test_proration_needs_a_hire_date(rules, case):
    plan = prepare(rules._replace(merit=earning(Merit, "percent", 20_000), proration=Proration("days")))
    assert award(case._replace(hired_on=None), plan).reasons == ("merit:hire_date_unknown",)
    assert award(case._replace(hired_on=date(2027, 10, 1)), plan).reasons == ("merit:no_service",)


def test_employer_cost_is_given_per_component(rules, case):
    rates = EmployerRates(retirement=100_000)
    plan = prepare(
        rules._replace(
            across_the_board=TWO,
            merit=earning(Merit, "percent", 20_000),
            lump_sum=earning(LumpSum, "amount", 50_000),
            employer=rates,
        )
    )
    given = award(case, plan)
    assert (given.fica_raise, given.fica_merit, given.fica_lump, given.fica) == (7_650, 7_803, 3_825, 19_278)
    assert (given.retirement_raise, given.retirement_merit, given.retirement_lump) == (10_000, 10_200, 5_000)
    assert given.retirement == 25_200


def test_a_schedule_adopted_as_a_table_of_its_own(rules, case):
    adopted = Schedule((graded_steps("12", (4_100_000, 4_200_000, 4_400_000)),))
    rules = rules._replace(across_the_board=TWO, schedule=ScheduleRaise())
    assert (
        award(case._replace(rate=4_250_000, step=3), prepare(rules, STEPPED, raised=adopted)).new_rate
        == 4_400_000
    )


def test_the_day_of_the_raise_may_be_that_of_a_pay_period(rules):
    plan = prepare(rules._replace(effective_rule="first_period_on_or_after"), anchor=date(2026, 9, 19))
    assert plan.effective_on == date(2026, 10, 3)


def test_pay_whose_fte_is_not_known_has_no_hourly_rate(rules, case):
    """It may be the pay of half a week: to divide it by a full year's hours would make up a rate."""
    plan = prepare(rules._replace(across_the_board=AcrossTheBoard(20_000)))
    unknown = award(case._replace(fte=None, rate=2_000_000), plan)
    assert (unknown.new_annual, unknown.new_hourly) == (2_040_000, None)
    assert award(case._replace(fte=5_000, rate=4_160_000), plan).new_hourly == 204_000
    assert award(case._replace(fte=None, basis="hourly", rate=200_000), plan).new_hourly == 204_000
