"""Charts as SVG made on the server: they print, follow light and dark by CSS classes and need no script.

Each function returns a `Chart` for `{% include "components/chart.html" with chart=chart only %}`. `title` is
the finding, `about` the measure and n. Values are Decimals or ints; a float of them only places a mark.
`write` turns a value into the words of label and table, `look.formats.number` unless given.
"""

from look.charts.bars import bar_chart, grouped_bars, histogram, row_chart
from look.charts.drawing import Chart
from look.charts.lines import pay_history, trend_chart
from look.charts.ranges import PayRange, people_in_range, range_chart

__all__ = [
    "Chart",
    "PayRange",
    "bar_chart",
    "grouped_bars",
    "histogram",
    "pay_history",
    "people_in_range",
    "range_chart",
    "row_chart",
    "trend_chart",
]
