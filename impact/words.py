"""What a comparison means, in plain words. It tells what the figures say, never what the law says."""

from fractions import Fraction

from compensation.pay.money import half_up
from impact.rates import SIGNIFICANT


def percent(share):
    """`60.0%`"""
    tenths = half_up(share.numerator * 1_000, share.denominator)
    return f"{tenths // 10:,}.{tenths % 10}%"


def decimals(value, places):
    """A fraction from 0 up with that many decimals, half up: `0.75`."""
    scaled = half_up(value.numerator * 10**places, value.denominator)
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}}"


def chance(p):
    """A probability as people print it: `0.126`, `under 0.001`."""
    return "under 0.001" if p < Fraction(1, 1_000) else decimals(p, 3)


def reading(each, highest, flag):
    """One sentence or three on a group; `flag` is the percent of the highest rate."""
    group = each.group
    counts = f"{group.selected:,} of {group.people:,}, {percent(group.rate)}"
    if highest is None:
        return f"{counts}. Nobody was selected in any group that is large enough, so nothing is compared."
    if each.ratio is None:
        return f"{counts}: the highest rate, which the others are held against."
    ratio = f"{counts}, which is {decimals(each.ratio, 2)} of the highest rate."
    side = "That is under" if each.is_under else "That is not under"
    flagged = f"{side} {decimals(Fraction(flag, 100), 2)}, the usual flag."
    found = f"(exact test: {chance(each.p)})"
    if each.is_significant:
        return f"{ratio} {flagged} A difference this large is hardly chance {found}: look into why."
    limit = decimals(SIGNIFICANT, 2)
    return f"{ratio} {flagged} A difference this large may well be chance {found}, not below {limit}."
