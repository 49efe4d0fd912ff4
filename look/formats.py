"""How figures, dates and names are written for people. Money comes as Decimals or integers, never floats."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

MINUS = "\N{MINUS SIGN}"


def _exact(value):
    """Money and rates that passed a float have lost their exactness: refuse them."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise TypeError(f"{value!r} is neither Decimal nor int")


def _dollars(amount, places):
    quantum = Decimal(1).scaleb(-places)
    rounded = amount.quantize(quantum, rounding=ROUND_HALF_UP)
    return f"{MINUS if rounded < 0 else ''}${abs(rounded):,.{places}f}"


def money(dollars):
    """Dollars as `$1,298.15`; `−$155.75` below zero."""
    return _dollars(_exact(dollars), 2)


def money_from_cents(cents):
    """Integer cents as `$1,298.15`."""
    return money(dollars_from_cents(cents))


def dollars_from_cents(cents):
    """Integer cents as exact Decimal dollars."""
    return Decimal(_whole(cents)).scaleb(-2)


def estimate(dollars):
    """Dollars rounded half up to whole dollars, `$2,199,968`, for estimates alone."""
    return _dollars(_exact(dollars), 0)


def signed(dollars):
    """A ledger's entry: `+ $925.60` or `− $155.75`; zero carries no sign."""
    dollars = _exact(dollars)
    if not dollars:
        return money(dollars)
    return f"{'+' if dollars > 0 else MINUS} {money(abs(dollars))}"


def rate(hourly):
    """An hourly rate with four decimals, `$23.2442`: Decimal dollars, or an integer of ten-thousandths."""
    if isinstance(hourly, int):
        hourly = Decimal(_whole(hourly)).scaleb(-4)
    return _dollars(_exact(hourly), 4)


def percent(value):
    """`2.00%`, `2.2507%`: a Decimal percent, or an integer of millionths (22,507 is 2.2507 %).

    Two decimals at least, as many more as there are.
    """
    if isinstance(value, int):
        value = Decimal(_whole(value)).scaleb(-4)
    value = _exact(value)
    places = max(2, -value.normalize().as_tuple().exponent)
    return f"{MINUS if value < 0 else ''}{abs(value):,.{places}f}%"


def score(value):
    """A score or weight with two decimals, `3.98`: a Decimal, or an integer of hundredths."""
    if isinstance(value, int):
        value = Decimal(_whole(value)).scaleb(-2)
    return f"{_exact(value).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):,}"


def _whole(value):
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is not an integer")
    return value


def in_a_sentence(words):
    """Words as they stand within a sentence: "No rating" is "no rating", but FTE stays FTE."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def listed(words):
    """Words as people list them: `one`, `one and two`, `one, two and three`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def number(value):
    """A count or a Decimal with thousands separators: `1,912`, `−3`."""
    value = _exact(value)
    return f"{MINUS if value < 0 else ''}{abs(value):,}"


def plural(count, singular, several):
    """`1 award`, `1,196 awards`."""
    return f"{number(count)} {singular if count == 1 else several}"


def _local(moment):
    return (
        timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment
    )


def day(value):
    """`Tue, Sep 15`, for lists."""
    value = _local(value)
    return f"{value:%a, %b} {value.day}"


def short_date(value):
    """`Sep 15, 2026`, for columns."""
    value = _local(value)
    return f"{value:%b} {value.day}, {value.year}"


def record_date(value):
    """`September 15, 2026`, for records."""
    value = _local(value)
    return f"{value:%B} {value.day}, {value.year}"


def clock(value, *, seconds=False):
    """`6:41 p.m.`, or `6:41:08 p.m.`, in the county's time."""
    value = _local(value)
    tail = f":{value:%S}" if seconds else ""
    return f"{value.hour % 12 or 12}:{value:%M}{tail} {'a.m.' if value.hour < 12 else 'p.m.'}"


def moment(value):
    """`September 15, 2026, 6:41 p.m.`"""
    return f"{record_date(value)}, {clock(value)}"


def from_today(value, today):
    """How far off a day is: `today`, `tomorrow`, `in 5 days`, `3 days late`."""
    days = (_as_date(value) - _as_date(today)).days
    near = {0: "today", 1: "tomorrow", -1: "1 day late"}
    return near.get(days) or (f"in {days:,} days" if days > 0 else f"{-days:,} days late")


def _as_date(value):
    value = _local(value)
    return value.date() if isinstance(value, datetime) else value


def monogram(name):
    """First letters of the first and the last name: `DO` for Denise Okafor, also from `Okafor, Denise`."""
    if "," in name:
        last, first = name.split(",", 1)
        name = f"{first} {last}"
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in dict.fromkeys(words[:1] + words[-1:])).upper()


def hash_groups(digest):
    """The first sixteen hex digits in groups of four, `9f3c 61ab 07de 4418`, as people compare them."""
    return " ".join(digest[start : start + 4] for start in range(0, min(16, len(digest)), 4))
