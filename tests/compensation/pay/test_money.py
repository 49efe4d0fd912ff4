from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.pay import money


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half_up", [3, -3, 2, -2, 4]),
        ("half_even", [2, -2, 2, -2, 4]),
        ("up", [3, -3, 3, -3, 4]),
        ("down", [2, -2, 2, -2, 3]),
    ],
)
def test_modes_treat_both_sides_of_zero_alike(mode, expected):
    """Of 2.5, -2.5, 2.4, -2.4 and 3.6."""
    assert [money.MODES[mode](tenths, 10) for tenths in (25, -25, 24, -24, 36)] == expected


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**9), st.sampled_from(sorted(money.MODES)))
def test_rounding_agrees_with_exact_fractions(numerator, denominator, mode):
    exact = Fraction(numerator, denominator)
    below = exact.numerator // exact.denominator
    rest, sign = abs(exact) % 1, 1 if exact >= 0 else -1
    whole = abs(exact) // 1
    expected = {
        "half_up": sign * (whole + (rest >= Fraction(1, 2))),
        "half_even": round(exact),
        "up": sign * (whole + (rest > 0)),
        "down": sign * whole,
    }[mode]
    assert money.MODES[mode](numerator, denominator) == expected
    assert abs(expected - below) <= 1


def test_half_a_cent_goes_up():
    assert money.rounded(18_845, 10) == 1885


def test_four_decimals_of_a_percent_are_rounded_once():
    """47,205.60 × 2.2507% = 1,062.46."""
    assert money.percent_of(4_720_560, 22_507) == 106_246


@pytest.mark.parametrize(
    ("annual", "hours", "to_the_cent"),
    [(8_903_300, 2087, 42_66), (6_000_000, 2080, 28_85), (6_000_000, 2087, 28_75)],
)
def test_hourly_rates_of_published_annual_rates(annual, hours, to_the_cent):
    assert money.hourly_rate(annual, hours, place=100) == to_the_cent * 100


def test_hourly_rate_keeps_four_decimals():
    assert money.hourly_rate(4_834_800, 2080) == 232_442


def test_annual_pay_follows_hours_and_fte():
    assert money.annual_pay("annual", 4_120_000, 2080, 5_000) == 2_060_000
    assert money.annual_pay("hourly", 182_500, 2080, 5_000) == 1_898_000
    assert money.annual_pay("hourly", 182_500, 2080, None) == 3_796_000


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$55,314.00 ", 5_531_400),
        ("1500", 150_000),
        ("-3.5", -350),
        ("−3.50", -350),
        (1500, 150_000),
        ("0.10000", 10),
    ],
)
def test_dollars_are_read_as_people_write_them(text, cents):
    assert money.read_dollars(text) == cents


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abc", "“abc” is not an amount of dollars."),
        ("1,5", "“1,5” is not an amount of dollars."),
        ("1e5", "“1e5” is not an amount of dollars."),
        ("", "“” is not an amount of dollars."),
        ("NaN", "“NaN” is not an amount of dollars."),
        ("1.005", "“1.005” is finer than cents."),
        (2.5, "Write an amount of dollars as text or a whole number, so that it stays exact."),
    ],
)
def test_what_is_no_amount_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(ValueError, match="^" + sentence.replace(".", r"\.") + "$"):
        money.read_dollars(text)


def test_percentages_have_four_decimals():
    assert money.read_percent("2.2507 %") == 22_507
    assert money.read_percent(3) == 30_000
    with pytest.raises(ValueError, match="finer than four decimals"):
        money.read_percent("2.25071")
    with pytest.raises(ValueError, match="stays exact"):
        money.read_percent(2.25)


@given(st.integers(-(10**10), 10**10))
def test_what_is_written_reads_back(value):
    assert money.read_dollars(money.plain(value, 2)) == value
    assert money.read_dollars(money.dollars(value)) == value
    assert money.read_hourly(money.hourly(value)) == value
    assert money.read_percent(money.percent(value)) == value


def test_figures_are_shown_as_americans_write_them():
    assert money.dollars(129_815) == "$1,298.15"
    assert money.dollars(-15_575) == "−$155.75"
    assert money.hourly(232_442) == "$23.2442"
    assert money.percent(20_000) == "2.00%"
    assert money.percent(22_507) == "2.2507%"
