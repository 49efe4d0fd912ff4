"""The Court's decision sheet: the same awards as a base raise, as a lump sum and half and half, and the plan
with each (PAY-7).
"""

from pathlib import Path
from typing import NamedTuple

from compensation.pay import dials as pay_dials
from compensation.pay import ways
from compensation.pay.money import half_up
from compensation.pay.scenario import FIGURES, YEARS
from compensation.pay.written_rules import parse
from compensation.scenarios import pools as scenario_pools
from compensation.scenarios.choices import Choices
from compensation.scenarios.sheet_charts import charts_of
from look import formats
from look.documents import pdf
from organization.models import Fund
from organization.refusal import Refused

NAMES = {"merit": "merit", "lump_sum": "the lump sum"}

# Each choice: its name, what that is, whether it counts toward pensions, and how many halves stay in pay.
SHAPES = (
    ("Base raise", "stays in pay", "yes", ways.WHOLE),
    ("Lump sum", "paid once", "that year only", 0),
    ("Mix", "half and half", "half", ways.WHOLE // 2),
)
EVERY_YEAR, ONCE = "again every year", "paid once"


class Row(NamedTuple):
    """One line of the table as printed, with a cell for each choice."""

    label: str
    note: str
    cells: list
    kind: str = ""  # "total" or "strong"


class Beside(NamedTuple):
    """What the plan gives beside the component, the same in each choice: cents of a full year with the
    employer's share.
    """

    name: str
    note: str
    cents: int


class ByFund(NamedTuple):
    """The cost by fund of the first choice: what it is of, what the two amounts are, and their sums."""

    of: str
    heads: tuple
    rows: list  # (name, amounts)
    totals: list


class Sheet(NamedTuple):
    title: str
    intro: str
    note: str  # what of groups, and of the rest of the plan, the choices hold
    choices: list
    rows: list
    by_fund: ByFund
    charts: list


def of(scenario):
    """The sheet of a scenario whose merit, or else lump sum, is a percent or dollars. Raises Refused."""
    counted = Choices(scenario)
    if counted.name is None:
        raise Refused(
            "The decision sheet needs merit or a lump sum by rating alone, as a percent or in dollars."
        )
    choices = [counted.of(*shape) for shape in SHAPES]
    year, beside = scenario.set.plan.fiscal_year, _beside(counted)
    people = [
        (words, case, [choice.gains[case.number] for choice in choices])
        for words, case in zip(
            ("Lowest-paid, fully successful", "Highest-paid, exceeds"), counted.examples, strict=True
        )
        if case
    ]
    return Sheet(
        title=title_of(counted.name),
        intro=_intro(scenario, counted, choices),
        note=_note(counted.rules, counted.name),
        choices=choices,
        rows=[
            *_rows(counted, choices, people, year),
            *(_of_the_plan(counted, beside, choices, year) if beside else ()),
            *_pools_row(scenario, choices),
        ],
        by_fund=_by_fund(choices, year, has_beside=bool(beside)),
        charts=charts_of(choices, people, NAMES[counted.name]),
    )


def title_of(component):
    return f"Should {NAMES[component]} be a base raise, a lump sum, or a mix?"


def _beside(counted):
    """Each Beside of the plan; none of a plan that gives nothing but the component."""
    rest, lumps = counted.beside
    cost, once = rest.cost, lumps.cost.once + lumps.cost.employer_once
    found = (
        Beside("Across the board", EVERY_YEAR, cost.across_the_board + cost.employer_raise),
        Beside("Tenure", EVERY_YEAR, cost.tenure + cost.employer_tenure),
        Beside("Tenure", ONCE, cost.years_once + cost.employer_years_once),
        Beside(_merit_beside(counted.rules), EVERY_YEAR, cost.merit + cost.employer_merit),
        Beside("Other pay above the maximum", ONCE, cost.once + cost.employer_once - once),
        Beside(f"{'Other l' if counted.name == 'lump_sum' else 'L'}ump sums", ONCE, once),
    )
    return [each for each in found if each.cents]


def _merit_beside(rules):
    """What merit is that can be paid one way alone, of the plan or of a group."""
    parts = [own.merit for own in (rules, *(group.rules for group in rules.groups)) if own.merit]
    gives = {"in steps" if part.gives == "steps" else "by place in the range" for part in parts
             if not ways.can_be_either(part)}  # fmt: skip
    return f"Merit {' and '.join(sorted(gives, reverse=True))}" if gives else "Merit"


def _begins_later(choices):
    return any(choice.in_year != choice.full_year for choice in choices)


def _intro(scenario, counted, choices):
    same = (
        f"Each choice costs the same in {'a full' if _begins_later(choices) else 'its first'} year."
        if len({choice.full_year for choice in choices}) == 1
        else "Each choice pays the same people by the same table. They differ in what stays."
    )
    positions = formats.plural(len(counted.people), "position", "positions")
    day = formats.record_date(scenario.set.taken_at)
    words = f"{scenario.letter}, {scenario.title.rstrip('.')}"
    return f"{same} Figures of the {positions} as they stood {day}; scenario {words}."


def _note(rules, component):
    """Which groups have their own in each choice, and what stays as it is in each."""
    own, out = ways.own_tables(rules, component), ways.left_out(rules, component)
    parts = []
    if own:
        words = "the group {} has its own table" if len(own) == 1 else "the groups {} have their own tables"
        parts.append(f"In each choice {words.format(formats.listed(own))}, paid the same way as the plan’s.")
    if out:
        words = "the group {} has" if len(out) == 1 else "the groups {} have"
        parts.append(
            f"What {words.format(formats.listed(out))} is the same in each: steps, awards by the position in"
            " the range, by team or of total earnings can be paid in one way only."
        )
    return " ".join(parts)


def _rows(counted, choices, people, year):
    """What the component comes to in each choice."""
    awards, later = len(counted.earners), _begins_later(choices)
    average = formats.money_from_cents(half_up(choices[0].pay, awards) if awards else 0)
    first = "a full year" if later else "the first year"
    of_the_year = [
        _row(
            f"Of it, within fiscal year {year}", "from the day it begins", _each(choices, "in_year"), "strong"
        )
    ]
    over = f"fiscal years {year} to {year + YEARS - 1}, no" if later else "no"
    words = formats.plural(awards, "award", "awards")
    name = NAMES[counted.name].removeprefix("the ").capitalize()
    return [
        _row(f"{name}, pay in {first}", f"{words}, average {average}", _each(choices, "pay")),
        _row("Employer’s share", "Social Security, Medicare, retirement", _each(choices, "employer")),
        _row(f"Cost in {first}", "", _each(choices, "full_year"), "total"),
        *(of_the_year if later else ()),
        _row("Of it, again every year", "", _each(choices, "every_year")),
        _row(
            "Cost over five years", f"{over} further raises assumed", _each(choices, "five_years"), "strong"
        ),
        *(
            Row(
                said,
                f"base pay {formats.money_from_cents(counted.pay_of(case))}",
                [_said(*gain) for gain in gains],
            )
            for said, case, gains in people
        ),
        Row("People at the maximum of the range", "", [formats.number(c.at_maximum) for c in choices]),
        Row("Counts toward later pensions", "", [choice.pension for choice in choices]),
    ]


def _of_the_plan(counted, beside, choices, year):
    """What stands beside the component, and what the whole plan comes to with each choice: their sum."""
    later = any(choice.whole.in_year != choice.whole.cost for choice in choices)

    def whole(figure):
        return [FIGURES[figure](choice.whole) for choice in choices]

    first = "a full year" if later else "the first year"
    return [
        *(_row(each.name, each.note, [each.cents] * len(choices)) for each in beside),
        _row(f"Whole plan in {first}", "all with the employer’s share", whole("all"), "total"),
        *([_row(f"Of it, within fiscal year {year}", "", whole("all_in_year"))] if later else ()),
        _row("Of it, again every year", "", whole("every_year")),
        _row("Whole plan over five years", "", whole("five_years"), "strong"),
    ]


def _each(choices, name):
    return [getattr(choice, name) for choice in choices]


def _row(label, note, cents, kind=""):
    return Row(label, note, [formats.money_from_cents(each) for each in cents], kind)


def _pools_row(scenario, choices):
    """What the plan's pools come to, the same whichever way they are paid; none without pools."""
    if not scenario.totals.get("pools"):
        return []
    words = scenario_pools.on_sheet(parse(scenario.set.rules).pools, pay_dials.read(scenario.dials))
    return [_row(scenario_pools.LINES["pools"], words, [scenario.totals["pools"]] * len(choices))]


def _said(monthly, once):
    parts = [f"{formats.money_from_cents(monthly)} a month"] if monthly else []
    return ", ".join(parts + ([f"{formats.money_from_cents(once)} once"] if once else [])) or "nothing"


def _by_fund(choices, year, *, has_beside):
    """The cost by fund of the base raise, of the whole plan where that has more: what it is of, the heads of
    its amounts, its rows, the largest first, and their sums.
    """
    base, later = choices[0], _begins_later(choices)
    of, sums = "base raise", base.part
    if has_beside:
        of, sums = "whole plan with the base raise", base.whole
        later = sums.cost != sums.in_year
    heads = ("A full year", f"Fiscal year {year}") if later else ("Employer’s share", "Full cost")

    def amounts_of(cost, in_year):
        return [cost.all, in_year.all] if later else [cost.employer, cost.all]

    names = dict(Fund.objects.values_list("pk", "name"))
    rows = [
        (names.get(fund, "No fund on record"), amounts_of(*costs))
        for fund, costs in sorted(sums.by_fund.items(), key=lambda each: -each[1][0].all)
        if costs[0].all
    ]
    return ByFund(of, heads, rows, amounts_of(sums.cost, sums.in_year))


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
        "title": sheet.title,
        "intro": f"{sheet.intro} {sheet.note}".strip(),
        "choices": [(choice.name, choice.when) for choice in sheet.choices],
        "rows": [row._asdict() for row in sheet.rows],
        "bars": [
            (choice.name, formats.money_from_cents(choice.five_years), 1000 * choice.five_years // most)
            for choice in sheet.choices
        ],
        "by_fund": {
            "of": sheet.by_fund.of,
            "heads": sheet.by_fund.heads,
            "rows": [(name, *map(formats.money_from_cents, amounts)) for name, amounts in sheet.by_fund.rows],
            "totals": list(map(formats.money_from_cents, sheet.by_fund.totals)),
        },
        "law": law,
        "prepared": prepared,
    }
    return pdf(Path(__file__).parent / "typst" / "decision_sheet.typ", data)
