"""The examples that a Texas county and public sources work out, to the cent."""

from datetime import date

import pytest

from compensation.pay.calculation import award
from compensation.pay.employer import EmployerRates, fica, retirement
from compensation.pay.money import annual_pay, hourly_rate
from compensation.pay.preparation import prepare
from compensation.pay.rules import AcrossTheBoard, Band, LumpSum, Merit, Period, Proration, ScheduleRaise, Who
from compensation.pay.schedule import Schedule, graded_steps, open_range

STEPS = (3125000, 3203125, 3283203, 3365283, 3449415, 3535650, 3624041, 3714642, 3807508, 3902696)


def by_level(percent):
    """Merit of one percent for level 3 and above."""
    return Merit("percent", "level", tuple(Band(level, level + 1, percent) for level in (3, 4, 5)))


def lump(value, **terms):
    return LumpSum("amount", "level", tuple(Band(level, level + 1, value) for level in (3, 4, 5)), **terms)


def a_range(maximum, minimum=2_000_000):
    return Schedule((open_range("12", minimum, maximum),))


@pytest.mark.parametrize(
    ("rate", "percent", "order", "expected"),
    [
        (5_000_000, 30_000, "compounded", 5_304_500),
        (5_000_000, 30_000, "additive", 5_300_000),
        (4_500_000, 20_000, "compounded", 4_681_800),
        (4_500_000, 20_000, "additive", 4_680_000),
        (4_000_000, 30_000, "compounded", 4_243_600),
        (4_000_000, 30_000, "additive", 4_240_000),
    ],
)
def test_across_the_board_then_merit(rules, case, rate, percent, order, expected):
    plan = prepare(
        rules._replace(across_the_board=AcrossTheBoard(percent), merit=by_level(percent), order=order)
    )
    assert award(case._replace(rate=rate), plan).new_rate == expected


@pytest.mark.parametrize(
    ("rate", "maximum", "percent", "base", "once"),
    [
        (5_000_000, 5_100_000, 40_000, 5_100_000, 100_000),
        (3_950_000, 4_000_000, 25_000, 4_000_000, 48_750),
        (4_000_000, 4_000_000, 37_500, 4_000_000, 150_000),
        (5_900_000, 6_000_000, 40_000, 6_000_000, 136_000),
        (5_200_000, 5_200_000, 40_000, 5_200_000, 208_000),
        (5_100_000, 5_200_000, 40_000, 5_200_000, 104_000),
        (4_800_000, 5_200_000, 40_000, 4_992_000, 0),
    ],
)
def test_what_passes_the_maximum_is_paid_once(rules, case, rate, maximum, percent, base, once):
    plan = prepare(rules._replace(merit=by_level(percent)), a_range(maximum))
    given = award(case._replace(rate=rate), plan)
    assert (given.new_rate, given.lump, given.forfeited) == (base, once, 0)


def test_the_maximum_is_the_one_after_the_raise_of_the_schedule(rules, case):
    """The award on the county's own letter: grade 12 rises from 47,400 to 48,348."""
    plan = prepare(
        rules._replace(
            across_the_board=AcrossTheBoard(20_000), schedule=ScheduleRaise(), merit=by_level(27_500)
        ),
        a_range(4_740_000),
    )
    given = award(case._replace(rate=4_628_000, level=4), plan)
    assert (given.across_the_board, given.raised_rate, given.uncapped_merit) == (92_560, 4_720_560, 4_850_375)
    assert (given.new_rate, given.new_hourly, given.lump) == (4_834_800, 232_442, 15_575)


@pytest.mark.parametrize(
    ("score", "percent"),
    [(274, 0), (275, 1), (299, 1), (300, 2), (359, 3), (360, 4), (394, 4), (395, 5), (500, 5)],
)
def test_score_bands_of_a_north_carolina_board(rules, case, score, percent):
    bands = ((275, 300, 1), (300, 325, 2), (325, 360, 3), (360, 395, 4), (395, None, 5))
    table = tuple(Band(starts, ends, value * 10_000) for starts, ends, value in bands)
    plan = prepare(rules._replace(merit=Merit("percent", "score", table)))
    given = award(case._replace(rate=1_000_000, score=score), plan)
    assert given.merit == percent * 10_000
    assert given.reasons == (() if percent else ("merit:rating_earns_nothing",))


@pytest.mark.parametrize(
    ("adopted_on", "once"),
    [(date(2026, 8, 25), 150_000), (date(2027, 1, 12), 107_671), (date(2027, 10, 5), 0)],
)
def test_only_service_from_the_adoption_on_is_paid(rules, case, adopted_on, once):
    """1,500 for October 2026 to September 2027: 262 of 365 days after an adoption on January 12."""
    rewarded = Period(date(2026, 10, 1), date(2027, 9, 30))
    rules = rules._replace(lump_sum=lump(150_000, from_adoption_on=True), performance_period=rewarded)
    assert award(case, prepare(rules, adopted_on=adopted_on)).lump == once


