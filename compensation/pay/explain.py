"""The arithmetic of an award as a ledger: label, working, amount. Each section sums exactly.

Derived from the figures that the award keeps; for the award page, the letter and the `explain` command.
"""

from typing import NamedTuple

from compensation.pay import money
from compensation.pay.money import FULL_TIME
from compensation.pay.periods import say


class Line(NamedTuple):
    """One line of a ledger.

    `section`: "rate" (from old to new rate), "year" (annual pay) or "once". `kind`: "start", "add",
    "subtotal" or "total"; in a section the start and all that is added make the total, a subtotal repeats the
    sum so far. `amount` is in ten-thousandths of a dollar an hour where `hourly`, else in cents.
    """

    section: str
    kind: str
    label: str
    formula: str
    amount: int
    hourly: bool = False

    @property
    def text(self):
        """The amount as it is printed: `$46,280.00`, or signed where it is added: `+ $925.60`."""
        show = money.hourly if self.hourly else money.dollars
        if self.kind != "add" or not self.amount:
            return show(self.amount)
        return f"{'+' if self.amount > 0 else '−'} {show(abs(self.amount))}"


def arithmetic(case, award, rules, *, base_on=None):
    """The lines from old to new rate, then the pay of a year where that differs, then what is paid once.

    `base_on` is the day of the base pay. Components that give nothing have no line: their reasons say why.
    """
    rules = rules.of(case)
    lines = _rate_lines(case, award, rules, base_on)
    if case.basis == "hourly" or case.fte not in (None, FULL_TIME):
        lines += _year_lines(case, award, rules)
    if award.lump:
        lines += _once_lines(case, award, rules)
    return lines


def employer_lines(award):
    """What the award costs the county beyond the pay: (label, cents), the last one their sum."""
    lines = [
        ("FICA on the raise", award.fica_raise),
        ("FICA on merit", award.fica_merit),
        ("FICA on what is paid once", award.fica_lump),
        ("Retirement on the raise", award.retirement_raise),
        ("Retirement on merit", award.retirement_merit),
        ("Retirement on what is paid once", award.retirement_lump),
    ]
    return [*((label, cents) for label, cents in lines if cents), ("In all", award.fica + award.retirement)]


def _rate_lines(case, award, rules, base_on):
    hourly = case.basis == "hourly"
    show = money.hourly if hourly else money.dollars
    name = "hourly rate" if hourly else "base pay" if case.fte in (None, FULL_TIME) else "full-time base pay"
    since = f" on {say(base_on)}" if base_on else ""
    over = "paid once" if rules.at_maximum == "split" else "not paid"
    lines = []

    def put(kind, label, formula, amount):
        lines.append(Line("rate", kind, label, formula, amount, hourly))

    def put_over(uncapped, kept):
        if uncapped != kept:
            formula = f"{show(uncapped)} − {show(kept)}"
            put("add", f"Part above the range maximum, {over}", formula, kept - uncapped)

    put("start", name.capitalize() + since, "", award.old_rate)
    if award.uncapped_raise != award.old_rate:
        added = award.uncapped_raise - award.old_rate
        put("add", "Across the board", _raise_formula(case, award, rules, show), added)
        put_over(award.uncapped_raise, award.raised_rate)
    if award.lifted_rate != award.raised_rate:
        added = award.lifted_rate - award.raised_rate
        put("add", f"To the minimum of grade {case.grade}", f"minimum {show(award.lifted_rate)}", added)
    if award.merit_value and award.lifted_rate != award.old_rate:
        put("subtotal", name.capitalize() + " after the raise", "", award.lifted_rate)
    if award.uncapped_merit != award.lifted_rate:
        added = award.uncapped_merit - award.lifted_rate
        label = f"Merit {_proposed(case, rules, 'merit')}for {_rating(case, rules.merit)}"
        put("add", label, _merit_formula(case, award, rules, show), added)
        put_over(award.uncapped_merit, award.new_rate)
    put("total", f"New {name}", "", award.new_rate)
    return lines


