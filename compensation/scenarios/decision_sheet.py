"""The Court's decision sheet: the same awards as a base raise, as a lump sum, and half and half (PAY-7)."""

from pathlib import Path
from typing import NamedTuple

from compensation.pay import dials as pay_dials
from compensation.pay import ways
from compensation.pay.calculation import award
from compensation.pay.money import FULL_TIME, half_up
from compensation.pay.scenario import FIGURES, YEARS, summarize
from compensation.pay.written_rules import parse
from compensation.scenarios import pools as scenario_pools
from compensation.scenarios.people import people_of
from compensation.scenarios.sums import plan_of, rules_of
from look import charts, formats
from look.documents import pdf
from organization.models import Fund
from organization.refusal import Refused

TITLE = "Should merit be a base raise, a lump sum, or a mix?"

# Each choice: its name, what that is, whether it counts toward pensions, and how many halves stay in pay.
SHAPES = (
    ("Base raise", "stays in pay", "yes", ways.WHOLE),
    ("Lump sum", "paid once", "that year only", 0),
    ("Mix", "half and half", "half", ways.WHOLE // 2),
)


BESIDE = {
    "merit": "Lump sums that the plan pays beside merit are the same in each and not counted here.",
    "lump_sum": "Merit that the plan gives beside the lump sum is the same in each and not counted here:"
    " neither in what a percent is taken of, nor in who is at the maximum.",
}


class Choice(NamedTuple):
    """One column. Cents, of merit and lump sums alone: the raise across the board is the same in each."""

    name: str
    when: str
    pay: int
    employer: int
    full_year: int
    in_year: int  # within the fiscal year
    every_year: int
    five_years: int
    at_maximum: int
    pension: str
    by_fund: dict
    lines: dict  # employee number to Award, of the two people who stand for the others


class OfFund(NamedTuple):
    employer: int
    full_year: int
    in_year: int


class Row(NamedTuple):
    """One line of the table as printed, with a cell for each choice."""

    label: str
    note: str
    cells: list
    kind: str = ""  # "total" or "strong"


class Sheet(NamedTuple):
    intro: str
    note: str  # what of groups, and of the rest of the plan, the choices hold
    choices: list
    rows: list
    fund_heads: tuple  # what its amounts are
    funds: list  # (name, *amounts) of the base raise
    all_funds: tuple
    charts: list


def of(scenario):
    """The sheet of a scenario whose merit, or else lump sum, is a percent or dollars. Raises Refused."""
    rules = rules_of(scenario.set, pay_dials.read(scenario.dials))
    component = ways.component_of(rules)
    if component is None:
        raise Refused(
            "The decision sheet needs merit or a lump sum by rating alone, as a percent or in dollars."
        )
    people = people_of(scenario.set)
    plans = [_plan(scenario, component, halves) for *_, halves in SHAPES]
    low, high = _examples(people, plans[0])
    summaries = [summarize(people, plan) for plan in plans]
    first = summaries[0]
    choices = [
        _choice(name, when, pension, summary, plan, (low, high))
        for (name, when, pension, _), summary, plan in zip(SHAPES, summaries, plans, strict=True)
    ]
    examples = [
        (words, case, [_both(choice.lines[case.number]) for choice in choices])
        for words, case in (("Lowest-paid, fully successful", low), ("Highest-paid, exceeds", high))
        if case
    ]
    funds, base, year = (
        dict(Fund.objects.values_list("pk", "name")),
        choices[0],
        scenario.set.plan.fiscal_year,
    )
    heads, amounts = ("Employer’s share", "Full cost"), ("employer", "full_year")
    if _begins_later(choices):
        heads, amounts = ("A full year", f"Fiscal year {year}"), ("full_year", "in_year")
    return Sheet(
        intro=_intro(scenario, first, choices),
        note=_note(rules, component),
        choices=choices,
        rows=[*_rows(choices, first, examples, year), *_pools_row(scenario, choices)],
        fund_heads=heads,
        funds=[
            (funds.get(fund, "No fund on record"), *(getattr(cost, name) for name in amounts))
            for fund, cost in sorted(base.by_fund.items(), key=lambda each: -each[1].full_year)
        ],
        all_funds=tuple(getattr(base, name) for name in amounts),
        charts=_charts(choices, examples),
    )


def _plan(scenario, component, halves):
    return plan_of(scenario.set, pay_dials.read(scenario.dials), paid=(component, halves))


def _examples(people, plan):
    """The lowest paid at level 3 and the highest paid at level 4, full time, who have an award."""
    low = high = None
    for case, _ in people:
        if case.fte != FULL_TIME or case.level not in (3, 4):
            continue
        line = award(case, plan)
        if not line.merit_value:
            continue
        if case.level == 3 and (low is None or line.old_annual < low[0]):
            low = line.old_annual, case
        elif case.level == 4 and (high is None or line.old_annual > high[0]):
            high = line.old_annual, case
    return low and low[1], high and high[1]


def _choice(name, when, pension, summary, plan, examples):
    cost, by_rating = summary.cost, summary._replace(cost=summary.cost.rated, in_year=summary.in_year.rated)
    return Choice(
        name=name,
        when=when,
        pay=cost.pay_by_rating,
        employer=cost.rated.employer,
        full_year=cost.by_rating,
        in_year=summary.in_year.by_rating,
        every_year=FIGURES["every_year"](by_rating),
        five_years=FIGURES["five_years"](by_rating),
        at_maximum=summary.at_maximum,
        pension=pension,
        by_fund={
            fund: OfFund(share.cost.rated.employer, share.cost.by_rating, share.in_year.by_rating)
            for fund, share in summary.by_fund.items()
            if share.cost.by_rating
        },
        lines={case.number: award(case, plan) for case in examples if case},
    )


def _both(line):
    """What stays in pay each month, and what is paid once."""
    return half_up(line.merit, 12), line.lump


def _begins_later(choices):
    return any(choice.in_year != choice.full_year for choice in choices)


def _intro(scenario, summary, choices):
    across = pay_dials.read(scenario.dials).across
    same = (
        f"Each choice costs the same in {'a full' if _begins_later(choices) else 'its first'} year."
        if len({choice.full_year for choice in choices}) == 1
        else "Each choice pays the same people by the same table. They differ in what stays."
    )
    positions = formats.plural(summary.people, "position", "positions")
    day = formats.record_date(scenario.set.taken_at)
    raised = (
        f", after {formats.percent(across)} across the board, which is the same in each and not counted here"
        if across
        else ""
    )
    words = f"{scenario.letter}, {scenario.title.rstrip('.')}"
    return f"{same} Figures of the {positions} as they stood {day}; scenario {words}{raised}."


def _note(rules, component):
    """Which groups have their own in each choice, and what is not counted since no choice changes it."""
    own, out = ways.own_tables(rules, component), ways.left_out(rules, component)
    parts = []
    if own:
        words = "the group {} has its own table" if len(own) == 1 else "the groups {} have their own tables"
        parts.append(f"In each choice {words.format(formats.listed(own))}, paid the same way as the plan’s.")
    if out:
        words = "the group {} has" if len(out) == 1 else "the groups {} have"
        parts.append(
            f"Not counted is what {words.format(formats.listed(out))}, the same in each choice: steps,"
            " awards by the position in the range, by team or of total earnings can be paid in one way only."
        )
    if ways.has_other(rules, component):
        parts.append(BESIDE[component])
    return " ".join(parts)


def _rows(choices, summary, examples, year):
    cents = formats.money_from_cents

    def row(label, note, name, kind=""):
        return Row(label, note, [cents(getattr(choice, name)) for choice in choices], kind)

    average = cents(half_up(choices[0].pay, summary.awards)) if summary.awards else cents(0)
    awards = formats.plural(summary.awards, "award", "awards")
    later = _begins_later(choices)
    first = "a full year" if later else "the first year"
    of_the_year = [row(f"Of it, within fiscal year {year}", "from the day it begins", "in_year", "strong")]
    over = f"fiscal years {year} to {year + YEARS - 1}, no" if later else "no"
    return [
        row(f"Pay in {first}", f"{awards}, average {average}", "pay"),
        row("Employer’s share", "Social Security, Medicare, retirement", "employer"),
        row(f"Cost in {first}", "", "full_year", "total"),
        *(of_the_year if later else ()),
        row("Of it, again every year", "", "every_year"),
        row("Cost over five years", f"{over} further raises assumed", "five_years", "strong"),
        *(
            Row(
                words,
                f"base pay {cents(choices[0].lines[case.number].old_annual)}",
                [_said(*amounts) for amounts in each],
            )
            for words, case, each in examples
        ),
        Row("People at the maximum of the range", "", [formats.number(c.at_maximum) for c in choices]),
        Row("Counts toward later pensions", "", [choice.pension for choice in choices]),
    ]


def _pools_row(scenario, choices):
    """What the plan's pools come to, the same whichever way they are paid; none without pools."""
    if not scenario.totals.get("pools"):
        return []
    words = scenario_pools.on_sheet(parse(scenario.set.rules).pools, pay_dials.read(scenario.dials))
    cell = formats.money_from_cents(scenario.totals["pools"])
    return [Row(scenario_pools.LINES["pools"], words, [cell] * len(choices))]


def _said(monthly, once):
    parts = [f"{formats.money_from_cents(monthly)} a month"] if monthly else []
    return ", ".join(parts + ([f"{formats.money_from_cents(once)} once"] if once else [])) or "nothing"


def words_of(scenario, *, by, on):
    """What stands around the table: subject, law and by whom it was prepared, as texts by name."""
    plan = scenario.set.plan
    law = "A lump sum may reward only service from its adoption on (Texas Constitution, art. III, sec. 53)."
    if plan.action:
        day = formats.record_date(plan.action.meeting_on)
        law += f" The plan was adopted by order {plan.action.number} of {day}."
    seal, taken = formats.hash_groups(scenario.set.facts_hash[:16]), formats.short_date(scenario.set.taken_at)
    prepared = f"Prepared {formats.record_date(on)} by {by.name}, {by.role_name}."
    year = f"Pay plan for fiscal year {plan.fiscal_year}"
    return {
        "subject": f"Decision sheet for the Commissioners Court · {year}",
        "law": law,
        "prepared": f"{prepared} Scenario {scenario.letter}, people of {taken}, seal {seal}",
    }


def pdf_of(sheet, *, county, subject, prepared, law):
    """The sheet as a tagged PDF, bytes. The other texts are those of the page."""
    most = max(choice.five_years for choice in sheet.choices) or 1
    data = {
        "county": county,
        "subject": subject,
        "title": TITLE,
        "intro": f"{sheet.intro} {sheet.note}".strip(),
        "choices": [(choice.name, choice.when) for choice in sheet.choices],
        "rows": [row._asdict() for row in sheet.rows],
        "bars": [
            (choice.name, formats.money_from_cents(choice.five_years), 1000 * choice.five_years // most)
            for choice in sheet.choices
        ],
        "fund_heads": sheet.fund_heads,
        "funds": [(name, *map(formats.money_from_cents, amounts)) for name, *amounts in sheet.funds],
        "all_funds": [formats.money_from_cents(cents) for cents in sheet.all_funds],
        "law": law,
        "prepared": prepared,
    }
    return pdf(Path(__file__).parent / "typst" / "decision_sheet.typ", data)


def _charts(choices, examples):
    totals = [choice.five_years for choice in choices]
    years = [_added_up(choice) for choice in choices]
    found = [
        charts.grouped_bars(
            f"After five years: {', '.join(map(_millions, totals[:-1]))} and {_millions(totals[-1])}",
            "Full cost added up, from the first payment on",
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
    if examples:
        found.append(
            charts.grouped_bars(
                "What stays in pay after the first year",
                "Dollars a month, for the lowest paid and the highest paid",
                [words.split(",")[0] for words, _, _ in examples],
                [
                    (
                        choice.name,
                        [formats.dollars_from_cents(amounts[place][0]) for _, _, amounts in examples],
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
