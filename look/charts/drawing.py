"""The marks of a chart: its frame, axes, bars and words as SVG, with the classes of static/css/charts.css."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor, log10
from typing import NamedTuple
from zlib import crc32

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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


def round_ticks(low, high, about):
    """Round numbers from at or below `low` to at or above `high`, some `about` of them."""
    if high <= low:
        low, high = (0, 1) if high == 0 else (min(0, low), max(0, high))
    rough = (high - low) / about
    power = 10 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 4, 5, 10) if power * factor >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    places = Decimal(1).scaleb(min(0, floor(log10(step))))
    return [Decimal(index * step).quantize(places) for index in range(first, last + 1)]


def upright_frame(values, write, *, wide):
    ticks = round_ticks(0, max((float(value) for value in values), default=1) or 1, 5)
    left = 20 + 7 * max(len(write(tick)) for tick in ticks)
    width = 640 if wide else 460
    return Frame(width, 250, left, 26, width - 8, 196, float(ticks[0]), float(ticks[-1])), ticks


def upright_svg(frame, ticks, marks, title, about, value_title, category_title, write):
    parts = horizontal_grid(frame, ticks, write) + marks
    parts.append(text((frame.left + frame.right) / 2, 242, category_title, "c-title c-mid"))
    parts.append(text(0, 12, axis_title(value_title, ticks[0]), "c-title"))
    return svg(frame.width, frame.height, title, about, parts)


def axis_title(words, lowest):
    return f"{words} (the axis begins at {lowest:,})" if lowest else words


def horizontal_grid(frame, ticks, write):
    parts = []
    for index, tick in enumerate(ticks):
        y = place(frame.y(tick))
        css = "c-grid" if index else "c-axis"
        parts.append(
            format_html('<path class="{}" d="M{} {}H{}"/>', css, place(frame.left), y, place(frame.right))
        )
        parts.append(text(frame.left - 8, frame.y(tick) + 4, write(tick), "c-t c-end"))
    return parts


def vertical_grid(frame, ticks, write, *, scale=1):
    """Lines at the ticks, which are written in units of `scale`."""
    parts = []
    for tick in ticks:
        x, top, bottom = frame.x(float(tick) * scale), frame.top, frame.bottom
        parts.append(format_html('<path class="c-grid" d="M{} {}V{}"/>', place(x), place(top), place(bottom)))
        parts.append(text(x, frame.bottom + 18, write(tick), "c-t c-mid"))
    ends = place(frame.left), place(frame.bottom), place(frame.right)
    return [*parts, format_html('<path class="c-axis" d="M{} {}H{}"/>', *ends)]


def category(center, y, label, slot):
    """A category's name under the axis, on two lines if it is too long for one."""
    if len(label) * 6 <= slot or " " not in label:
        return [text(center, y, shortened(label, max(3, int(slot / 5.5))), "c-t c-mid")]
    words = label.split()
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return [
        text(center, y - 3, " ".join(words[:cut]), "c-t c-mid"),
        text(center, y + 10, " ".join(words[cut:]), "c-t c-mid"),
    ]


def shortened(label, length):
    return label if len(label) <= length else label[: length - 1].rstrip() + "…"


def bar(frame, x, width, value, css):
    top = frame.y(value)
    return rect(x, top, width, frame.bottom - top, css, rounded=True)


def rect(x, y, width, height, css, *, rounded=False):
    corner = SafeString(' rx="2"') if rounded else ""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>',
        css, place(x), place(y), place(width), place(height), corner,
    )  # fmt: skip


def circle(x, y, radius, css):
    return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', css, place(x), place(y), radius)


def text(x, y, words, css):
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', css, place(x), place(y), words)


def svg(width, height, title, about, parts):
    key = f"c{crc32(f'{title}{about}'.encode()):x}"
    drawing = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}t {}d"><title id="{}t">{}</title>'
        '<desc id="{}d">{}. The table has every figure.</desc>{}</svg>',
        width, height, key, key, key, title, key, about.rstrip("."), drawing,
    )  # fmt: skip


def mark(shapes):
    return format_html('<svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>', SafeString(shapes))


def square(css):
    return mark(f'<rect class="{css}" width="12" height="12" rx="2"/>')


def place(value):
    return f"{value:.1f}"
