"""What the page of a scenario shows, put together from its Summary and the totals of the others."""

from collections import Counter
from typing import NamedTuple

from compensation.pay import dials as pay_dials
from compensation.pay import money
from compensation.pay.scenario import FIGURES, POOL_FIGURES, YEARS, measure_of
from compensation.pay.written_rules import parse
from compensation.scenarios import pools as scenario_pools
from look import charts, formats
from organization.models import Department, Fund

WRITE = {
    "percent": formats.percent,
    "steps": lambda value: formats.plural(value, "step", "steps"),
    "amount": formats.money_from_cents,
}

BARS = 13
STEPS = (100, 250, 500, 1_000, 2_500, 5_000, 10_000)  # dollars that a bar is wide
AT_MAXIMUM = {
    "split": "Base stops, the rest is paid once",
    "forfeit": "Base stops, the rest is not paid",
    "none": "Base goes on above it",
}


class Row(NamedTuple):
    """One line of a table by department, fund, rating or grade; all but the counts in cents."""

    name: str
    people: int
    awards: int
    base: int
    pay: int
    cost: int
    share: int  # of the whole cost, in percent

    @property
    def share_words(self):
        return f"{self.share}% of the cost"


def results(scenario, summary, level_names):
    """Everything of a scenario below its dials. `summary` is a pay.scenario.Summary of it."""
    scenarios = scenario.set
    measure = measure_of(scenarios.budget_for)
    spent = (FIGURES | POOL_FIGURES)[scenarios.budget_for](summary)
    left = None if scenarios.budget is None else scenarios.budget - spent
    departments = dict(Department.objects.values_list("code", "name"))
    funds = dict(Fund.objects.values_list("pk", "name"))
    levels = {None: "No rating of record"} | {
        level: f"{level}, {level_names.get(level, '')}".rstrip(", ") for level in range(1, 6)
    }
    return {
        "summary": summary,
        "spent": spent,
        "left": left,
        "counted": _counted(scenarios, summary),
        "added": measure.pay_of(summary),
        "cost": measure.cost_of(summary),
        "used": None if left is None else _used(spent, scenarios.budget),
        "figures": figures(scenarios, summary, measure, left),
        "compared": side_by_side(scenario),
        "by_department": rows(summary.by_department, departments, measure),
        "by_fund": rows(summary.by_fund, funds | {None: "No fund on record"}, measure),
        "by_level": rows(summary.by_level, levels, measure, key=lambda pair: -(pair[0] or 0)),
        "by_grade": rows(
            summary.by_grade, {None: "No grade on record"}, measure, key=lambda pair: grade_order(pair[0])
        ),
        "sizes": sizes_chart(scenario, summary),
    } | (scenario_pools.shown(scenarios, summary.pooled, departments) if summary.pooled else {})


def _used(spent, budget):
    """A share of the budget in words that never claim to be exact: "More than 99%"."""
    share, rest = divmod(100 * spent, budget)
    return f"More than {share}%" if rest else f"{share}%"


def _counted(scenarios, summary):
    """What the tables count: "Merit and lump sums", of which year where that makes a difference."""
    measure = measure_of(scenarios.budget_for)
    words = "Everything the plan pays" if measure.cost == "all" else "Merit and lump sums"
    by_table = " by the plan’s own table" if summary.pooled else ""
    return words + by_table + _which_year(scenarios, summary, measure.of)


def _which_year(scenarios, summary, of):
    """Of a full year or within the fiscal year; nothing where both cost the same."""
    if summary.in_year == summary.cost:
        return ""
    return f" within fiscal year {scenarios.plan.fiscal_year}" if of == "in_year" else " in a full year"


