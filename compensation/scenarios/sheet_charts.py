"""The charts of a decision sheet."""

from compensation.pay.money import half_up
from compensation.pay.scenario import YEARS
from look import charts, formats


def charts_of(choices, people, name):
    """The cost of a component added up over five years, and what of it stays in pay for two people."""
    totals = [choice.five_years for choice in choices]
    years = [_added_up(choice) for choice in choices]
    found = [
        charts.grouped_bars(
            f"After five years: {', '.join(map(_millions, totals[:-1]))} and {_millions(totals[-1])}",
            f"Full cost of {name} added up, from the first payment on",
            [str(year + 1) for year in range(YEARS)],
            [
                (choice.name, [formats.dollars_from_cents(cents) for cents in added])
                for choice, added in zip(choices, years, strict=True)
            ],
            value_title="Dollars",
            category_title="Fiscal year",
            write=formats.estimate,
        )
    ]
    if people:
        found.append(
            charts.grouped_bars(
                "What stays in pay after the first year",
                "Dollars a month, for the lowest paid and the highest paid",
                [words.split(",")[0] for words, _, _ in people],
                [
                    (
                        choice.name,
                        [formats.dollars_from_cents(gains[place][0]) for _, _, gains in people],
                    )
                    for place, choice in enumerate(choices)
                ],
                value_title="Dollars a month",
                category_title="Person",
                write=formats.money,
            )
        )
    return found


def _added_up(choice):
    """The full cost at the end of each fiscal year, from the first on; the last is that of five years."""
    return [choice.five_years - more * choice.every_year for more in reversed(range(YEARS))]


def _millions(cents):
    tenths = half_up(cents, 10_000_000)
    return (
        f"${tenths // 10:,}.{tenths % 10} million"
        if tenths >= 10
        else formats.estimate(formats.dollars_from_cents(cents))
    )
