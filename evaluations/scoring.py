"""From levels and weights to a summary rating (EVL-5). Plain Python, the same for page, service and tests.

Levels are 1 to 5, weights are of 100 with two decimals, scores have two decimals. Everything is a Decimal.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

HUNDRED = Decimal("100.00")
CENT = Decimal("0.01")


class Part(NamedTuple):
    """One element as the score sees it. `level` is None while it is not rated or was left out."""

    name: str
    weight: Decimal
    level: Decimal | int | None
    is_critical: bool = False
    counts: bool = True  # additional elements do not


class Line(NamedTuple):
    """One line of the arithmetic: weight × level = points."""

    name: str
    weight: Decimal
    level: Decimal
    points: Decimal


class Score(NamedTuple):
    """`points` ÷ `weight` = `score`, in the band of `level` unless a critical element decided it."""

    lines: tuple[Line, ...]
    points: Decimal
    weight: Decimal
    score: Decimal | None
    level: int | None
    decided_by: str = ""  # the critical element at level 1 that made the summary level 1


def score_of(parts, bands):
    """The summary of what is rated so far: a weighted mean in which parts left out are renormalised.

    `bands` are (level, from score) pairs. Rounded half up to two decimals before the bands are asked, so that
    2.995 is 3.00. Level 1 if and only if a critical element is at level 1 (5 CFR 430.208(b)); a low total
    alone gives 2.
    """
    counted = [part for part in parts if part.counts and part.level is not None]
    lines = tuple(
        Line(part.name, part.weight, Decimal(part.level), part.weight * Decimal(part.level))
        for part in counted
    )
    points = sum((line.points for line in lines), Decimal(0))
    weight = sum((line.weight for line in lines), Decimal(0))
    if not weight:
        return Score(lines, points, weight, None, None)
    score = (points / weight).quantize(CENT, rounding=ROUND_HALF_UP)
    decisive = next((part.name for part in counted if part.is_critical and part.level == 1), "")
    return Score(lines, points, weight, score, 1 if decisive else level_of(score, bands), decisive)


def level_of(score, bands):
    """The level whose band holds a score: bands are half-open, and the lowest one gives level 2 at least."""
    by_score = sorted(((start, level) for level, start in bands), reverse=True)
    reached = next((level for start, level in by_score if score >= start), by_score[-1][1])
    return max(2, reached)


def band_range(level, bands, highest=Decimal("5.00")):
    """First and last score of a level's band: (3.50, 4.49). None where no band leads to the level."""
    starts = sorted((start, number) for number, start in bands)
    for (start, number), following in zip(starts, [*starts[1:], None], strict=True):
        if number == level:
            return start, (following[0] - CENT if following else highest)
    return None


def total_weight(elements):
    """What the weights of the counted elements come to; a plan needs exactly 100.00."""
    return sum((element.weight for element in elements if element.kind != "additional"), Decimal(0))


def service_weight(elements):
    """The weight that serves customers, of 100."""
    return sum(
        (element.weight for element in elements if element.is_service and element.kind != "additional"),
        Decimal(0),
    )


def part_of(element, level):
    """An element of a plan as the score sees it."""
    return Part(
        element.name, element.weight, level, element.kind == "critical", counts=element.kind != "additional"
    )


def service_score_of(elements, levels):
    """Weighted mean of the rated service elements, or None; `levels` maps element id to level."""
    parts = [part_of(element, levels.get(element.pk)) for element in elements if element.is_service]
    return score_of(parts, [(2, Decimal(0))]).score
