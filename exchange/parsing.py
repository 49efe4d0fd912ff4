"""Reading one cell: text in, a value out, or `BadCell` with a reason fit for the person.

Reasons follow the quoted value in a sentence: “12,5O” has the letter O in place of a zero. Money and numbers
are exact Decimals; nothing is guessed where a figure can be read in two ways.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from exchange.dates import parse_date
from exchange.problems import BadCell

__all__ = [
    "BadCell",
    "parse_choice",
    "parse_date",
    "parse_exempt",
    "parse_fte",
    "parse_money",
    "parse_number",
    "parse_percent",
    "parse_text",
    "parse_yes_no",
]

Choice = TypeVar("Choice")

PLAIN = re.compile(r"\d{1,15}(\.\d{1,4})?", re.ASCII)
AMOUNT = re.compile(
    r"(?:US\$|USD|\$)?\s*(?P<open>\()?\s*(?P<sign>[-+])?\s*(?:US\$|USD|\$)?\s*(?P<sign2>-)?\s*"
    r"(?P<figure>(\d{1,3}(,\d{3})+|\d+)(\.\d*)?|\.\d+)"
    r"\s*(?:USD)?\s*(?P<close>\))?(?P<minus>-)?",
    re.ASCII | re.IGNORECASE,
)
NOTHING = re.compile(r"\$\s*-+")  # how Excel's accounting format shows zero
DECIMAL_COMMA = re.compile(r"\d{1,3}(\.\d{3})+,\d{1,2}|\d+,\d{1,2}", re.ASCII)
SCIENTIFIC = re.compile(r"[-+]?\d+(\.\d*)?E[-+]?\d+", re.ASCII | re.IGNORECASE)
SPREADSHEET_ERROR = re.compile(r"#(N/A|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)
LOOKALIKES = {"O": "zero", "o": "zero", "l": "one", "I": "one"}
AS_DIGITS = str.maketrans("OolI", "0011")
LONGEST_FIGURE = 60
LARGEST = Decimal(10) ** 13

YES = {"y", "yes", "true", "t", "1", "x"}
NO = {"n", "no", "false", "f", "0"}
EXEMPT = {"e", "ex", "exempt"} | YES
NON_EXEMPT = {"ne", "nonexempt", "notexempt"} | NO


def parse_money(text: str, *, places: int = 4) -> Decimal:
    """An amount in dollars, exact: `55314`, `$55,314.00 `, `(1,234.50)` or `1,234.50-` below zero, `24.1500`.

    `places` is how many decimals are allowed, four for hourly rates. A decimal comma, scientific notation and
    a comma that separates no thousands are refused. Raises `BadCell`.
    """
    text = text.strip()
    if PLAIN.fullmatch(text) and places == 4:
        return Decimal(text)
    if NOTHING.fullmatch(text):
        return Decimal(0)
    return read_amount(text, places, noun="an amount", example="55,314.00")


def parse_number(text: str, *, places: int = 4) -> Decimal:
    """A number, exact, with or without thousands separators. Raises `BadCell`."""
    text = text.strip()
    if "$" in text:
        raise BadCell("is an amount of money where a number belongs")
    return read_amount(text, places, noun="a number", example="1,234.5")


def parse_percent(text: str, *, places: int = 6) -> Decimal:
    """A percentage as the number before the sign: `3.5%`, `3.5 %` and `3.5` are all 3.5. Raises `BadCell`."""
    return parse_number(text.strip().removesuffix("%"), places=places)


def parse_fte(text: str, *, places: int = 4) -> Decimal:
    """A part of full time, more than 0 and at most 1: `1`, `0.5`, `.75`, `50%`. Raises `BadCell`."""
    text = text.strip()
    if DECIMAL_COMMA.fullmatch(text) and Decimal(text.replace(".", "").replace(",", ".")) > 1:
        raise BadCell(
            "has a comma where a decimal point belongs, and is more than 1",
            "Write the part of full time, such as 0.5; two positions need two rows.",
        )
    if text.endswith("%"):
        number = parse_percent(text, places=places) / 100
    else:
        number = parse_number(text, places=places)
    if number <= 0:
        raise BadCell("is not more than 0", "Write the part of full time, such as 0.5.")
    if number > 2:
        raise BadCell(
            "is not a part of full time", "Write it as a part of 1, such as 0.5, or with a percent sign."
        )
    if number > 1:
        raise BadCell("is more than 1; two positions need two rows", "Split it into two rows.")
    return number


def parse_yes_no(text: str) -> bool:
    """Y, yes, true, T, 1 and X are yes; N, no, false, F and 0 are no. Raises `BadCell`."""
    return one_of_two(text, YES, NO, "Write Y or N.")


def parse_exempt(text: str) -> bool:
    """Whether a position is exempt from overtime under the FLSA: E, exempt, Y; N, NE, non-exempt, no.

    Raises `BadCell`.
    """
    return one_of_two(text, EXEMPT, NON_EXEMPT, "Write E for exempt or N for non-exempt.")


def parse_choice(text: str, choices: Mapping[str, Choice]) -> Choice:
    """The value that `choices` gives to this text, whatever its case and spacing. Raises `BadCell`."""
    wanted = squeezed(text)
    for word, value in choices.items():
        if squeezed(word) == wanted:
            return value
    if not wanted:
        raise BadCell("is empty")
    words = ", ".join(list(choices)[:8])
    raise BadCell(f"is not one of: {words}{', …' if len(choices) > 8 else ''}")


def parse_text(text: str, *, longest: int = 200) -> str:
    """Words on one line, with single spaces. Raises `BadCell` if empty or too long."""
    words = " ".join(text.split())
    if not words:
        raise BadCell("is empty")
    if SPREADSHEET_ERROR.fullmatch(words):
        raise BadCell("is an error of the spreadsheet", "Mend the formula in the spreadsheet.")
    if len(words) > longest:
        raise BadCell(f"has {len(words):,} characters, more than the {longest:,} that fit")
    return words


def read_amount(text: str, places: int, *, noun: str, example: str) -> Decimal:
    text = text.replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ").strip()
    match = AMOUNT.fullmatch(text) if len(text) <= LONGEST_FIGURE else None
    signs = match and sum(bool(match[name]) for name in ("open", "sign", "sign2", "minus"))
    if not match or bool(match["open"]) != bool(match["close"]) or signs > 1:
        raise why_no_amount(text, noun, example)
    digits = match["figure"].replace(",", "")
    whole, _, decimals = digits.partition(".")
    decimals = decimals.rstrip("0") if len(decimals) > places else decimals
    if len(decimals) > places:
        raise BadCell(
            f"has {len(decimals)} decimals; at most {places} are taken",
            f"Round it to {places} decimals or fewer.",
        )
    number = Decimal(f"{whole or 0}.{decimals}" if decimals else whole)
    if number >= LARGEST:
        raise BadCell("is too large")
    negative = match["open"] or match["sign"] == "-" or match["sign2"] or match["minus"]
    return -number if negative else number


def why_no_amount(text: str, noun: str, example: str) -> BadCell:
    """The reason why this text is not an amount or number, with what to write where that is known."""
    write = f"Write digits with a decimal point, such as {example}."
    if not text:
        return BadCell("is empty")
    if SPREADSHEET_ERROR.fullmatch(text):
        return BadCell("is an error of the spreadsheet", "Mend the formula in the spreadsheet.")
    if set(text) == {"#"}:
        return BadCell("is what Excel shows when a column is too narrow", "Widen the column and save again.")
    if text.startswith("="):
        return BadCell(
            "is a formula without a result", "Open the file in Excel, save it there and choose the new file."
        )
    if set(text) <= set("-–—"):
        return BadCell(f"is a dash, not {noun}", "Write 0 if it is zero, or leave the cell empty.")
    if len(text) > LONGEST_FIGURE:
        return BadCell(f"is not {noun}", write)
    unseen = next((character for character in text if not character.isprintable()), None)
    if unseen:
        return BadCell(f"has an unseen character (U+{ord(unseen):04X})", "Type the figure again.")
    if text.endswith("%"):
        return BadCell(f"is a percentage, not {noun}")
    letter = next((character for character in text if character in LOOKALIKES), None)
    if letter and re.fullmatch(r"[\s\dOolI$.,()+\-]*\d[\s\dOolI$.,()+\-]*", text):
        return BadCell(f"has the letter {letter} in place of a {LOOKALIKES[letter]}", mended(text, write))
    if SCIENTIFIC.fullmatch(text):
        return BadCell(
            "is in scientific notation, which may have lost digits",
            "Format the column as a number and save again.",
        )
    if DECIMAL_COMMA.fullmatch(text.strip("$()+- ")):
        return BadCell("has a comma where a decimal point belongs", mended(text, write))
    if text.count("(") != text.count(")"):
        return BadCell("has a parenthesis without its other half")
    if re.fullmatch(r"[$()+\-\s\d,.]*", text, re.ASCII):
        figure = text.strip("$()+- ")
        if figure.count(".") > 1:
            return BadCell(f"has {figure.count('.')} decimal points", write)
        if "," in figure:
            return BadCell("has a comma that separates no thousands", write)
    if re.search(r"[€£¥]", text):
        return BadCell("is in another currency than dollars")
    if re.search(r"\d", text) and re.search(r"[^\W\d_]", text):
        return BadCell(f"holds more than {noun}", f"Leave only the figure in this cell, such as {example}.")
    return BadCell(f"is not {noun}", write)


def mended(text: str, otherwise: str) -> str:
    """What the person probably meant, if it can be read once letters are digits and the comma a point."""
    figure = text.translate(AS_DIGITS).strip()
    if DECIMAL_COMMA.fullmatch(figure.strip("$()+- ")):
        figure = figure.replace(".", "").replace(",", ".")
    return f"Write {figure}, if that is what it says." if AMOUNT.fullmatch(figure) else otherwise


def one_of_two(text: str, yes: set[str], no: set[str], mend: str) -> bool:
    word = re.sub(r"[\s.\-_/]+", "", text).casefold()
    if word in yes:
        return True
    if word in no:
        return False
    if not word:
        raise BadCell("is empty", mend)
    raise BadCell("is neither yes nor no" if yes is YES else "is neither exempt nor non-exempt", mend)


def squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()
