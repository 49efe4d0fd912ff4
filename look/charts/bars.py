"""Bars: upright, in groups, as a histogram, and lying for long names."""

from math import ceil

from look import formats
from look.charts import drawing as draw
from look.charts.drawing import Chart, Frame


def bar_chart(
    title, about, bars, *, value_title, category_title, write=formats.number, flagged=(), wide=False
):
    """Upright bars, one for each (label, value), such as people by rating; `flagged` labels stand out."""
    values = [value for _, value in bars]
    frame, ticks = draw.upright_frame(values, write, wide=wide)
    slot = (frame.right - frame.left) / max(1, len(bars))
    width = min(slot * 0.72, 64)
    marks = []
    for index, (label, value) in enumerate(bars):
        center = frame.left + slot * (index + 0.5)
        color = "c-3" if label in flagged else "c-1"
        marks.append(draw.bar(frame, center - width / 2, width, value, color))
        marks.append(draw.text(center, frame.y(value) - 6, write(value), "c-tv c-mid"))
        marks += draw.category(center, frame.bottom + 18, label, slot)
    svg = draw.upright_svg(frame, ticks, marks, title, about, value_title, category_title, write)
    rows = [(label, write(value)) for label, value in bars]
    return Chart(title, about, svg, (category_title, value_title), rows, wide=wide)


def grouped_bars(
    title, about, categories, series, *, value_title, category_title, write=formats.number, wide=False
):
    """Bars side by side for each category; series is (name, values), three at most, the present one first."""
    if len(series) > 3:
        raise ValueError("Three hues at most: show more series as a table.")
    colors = ("c-1", "c-2", "c-3")
    frame, ticks = draw.upright_frame([value for _, values in series for value in values], write, wide=wide)
    slot = (frame.right - frame.left) / max(1, len(categories))
    width = min(slot * 0.8 / len(series), 40)
    marks = []
    for index, category in enumerate(categories):
        center = frame.left + slot * (index + 0.5)
        start = center - width * len(series) / 2
        for place, (_, values) in enumerate(series):
            x = start + place * width
            marks.append(draw.bar(frame, x + 1, width - 2, values[index], colors[place]))
            if width >= 22:
                middle = x + width / 2
                marks.append(
                    draw.text(middle, frame.y(values[index]) - 6, write(values[index]), "c-tv c-mid")
                )
        marks += draw.category(center, frame.bottom + 18, category, slot)
    svg = draw.upright_svg(frame, ticks, marks, title, about, value_title, category_title, write)
    heads = (category_title, *(name for name, _ in series))
    rows = [
        (category, *(write(values[index]) for _, values in series))
        for index, category in enumerate(categories)
    ]
    legend = [(draw.square(color), name) for color, (name, _) in zip(colors, series, strict=False)]
    return Chart(title, about, svg, heads, rows, legend, wide=wide)


def histogram(title, about, bins, *, value_title, category_title, write_edge=formats.number, wide=True):
    """How many fall into each step; `bins` is (lower edge, count) in equal steps, the last open above."""
    frame, ticks = draw.upright_frame([count for _, count in bins], formats.number, wide=wide)
    slot = (frame.right - frame.left) / max(1, len(bins))
    every = max(1, ceil(len(bins) * 46 / (frame.right - frame.left)))
    marks = []
    for index, (edge, count) in enumerate(bins):
        left = frame.left + slot * index
        marks.append(draw.bar(frame, left + 2, slot - 4, count, "c-1"))
        if count and slot >= 24:
            marks.append(draw.text(left + slot / 2, frame.y(count) - 6, formats.number(count), "c-tv c-mid"))
        if index % every == 0:
            marks.append(draw.text(left, frame.bottom + 18, write_edge(edge), "c-t c-mid"))
    svg = draw.upright_svg(frame, ticks, marks, title, about, value_title, category_title, formats.number)
    uppers = [write_edge(edge) for edge, _ in bins[1:]]
    spans = [f"{write_edge(edge)} to under {upper}" for (edge, _), upper in zip(bins, uppers, strict=False)]
    spans += [f"{write_edge(bins[-1][0])} and over"] if bins else []
    rows = [(span, formats.number(count)) for span, (_, count) in zip(spans, bins, strict=True)]
    return Chart(title, about, svg, (category_title, value_title), rows, wide=wide)


def row_chart(
    title, about, bars, *, value_title, category_title, write=formats.number, flagged=(), wide=False
):
    """Lying bars with the name at the left, for long names such as departments; no value below zero."""
    ticks = draw.round_ticks(0, max((float(value) for _, value in bars), default=1) or 1, 3)
    bottom = 20 + 28 * len(bars)
    width, left = (640, 190) if wide else (460, 160)
    frame = Frame(width, bottom + 44, left, 20, width - 62, bottom, 0, float(ticks[-1]))
    parts = draw.vertical_grid(frame, ticks, write)
    for index, (label, value) in enumerate(bars):
        y = frame.top + 28 * index
        parts.append(
            draw.text(frame.left - 10, y + 18, draw.shortened(label, 30 if wide else 26), "c-t c-end")
        )
        color = "c-3" if label in flagged else "c-1"
        parts.append(
            draw.rect(frame.left, y + 6, max(0, frame.x(value) - frame.left), 16, color, rounded=True)
        )
        parts.append(draw.text(frame.x(value) + 6, y + 18, write(value), "c-tv"))
    parts.append(draw.text((frame.left + frame.right) / 2, frame.height - 6, value_title, "c-title c-mid"))
    parts.append(draw.text(0, 10, category_title, "c-title"))
    rows = [(label, write(value)) for label, value in bars]
    svg = draw.svg(frame.width, frame.height, title, about, parts)
    return Chart(title, about, svg, (category_title, value_title), rows, wide=wide)