def test_what_a_lump_sum_costs_the_employer():
    rates = EmployerRates(retirement=115_900)
    assert fica(150_000, 0, rates) == 9_300 + 2_175
    assert retirement(150_000, rates) == 17_385


def test_social_security_stops_at_the_wage_base():
    """2026: 184,500. Of 10,000 paid on top of 180,000, only 4,500 are taxed: 279.00, and 145.00 Medicare."""
    rates = EmployerRates()
    assert fica(1_000_000, 18_000_000, rates) == 27_900 + 14_500
    assert fica(1_000_000, 18_450_000, rates) == 14_500
    assert fica(1_000_000, 20_000_000, rates) == 14_500
    assert fica(18_450_000, 0, rates._replace(medicare=0)) == 1_143_900


def on_steps(rules, method="cells", **terms):
    merit = Merit("steps", "level", tuple(Band(level, level + 1, 1) for level in (3, 4, 5)))
    rules = rules._replace(
        across_the_board=AcrossTheBoard(20_000), schedule=ScheduleRaise(method), merit=merit
    )
    return prepare(rules._replace(**terms), Schedule((graded_steps("12", STEPS),)))


def test_a_merit_step_leads_to_the_next_step_of_the_new_table(rules, case):
    given = award(case._replace(rate=STEPS[3], step=4), on_steps(rules))
    assert (given.raised_rate, given.new_rate, given.new_step, given.lump) == (3_432_589, 3_518_403, 5, 0)


def test_the_step_beyond_the_last_is_a_lump_sum_of_the_last_interval(rules, case):
    on_the_last = case._replace(rate=STEPS[9], step=10)
    given = award(on_the_last, on_steps(rules))
    assert (given.new_rate, given.new_step, given.lump) == (3_980_750, 10, 97_092)
    given = award(on_the_last, on_steps(rules, at_maximum="forfeit"))
    assert (given.new_rate, given.lump, given.forfeited) == (3_980_750, 0, 97_092)
    assert given.reasons == ("merit:last_step",)


def test_who_stands_on_a_step_follows_a_regenerated_table(rules, case):
    given = award(case._replace(rate=STEPS[3], step=4), on_steps(rules, "minimum"))
    assert (given.raised_rate, given.new_rate) == (3_432_590, 3_518_405)


def test_part_time_pay_follows_the_full_time_rate(rules, case):
    plan = prepare(
        rules._replace(across_the_board=AcrossTheBoard(30_000), merit=by_level(30_000)), a_range(4_200_000)
    )
    given = award(case._replace(rate=4_000_000, fte=5_000), plan)
    assert (given.raised_rate, given.old_annual + given.across_the_board) == (4_120_000, 2_060_000)
    assert (given.new_rate, given.new_annual, given.lump) == (4_200_000, 2_100_000, 21_800)


def test_hired_during_a_leap_year(rules, case):
    """305 of 366 days of 3% is 2.5%; on 48,000 that is 1,200, from the exact fraction."""
    rules = rules._replace(
        fiscal_year=Period(date(2027, 10, 1), date(2028, 9, 30)),
        effective_on=date(2028, 9, 30),
        merit=by_level(30_000),
        proration=Proration("days"),
    )
    given = award(case._replace(rate=4_800_000, hired_on=date(2027, 12, 1)), prepare(rules))
    assert (given.days, given.days_of, given.merit) == (305, 366, 120_000)


@pytest.mark.parametrize(
    ("hired_on", "increase"),
    [
        (date(2026, 10, 1), 0),
        (date(2026, 9, 30), 12_500),
        (date(2026, 3, 15), 87_500),
        (date(2025, 11, 30), 137_500),
        (date(2025, 10, 31), 150_000),
        (date(2024, 4, 1), 150_000),
    ],
)
def test_merit_by_months_of_service_in_the_first_year(rules, case, hired_on, increase):
    """Calendar months: 0, 1, 7, 11, 12 and 30 of 12, of 3% on 50,000."""
    plan = prepare(rules._replace(merit=by_level(30_000), proration=Proration("months")))
    assert award(case._replace(hired_on=hired_on), plan).merit == increase


