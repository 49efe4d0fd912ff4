import datetime as dt

import pytest

from exchange.dates import parse_date
from exchange.problems import BadCell


def reason(text, **options):
    with pytest.raises(BadCell) as refused:
        parse_date(text, **options)
    return refused.value.reason


@pytest.mark.parametrize(
    "text",
    [
        "5/2/2023",
        "05/02/23",
        "5-2-23",
        "5.2.2023",
        "2023-05-02",
        "2023/5/2",
        "20230502",
        "2023-05-02T00:00:00",
        "2023-05-02 00:00:00.000",
        "5/2/2023 12:00:00 AM",
        "5/2/23 0:00",
        "2-May-23",
        "02-MAY-2023",
        "2 May 2023",
        "May 2, 2023",
        "Tue, May 2nd, 2023",
        " 5/2/2023 ",
    ],
)
def test_ways_to_write_a_day(text):
    assert parse_date(text) == dt.date(2023, 5, 2)


def test_years_of_two_digits():
    assert [parse_date(f"1/1/{year}").year for year in ("00", "49", "50", "99")] == [2000, 2049, 1950, 1999]
    assert parse_date("1/1/30", pivot=26) == dt.date(1930, 1, 1)


def test_other_orders():
    assert parse_date("2/5/2023", "dmy") == dt.date(2023, 5, 2)
    assert parse_date("23-05-02", "ymd") == dt.date(2023, 5, 2)
    assert parse_date("2023-05-02", "dmy") == dt.date(2023, 5, 2)


def test_excel_serials_only_when_told():
    assert parse_date("45048", excel_serials=True) == dt.date(2023, 5, 2)
    assert reason("45048") == "is a number, perhaps a day as Excel counts it"
    assert reason("60", excel_serials=True) == "is too small a number for a day as Excel counts it"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2/30/24", "is not a date; February 2024 had 29 days"),
        ("Feb 29, 2023", "is not a date; February 2023 had 28 days"),
        ("13/2/2024", "is not a date; there is no month 13"),
        ("5/0/2024", "is not a date; there is no day 0"),
        ("5-Foo-24", "is not a date; there is no month “foo”"),
        ("5/2/202", "is not a date"),
        ("12/31/9999", "is not a date that is taken; the year 9999 is outside 1900 to 2199"),
        ("5/2/2023 1:30 PM", "has a time of day; only the date belongs here"),
        ("2023-05-02T05:00:00Z", "has a time of day; only the date belongs here"),
        ("soon", "is not a date"),
        ("", "is empty"),
    ],
)
def test_what_is_not_a_day(text, why):
    assert reason(text) == why
