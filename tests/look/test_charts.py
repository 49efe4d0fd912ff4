from datetime import date
from decimal import Decimal as D
from xml.etree import ElementTree

import pytest

from look import charts, samples
from look.charts import drawing


@pytest.mark.parametrize("name", samples.pictures())
def test_a_chart_is_sound_svg_without_style_and_has_its_table(name):
    chart = samples.pictures()[name]
    svg = ElementTree.fromstring(chart.svg)  # noqa: S314 (our own)

    assert not [node for node in svg.iter() if "style" in node.attrib]
    assert all(len(row) == len(chart.heads) for row in chart.rows)
    assert chart.rows


def test_the_table_has_every_figure():
    chart = charts.bar_chart(
        "t", "a", [("Exceeds", 1427), ("Below", 0)], value_title="People", category_title="Rating"
    )

    assert chart.heads == ("Rating", "People")
    assert chart.rows == [("Exceeds", "1,427"), ("Below", "0")]


def test_words_in_a_chart_are_escaped():
    chart = charts.bar_chart("<b>", "a", [("<i>", 1)], value_title="v", category_title="c")

    assert "<b>" not in chart.svg
    assert "<i>" not in chart.svg


@pytest.mark.parametrize("bars", [[], [("None", 0)]])
def test_nothing_to_show_is_still_a_chart(bars):
    assert charts.bar_chart("t", "a", bars, value_title="v", category_title="c").svg
    assert charts.row_chart("t", "a", bars, value_title="v", category_title="c").svg
    assert charts.histogram("t", "a", [], value_title="v", category_title="c").svg
    assert charts.range_chart("t", "a", []).svg


def test_people_are_counted_where_they_sit_in_the_range():
    pays = [D(100), D(149), D(150), D(199), D(200), D(230), D(99)]

    assert charts.people_in_range(pays, D(100), D(200), parts=2) == ([2, 2], 2, 1)


def test_a_range_shows_its_midpoint_and_all_its_people():
    ranges = [
        charts.PayRange("12", D(34534), D(48349), [60, 30], 7, 2, D("41441.50")),
        charts.PayRange("E1", D(90000), None, [3], top=D(135000)),
    ]
    chart = charts.range_chart("t", "a", ranges)

    assert chart.rows == [
        ("12", "$34,534.00", "$41,441.50", "$48,349.00", "99", "7", "2"),
        ("E1", "$90,000.00", "", "open", "3", "", ""),
    ]


def test_pay_that_never_changed_is_a_line():
    chart = charts.pay_history("t", "a", [(date(2026, 1, 5), D(40000), "Hired")], until=date(2026, 9, 1))

    assert chart.rows == [("Jan 5, 2026", "Hired", "$40,000.00")]


@pytest.mark.parametrize(
    ("low", "high", "about", "ticks"),
    [
        (0, 632, 5, ["0", "200", "400", "600", "800"]),
        (0, 3, 5, ["0", "1", "2", "3"]),
        (4.02, 4.31, 5, ["4.0", "4.1", "4.2", "4.3", "4.4"]),
        (0, 0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (50, 50, 5, ["0", "10", "20", "30", "40", "50"]),
    ],
)
def test_ticks_are_round(low, high, about, ticks):
    assert [str(tick) for tick in drawing.round_ticks(low, high, about)] == ticks


def test_more_than_three_hues_are_refused():
    with pytest.raises(ValueError, match="Three hues"):
        charts.grouped_bars(
            "t", "a", ["x"], [(str(n), [1]) for n in range(4)], value_title="v", category_title="c"
        )
