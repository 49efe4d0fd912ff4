"""The arithmetic of an award as a ledger: label, working, amount. Each section sums exactly.

Derived from the figures that the award keeps; for the award page, the letter and the `explain` command.
"""

from typing import NamedTuple

from compensation.pay import dating, money, monthly
from compensation.pay.lump_sum import team_of
from compensation.pay.money import FULL_TIME
from compensation.pay.periods import say
from compensation.pay.policy import places, rounded_down
from compensation.pay.preparation import position, terms_of
from compensation.pay.tenure import above_step, counted_on, value_on

WORDS = (", from", ", from", ", from", ", on")  # before each of the Dates
ONCE_BY_YEARS = (", from", ", on", ", from", ", on")


class Line(NamedTuple):
    """One line of a ledger.

    `section`: "rate" (from old to new rate), "year" (annual pay), "once" or "longevity". `kind`: "start",
    "add", "subtotal" or "total"; in a section the start and all that is added make the total, a subtotal
    repeats the sum so far. `amount` is in ten-thousandths of a dollar an hour where `hourly`, else in cents.
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


def ledger(case, award, plan, *, base_on=None):
    """`arithmetic` of an award under the prepared plan that gave it, with days and places in the range."""
    dates = dating.dates_of(case, plan, award)
    own = plan.of(case)
    terms = terms_of(case, own, case.hours_per_year or own.rules.hours_per_year)
    facts = {"place": _place(award, own, terms)}
    if terms is not None:
        facts |= {"numbers": terms.numbers, "above": above_step(case, own, terms)}
    return arithmetic(case, award, plan.rules, base_on=base_on, dates=dates, **facts)


def _place(award, plan, terms):
    """Where in the range merit found the rate, in words; empty where the plan does not ask."""
    if not plan.positions or not award.merit_value:
        return ""
    return places(plan.rules.merit.positions)[position(award.tenure_rate, terms, plan)]


def arithmetic(case, award, rules, *, base_on=None, dates=None, place="", numbers=(), above=0):
    """The lines from old to new rate, then the pay of a year where that differs, then what is paid once,
    longevity by itself.

    `base_on` is the day of the base pay. `dates` (`dating.dates_of`) are said where a component has a day of
    its own; `place` is where in the range merit found the rate, `numbers` are those of the grade's steps,
    which without them follow each other; `above` is what stays on top of a step.
    Components that give nothing have no line: their reasons say why.
    """
    rules = rules.of(case)
    since = _since(award, dates)
    lines = _rate_lines(case, award, rules, base_on, since, place, numbers, above)
    if case.basis == "hourly" or case.fte not in (None, FULL_TIME):
        lines += _year_lines(case, award, rules)
    if award.awarded_once:
        lines += _once_lines(case, award, rules, since)
    if award.longevity:
        lines += _longevity_lines(case, award, rules, since)
    return lines


def _since(award, dates):
    """What to say of the day of each component: nothing where all that is given counts from one."""
    none = dating.Dates("", "", "", "")
    if dates is None:
        return none
    by_years = award.by_years or award.longevity
    rises = (award.lifted_rate != award.old_rate, by_years, award.uncapped_merit != award.tenure_rate)
    given = (*rises, award.awarded_once)
    if len({day for day, is_given in zip(dates, given, strict=True) if is_given}) < 2:
        return none
    words = ONCE_BY_YEARS if award.longevity else WORDS
    return dating.Dates(
        *(f"{word} {say(day)}" if day else "" for word, day in zip(words, dates, strict=True))
    )


def employer_lines(award):
    """What the award costs the county beyond the pay: (label, cents), the last one their sum."""
    tenure, once = (
        ("longevity", "what else is paid once") if award.longevity else ("tenure", "what is paid once")
    )
    lines = [
        ("FICA on the raise", award.fica_raise),
        (f"FICA on {tenure}", award.fica_tenure),
        ("FICA on merit", award.fica_merit),
        (f"FICA on {once}", award.fica_lump),
        ("Retirement on the raise", award.retirement_raise),
        (f"Retirement on {tenure}", award.retirement_tenure),
        ("Retirement on merit", award.retirement_merit),
        (f"Retirement on {once}", award.retirement_lump),
    ]
    return [*((label, cents) for label, cents in lines if cents), ("In all", award.fica + award.retirement)]


def _rate_lines(case, award, rules, base_on, begins, place, numbers, above):
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
        label = "Across the board" + _as_published(rules.across_the_board) + begins.raise_on
        put("add", label, _raise_formula(case, award, rules, show, above), added)
        put_over(award.uncapped_raise, award.raised_rate)
    if award.lifted_rate != award.raised_rate:
        added, minimum = award.lifted_rate - award.raised_rate, show(award.lifted_rate)
        put("add", f"To the minimum of grade {case.grade}", f"minimum {minimum}", added)
    if award.tenure_rate != award.lifted_rate:
        added = award.tenure_rate - award.lifted_rate
        put("add", "Tenure" + begins.tenure_on, _tenure_formula(case, award, rules, show, above), added)
    if award.merit_value and award.tenure_rate != award.old_rate:
        put("subtotal", name.capitalize() + " after the raise", "", award.tenure_rate)
    if award.uncapped_merit != award.tenure_rate:
        added = award.uncapped_merit - award.tenure_rate
        stands = f", {place}" if place else ""
        proposed = _proposed(case, rules, "merit")
        label = f"Merit {proposed}for {_rating(case, rules.merit)}{stands}{begins.merit_on}"
        put("add", label, _merit_formula(case, award, rules, show, numbers), added)
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
        ("Tenure", award.tenure),
        ("Merit", award.merit),
    ):
        if cents:
            lines.append(Line("year", "add", label, "", cents))
    formula = _year_formula(case, award.new_rate, rules)
    return [*lines, Line("year", "total", "New annual pay", formula, award.new_annual)]


def _once_lines(case, award, rules, begins):
    lines = []
    if award.excess:
        lines.append(Line("once", "add", "Above the range maximum", "", award.excess))
    if award.lump_sum:
        rule = rules.lump_sum
        unit = rules.unit_of(case, "lump_sum")
        if unit in ("percent", "earnings"):
            of = " total earnings" if unit == "earnings" else ""
            formula = f"{money.percent(award.lump_value)} × {money.dollars(award.lump_base)}{of}"
            if rule.at_least:
                formula = f"the greater of {formula} and {_at_fte(case, rule.at_least, rule)}"
                formula = f"({formula})" if award.lump_days != award.lump_days_of else formula
        else:
            formula = (
                _at_fte(case, award.lump_base, rule) if unit == "amount" else money.dollars(award.lump_base)
            )
        formula += _share(
            award.lump_days, award.lump_days_of, "days" if award.lump_days_of != 12 else "months"
        )
        formula += _to_place(rules.rounding.place != "cent", "dollar")
        label = _lump_label(case, rules)
        if rule.from_adoption_on and award.lump_days != award.lump_days_of:
            label += ", for service since the adoption"
        lines.append(Line("once", "add", label, formula, award.lump_sum))
    return [*lines, _in_all("once", "Paid once" + begins.once_on, award.awarded_once, rules)]


def _in_all(section, label, cents, rules):
    count = rules.monthly_payments
    return Line(section, "total", label, "" if count == 1 else monthly.formula(cents, count), cents)


def _longevity_lines(case, award, rules, begins):
    """What tenure pays once, whatever else is paid once."""
    rule = rules.tenure
    served = dating.whole_months(getattr(case, rule.since), counted_on(case, rules))
    if rule.gives == "percent":
        formula = f"{money.percent(value_on(rule, served))} × {money.dollars(award.longevity_base)}"
    else:
        formula = money.dollars(award.longevity_base)
        formula += "" if case.fte == FULL_TIME else f" × {money.plain(case.fte, 4)} FTE"
    formula += _to_place(rules.rounding.place != "cent", "dollar")
    label = f"Tenure, {dating.in_words(served)} of service"
    total = _in_all("longevity", "Longevity pay" + begins.tenure_on, award.longevity, rules)
    return [Line("longevity", "add", label, formula, award.longevity), total]


def _at_fte(case, cents, rule):
    """Dollars of a full-time year as a lump sum pays them."""
    part_time = rule.follows_fte and case.fte != FULL_TIME
    return money.dollars(cents) + (f" × {money.plain(case.fte, 4)} FTE" if part_time else "")


def _as_published(across):
    """What the percent was before it was rounded down, to stand beside its formula."""
    return "" if across.rounded_down_to is None else f" ({rounded_down(across)})"


def _raise_formula(case, award, rules, show, above):
    if award.raise_step is not None:
        return f"step {case.step} of the new schedule{_on_top(above, show)}"
    rule = rules.across_the_board
    words = f"{money.percent(rule.given)} × {show(award.old_rate)}" if rule.given or not rule.amount else ""
    share = ""
    if "across_the_board" in rules.proration.components and rules.proration.by != "none":
        period = getattr(rules, rules.proration.of)
        share = _share(*dating.service(case, rules, period, rules.effective_on), rules.proration.by)
    if rule.at_least:
        least = _dollars_of_rate(case, rule.at_least, rules)
        words = f"the greater of {words} and {least}" if words else least
        words = f"({words})" if rule.amount or share else words
    if rule.amount:
        parts = [each for each in (words, _dollars_of_rate(case, rule.amount, rules)) if each]
        words = " + ".join(parts)
        words = f"({words})" if share and len(parts) > 1 else words
    return words + share + _rate_place(case, rules)


def _on_top(above, show):
    return f" and {show(above)} above it" if above else ""


def _tenure_formula(case, award, rules, show, above):
    rule = rules.tenure
    served = dating.whole_months(getattr(case, rule.since), counted_on(case, rules))
    words = f"{dating.in_words(served)} of service"
    value = value_on(rule, served)
    if rule.gives in ("step", "steps"):
        on_top = _on_top(above, show) if rule.gives == "step" else ""
        if on_top and award.tenure_rate == award.range_maximum and rules.at_maximum != "none":
            on_top += ", up to the maximum of the range"
        return f"{words}, step {award.tenure_step} of the schedule{on_top}"
    if rule.gives == "percent":
        base = award.lifted_rate if rules.order == "compounded" else case.rate
        gives = f"{money.percent(value)} × {show(base)}"
    else:
        gives = _dollars_of_rate(case, value, rules)
    if award.tenure_rate == award.range_maximum and rules.at_maximum != "none":
        return f"{words}: {gives}, up to the maximum of the range"
    return f"{words}: {gives}{_rate_place(case, rules)}"


def _lump_label(case, rules):
    rule = rules.lump_sum
    if rule.by == "team" and (team := team_of(case, rule)):
        return f"Team award, {team.name}: {team.result}"
    return f"Lump sum {_proposed(case, rules, 'lump_sum')}for {_rating(case, rule)}"


def _merit_formula(case, award, rules, show, numbers):
    unit = rules.unit_of(case, "merit")
    if unit == "steps":
        ends, least = rules.merit.ends_at_step, rules.merit.at_least
        last = "" if ends is None or award.new_step != ends else ", where merit ends"
        more = f", for at least {_dollars_of_rate(case, least, rules)}" if least else ""
        return _steps(award, numbers) + last + more
    if unit == "own":
        part_time = "" if case.fte in (None, FULL_TIME) else f" / {money.plain(case.fte, 4)} FTE"
        return _dollars_of_rate(case, award.merit_value, rules) + part_time + _rate_place(case, rules)
    share = ""
    if "merit" in rules.proration.components:
        share = _share(award.days, award.days_of, rules.proration.by)
    if unit == "percent":
        words = f"{money.percent(award.merit_value)} × {show(award.merit_base)}"
        if rules.merit.at_least:
            words = f"the greater of {words} and {_dollars_of_rate(case, rules.merit.at_least, rules)}"
            words = f"({words})" if share else words
    else:
        words = _dollars_of_rate(case, award.merit_value, rules)
    words += share
    return words + _rate_place(case, rules)


def _steps(award, numbers):
    start = award.tenure_step
    steps = "1 step" if award.merit_value == 1 else f"{award.merit_value} steps"
    taken = award.new_step - start
    if numbers:
        taken = numbers.index(award.new_step) - numbers.index(start)
    beyond = award.merit_value - taken
    if not beyond:
        return f"{steps}, step {start} to {award.new_step}"
    reached = f", step {start} to {award.new_step}" if award.new_step != start else ""
    return f"{steps}{reached}, {beyond} beyond the last, at its interval"


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
