"""Reading a day out of a cell."""

import datetime as dt
import re
from calendar import month_name, monthrange

from exchange.problems import BadCell

ORDERS = {
    "mdy": ("month, day, year", "3/1/2026"),
    "dmy": ("day, month, year", "1/3/2026"),
    "ymd": ("year, month, day", "2026-03-01"),
}
LONGEST = 60
FIRST_YEAR, LAST_YEAR = 1900, 2199

NUMERIC = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})", re.ASCII)
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[\s\-/]([a-z]{3,9})\.?,?[\s\-/](\d{2}|\d{4})", re.ASCII)
MONTH_FIRST = re.compile(
    r"([a-z]{3,9})\.?[\s\-/](\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]\s?(\d{2}|\d{4})", re.ASCII
)
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+", re.ASCII)
TIME = re.compile(
    r"[t\s]\s*(\d{1,2}):(\d\d)(?::(\d\d)(\.\d+)?)?\s*([ap]\.?m\.?)?\s*(z|[+-]\d\d:?\d\d)?$", re.ASCII
)
SERIAL = re.compile(r"\d{1,5}(\.0+)?", re.ASCII)
MONTHS = {month_name[number].lower(): number for number in range(1, 13)}


def parse_date(text: str, order: str = "mdy", *, pivot: int = 49, excel_serials: bool = False) -> dt.date:
    """The day in a cell: `9/3/1991`, `5/2/23`, `2023-05-02`, `20230502`, `2-May-23`, `May 2, 2023`.

    `order` is how figures are read (mdy, dmy, ymd); a year of four digits in front always means year, month,
    day. Years of two digits up to `pivot` are 20xx, later ones 19xx. A time is allowed if it is midnight, as
    exports write it. With `excel_serials` a bare number counts days as Excel does. Raises `BadCell`.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise not_a_date("", order)
    words = TIME.sub(midnight_only, " ".join(text.lower().split()))
    words = WEEKDAY.sub("", words, count=1)
    if match := NUMERIC.fullmatch(words):
        return from_figures(match[1], match[3], match[4], order, pivot)
    if match := COMPACT.fullmatch(words):
        return a_day(int(match[1]), int(match[2]), int(match[3]), "ymd")
    if match := DAY_FIRST.fullmatch(words):
        return a_day(full_year(match[3], pivot), named_month(match[2]), int(match[1]), order)
    if match := MONTH_FIRST.fullmatch(words):
        return a_day(full_year(match[3], pivot), named_month(match[1]), int(match[2]), order)
    if not text:
        raise BadCell("is empty")
    if SERIAL.fullmatch(words):
        if excel_serials:
            return from_serial(int(words.partition(".")[0]))
        raise BadCell(
            "is a number, perhaps a day as Excel counts it",
            "Format the column as a date in Excel and save again.",
        )
    raise not_a_date("", order)


def from_figures(first: str, second: str, third: str, order: str, pivot: int) -> dt.date:
    if len(first) == 4:
        order = "ymd"
    parts = dict(zip(order, (first, second, third), strict=True))
    if len(parts["m"]) > 2 or len(parts["d"]) > 2 or len(parts["y"]) in (1, 3):
        raise not_a_date("", order)
    return a_day(full_year(parts["y"], pivot), int(parts["m"]), int(parts["d"]), order)


def full_year(digits: str, pivot: int) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= pivot else 1900)


def named_month(word: str) -> int:
    for name, number in MONTHS.items():
        if name.startswith(word) or (word == "sept" and number == 9):
            return number
    raise BadCell(f"is not a date; there is no month “{word}”")


def a_day(year: int, month: int, day: int, order: str) -> dt.date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCell(f"is not a date that is taken; the year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise not_a_date(f"; there is no month {month}", order)
    days = monthrange(year, month)[1]
    if day > days:
        raise not_a_date(f"; {month_name[month]} {year} had {days} days", order)
    if day < 1:
        raise not_a_date("; there is no day 0", order)
    return dt.date(year, month, day)


def from_serial(days: int) -> dt.date:
    """Excel counts from January 1, 1900 as 1, and a February 29, 1900 that never was as 60."""
    if days < 61:
        raise BadCell("is too small a number for a day as Excel counts it")
    return dt.date(1899, 12, 30) + dt.timedelta(days)


def midnight_only(match: re.Match) -> str:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[5] and match[5].startswith("a") and hour == 12:
        hour = 0
    if (hour, minute, second) != (0, 0, 0) or (match[4] or "").strip(".0"):
        raise BadCell("has a time of day; only the date belongs here")
    return ""


def not_a_date(detail: str, order: str) -> BadCell:
    words, example = ORDERS[order]
    return BadCell(f"is not a date{detail}", f"Write {words}, such as {example}.")