def figures(scenarios, summary, measure, left):
    spent, pay = measure.cost_of(summary), measure.pay_of(summary)
    of = "Cost of the plan" if measure.cost == "all" else "Cost of merit and lump sums"
    of += " by its table" if summary.pooled else ""
    cents = formats.money_from_cents
    which = _which_year(scenarios, summary, measure.of)
    shown = [(of + which, cents(spent), f"pay {cents(pay)}, employer {cents(spent - pay)}")]
    if which:
        other = measure._replace(of="cost" if measure.of == "in_year" else "in_year")
        note = "twelve months of every raise" if other.of == "cost" else "each raise from the day it begins"
        words = _which_year(scenarios, summary, other.of).strip()
        shown.append((words[0].upper() + words[1:], cents(other.cost_of(summary)), note))
    if summary.pooled:
        shown = scenario_pools.with_figures(shown, summary.pooled, scenarios.budget_for)
    if left is not None:
        words = "Left in the budget" if left >= 0 else "Over the budget"
        shown.append((words, cents(abs(left)), f"of {cents(scenarios.budget)}"))
    full = measure._replace(of="cost").pay_of(summary)
    average = cents(round_half_up(full, summary.awards)) if summary.awards else ""
    shown.append(("Awards by rating", formats.number(summary.awards), average and f"average {average}"))
    return shown


def side_by_side(scenario):
    """The scenarios of the set, and a row of texts for each figure; the one being edited is marked."""
    others = [scenario if each.pk == scenario.pk else each for each in scenario.set.scenarios.all()]
    turned = [pay_dials.read(each.dials) for each in others]
    year, budget, budget_for = scenario.set.plan.fiscal_year, scenario.set.budget, scenario.set.budget_for
    cents = formats.money_from_cents
    lines = [("Across the board", [formats.percent(dials.across) for dials in turned])]
    for part, name in (("merit", "Merit"), ("lump", "Lump sum")):
        if any(getattr(dials, f"{part}_gives") != "none" for dials in turned):
            lines.append((f"{name}, fully successful", [_earned(dials, part, 0) for dials in turned]))
            lines.append((f"{name}, exceeds", [_earned(dials, part, 1) for dials in turned]))
            lines.append((f"{name}, outstanding", [_earned(dials, part, 2) for dials in turned]))

    for name, words in (("pool", "Pools"), ("small_pool", "Small offices")):
        if getattr(turned[0], name) is not None:
            percents = [formats.percent(getattr(dials, name)) for dials in turned]
            lines.append((f"{words}, percent of payroll", percents))

    def put(label, write):
        lines.append((label, [write(each.totals) for each in others]))

    for name, words in (("all", "Cost of it all"), ("by_rating", "Merit and lump sums alone")):
        later = any(each.totals[name] != each.totals[f"{name}_in_year"] for each in others)
        if later:
            put(f"{words}, in fiscal year {year}", lambda totals, name=name: cents(totals[f"{name}_in_year"]))
        put(f"{words}, a full year" if later else words, lambda totals, name=name: cents(totals[name]))
    for name, words in scenario_pools.side_by_side([each.totals for each in others]):
        put(words, lambda totals, name=name: cents(totals[name]))
    if budget is not None:
        words = scenario_pools.LINES.get(budget_for)
        words = f"Left in the budget for {words[0].lower()}{words[1:]}" if words else _left_for(budget_for)
        put(words, lambda totals: cents(budget - totals[budget_for]))
    put("Of it all, again every year", lambda totals: cents(totals["every_year"]))
    put(f"Cost over {_say(YEARS)} years", lambda totals: cents(totals["five_years"]))
    put("Awards by rating", lambda totals: formats.number(totals["awards"]))
    put("Lowest-paid quarter, a month", lambda totals: cents(totals["lowest_quarter_monthly"]))
    put("Lowest-paid quarter, once", lambda totals: cents(totals["lowest_quarter_once"]))
    put("People at the maximum", lambda totals: formats.number(totals["at_maximum"]))
    put("Split at the maximum", lambda totals: formats.number(totals["split"]))
    return {
        "heads": [
            (each, _kind(dials), each.pk == scenario.pk) for each, dials in zip(others, turned, strict=True)
        ],
        "lines": [
            (label, list(zip(texts, (each.pk == scenario.pk for each in others), strict=True)))
            for label, texts in lines
        ],
    }


def _left_for(budget_for):
    of_all = measure_of(budget_for).cost == "all"
    return f"Left in the budget for {'it all' if of_all else 'merit and lump sums'}"


