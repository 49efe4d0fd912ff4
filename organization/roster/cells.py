"""Reading the cells that only rosters have: text in, a value out, or `BadCell`."""

import re
from decimal import Decimal
from typing import NamedTuple

from exchange.parsing import BadCell, parse_fte, parse_money, parse_number, parse_percent, parse_text
from organization.models import Assignment
from organization.roster.names import text_key

EMAIL_LENGTH = 254
MOST_PAY = 10**8  # dollars, from which on the database has no place
SHARE_PLACES = 12  # decimals of an FTE that are read; it is kept with four
KINDS = {
    "regular": Assignment.Kind.REGULAR,
    "reg": Assignment.Kind.REGULAR,
    "permanent": Assignment.Kind.REGULAR,
    "perm": Assignment.Kind.REGULAR,
    "classified": Assignment.Kind.REGULAR,
    "appointed": Assignment.Kind.REGULAR,
    "career": Assignment.Kind.REGULAR,
    "probationary": Assignment.Kind.REGULAR,
    "r": Assignment.Kind.REGULAR,
    "temporary": Assignment.Kind.TEMPORARY,
    "temp": Assignment.Kind.TEMPORARY,
    "seasonal": Assignment.Kind.TEMPORARY,
    "casual": Assignment.Kind.TEMPORARY,
    "intern": Assignment.Kind.TEMPORARY,
    "limited": Assignment.Kind.TEMPORARY,
    "tlt": Assignment.Kind.TEMPORARY,
    "provisional": Assignment.Kind.TEMPORARY,
    "substitute": Assignment.Kind.TEMPORARY,
    "student": Assignment.Kind.TEMPORARY,
    "contract": Assignment.Kind.TEMPORARY,
    "diem": Assignment.Kind.TEMPORARY,
    "t": Assignment.Kind.TEMPORARY,
    "elected": Assignment.Kind.ELECTED,
    "e": Assignment.Kind.ELECTED,
}
SHARES = {"full": True, "fulltime": True, "ft": True, "f": True}
SHARES |= {"part": False, "parttime": False, "pt": False, "p": False}
ANNUAL, HOURLY = Assignment.Basis.ANNUAL, Assignment.Basis.HOURLY
BASES = {
    **dict.fromkeys(
        ["a", "annual", "annually", "annum", "per annum", "prorated annual", "y", "yr", "year", "yearly"],
        ANNUAL,
    ),
    **dict.fromkeys(["s", "salary", "salaried"], ANNUAL),
    **dict.fromkeys(["h", "hr", "hour", "hourly", "per hr", "per hour", "wage"], HOURLY),
}
UNITS = {
    **dict.fromkeys(["yr", "year", "yearly", "annum", "annual", "annually"], ANNUAL),
    **dict.fromkeys(["hr", "hour", "hourly"], HOURLY),
    **dict.fromkeys(["day", "daily", "da", "wk", "week", "weekly", "bw", "biweekly", "mo", "month"]),
    **dict.fromkeys(["monthly", "pp"]),
}
AMOUNT_WITH_UNIT = re.compile(r"(.*[\d)])\s*(?:/|per\s|an?\s)?\s*([a-z]+)\.?", re.IGNORECASE)
PAY_SET_BY = {
    "court": Assignment.PaySetBy.COURT,
    "commissioners court": Assignment.PaySetBy.COURT,
    "county": Assignment.PaySetBy.COURT,
    "judges": Assignment.PaySetBy.JUDGES,
    "district judges": Assignment.PaySetBy.JUDGES,
    "grant": Assignment.PaySetBy.GRANT,
    "state": Assignment.PaySetBy.STATE,
}
GONE = {
    "terminated",
    "term",
    "ceased",
    "t",
    "separated",
    "retired",
    "deceased",
    "resigned",
    "inactive",
    "former",
    "left",
}
HERE = {"active", "a", "employed", "current", "filled", "leave", "on leave", "l", "suspended"}
HERE |= {"on", "seasonal"}  # on leave, on separation leave


def parse_kind(text):
    """(kind or None, True for full time, False for part time, None if not said). Raises `BadCell`."""
    words = text_key(text).replace("-", " ").replace("/", " ").replace("_", " ").split()
    kind = next((KINDS[word] for word in words if word in KINDS), None)
    full_time = next((SHARES[word] for word in words if word in SHARES), None)
    if kind is None and full_time is None:
        raise BadCell(
            "is no kind of employment known here",
            "Write regular, temporary, elected, full time or part time.",
        )
    return kind, full_time


def parse_basis(text):
    """Annual or hourly. Raises `BadCell`."""
    words = text_key(text).replace("-", " ")
    if words in BASES:
        return BASES[words]
    if any(unit in words for unit in ("day", "week", "month")):
        raise BadCell("is a basis that is not kept here", "Restate the pay by the year or by the hour.")
    raise BadCell("is neither annual nor hourly", "Write annual or hourly.")


def parse_status(text):
    """Whether the person is still employed. Raises `BadCell`."""
    words = text_key(text)
    if words in GONE or words.split(" ")[0].strip(",-") in GONE - {"t"}:
        return False
    if words in HERE or words.split(" ")[0].strip(",-") in HERE:
        return True
    raise BadCell("says neither that the person is employed nor gone", "Write active or separated.")


def parse_pay_set_by(text):
    if text_key(text) in PAY_SET_BY:
        return PAY_SET_BY[text_key(text)]
    raise BadCell("is not one of: Court, District judges, Grant, State")


def parse_step(text):
    number = parse_number(text.lower().removeprefix("step").strip())
    if number != number.to_integral_value() or not 0 < number < 1000:
        raise BadCell("is not a step", "Write the step as a whole number, such as 4.")
    return int(number)


def parse_email(text):
    local, at, domain = text.partition("@")
    if not (local and at and "." in domain) or " " in text or "@" in domain or len(text) > EMAIL_LENGTH:
        raise BadCell("is not an e-mail address", "Write it as name@county.gov.")
    return text.lower()


def parse_code(text):
    """A number or code that stands in an address of the site, so without a slash. Raises `BadCell`."""
    return parse_text(text, longest=20).replace("/", "-")


class PayOf(NamedTuple):
    """An amount whose cell says of what it is: `$52.45 HR`, `68,473.60 / yr`."""

    amount: Decimal
    basis: str


def parse_pay(text):
    """An amount of dollars not below zero, as a Decimal, or as `PayOf` with its basis. Raises `BadCell`."""
    basis = None
    match = AMOUNT_WITH_UNIT.fullmatch(text.strip())
    if match and match[2].lower() in UNITS:
        basis = UNITS[match[2].lower()]
        if basis is None:
            raise BadCell("is pay of another time than kept here", "Restate it by the year or by the hour.")
    amount = parse_money(match[1] if basis else text)
    if amount < 0:
        raise BadCell("is below zero")
    if amount >= MOST_PAY:
        raise BadCell("is more than is kept", f"The most is ${MOST_PAY - 1:,}.")
    return PayOf(amount, basis) if basis else amount


def parse_share(text):
    """An FTE with as many decimals as the file gives. Raises `BadCell`."""
    return parse_fte(text, places=SHARE_PLACES)


def parse_share_in_percent(text):
    """The same where 50 is half time, as the column's name says. Raises `BadCell`."""
    return parse_share(text if text.endswith("%") else f"{text}%")


def looks_like_share(text):
    """Whether a column may be one of FTEs, written as parts of 1 or of 100. Raises `BadCell`."""
    if not 0 < parse_percent(text, places=SHARE_PLACES) <= 100:
        raise BadCell("is no part of full time")
