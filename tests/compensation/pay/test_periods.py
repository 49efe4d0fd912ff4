from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.pay import periods

ANCHOR = date(2026, 9, 19)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("on_date", date(2026, 10, 1)),
        ("first_period_on_or_after", date(2026, 10, 3)),
        ("period_containing", date(2026, 9, 19)),
    ],
)
def test_a_raise_counts_from_the_day_or_a_pay_period(rule, expected):
    assert periods.effective_date(date(2026, 10, 1), rule, ANCHOR) == expected


def test_a_period_that_starts_on_the_day_is_the_one():
    assert periods.first_period_on_or_after(ANCHOR, ANCHOR) == ANCHOR
    assert periods.period_containing(ANCHOR, ANCHOR) == ANCHOR


def test_within_grade_increase_takes_effect_with_the_next_period():
    """52 weeks after October 12, 1987 (Timing of Within-Grade Increases, US Intl. Trade Administration)."""
    completed = date(1987, 10, 12) + timedelta(weeks=52)
    assert periods.first_period_on_or_after(completed, date(1988, 10, 23)) == date(1988, 10, 23)


DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(DAYS, DAYS, st.integers(1, 35))
def test_periods_tile_the_calendar(day, anchor, length):
    start = periods.period_containing(day, anchor, length)
    later = periods.first_period_on_or_after(day, anchor, length)
    assert start <= day < start + timedelta(length)
    assert later - timedelta(length) < day <= later
    assert (start - anchor).days % length == (later - anchor).days % length == 0


def test_without_a_pay_calendar_only_the_day_itself_is_known():
    with pytest.raises(ValueError, match="pay calendar is not known"):
        periods.effective_date(date(2026, 10, 1), "period_containing")


def test_26_periods_start_in_most_fiscal_years_and_27_in_some():
    def count(year):
        return len(periods.periods_starting(date(year - 1, 10, 1), date(year, 9, 30), ANCHOR))

    assert [count(year) for year in range(2026, 2040)].count(27) == 1


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 9, 1), 6, date(2026, 3, 1)),
        (date(2026, 2, 28), 6, date(2025, 8, 31)),
        (date(2026, 8, 30), 6, date(2026, 2, 28)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_months_before_a_day(day, months, before):
    assert periods.months_before(day, months) == before


def test_days_of_service_of_a_leap_year():
    start, end = date(2027, 10, 1), date(2028, 9, 30)
    assert periods.days_of_service(start, end, date(2027, 12, 1)) == (305, 366)
    assert periods.days_of_service(start, end, date(2020, 1, 1)) == (366, 366)
    assert periods.days_of_service(start, end, date(2028, 9, 30)) == (1, 366)
    assert periods.days_of_service(start, end, date(2028, 10, 1)) == (0, 366)