def _kind(dials):
    merit, lump = dials.merit_gives != "none", dials.lump_gives != "none"
    if merit and lump:
        return "base pay and lump sum"
    return "base pay" if merit else "lump sum" if lump else "across the board alone"


def _earned(dials, part, place):
    gives, values = getattr(dials, f"{part}_gives"), getattr(dials, part)
    if gives == pay_dials.AS_PLANNED:
        return "as in the plan"
    if gives == "none":
        return ""
    return WRITE[gives](values[0] + (values[place] if place else 0))


def rows(shares, names, measure, *, key=None):
    """Rows of a table, the costliest first unless `key` orders the pairs of key and Share otherwise."""
    whole = sum(map(measure.cost_of, shares.values())) or 1
    order = key or (lambda pair: (-measure.cost_of(pair[1]), str(pair[0])))
    found = []
    for each, share in sorted(shares.items(), key=order):
        cost, pay = measure.cost_of(share), measure.pay_of(share)
        name = names.get(each) or f"Grade {each}"
        found.append(Row(name, share.people, share.awards, share.base, pay, cost, 100 * cost // whole))
    return found


def grade_order(grade):
    """Grades by number where they have one, others by name behind; people without one last."""
    if grade is None:
        return (2, 0, "")
    return (0, int(grade), "") if grade.isdecimal() else (1, 0, grade)


def sizes_chart(scenario, summary):
    """How many awards of which size, or None where nobody has one."""
    if not summary.awards:
        return None
    sizes = summary.sizes
    usual = sizes[len(sizes) * 97 // 100]  # the few largest share the last bar, which is open
    step = next((each for each in STEPS if usual < each * 100 * (BARS - 1)), STEPS[-1])
    counts = Counter(min(size // (100 * step), BARS - 1) for size in sizes)
    last = max(counts)
    return charts.histogram(
        f"Half of the awards are {formats.money_from_cents(sizes[len(sizes) // 2])} or more",
        f"Scenario {scenario.letter}, {formats.plural(summary.awards, 'award', 'awards')} by rating",
        [(bar * step, counts[bar]) for bar in range(last + 1)],
        value_title="People",
        category_title="Award, merit of a year and lump sum together, in dollars",
    )


def held_equal(scenarios):
    """Facts about what no scenario turns."""
    rules, employer = parse(scenarios.rules), parse(scenarios.rules).employer
    on_new_base = rules.order == "compounded"
    who = " or ".join(rules.who.kinds).capitalize()
    if rules.who.hired_by:
        who += f", hired by {formats.record_date(rules.who.hired_by)}"
    fica = formats.percent(employer.social_security + employer.medicare)
    return [
        ("Order", f"Merit on the base {'after' if on_new_base else 'before'} the raise"),
        ("Maximum", AT_MAXIMUM[rules.at_maximum]),
        ("Eligible", who),
        ("Begins", _begins(rules)),
        ("Employer", f"FICA {fica}, retirement {formats.percent(employer.retirement)}"),
        *([("Pools", scenario_pools.held(rules.pools))] if rules.pools else []),
    ]


def _begins(rules):
    """From when raises count, as the plan names the days."""
    words = [formats.record_date(rules.effective_on)]
    for name, part, own in (("tenure", rules.tenure, "own day"), ("merit", rules.merit, "anniversary")):
        if part and part.begins:
            day = formats.record_date(part.begins.on) if part.begins.on else f"each person’s {own}"
            words.append(f"{name} {day}")
    return ", ".join(words)


def found_words(dial, dials, sought, figure):
    """(the value in words, sentences about it and the next one); `figure` says what the target is for."""
    gives = pay_dials.unit_of(dials, dial)
    next_one = {"percent": "One ten-thousandth of a percent", "amount": "One cent", "steps": "One step"}[
        gives
    ]
    said = f"It comes to {money.dollars(sought.cost)}: {figure}. {money.dollars(sought.left)} is left."
    return WRITE[gives](sought.value), said if sought.is_limit else f"{said} {next_one} more would pass it."


def round_half_up(cents, count):
    return money.half_up(cents, count)


def _say(number):
    return ("no", "one", "two", "three", "four", "five")[number]