@pytest.mark.parametrize(("stops", "base", "once"), [(False, 6_426_000, 0), (True, 6_300_000, 126_000)])
def test_base_above_the_maximum(rules, case, stops, base, once):
    """63,000 above a maximum of 60,000 raised to 61,200: across the board for all, or capped and split."""
    rules = rules._replace(
        across_the_board=AcrossTheBoard(20_000, stops_at_maximum=stops), schedule=ScheduleRaise()
    )
    given = award(case._replace(rate=6_300_000), prepare(rules, a_range(6_000_000)))
    assert (given.new_rate, given.lump, given.range_maximum) == (base, once, 6_120_000)
    with_merit = prepare(rules._replace(merit=by_level(30_000)), a_range(6_000_000))
    given = award(case._replace(rate=6_300_000), with_merit)
    assert (given.new_rate, given.lump) == (base, once + base * 3 // 100)


@pytest.mark.parametrize(
    ("salary", "new"),
    [(28000, 31000), (45000, 48000), (60000, 63000), (60001, 63001), (80000, 84000), (104733, 109970)],
)
def test_greater_of_percent_and_dollars(rules, case, salary, new):
    """Texas Comptroller, FPP F.017: 5% rounded to the dollar, or 3,000."""
    rules = rules._replace(
        across_the_board=AcrossTheBoard(50_000, 300_000), rounding=rules.rounding._replace(place="dollar")
    )
    assert award(case._replace(rate=salary * 100), prepare(rules)).new_rate == new * 100


@pytest.mark.parametrize(
    ("salary", "new"), [(4_000_000, 4_080_000), (5_234_500, 5_339_190), (6_000_000, 6_120_000)]
)
def test_range_and_salaries_move_together(rules, case, salary, new):
    """Kent County, Delaware: who is at the maximum stays at the maximum."""
    rules = rules._replace(
        across_the_board=AcrossTheBoard(20_000, stops_at_maximum=True), schedule=ScheduleRaise()
    )
    given = award(case._replace(rate=salary), prepare(rules, a_range(6_000_000, 4_000_000)))
    assert (given.new_rate, given.lump) == (new, 0)
    assert (given.range_minimum, given.range_maximum) == (4_080_000, 6_120_000)


@pytest.mark.parametrize(
    ("in_position_since", "last_promotion_on", "last_merit_on", "eligible"),
    [
        (date(2026, 3, 1), None, None, True),
        (date(2026, 3, 2), None, None, False),
        (date(2020, 1, 1), None, date(2026, 4, 1), False),
        (date(2020, 1, 1), date(2026, 3, 1), date(2025, 9, 1), True),
    ],
)
def test_six_month_rules_of_texas(rules, case, in_position_since, last_promotion_on, last_merit_on, eligible):
    """Government Code 659.255, effective September 1, 2026."""
    six = Who(months_in_position=6, months_since_promotion=6, months_since_merit=6, as_of=date(2026, 9, 1))
    case = case._replace(
        in_position_since=in_position_since, last_promotion_on=last_promotion_on, last_merit_on=last_merit_on
    )
    given = award(case, prepare(rules._replace(merit=by_level(20_000), who=six)))
    assert (given.merit > 0) is eligible
    assert (given.reasons == ()) is eligible


@pytest.mark.parametrize(("decimals", "rate"), [(4, 191_269), (2, 191_300)])
def test_hourly_rates_are_raised_by_the_hour(rules, case, decimals, rate):
    """18.2500 × 1.02 × 1.0275 is 19.1269 with four decimals."""
    rules = rules._replace(
        across_the_board=AcrossTheBoard(20_000),
        merit=by_level(27_500),
        rounding=rules.rounding._replace(hourly_decimals=decimals),
    )
    assert award(case._replace(basis="hourly", rate=182_500), prepare(rules)).new_hourly == rate


@pytest.mark.parametrize(("hours", "monthly"), [(40, 350_000), (30, 262_500), (20, 175_000)])
def test_part_time_share_of_a_full_time_rate(hours, monthly):
    """Texas Payroll/Personnel Resource: 42,000 a year for 40, 30 and 20 hours a week."""
    assert annual_pay("annual", 4_200_000, 2080, hours * 10_000 // 40) == 12 * monthly


@pytest.mark.parametrize(("hours", "rate"), [(2080, 288_500), (2087, 287_500)])
def test_the_divisor_is_the_countys_choice(hours, rate):
    assert hourly_rate(6_000_000, hours, place=100) == rate


@pytest.mark.parametrize(
    ("wage_base", "most"), [(16_860_000, 1_045_320), (17_610_000, 1_091_820), (18_450_000, 1_143_900)]
)
def test_the_largest_social_security_tax_of_a_year(wage_base, most):
    """2024, 2025 and 2026."""
    assert fica(30_000_000, 0, EmployerRates(wage_base=wage_base, medicare=0)) == most