def _year_lines(case, award, rules):
    """Annual pay before, what each component adds, and after: at the hours and the FTE."""
    lines = [
        Line(
            "year", "start", "Annual pay before", _year_formula(case, award.old_rate, rules), award.old_annual
        )
    ]
    for label, cents in (
        ("Across the board", award.across_the_board),
        ("To the minimum", award.lift),
        ("Merit", award.merit),
    ):
        if cents:
            lines.append(Line("year", "add", label, "", cents))
    formula = _year_formula(case, award.new_rate, rules)
    return [*lines, Line("year", "total", "New annual pay", formula, award.new_annual)]


def _once_lines(case, award, rules):
    lines = []
    if award.excess:
        lines.append(Line("once", "add", "Above the range maximum", "", award.excess))
    if award.lump_sum:
        rule = rules.lump_sum
        unit = rules.unit_of(case, "lump_sum")
        if unit == "percent":
            formula = f"{money.percent(award.lump_value)} × {money.dollars(award.lump_base)}"
        else:
            formula = money.dollars(award.lump_base)
            if unit == "amount" and rule.follows_fte and case.fte != FULL_TIME:
                formula += f" × {money.plain(case.fte, 4)} FTE"
        formula += _share(
            award.lump_days, award.lump_days_of, "days" if award.lump_days_of != 12 else "months"
        )
        formula += _to_place(rules.rounding.place != "cent", "dollar")
        label = f"Lump sum {_proposed(case, rules, 'lump_sum')}for {_rating(case, rule)}"
        lines.append(Line("once", "add", label, formula, award.lump_sum))
    return [*lines, Line("once", "total", "Paid once", "", award.lump)]


def _raise_formula(case, award, rules, show):
    if award.raise_step is not None:
        return f"step {award.raise_step} of the new schedule"
    rule = rules.across_the_board
    words = (
        f"{money.percent(rule.percent)} × {show(award.old_rate)}" if rule.percent or not rule.amount else ""
    )
    if rule.at_least:
        words = f"the greater of {words} and {_dollars_of_rate(case, rule.at_least, rules)}"
    if rule.amount:
        words = " + ".join(filter(None, [words, _dollars_of_rate(case, rule.amount, rules)]))
    if "across_the_board" in rules.proration.components:
        words += _share(award.days, award.days_of, rules.proration.by)
    return words + _rate_place(case, rules)


def _merit_formula(case, award, rules, show):
    unit = rules.unit_of(case, "merit")
    if unit == "steps":
        steps = "1 step" if award.merit_value == 1 else f"{award.merit_value} steps"
        return f"{steps}, step {case.step} to {award.new_step}"
    if unit == "own":
        return f"{money.dollars(award.merit_value)} a year" + _rate_place(case, rules)
    if unit == "percent":
        words = f"{money.percent(award.merit_value)} × {show(award.merit_base)}"
    else:
        words = _dollars_of_rate(case, award.merit_value, rules)
    if "merit" in rules.proration.components:
        words += _share(award.days, award.days_of, rules.proration.by)
    return words + _rate_place(case, rules)


def _dollars_of_rate(case, cents, rules):
    if case.basis == "hourly":
        return f"{money.dollars(cents)} / {case.hours_per_year or rules.hours_per_year:,} hours"
    return money.dollars(cents)


def _year_formula(case, rate, rules):
    words = money.dollars(rate)
    if case.basis == "hourly":
        words = f"{money.hourly(rate)} × {case.hours_per_year or rules.hours_per_year:,} hours"
    if case.fte in (None, FULL_TIME):
        return words
    return f"{words} × {money.plain(case.fte, 4)} FTE"


def _share(days, days_of, unit):
    return "" if days == days_of else f" × {days:,}/{days_of:,} {unit}"


def _rate_place(case, rules):
    if case.basis == "hourly":
        return _to_place(rules.rounding.hourly_decimals != 4, "cent")
    return _to_place(rules.rounding.place != "cent", "dollar")


def _to_place(coarser, place):
    return f", new figure rounded to the {place}" if coarser else ""


def _proposed(case, rules, name):
    is_proposed = case.proposed is not None and rules.proposed_component == name
    return "proposed " if is_proposed else ""


def _rating(case, component):
    if component.by == "score":
        return f"a score of {money.plain(case.score, 2, at_least=2)}"
    return f"level {case.level}"
