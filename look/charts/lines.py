"""Lines over time: base pay as steps, and one figure a year."""

from datetime import date
from math import ceil

from django.utils.html import format_html

from look import formats
from look.charts import drawing as draw
from look.charts.drawing import Chart, Frame


def pay_history(title, about, changes, *, until, narrow=False):
    """Base pay over time as steps. `changes` is (date, dollars a year, what happened), oldest first."""
    dollars = [float(amount) / 1000 for _, amount, _ in changes]
    ticks = draw.round_ticks(min(dollars) - 0.2 * (max(dollars) - min(dollars)), max(dollars), 4)
    width = 460 if narrow else 640
    frame = Frame(width, 190, 46, 22, width - 12, 152, float(ticks[0]), float(ticks[-1]))
    first, last = changes[0][0].year, until.year + 1
    start, span = date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal() - date(first, 1, 1).toordinal()

    def x(day):
        return frame.left + (day.toordinal() - start) / span * (frame.right - frame.left)

    parts = draw.horizontal_grid(frame, ticks, formats.number)
    every = max(1, ceil((last - first) / 8))
    for year in range(first, last + 1, every):
        parts.append(draw.text(x(date(year, 1, 1)), 169, year, "c-t c-end" if year == last else "c-t c-mid"))
    line = f"M{draw.place(x(changes[0][0]))} {draw.place(frame.y(dollars[0]))}"
    for (day, _, _), level in zip(changes[1:], dollars[1:], strict=True):
        line += f"H{draw.place(x(day))}V{draw.place(frame.y(level))}"
    parts.append(format_html('<path class="c-line" d="{}H{}"/>', line, draw.place(x(until))))
    parts += [
        format_html(
            '<circle class="c-dot" cx="{}" cy="{}" r="4"/>', draw.place(x(day)), draw.place(frame.y(level))
        )
        for (day, _, _), level in zip(changes, dollars, strict=True)
    ]
    parts.append(
        draw.text(x(changes[0][0]), frame.y(dollars[0]) + 18, formats.estimate(changes[0][1]), "c-tv")
    )
    if len(changes) > 1:
        label = formats.estimate(changes[-1][1])
        parts.append(draw.text(x(until), frame.y(dollars[-1]) - 9, label, "c-tv c-end"))
    parts.append(draw.text(0, 10, draw.axis_title("Thousand dollars a year", ticks[0]), "c-title"))
    parts.append(draw.text((frame.left + frame.right) / 2, 186, "Year, from January", "c-title c-mid"))
    rows = [(formats.short_date(day), what, formats.money(amount)) for day, amount, what in reversed(changes)]
    svg = draw.svg(width, 190, title, about, parts)
    return Chart(title, about, svg, ("From", "What", "Base pay"), rows, wide=not narrow, narrow=narrow)


def trend_chart(title, about, points, *, value_title, category_title, write=formats.number, wide=False):
    """A line through (label, value), oldest first, such as one figure for each year."""
    values = [float(value) for _, value in points]
    ticks = draw.round_ticks(min(values), max(values), 5)
    width = 640 if wide else 460
    frame = Frame(width, 250, 52, 26, width - 12, 196, float(ticks[0]), float(ticks[-1]))
    slot = (frame.right - frame.left) / len(points)
    places = [(frame.left + slot * (i + 0.5), frame.y(value)) for i, value in enumerate(values)]
    marks = [
        format_html(
            '<path class="c-line" d="M{}"/>', " L".join(f"{draw.place(x)} {draw.place(y)}" for x, y in places)
        )
    ]
    for index, ((x, y), (label, value)) in enumerate(zip(places, points, strict=True)):
        marks.append(
            format_html('<circle class="c-dot" cx="{}" cy="{}" r="4"/>', draw.place(x), draw.place(y))
        )
        marks += draw.category(x, frame.bottom + 18, label, slot)
        if index in (0, len(points) - 1):
            marks.append(draw.text(x, y - 11, write(value), "c-tv c-mid"))
    svg = draw.upright_svg(frame, ticks, marks, title, about, value_title, category_title, write)
    rows = [(label, write(value)) for label, value in points]
    return Chart(title, about, svg, (category_title, value_title), rows, wide=wide)
