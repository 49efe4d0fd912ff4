from decimal import Decimal

import pytest

from exchange.parsing import (
    BadCell,
    parse_choice,
    parse_exempt,
    parse_fte,
    parse_money,
    parse_number,
    parse_percent,
    parse_text,
    parse_yes_no,
)


def reason(parse, text, *args):
    with pytest.raises(BadCell) as refused:
        parse(text, *args)
    return refused.value.reason


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$55,314.00 ", "55314"),
        ("190550.0", "190550"),
        ("24.1500", "24.15"),
        ("24.150000000", "24.15"),
        ("(1,234.50)", "-1234.5"),
        ("$(5.25)", "-5.25"),
        ("($5.25)", "-5.25"),
        ("-$5", "-5"),
        ("$ -5", "-5"),
        ("\u22125", "-5"),
        ("1,234.50-", "-1234.5"),
        ("USD 12", "12"),
        ("12 USD", "12"),
        (".5", "0.5"),
        ("5.", "5"),
        ("$ -   ", "0"),
        ("\u00a01,234,567.89\u00a0", "1234567.89"),
    ],
)
def test_money(text, amount):
    assert parse_money(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "why", "mend"),
    [
        ("12,5O", "has the letter O in place of a zero", "Write 12.50, if that is what it says."),
        ("l2.50", "has the letter l in place of a one", "Write 12.50, if that is what it says."),
        ("1.234,56", "has a comma where a decimal point belongs", "Write 1234.56, if that is what it says."),
        ("1,23", "has a comma where a decimal point belongs", "Write 1.23, if that is what it says."),
        (
            "1,2345",
            "has a comma that separates no thousands",
            "Write digits with a decimal point, such as 55,314.00.",
        ),
        ("1.2.3", "has 2 decimal points", "Write digits with a decimal point, such as 55,314.00."),
        (
            "5.5E+04",
            "is in scientific notation, which may have lost digits",
            "Format the column as a number and save again.",
        ),
        ("55314.10001", "has 5 decimals; at most 4 are taken", "Round it to 4 decimals or fewer."),
        ("3%", "is a percentage, not an amount", ""),
        ("(5", "has a parenthesis without its other half", ""),
        ("#N/A", "is an error of the spreadsheet", "Mend the formula in the spreadsheet."),
        ("#####", "is what Excel shows when a column is too narrow", "Widen the column and save again."),
        (
            "=A1*2",
            "is a formula without a result",
            "Open the file in Excel, save it there and choose the new file.",
        ),
        (
            "-",
            "is a dash, not an amount",
            "Write 0 if it is zero, or leave the cell empty.",
        ),
        (
            "24.15/hr",
            "holds more than an amount",
            "Leave only the figure in this cell, such as 55,314.00.",
        ),
        ("12\u200b", "has an unseen character (U+200B)", "Type the figure again."),
        ("€12", "is in another currency than dollars", ""),
        ("", "is empty", ""),
        ("9" * 16, "is too large", ""),
        ("١٢", "is not an amount", "Write digits with a decimal point, such as 55,314.00."),
        ("--5", "is not an amount", "Write digits with a decimal point, such as 55,314.00."),
        ("(-5)", "is not an amount", "Write digits with a decimal point, such as 55,314.00."),
    ],
)
def test_money_that_cannot_be_read(text, why, mend):
    with pytest.raises(BadCell) as refused:
        parse_money(text)

    assert (refused.value.reason, refused.value.mend) == (why, mend)


def test_numbers_and_percentages():
    assert parse_number("1,234.5") == Decimal("1234.5")
    assert parse_percent("3.25 %") == Decimal("3.25")
    assert parse_percent("2.2507") == Decimal("2.2507")
    assert reason(parse_number, "$5") == "is an amount of money where a number belongs"


def test_fte():
    assert [parse_fte(text) for text in ("1.00", ".75", "50%")] == [
        Decimal(1),
        Decimal("0.75"),
        Decimal("0.5"),
    ]
    assert reason(parse_fte, "1.25") == "is more than 1; two positions need two rows"
    assert reason(parse_fte, "40") == "is not a part of full time"
    assert reason(parse_fte, "0") == "is not more than 0"


def test_yes_no_and_exempt():
    assert [parse_yes_no(text) for text in ("Y", "yes", "TRUE", "N", "0")] == [True, True, True, False, False]
    assert [parse_exempt(text) for text in ("E", "Exempt", "Non-Exempt", "N", "Not exempt")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert reason(parse_yes_no, "E") == "is neither yes nor no"
    assert reason(parse_exempt, "maybe") == "is neither exempt nor non-exempt"


def test_choices_ignore_case_and_spacing():
    bases = {"Annual": "a", "A": "a", "Per hour": "h"}

    assert [parse_choice(text, bases) for text in ("ANNUAL", " a", "per  HOUR")] == ["a", "a", "h"]
    assert reason(parse_choice, "weekly", bases) == "is not one of: Annual, A, Per hour"


def test_text_is_one_line():
    assert parse_text(" Deputy \n Clerk II ") == "Deputy Clerk II"
    assert (
        reason(lambda text: parse_text(text, longest=5), "Deputy")
        == "has 6 characters, more than the 5 that fit"
    )
