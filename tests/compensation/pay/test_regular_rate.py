"""What a lump sum adds to overtime already worked: published examples to the cent, and what always holds."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.pay.regular_rate import (
    EARNINGS,
    EQUAL_HOURS,
    EQUAL_WEEKS,
    Week,
    additional,
    hours_before_overtime,
    spread,
    standing_of,
)

SATURDAY = date(2026, 9, 5)


def week(place, hours, overtime=None, earnings=None):
    over = max(0, hours - 40_00) if overtime is None else overtime
    return Week(SATURDAY + timedelta(7 * place), hours, over, earnings)


def test_3000_over_ten_weeks_of_which_one_has_47_hours_gives_22_34():
    """WHD Opinion Letter FLSA2020-1; 300 / 47 x 0.5 x 7, and not (400 + 300) / 47."""
    shares = spread(3_000_00, [week(0, 47_00), *(week(place, 40_00) for place in range(1, 10))], EQUAL_WEEKS)

    assert [share.part for share in shares] == [300_00] * 10
    assert shares[0].increase == Fraction(300_00, 47)
    assert (shares[0].additional, additional(shares)) == (22_34, 22_34)


def test_46_in_a_week_of_46_hours_raises_the_rate_by_a_dollar():
    """29 CFR 778.110(b): 46 hours at $12 and a bonus of $46 come to $637, which is $588 + $46 + $3."""
    (share,) = spread(46_00, [week(0, 46_00)], EQUAL_WEEKS)

    assert (share.increase, share.additional) == (100, 3_00)


def test_by_the_hour_each_overtime_hour_gets_half_of_one_increase():
    shares = spread(900_00, [week(0, 50_00), week(1, 40_00)], EQUAL_HOURS)

    assert [share.part for share in shares] == [500_00, 400_00]
    assert [share.additional for share in shares] == [50_00, 0]


def test_a_percent_of_total_earnings_contains_its_overtime():
    shares = spread(100_00, [week(0, 50_00, earnings=600_00), week(1, 40_00, earnings=400_00)], EARNINGS)

    assert [share.part for share in shares] == [60_00, 40_00]
    assert additional(shares) == 0


def test_without_earnings_or_hours_nothing_is_guessed():
    with pytest.raises(ValueError, match="earnings of each week"):
        spread(100_00, [week(0, 50_00)], EARNINGS)
    with pytest.raises(ValueError, match="nothing in these weeks"):
        spread(100_00, [week(0, 0)], EQUAL_HOURS)
    with pytest.raises(ValueError, match="nothing in these weeks"):
        spread(100_00, [], EQUAL_WEEKS)


@pytest.mark.parametrize(
    ("statuses", "standing"),
    [
        ([False], "non_exempt"),
        ([True, True], "exempt"),
        ([True, False], "mixed"),
        ([False, None], "unknown"),
        ([], "unknown"),
    ],
)
def test_an_exemption_is_known_only_where_all_assignments_agree(statuses, standing):
    assert standing_of(statuses) == standing


LAW = {  # 29 CFR 553.230: days of the work period, hours of law enforcement, hours of fire protection
    28: (171, 212), 27: (165, 204), 26: (159, 197), 25: (153, 189), 24: (147, 182), 23: (140, 174),
    22: (134, 167), 21: (128, 159), 20: (122, 151), 19: (116, 144), 18: (110, 136), 17: (104, 129),
    16: (98, 121), 15: (92, 114), 14: (86, 106), 13: (79, 98), 12: (73, 91), 11: (67, 83), 10: (61, 76),
    9: (55, 68), 8: (49, 61),
}  # fmt: skip


@pytest.mark.parametrize("days", LAW)
def test_overtime_of_a_work_period_begins_after_the_hours_of_the_published_table(days):
    assert hours_before_overtime(days) == tuple(hours * 100 for hours in LAW[days])


def test_a_week_of_everybody_else_has_40_hours():
    assert hours_before_overtime(7) == (40_00,)


def test_a_work_period_of_28_days_has_the_share_of_four_weeks():
    """1,300 over 52 weeks: 100 for each 28 days; in one of 181 hours 100 / 181 x 0.5 x 10."""
    periods = [Week(SATURDAY + timedelta(28 * place), 171_00, 0, days=28) for place in range(6)]
    periods.append(Week(SATURDAY + timedelta(28 * 6), 181_00, 10_00, days=28))
    weeks = [week(27 + place, 40_00) for place in range(24)]

    shares = spread(1_300_00, [*periods, *weeks], EQUAL_WEEKS)

    assert [share.part for share in shares] == [100_00] * 7 + [25_00] * 24
    assert (shares[6].additional, additional(shares)) == (2_76, 2_76)


def test_overtime_given_as_compensatory_time_is_counted_unless_it_is_left_out():
    worked = [Week(SATURDAY, 47_00, 7_00, comp_time=3_00), week(1, 40_00)]

    (counted, _), (left_out, _) = (
        spread(600_00, worked, EQUAL_WEEKS, with_comp_time=with_it) for with_it in (True, False)
    )

    assert (counted.additional, counted.of_comp_time) == (22_34, 9_57)
    assert (left_out.additional, left_out.of_comp_time) == (12_77, 9_57)


weeks_worked = st.lists(
    st.tuples(st.integers(1, 168_00), st.integers(0, 168_00), st.integers(1, 9_999_99)),
    min_size=1,
    max_size=53,
).map(lambda rows: [week(place, h, min(h, o), e) for place, (h, o, e) in enumerate(rows)])
methods = st.sampled_from([EQUAL_WEEKS, EQUAL_HOURS, EARNINGS])


@given(st.integers(0, 10_000_00), weeks_worked, methods, st.randoms())
def test_shares_come_to_the_lump_sum_in_any_order_of_the_file(lump, weeks, method, random):
    shares = spread(lump, weeks, method)
    random.shuffle(weeks)

    assert sum(share.part for share in shares) == lump
    assert spread(lump, weeks, method) == shares


@given(st.integers(0, 10_000_00), weeks_worked, st.sampled_from([EQUAL_WEEKS, EQUAL_HOURS]))
def test_what_is_due_is_the_exact_half_of_the_increase_rounded_once(lump, weeks, method):
    hours = sum(each.hours for each in weeks)
    for share in spread(lump, weeks, method):
        weight = Fraction(1, len(weeks)) if method == EQUAL_WEEKS else Fraction(share.week.hours, hours)
        exact = lump * weight / share.week.hours / 2 * share.week.overtime
        assert abs(share.additional - exact) <= Fraction(1, 2)
        assert share.additional == 0 or share.week.overtime
        assert 2 * share.additional <= share.part + 2  # never more than half of the share itself
