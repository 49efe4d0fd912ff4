from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from look import formats


@pytest.mark.parametrize(
    ("write", "value", "words"),
    [
        (formats.money, D("1298.15"), "$1,298.15"),
        (formats.money, D("-155.75"), "−$155.75"),
        (formats.money, D("-0.004"), "$0.00"),
        (formats.money, 12, "$12.00"),
        (formats.money_from_cents, 4_834_800, "$48,348.00"),
        (formats.money_from_cents, -1, "−$0.01"),
        (formats.estimate, D("2199968.50"), "$2,199,969"),
        (formats.signed, D("925.60"), "+ $925.60"),
        (formats.signed, D("-155.75"), "− $155.75"),
        (formats.signed, D(0), "$0.00"),
        (formats.rate, D("23.24423"), "$23.2442"),
        (formats.rate, 232_442, "$23.2442"),
        (formats.percent, D("2"), "2.00%"),
        (formats.percent, 22_507, "2.2507%"),
        (formats.percent, 20_000, "2.00%"),
        (formats.percent, D("-0.5"), "−0.50%"),
        (formats.percent, D("100"), "100.00%"),
        (formats.score, 398, "3.98"),
        (formats.score, D("3.495"), "3.50"),
        (formats.number, -1912, "−1,912"),
    ],
)
def test_figures(write, value, words):
    assert write(value) == words


@pytest.mark.parametrize(
    "write", [formats.money, formats.signed, formats.rate, formats.percent, formats.number]
)
def test_a_float_is_refused(write):
    with pytest.raises(TypeError):
        write(0.1)


def test_cents_are_whole():
    with pytest.raises(TypeError):
        formats.money_from_cents(D("12.5"))


def test_dates():
    on = date(2026, 9, 5)

    assert formats.day(on) == "Sat, Sep 5"
    assert formats.short_date(on) == "Sep 5, 2026"
    assert formats.record_date(on) == "September 5, 2026"


def test_moments_are_written_in_the_countys_time():
    at = datetime(2026, 9, 11, 0, 5, 8, tzinfo=UTC)

    assert formats.clock(at) == "7:05 p.m."
    assert formats.clock(at, seconds=True) == "7:05:08 p.m."
    assert formats.moment(at) == "September 10, 2026, 7:05 p.m."
    assert formats.day(at) == "Thu, Sep 10"


@pytest.mark.parametrize(("hour", "words"), [(0, "12:00 a.m."), (12, "12:00 p.m."), (23, "11:00 p.m.")])
def test_midnight_and_noon(hour, words):
    assert formats.clock(datetime(2026, 9, 10, hour)) == words  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "words"),
    [(8, "2 days late"), (9, "1 day late"), (10, "today"), (11, "tomorrow"), (15, "in 5 days")],
)
def test_how_far_off_a_day_is(day, words):
    assert formats.from_today(date(2026, 9, day), date(2026, 9, 10)) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Denise Okafor", "DO"),
        ("Okafor, Denise", "DO"),
        ("Ruth Ann Kowalczyk", "RK"),
        ("Cher", "C"),
        ("", ""),
    ],
)
def test_monogram(name, letters):
    assert formats.monogram(name) == letters


def test_a_seal_is_read_in_groups_of_four():
    assert formats.hash_groups("9f3c61ab07de44187be094c21f5ad3e6") == "9f3c 61ab 07de 4418"
