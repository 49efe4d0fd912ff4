import pytest

from exchange.matching import (
    Confidence,
    Field,
    columns_by_field,
    doubtful,
    guess_columns,
    missing_fields,
    normal_name,
)
from exchange.parsing import parse_date, parse_money
from exchange.tables import Row, name_headers

NUMBER = Field(name="number", label="Employee number", aliases=("Emp ID", "Employee ID"), required=True)
DEPARTMENT = Field(name="department", label="Department code", aliases=("Dept", "Dept Cd"))
HIRED = Field(
    name="hired", label="Hire date", aliases=("Date hired", "Date first hired"), looks_like=parse_date
)
RATE = Field(name="rate", label="Rate", aliases=("Base salary",), looks_like=parse_money, required=True)
FIELDS = [NUMBER, DEPARTMENT, HIRED, RATE]


def guess(titles, *rows):
    headers = name_headers(titles)
    return guess_columns(headers, [Row(number, row) for number, row in enumerate(rows, start=2)], FIELDS)


def told(guesses):
    return [(found.field and found.field.name, found.confidence.value, found.note) for found in guesses]


@pytest.mark.parametrize(
    "name", ["Emp ID", "EmpID", "emp_id", "EMP-ID ", "Emp. Id", "Employee ID", "EMPLOYEEID"]
)
def test_spellings_of_one_name(name):
    assert told(guess([name], ("00123",))) == [("number", "sure", "")]


def test_names_are_reduced_to_words():
    assert [normal_name(name) for name in ("E-Mail", "Orig Hire Dt", "Pos Ctrl No", "Emp #", "HRDept")] == [
        "email",
        "original hire date",
        "position ctrl number",
        "employee number",
        "hourly department",
    ]


def test_a_part_of_the_name_needs_a_look():
    guesses = guess(["Orig Hire Dt", "2024 Base Salary", "Fund"], ("5/2/23", "5", "010"))

    assert told(guesses) == [
        ("hired", "look", "Only a part of the name agrees with Hire date"),
        ("rate", "look", "Only a part of the name agrees with Rate"),
        (None, "unused", "No field of this kind"),
    ]
    assert guesses[0].first_values == ("5/2/23",)
    assert [found.header.name for found in doubtful(guesses)] == ["Orig Hire Dt", "2024 Base Salary"]


def test_one_bad_cell_leaves_a_column_sure_and_many_do_not():
    rows = [("12,5O",), *[(str(number),) for number in range(99)]]

    assert told(guess(["Rate"], *rows)) == [("rate", "sure", "")]
    assert told(guess(["Rate"], ("A",), ("B",), ("5",))) == [
        ("rate", "look", "2 of 3 values can’t be read as Rate")
    ]


def test_two_columns_of_one_name_tie():
    assert told(guess(["Rate", "Rate"], ("5", "6"))) == [
        ("rate", "look", "Column B could be Rate too"),
        (None, "unused", "Rate is taken from another column"),
    ]


def test_among_columns_of_one_kind_the_readable_one_is_proposed():
    assert told(guess(["Rate", "Base salary"], ("high", "6")))[1] == (
        "rate",
        "look",
        "Column A could be Rate too",
    )


def test_an_empty_column_keeps_its_field():
    assert told(guess(["Hire date", "Memo"], ("", ""))) == [
        ("hired", "sure", "Empty"),
        (None, "unused", "Empty"),
    ]


def test_what_is_missing_and_what_is_found():
    guesses = guess(["Dept", "Rate"], ("A", "5"))

    assert missing_fields(guesses, FIELDS) == [NUMBER]
    assert columns_by_field(guesses) == {"department": 0, "rate": 1}
    assert {found.confidence for found in guesses} == {Confidence.SURE}
