"""Charts as SVG made on the server: they print, follow light and dark by CSS classes and need no script.

Each function returns a `Chart` for `{% include "components/chart.html" with chart=chart only %}`. `title` is
the finding, `about` the measure and n. Values are Decimals or ints; a float of them only places a mark.
`write` turns a value into the words of label and table, `look.formats.number` unless given.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10
from typing import NamedTuple
from zlib import crc32

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from look import formats

Value = Decimal | int


class Chart(NamedTuple):
    title: str
    about: str
    svg: SafeString
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    legend: Sequence[tuple[SafeString, str]] = ()
    wide: bool = False  # 640 units: scrolls sideways on a phone
    wider: bool = False  # 940 units
    narrow: bool = False  # held at 36 rem


class Frame(NamedTuple):
    """The plot inside a picture: where its axes lie, and from which value to which it runs."""

    width: int
    height: int
    left: float
    top: float
    right: float
    bottom: float
    low: float
    high: float

    def y(self, value):
        return self.bottom - (float(value) - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def x(self, value):
        return self.left + (float(value) - self.low) / (self.high - self.low) * (self.right - self.left)


def bar_chart(
    title, about, bars, *, value_title, category_title, write=formats.number, flagged=(), wide=False
):
    """Upright bars, one for each (label, value), such as people by rating; `flagged` labels stand out."""
    values = [value for _, value in bars]
    frame, ticks = _upright_frame(values, write, wide=wide)
    slot = (frame.right - frame.left) / max(1, len(bars))
    width = min(slot * 0.72, 64)
    marks = []
    for index, (label, value) in enumerate(bars):
        center = frame.left + slot * (index + 0.5)
        color = "c-3" if label in flagged else "c-1"
        marks.append(_bar(frame, center - width / 2, width, value, color))
        marks.append(_text(center, frame.y(value) - 6, write(value), "c-tv c-mid"))
        marks += _category(center, frame.bottom + 18, label, slot)
    svg = _upright_svg(frame, ticks, marks, title, about, value_title, category_title, write)
    rows = [(label, write(value)) for label, value in bars]
    return Chart(title, about, svg, (category_title, value_title), rows, wide=wide)


def grouped_bars(
    title, about, categories, series, *, value_title, category_title, write=formats.number, wide=False
):
    """Bars side by side for each category; series is (name, values), three at most, the present one first."""
    if len(series) > 3:
        raise ValueError("Three hues at most: show more series as a table.")
    colors = ("c-1", "c-2", "c-3")
    frame, ticks = _upright_frame([value for _, values in series for value in values], write, wide=wide)
    slot = (frame.right - frame.left) / max(1, len(categories))
    width = min(slot * 0.8 / len(series), 40)
    marks = []
    for index, category in enumerate(categories):
        center = frame.left + slot * (index + 0.5)
        start = center - width * len(series) / 2
        for place, (_, values) in enumerate(series):
            x = start + place * width
            marks.append(_bar(frame, x + 1, width - 2, values[index], colors[place]))
            if width >= 22:
                middle = x + width / 2
                marks.append(_text(middle, frame.y(values[index]) - 6, write(values[index]), "c-tv c-mid"))
        marks += _category(center, frame.bottom + 18, category, slot)
    svg = _upright_svg(frame, ticks, marks, title, about, value_title, category_title, write)
    heads = (category_title, *(name for name, _ in series))
    rows = [
        (category, *(write(values[index]) for _, values in series))
        for index, category in enumerate(categories)
    ]
    legend = [(_square(color), name) for color, (name, _) in zip(colors, series, strict=False)]
    return Chart(title, about, svg, heads, rows, legend, wide=wide)


def histogram(title, about, bins, *, value_title, category_title, write_edge=formats.number, wide=True):
    """How many fall into each step; `bins` is (lower edge, count) in equal steps, the last open above."""
    frame, ticks = _upright_frame([count for _, count in bins], formats.number, wide=wide)
    slot = (frame.right - frame.left) / max(1, len(bins))
    every = max(1, ceil(len(bins) * 46 / (frame.right - frame.left)))
    marks = []
    for index, (edge, count) in enumerate(bins):
        left = frame.left + slot * index
        marks.append(_bar(frame, left + 2, slot - 4, count, "c-1"))
        if count and slot >= 24:
            marks.append(_text(left + slot / 2, frame.y(count) - 6, formats.number(count), "c-tv c-mid"))
        if index % every == 0:
            marks.append(_text(left, frame.bottom + 18, write_edge(edge), "c-t c-mid"))
    svg = _upright_svg(frame, ticks, marks, title, about, value_title, category_title, formats.number)
    uppers = [write_edge(edge) for edge, _ in bins[1:]]
    spans = [f"{write_edge(edge)} to under {upper}" for (edge, _), upper in zip(bins, uppers, strict=False)]
    spans += [f"{write_edge(bins[-1][0])} and over"] if bins else []
    rows = [(span, formats.number(count)) for span, (_, count) in zip(spans, bins, strict=True)]
    return Chart(title, about, svg, (category_title, value_title), rows, wide=wide)


def row_chart(
    title, about, bars, *, value_title, category_title, write=formats.number, flagged=(), wide=False
):
    """Lying bars with the name at the left, for long names such as departments; no value below zero."""
    ticks = _ticks(0, max((float(value) for _, value in bars), default=1) or 1, 3)
    bottom = 20 + 28 * len(bars)
    width, left = (640, 190) if wide else (460, 160)
    frame = Frame(width, bottom + 44, left, 20, width - 62, bottom, 0, float(ticks[-1]))
    parts = _vertical_grid(frame, ticks, write)
    for index, (label, value) in enumerate(bars):
        y = frame.top + 28 * index
        parts.append(_text(frame.left - 10, y + 18, _shortened(label, 30 if wide else 26), "c-t c-end"))
        color = "c-3" if label in flagged else "c-1"
        parts.append(_rect(frame.left, y + 6, max(0, frame.x(value) - frame.left), 16, color, rounded=True))
        parts.append(_text(frame.x(value) + 6, y + 18, write(value), "c-tv"))
    parts.append(_text((frame.left + frame.right) / 2, frame.height - 6, value_title, "c-title c-mid"))
    parts.append(_text(0, 10, category_title, "c-title"))
    rows = [(label, write(value)) for label, value in bars]
    svg = _svg(frame.width, frame.height, title, about, parts)
    return Chart(title, about, svg, (category_title, value_title), rows, wide=wide)


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
    ticks = _ticks(lowest / 1000, highest / 1000, 8)
    step = 30
    bottom = 24 + step * len(ranges)
    frame = Frame(940, bottom + 46, 62, 18, 890, bottom, float(ticks[0]) * 1000, float(ticks[-1]) * 1000)
    parts = _vertical_grid(frame, ticks, formats.number, scale=1000)
    tallest = max((count for r in ranges for count in r.people), default=1) or 1
    for index, pay_range in enumerate(ranges):
        parts += _range_row(frame, pay_range, 24 + step * (index + 1) - 9, tallest)
    parts.append(_text(8, 10, "Grade", "c-title"))
    parts.append(_text((frame.left + frame.right) / 2, frame.height - 6, thousands_title, "c-title c-mid"))
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
        (_mark('<rect class="c-1s" y="4" width="12" height="4"/>'), "Range, its tick the midpoint"),
        (_mark('<path class="c-1" d="M1 0h4v12h-4zM7 4h4v8h-4z"/>'), "People, at their pay"),
        (_mark('<circle class="c-3" cx="6" cy="6" r="5"/>'), "At the maximum or above"),
    ]
    if any(r.maximum is None for r in ranges):
        legend.append((_mark('<path class="c-1s" d="M0 2h6l6 4-6 4H0z"/>'), "Open range, without a maximum"))
    if any(r.below for r in ranges):
        legend.append((_mark('<circle class="c-2" cx="6" cy="6" r="5"/>'), "Below the minimum"))
    svg = _svg(frame.width, frame.height, title, about, parts)
    return Chart(title, about, svg, heads, rows, legend, wider=True)


def _range_row(frame, pay_range, base, tallest):
    left, right = frame.x(pay_range.minimum), frame.x(pay_range.end)
    parts = [
        _text(frame.left - 20, base + 1, pay_range.grade, "c-tv c-end"),
        _rect(left, base, right - left, 4, "c-1s"),
    ]
    slot = (right - left) / max(1, len(pay_range.people))
    for index, count in enumerate(pay_range.people):
        if count:
            height = max(2, 19 * count / tallest)
            parts.append(_rect(left + slot * index + 0.6, base - height, max(1, slot - 1.2), height, "c-1"))
    if pay_range.midpoint is not None:
        middle = frame.x(pay_range.midpoint)
        parts.append(format_html('<path class="c-axis" d="M{} {}v4"/>', _f(middle), _f(base)))
    if pay_range.maximum is None:
        parts.append(format_html('<path class="c-1s" d="M{} {}l9 5-9 5z"/>', _f(right), _f(base - 3)))
    if pay_range.at_maximum:
        parts.append(_circle(right + 7, base - 3, 4.5, "c-3"))
        parts.append(_text(right + 16, base + 1, formats.number(pay_range.at_maximum), "c-tv"))
    if pay_range.below:
        parts.append(_circle(left - 7, base - 3, 4.5, "c-2"))
        parts.append(_text(left - 16, base + 1, formats.number(pay_range.below), "c-tv c-end"))
    return parts


def pay_history(title, about, changes, *, until, narrow=False):
    """Base pay over time as steps. `changes` is (date, dollars a year, what happened), oldest first."""
    dollars = [float(amount) / 1000 for _, amount, _ in changes]
    ticks = _ticks(min(dollars) - 0.2 * (max(dollars) - min(dollars)), max(dollars), 4)
    width = 460 if narrow else 640
    frame = Frame(width, 190, 46, 22, width - 12, 152, float(ticks[0]), float(ticks[-1]))
    first, last = changes[0][0].year, until.year + 1
    start, span = date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal() - date(first, 1, 1).toordinal()

    def x(day):
        return frame.left + (day.toordinal() - start) / span * (frame.right - frame.left)

    parts = _horizontal_grid(frame, ticks, formats.number)
    every = max(1, ceil((last - first) / 8))
    for year in range(first, last + 1, every):
        parts.append(_text(x(date(year, 1, 1)), 169, year, "c-t c-end" if year == last else "c-t c-mid"))
    line = f"M{_f(x(changes[0][0]))} {_f(frame.y(dollars[0]))}"
    for (day, _, _), level in zip(changes[1:], dollars[1:], strict=True):
        line += f"H{_f(x(day))}V{_f(frame.y(level))}"
    parts.append(format_html('<path class="c-line" d="{}H{}"/>', line, _f(x(until))))
    parts += [
        format_html('<circle class="c-dot" cx="{}" cy="{}" r="4"/>', _f(x(day)), _f(frame.y(level)))
        for (day, _, _), level in zip(changes, dollars, strict=True)
    ]
    parts.append(_text(x(changes[0][0]), frame.y(dollars[0]) + 18, formats.estimate(changes[0][1]), "c-tv"))
    if len(changes) > 1:
        label = formats.estimate(changes[-1][1])
        parts.append(_text(x(until), frame.y(dollars[-1]) - 9, label, "c-tv c-end"))
    parts.append(_text(0, 10, _value_title("Thousand dollars a year", ticks[0]), "c-title"))
    parts.append(_text((frame.left + frame.right) / 2, 186, "Year, from January", "c-title c-mid"))
    rows = [(formats.short_date(day), what, formats.money(amount)) for day, amount, what in reversed(changes)]
    svg = _svg(width, 190, title, about, parts)
    return Chart(title, about, svg, ("From", "What", "Base pay"), rows, wide=not narrow, narrow=narrow)


def trend_chart(title, about, points, *, value_title, category_title, write=formats.number, wide=False):
    """A line through (label, value), oldest first, such as one figure for each year."""
    values = [float(value) for _, value in points]
    ticks = _ticks(min(values), max(values), 5)
    width = 640 if wide else 460
    frame = Frame(width, 250, 52, 26, width - 12, 196, float(ticks[0]), float(ticks[-1]))
    slot = (frame.right - frame.left) / len(points)
    places = [(frame.left + slot * (i + 0.5), frame.y(value)) for i, value in enumerate(values)]
    marks = [format_html('<path class="c-line" d="M{}"/>', " L".join(f"{_f(x)} {_f(y)}" for x, y in places))]
    for index, ((x, y), (label, value)) in enumerate(zip(places, points, strict=True)):
        marks.append(format_html('<circle class="c-dot" cx="{}" cy="{}" r="4"/>', _f(x), _f(y)))
        marks += _category(x, frame.bottom + 18, label, slot)
        if index in (0, len(points) - 1):
            marks.append(_text(x, y - 11, write(value), "c-tv c-mid"))
    svg = _upright_svg(frame, ticks, marks, title, about, value_title, category_title, write)
    rows = [(label, write(value)) for label, value in points]
    return Chart(title, about, svg, (category_title, value_title), rows, wide=wide)


# Drawing


def _ticks(low, high, about):
    """Round numbers from at or below `low` to at or above `high`, some `about` of them."""
    if high <= low:
        low, high = (0, 1) if high == 0 else (min(0, low), max(0, high))
    rough = (high - low) / about
    power = 10 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 4, 5, 10) if power * factor >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    places = Decimal(1).scaleb(min(0, floor(log10(step))))
    return [Decimal(index * step).quantize(places) for index in range(first, last + 1)]


def _upright_frame(values, write, *, wide):
    ticks = _ticks(0, max((float(value) for value in values), default=1) or 1, 5)
    left = 20 + 7 * max(len(write(tick)) for tick in ticks)
    width = 640 if wide else 460
    return Frame(width, 250, left, 26, width - 8, 196, float(ticks[0]), float(ticks[-1])), ticks


def _upright_svg(frame, ticks, marks, title, about, value_title, category_title, write):
    parts = _horizontal_grid(frame, ticks, write) + marks
    parts.append(_text((frame.left + frame.right) / 2, 242, category_title, "c-title c-mid"))
    parts.append(_text(0, 12, _value_title(value_title, ticks[0]), "c-title"))
    return _svg(frame.width, frame.height, title, about, parts)


def _value_title(words, lowest):
    return f"{words} (the axis begins at {lowest:,})" if lowest else words


def _horizontal_grid(frame, ticks, write):
    parts = []
    for index, tick in enumerate(ticks):
        y = _f(frame.y(tick))
        css = "c-grid" if index else "c-axis"
        parts.append(format_html('<path class="{}" d="M{} {}H{}"/>', css, _f(frame.left), y, _f(frame.right)))
        parts.append(_text(frame.left - 8, frame.y(tick) + 4, write(tick), "c-t c-end"))
    return parts


def _vertical_grid(frame, ticks, write, *, scale=1):
    """Lines at the ticks, which are written in units of `scale`."""
    parts = []
    for tick in ticks:
        x, top, bottom = frame.x(float(tick) * scale), frame.top, frame.bottom
        parts.append(format_html('<path class="c-grid" d="M{} {}V{}"/>', _f(x), _f(top), _f(bottom)))
        parts.append(_text(x, frame.bottom + 18, write(tick), "c-t c-mid"))
    ends = _f(frame.left), _f(frame.bottom), _f(frame.right)
    return [*parts, format_html('<path class="c-axis" d="M{} {}H{}"/>', *ends)]


def _category(center, y, label, slot):
    """A category's name under the axis, on two lines if it is too long for one."""
    if len(label) * 6 <= slot or " " not in label:
        return [_text(center, y, _shortened(label, max(3, int(slot / 5.5))), "c-t c-mid")]
    words = label.split()
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return [
        _text(center, y - 3, " ".join(words[:cut]), "c-t c-mid"),
        _text(center, y + 10, " ".join(words[cut:]), "c-t c-mid"),
    ]


def _shortened(label, length):
    return label if len(label) <= length else label[: length - 1].rstrip() + "…"


def _bar(frame, x, width, value, css):
    top = frame.y(value)
    return _rect(x, top, width, frame.bottom - top, css, rounded=True)


def _rect(x, y, width, height, css, *, rounded=False):
    corner = SafeString(' rx="2"') if rounded else ""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>',
        css, _f(x), _f(y), _f(width), _f(height), corner,
    )  # fmt: skip


def _circle(x, y, radius, css):
    return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', css, _f(x), _f(y), radius)


def _text(x, y, words, css):
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', css, _f(x), _f(y), words)


def _svg(width, height, title, about, parts):
    key = f"c{crc32(f'{title}{about}'.encode()):x}"
    drawing = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}t {}d"><title id="{}t">{}</title>'
        '<desc id="{}d">{}. The table has every figure.</desc>{}</svg>',
        width, height, key, key, key, title, key, about.rstrip("."), drawing,
    )  # fmt: skip


def _mark(shapes):
    return format_html('<svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>', SafeString(shapes))


def _square(css):
    return _mark(f'<rect class="{css}" width="12" height="12" rx="2"/>')


def _f(value):
    return f"{value:.1f}"
