from decimal import Decimal

import pytest

from exchange.parsing import BadCell
from organization.roster.cells import (
    PayOf,
    parse_basis,
    parse_email,
    parse_kind,
    parse_pay,
    parse_share,
    parse_status,
    parse_step,
)
from organization.roster.names import name_key, split_name
from organization.roster.pay import hours_of_a_year, read_pay


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("AARON, JEFFERY M", "JEFFERY M", "AARON"),
        ("AARON,PATRICIA G", "PATRICIA G", "AARON"),
        ("Nguyễn, Quang", "Quang", "Nguyễn"),
        ("Denise Okafor", "Denise", "Okafor"),
        ("Martin L King Jr.", "Martin L", "King Jr."),
        ("Martin King, Jr.", "Martin", "King Jr."),
        ("King, Jr., Martin", "Martin", "King Jr."),
        ("Cher", "", "Cher"),
    ],
)
def test_names_are_split_as_files_write_them(text, first, last):
    assert split_name(text) == (first, last)


def test_spellings_of_one_name_have_one_key():
    assert name_key("Jeffery M.", "AARON") == name_key("JEFFERY  M", "Aaron")
    assert name_key("Marisol", "Treviño") == name_key("MARISOL", "TREVINO")
    assert name_key("Ann", "O'Neil") == name_key("Ann", "O’Neil")
    assert name_key("Ann", "Neil") != name_key("Anne", "Neil")


@pytest.mark.parametrize(
    ("text", "kind", "full_time"),
    [
        ("Fulltime-Regular", "regular", True),
        ("Parttime-Regular", "regular", False),
        ("F", None, True),
        ("Seasonal", "temporary", None),
        ("Elected official", "elected", None),
        ("Full-time temporary", "temporary", True),
    ],
)
def test_kind_and_share_come_from_one_column(text, kind, full_time):
    assert parse_kind(text) == (kind, full_time)


def test_basis_in_the_words_of_files():
    assert [parse_basis(word) for word in ("SALARY", "Hourly", "per Annum", "H")] == [
        *("annual", "hourly", "annual", "hourly")
    ]
    with pytest.raises(BadCell, match="not kept here"):
        parse_basis("per Day")


def test_status_email_and_step():
    assert [parse_status(word) for word in ("Active", "On Leave", "Terminated", "Retired")] == [
        *(True, True, False, False)
    ]
    assert parse_email("MTrevino@Caprock.example") == "mtrevino@caprock.example"
    assert parse_step("Step 04") == 4
    for reader, text in ((parse_email, "n/a"), (parse_step, "2.5"), (parse_status, "FT")):
        with pytest.raises(BadCell):
            reader(text)


def test_hours_of_a_week_are_counted_for_a_year():
    assert hours_of_a_year(Decimal(20), "auto") == (1040, "")
    assert hours_of_a_year(Decimal("37.5"), "auto") == (1950, "")
    assert hours_of_a_year(Decimal(1560), "auto") == (1560, "")
    assert hours_of_a_year(Decimal(80), "two_weeks") == (2080, "")
    assert hours_of_a_year(Decimal(0), "auto") == (None, "")
    assert hours_of_a_year(Decimal("33.33"), "week")[0] == 1733


def pay(**values):
    found = read_pay({name: value if name == "basis" else Decimal(value) for name, value in values.items()})
    return found.basis, str(found.rate)


def test_the_column_that_is_filled_decides_the_basis():
    assert pay(annual_pay="55314") == ("annual", "55314")
    assert pay(hourly_rate="21.50") == ("hourly", "21.50")
    assert pay(annual_pay="44720", hourly_rate="21.50") == ("annual", "44720")
    assert pay(annual_pay="44720", hourly_rate="21.50", basis="hourly") == ("hourly", "21.50")
    assert pay(annual_pay="0", hourly_rate="21.50") == ("hourly", "21.50")
    assert pay(annual_pay="44720", basis="hourly") == ("annual", "44720")
    assert pay(annual_pay="0") == ("annual", "0")
    assert pay(annual_pay="17.25", basis="hourly") == ("hourly", "17.25")


def test_a_rate_without_a_basis_is_told_by_its_size_or_refused():
    assert pay(rate="24.15") == ("hourly", "24.15")
    assert pay(rate="46280") == ("annual", "46280")
    with pytest.raises(BadCell, match="year or of an hour"):
        pay(rate="600")
    with pytest.raises(BadCell, match="empty"):
        pay()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$68,473.60 YR", PayOf(Decimal("68473.60"), "annual")),
        ("$52.45 HR", PayOf(Decimal("52.45"), "hourly")),
        ("$52.45/hr.", PayOf(Decimal("52.45"), "hourly")),
        ("50,000 per year", PayOf(Decimal(50000), "annual")),
        ("$55,314.00 ", Decimal("55314.00")),
    ],
)
def test_an_amount_may_say_of_what_it_is(text, expected):
    assert parse_pay(text) == expected


def test_an_amount_that_says_of_what_it_is_decides_the_basis():
    by_hour, by_year = parse_pay("52.45 HR"), parse_pay("50000 YR")
    assert (read_pay({"annual_pay": by_hour}).basis, read_pay({"rate": by_year}).basis) == (
        "hourly",
        "annual",
    )
    with pytest.raises(BadCell, match="another basis"):
        read_pay({"annual_pay": by_hour, "basis": "annual"})
    with pytest.raises(BadCell, match="another time"):
        parse_pay("$2,640.00 BW")


def test_an_fte_with_a_decimal_comma_is_mended_to_one_that_is_taken():
    with pytest.raises(BadCell) as bad:
        parse_share("0,5")
    assert bad.value.mend == "Write 0.5, if that is what it says."
    with pytest.raises(BadCell) as bad:
        parse_share("1,5")
    assert bad.value.reason == "has a comma where a decimal point belongs, and is more than 1"
    assert "1.5" not in bad.value.mend
