"""What is paid once, in monthly payments: how much each is and on which day (PAY-2).

A county that orders a lump sum in the middle of a year, or fears that people take it and leave, pays it month
by month; who has left by the day of a payment does not have that one.
"""

from datetime import date
from typing import NamedTuple

from compensation.pay import money
from compensation.pay.periods import months_after, months_between

MOST_PAYMENTS = 12


class Payment(NamedTuple):
    """The payment `number`, counted from 1, of so many: cents on a day."""

    number: int
    of: int
    on: date
    cents: int


def payments_of(cents, first_on, count):
    """`cents` in `count` payments, a month apart from `first_on` on: a list of Payment that sums to `cents`.

    Each is on the day of the month of the first one, on the last day of a shorter month. Odd cents are in the
    first ones; a payment of no cents is left out.
    """
    payments = (
        Payment(number, count, months_after(first_on, number - 1), share_of(cents, number, count))
        for number in range(1, count + 1)
    )
    return [each for each in payments if each.cents]


def share_of(cents, number, count):
    """The cents of payment `number` of `count`."""
    whole, odd = divmod(cents, count)
    return whole + (number <= odd)


def first_of(cents, few, count):
    """The cents of the first `few` of `count` payments together."""
    whole, odd = divmod(cents, count)
    return whole * few + min(few, odd)


def paid_by(day, first_on, count):
    """How many of `count` payments from `first_on` on are on this day or before."""
    if day < first_on:
        return 0
    months = months_between(first_on, day)
    return min(count, months + (months_after(first_on, months) <= day))


def in_words(cents, count):
    """Such as “12 monthly payments of $125.00”, or where cents are odd “8 monthly payments of $10.42 and 4 of
    $10.41”.
    """
    (few, most), *rest = _alike(cents, count)
    words = f"{few} monthly payment{'s' if few > 1 else ''} of {money.dollars(most)}"
    return " and ".join([words, *(f"{number} of {money.dollars(each)}" for number, each in rest)])


def formula(cents, count):
    """The same as arithmetic: “8 × $10.42 + 4 × $10.41, month by month”."""
    parts = (f"{number} × {money.dollars(each)}" for number, each in _alike(cents, count))
    return f"{' + '.join(parts)}, month by month"


def _alike(cents, count):
    """(how many payments, cents of each) of payments that are alike, the larger ones first."""
    whole, odd = divmod(cents, count)
    return [each for each in ((odd, whole + 1), (count - odd, whole)) if all(each)]
