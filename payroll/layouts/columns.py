"""What a payroll file can say of a line, and how each kind of value is written. Pure."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from exchange.writing import guarded

TEXT, NUMBER, DAY, MONEY, RATE = "text", "number", "day", "money", "rate"


class Field(NamedTuple):
    label: str
    kind: str


FIELDS = {
    "batch": Field("Batch number", NUMBER),
    "line": Field("Line number", NUMBER),
    "number": Field("Employee number", TEXT),
    "name": Field("Name, first and last", TEXT),
    "last_name": Field("Last name", TEXT),
    "first_name": Field("First name", TEXT),
    "department": Field("Department", TEXT),
    "department_code": Field("Department code", TEXT),
    "job": Field("Job title", TEXT),
    "position": Field("Position, 1 is the main one", NUMBER),
    "fund": Field("Fund code", TEXT),
    "effective_on": Field("Effective date", DAY),
    "element": Field("Pay element", TEXT),
    "old_annual": Field("Old annual pay", MONEY),
    "new_annual": Field("New annual pay", MONEY),
    "new_hourly": Field("New hourly rate", RATE),
    "amount": Field("Amount", MONEY),
    "reason": Field("Reason", TEXT),
    "text": Field("The same text on each line", TEXT),
}
CUTTABLE = (
    "name",
    "last_name",
    "first_name",
    "department",
    "job",
    "reason",
)  # what loses no figure by being cut
DATE_FORMATS = {
    "%m/%d/%Y": "10/03/2026",
    "%Y-%m-%d": "2026-10-03",
    "%Y%m%d": "20261003",
    "%m%d%Y": "10032026",
    "%m%d%y": "100326",
}
DOLLARS, CENTS = "dollars", "cents"
NO_DECOMPOSITION = str.maketrans("đĐøØłŁ’", "dDoOlL'", "") | str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE"})


def shown(value, kind, *, date_format, money):
    """One value as text; None is nothing. Money exact: with a point, or as a whole number without one."""
    if value is None:
        return ""
    if kind == DAY:
        return date.strftime(value, date_format)
    if kind in (MONEY, RATE):
        places = 2 if kind == MONEY else 4
        value = Decimal(value)
        return f"{value:.{places}f}" if money == DOLLARS else str(int(value.scaleb(places)))
    return str(value)


def safe(text, kind):
    """For CSV: text that a spreadsheet would run gets an apostrophe; figures and days are ours."""
    return guarded(text) if kind == TEXT else text


def plain(text):
    """In the letters of ASCII, as files of fixed places count bytes; what has no such letter is a “?”."""
    apart = unicodedata.normalize("NFKD", text.translate(NO_DECOMPOSITION))
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "".join(letter if " " <= letter <= "~" else "?" for letter in kept)
