"""Money as integers. The one place that rounds, and the one that reads and writes figures as text."""

import re

MILLION = 1_000_000
FULL_TIME = 10_000  # an FTE of 1
CENT, DOLLAR = 1, 100  # rounding places, in cents
PLACES = {"cent": CENT, "dollar": DOLLAR}
FIGURE = re.compile(
    r"(?P<sign>-?) ?\$? ?(?P<whole>\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(?P<part>\d{0,20}))?", re.ASCII
)


def half_up(numerator, denominator):
    """The quotient as an integer; a half goes away from zero. `denominator` is above zero, as in all four."""
    if numerator < 0:
        return -((denominator - 2 * numerator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def half_even(numerator, denominator):
    """The quotient as an integer; a half goes to the even neighbour."""
    whole, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        return whole + 1
    return whole


def up(numerator, denominator):
    """The quotient as an integer, away from zero."""
    return -(-numerator // denominator) if numerator > 0 else numerator // denominator


def down(numerator, denominator):
    """The quotient as an integer, towards zero."""
    return numerator // denominator if numerator > 0 else -(-numerator // denominator)


MODES = {"half_up": half_up, "half_even": half_even, "up": up, "down": down}


def rounded(numerator, denominator=1, *, place=CENT, mode="half_up"):
    """An exact fraction of cents, rounded once to a multiple of `place`: 1 the cent, 100 the dollar."""
    return MODES[mode](numerator, denominator * place) * place


def percent_of(amount, percent, *, place=CENT, mode="half_up"):
    """`percent` (millionths) of `amount`, rounded once; the unit is that of `amount`."""
    return rounded(amount * percent, MILLION, place=place, mode=mode)


def hourly_rate(annual, hours, *, place=1):
    """The hourly rate, ten-thousandths of a dollar, of an annual rate in cents.

    `hours` are those of a full-time year: 2,080, or 2,087 (5 U.S.C. 5504(b)). `place` 100 rounds to the cent,
    as the federal tables do.
    """
    return rounded(annual * 100, hours, place=place)


def annual_rate(hourly, hours):
    """The annual rate in cents of an hourly rate in ten-thousandths of a dollar."""
    return half_up(hourly * hours, 100)


def annual_pay(basis, rate, hours, fte):
    """What a rate pays in a year at an FTE, in cents, rounded once. An FTE of None counts as full time."""
    fte = FULL_TIME if fte is None else fte
    if basis == "hourly":
        return half_up(rate * hours * fte, 100 * FULL_TIME)
    return half_up(rate * fte, FULL_TIME)


def read_dollars(text):
    """`"$55,314.00 "` as 5_531_400 cents. Raises ValueError with a sentence for the user."""
    return _read(text, 2, "an amount of dollars", "cents")


def read_hourly(text):
    """`"26.5730"` dollars an hour as 265_730 ten-thousandths."""
    return _read(text, 4, "an hourly rate", "ten-thousandths of a dollar")


def read_percent(text):
    """`"2.2507"` or `"2.2507%"` as 22_507 millionths."""
    bare = text.strip().removesuffix("%") if isinstance(text, str) else text
    return _read(bare, 4, "a percentage", "four decimals")


def read_score(text):
    """`"3.25"` as 325 hundredths."""
    return _read(text, 2, "a score", "two decimals")


def read_fte(text):
    """`"0.5"` as 5_000 ten-thousandths."""
    return _read(text, 4, "an FTE", "four decimals")


def _read(value, decimals, what, finest):
    if isinstance(value, bool | float):
        raise ValueError(f"Write {what} as text or a whole number, so that it stays exact.")
    text = str(value).strip()
    match = FIGURE.fullmatch(text.replace("−", "-"))
    if not match:
        raise ValueError(f"“{text}” is not {what}.")
    sign, whole, part = match["sign"], match["whole"].replace(",", ""), (match["part"] or "").rstrip("0")
    if len(part) > decimals:
        raise ValueError(f"“{text}” is finer than {finest}.")
    value = int(whole + part.ljust(decimals, "0"))
    return -value if sign else value


def plain(value, decimals, *, at_least=0):
    """An integer of that many decimals as plain text, without needless zeros: 22_507, 4 is `"2.2507"`."""
    sign, digits = "-" if value < 0 else "", str(abs(value)).rjust(decimals + 1, "0")
    whole, part = digits[:-decimals], digits[-decimals:].rstrip("0").ljust(at_least, "0")
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def dollars(cents):
    """Cents as people read them: `$1,298.15`, `−$155.75`."""
    return _grouped(cents, 2)


def hourly(rate):
    """Ten-thousandths of a dollar an hour as `$23.2442`."""
    return _grouped(rate, 4)


def percent(millionths):
    """`2.00%`, `2.2507%`: at least two decimals, as many more as there are."""
    return plain(millionths, 4, at_least=2).replace("-", "−") + "%"


def _grouped(value, decimals):
    whole, part = divmod(abs(value), 10**decimals)
    return f"{'−' if value < 0 else ''}${whole:,}.{part:0{decimals}}"
