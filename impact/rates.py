"""Selection rates of groups held against each other: four-fifths and Fisher's exact test. No floats.

29 CFR 1607.4(D): a group's rate under four-fifths of the highest is generally regarded as evidence of adverse
impact; small numbers and statistical significance matter. It is the usual flag, not a verdict.
"""

from fractions import Fraction
from math import comb
from typing import NamedTuple

FOUR_FIFTHS = 80  # percent; exactly 80 is not under it
SMALLEST_GROUP = 10
LEAST_SHARE = Fraction(2, 100)  # smaller groups are no measure for others (Questions and Answers of 1979)
SIGNIFICANT = Fraction(1, 20)


class Group(NamedTuple):
    """How many people there are, and how many of them were selected."""

    name: str
    people: int
    selected: int

    @property
    def rate(self):
        return Fraction(self.selected, self.people)


class Compared(NamedTuple):
    """A group beside the one with the highest rate. `ratio` and `p` are None for that one, and for all where
    nobody was selected.
    """

    group: Group
    ratio: Fraction | None = None
    p: Fraction | None = None
    is_under: bool = False

    @property
    def is_significant(self):
        return self.p is not None and self.p < SIGNIFICANT


class Comparison(NamedTuple):
    """Groups by name, and how many were too small to be shown: of those not even the size is told."""

    shown: list[Compared]
    highest: Group | None
    too_small: int


def compare(groups, *, smallest=SMALLEST_GROUP, percent=FOUR_FIFTHS):
    """Hold each group of at least `smallest` people against the highest rate among them.

    The highest is looked for among groups of at least two percent of all people. `percent` of it is the flag.
    """
    groups = sorted(groups)
    everybody = sum(group.people for group in groups)
    shown = [group for group in groups if group.people >= max(smallest, 1)]
    large = [group for group in shown if group.people >= LEAST_SHARE * everybody]
    highest = max(large, key=lambda group: group.rate, default=None)
    if highest is not None and not highest.selected:
        highest = None
    compared = [_beside(group, highest, percent) for group in shown]
    return Comparison(compared, highest, len(groups) - len(shown))


def _beside(group, highest, percent):
    if highest is None or group is highest:
        return Compared(group)
    ratio = group.rate / highest.rate
    p = fisher(
        group.selected, group.people - group.selected, highest.selected, highest.people - highest.selected
    )
    return Compared(group, ratio, p, ratio < Fraction(percent, 100))


def fisher(a, b, c, d):
    """Fisher's exact test of the table ((a, b), (c, d)), two-sided, as an exact fraction.

    The sum over all tables of the same margins that are no likelier than this one.
    """
    first, second, chosen = a + b, c + d, a + c
    least, most = max(0, chosen - second), min(first, chosen)
    here = comb(first, a) * comb(second, c)
    ways, total = comb(first, least) * comb(second, chosen - least), 0
    for k in range(least, most + 1):
        if ways <= here:
            total += ways
        # the next table has one more of the first group: from C(n, k) to C(n, k + 1), without anew
        ways = ways * (first - k) * (chosen - k) // ((k + 1) * (second - chosen + k + 1)) if k < most else 0
    return Fraction(total, comb(first + second, chosen))
