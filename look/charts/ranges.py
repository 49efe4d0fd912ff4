"""Ranges of a pay structure with the people in them."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html

from look import formats
from look.charts import drawing as draw
from look.charts.drawing import Chart, Frame, Value


class PayRange(NamedTuple):
    """A grade with its people: `people` counts those from minimum to under maximum in equal parts.

    An open range has no maximum: it is drawn to `top`, and who is paid more stands in the last part.
    """

    grade: str
    minimum: Value
    maximum: Value | None
    people: Sequence[int]
    at_maximum: int = 0  # at it or above
    below: int = 0  # paid less than the minimum
    midpoint: Value | None = None
    top: Value | None = None

    @property
    def end(self):
        return self.top if self.maximum is None else self.maximum


def people_in_range(pays, minimum, maximum, *, parts=16):
    """Count pays for a `PayRange`: (people in each part, at or above the maximum, below the minimum)."""
    counts = [0] * parts
    at_maximum = below = 0
    for pay in pays:
        if pay >= maximum:
            at_maximum += 1
        elif pay < minimum:
            below += 1
        else:
            counts[int((pay - minimum) * parts / (maximum - minimum))] += 1
    return counts, at_maximum, below


def range_chart(title, about, ranges, *, thousands_title="Base pay a year, thousand dollars"):
    """Ranges of a pay structure in the order given, with the people in them; amounts are dollars a year."""
    lowest = min((float(r.minimum) for r in ranges), default=0)
    highest = max((float(r.end) for r in ranges), default=1)
    ticks = draw.round_ticks(lowest / 1000, highest / 1000, 8)
    step = 30
    bottom = 24 + step * len(ranges)
    frame = Frame(940, bottom + 46, 62, 18, 890, bottom, float(ticks[0]) * 1000, float(ticks[-1]) * 1000)
    parts = draw.vertical_grid(frame, ticks, formats.number, scale=1000)
    tallest = max((count for r in ranges for count in r.people), default=1) or 1
    for index, pay_range in enumerate(ranges):
        parts += _range_row(frame, pay_range, 24 + step * (index + 1) - 9, tallest)
    parts.append(draw.text(8, 10, "Grade", "c-title"))
    parts.append(
        draw.text((frame.left + frame.right) / 2, frame.height - 6, thousands_title, "c-title c-mid")
    )
    heads = ("Grade", "Minimum", "Midpoint", "Maximum", "People", "At or above maximum", "Below minimum")
    rows = [
        (
            r.grade,
            formats.money(r.minimum),
            "" if r.midpoint is None else formats.money(r.midpoint),
            "open" if r.maximum is None else formats.money(r.maximum),
            formats.number(sum(r.people) + r.at_maximum + r.below),
            formats.number(r.at_maximum) if r.at_maximum else "",
            formats.number(r.below) if r.below else "",
        )
        for r in ranges
    ]
    legend = [
        (draw.mark('<rect class="c-1s" y="4" width="12" height="4"/>'), "Range, its tick the midpoint"),
        (draw.mark('<path class="c-1" d="M1 0h4v12h-4zM7 4h4v8h-4z"/>'), "People, at their pay"),
        (draw.mark('<circle class="c-3" cx="6" cy="6" r="5"/>'), "At the maximum or above"),
    ]
    if any(r.maximum is None for r in ranges):
        legend.append(
            (draw.mark('<path class="c-1s" d="M0 2h6l6 4-6 4H0z"/>'), "Open range, without a maximum")
        )
    if any(r.below for r in ranges):
        legend.append((draw.mark('<circle class="c-2" cx="6" cy="6" r="5"/>'), "Below the minimum"))
    svg = draw.svg(frame.width, frame.height, title, about, parts)
    return Chart(title, about, svg, heads, rows, legend, wider=True)


def _range_row(frame, pay_range, base, tallest):
    left, right = frame.x(pay_range.minimum), frame.x(pay_range.end)
    parts = [
        draw.text(frame.left - 20, base + 1, pay_range.grade, "c-tv c-end"),
        draw.rect(left, base, right - left, 4, "c-1s"),
    ]
    slot = (right - left) / max(1, len(pay_range.people))
    for index, count in enumerate(pay_range.people):
        if count:
            height = max(2, 19 * count / tallest)
            parts.append(
                draw.rect(left + slot * index + 0.6, base - height, max(1, slot - 1.2), height, "c-1")
            )
    if pay_range.midpoint is not None:
        middle = frame.x(pay_range.midpoint)
        parts.append(format_html('<path class="c-axis" d="M{} {}v4"/>', draw.place(middle), draw.place(base)))
    if pay_range.maximum is None:
        arrow = '<path class="c-1s" d="M{} {}l9 5-9 5z"/>'
        parts.append(format_html(arrow, draw.place(right), draw.place(base - 3)))
    if pay_range.at_maximum:
        parts.append(draw.circle(right + 7, base - 3, 4.5, "c-3"))
        parts.append(draw.text(right + 16, base + 1, formats.number(pay_range.at_maximum), "c-tv"))
    if pay_range.below:
        parts.append(draw.circle(left - 7, base - 3, 4.5, "c-2"))
        parts.append(draw.text(left - 16, base + 1, formats.number(pay_range.below), "c-tv c-end"))
    return parts
