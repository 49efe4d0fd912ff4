"""What a scenario says of its plan's pools, put together from a pay.pool_cost.Pooled (PAY-7, PAY-8)."""

from typing import NamedTuple

from compensation.pay import money, pool_words
from compensation.pay.written_rules import parse
from compensation.pooled import name_of
from look import formats

# The figures of pools, by their names in `pay.scenario.POOL_FIGURES`.
LINES = {
    "pools": "Pools, spent in full",
    "pools_and_employer": "Pools with the employer’s share",
    "all_pooled": "Everything, pools spent in full",
    "all_pooled_in_year": "Everything, pools spent in full, within the fiscal year",
}


class PoolRow(NamedTuple):
    """A pool, in cents; `left` is below zero where the plan's table gives its people more than it holds."""

    name: str
    people: int
    payroll: int
    amount: int
    by_table: int

    @property
    def left(self):
        return self.amount - self.by_table


def shown(scenarios, pooled, departments):
    """The pools for the page, the largest first; `departments` are names by code."""
    rows = [PoolRow(name_of(key, departments.get), *pool) for key, pool in pooled.pools.items()]
    return {
        "pooled": pooled,
        "pool_rows": sorted(rows, key=lambda row: (-row.amount, row.name)),
        "pools_left": pooled.total - pooled.by_table,
        "pools_said": said(parse(scenarios.rules), pooled),
    }


def said(rules, pooled):
    """What the figures of the pools count, what is estimated, and what they can't know."""
    what = pool_words.PARTS[rules.pools.component].lower()
    if not pooled.pools:
        return f"The pools pay {what}, in which nobody takes part here."
    words = [f"The pools are what {what} may cost, counted here to the last cent."]
    if pooled.with_employer:
        words.append("They pay the employer’s share, too.")
    else:
        about = formats.money_from_cents(pooled.employer)
        words.append(
            f"The employer’s share on what they pay comes to about {about}:"
            " an estimate, as if everybody in a pool had the same percent of pay."
        )
    if pooled.all_in_year != pooled.all:
        words.append("What of a pool falls into the fiscal year is estimated the same way.")
    if rules.proposals:
        words.append(
            "What heads may give at most is not held against the pools:"
            " where the limits allow less, less is spent."
        )
    if pooled.short:
        holds = "One pool holds" if pooled.short == 1 else f"{formats.number(pooled.short)} pools hold"
        words.append(f"{holds} less than the plan’s own table gives its people.")
    return " ".join(words)


def with_figures(others, pooled, budget_for):
    """The figures of the page with those of the pools, first the one that the budget is for."""
    cents = formats.money_from_cents
    share = "with the employer’s share" if pooled.with_employer else "pay alone"
    of_it = f"about {cents(pooled.employer)} of it the employer’s share on the pools"
    rest = "" if pooled.with_employer else f", {of_it}"
    notes = {
        "pools": (pooled.total, f"{share}; the table gives {cents(pooled.by_table)}"),
        "all_pooled": (pooled.all, f"a full year{rest}"),
    }
    if pooled.all_in_year != pooled.all:
        notes["all_pooled_in_year"] = pooled.all_in_year, "estimated, each raise from the day it begins"
    if budget_for == "pools_and_employer":
        notes[budget_for] = pooled.total + pooled.employer, "a full year, the share estimated"
    wanted = budget_for if budget_for in notes else "all_pooled"
    first = sorted(notes, key=lambda name: name != wanted) if budget_for in LINES else notes
    found = [(LINES[name], cents(notes[name][0]), notes[name][1]) for name in first]
    return [*found, *others] if budget_for in LINES else [*others, *found]


def side_by_side(totals):
    """(name, words) of the figures of pools of the scenarios whose totals are given; those of the fiscal year
    and with the employer's share only where they are other ones.
    """
    if "pools" not in totals[0]:
        return []
    other = {"all_pooled_in_year": "all_pooled", "pools_and_employer": "pools"}
    same = {name for name, plain in other.items() if all(each[name] == each[plain] for each in totals)}
    return [pair for pair in LINES.items() if pair[0] not in same]


def held(rule):
    """What of the pools no scenario turns."""
    words = pool_words.FOR[rule.component]
    if rule.amount:
        words = f"{money.dollars(rule.amount)} {words}"
    if rule.own:
        words += f", {formats.plural(len(rule.own), 'pool of its own', 'pools of their own')}"
    return words[0].upper() + words[1:]


def on_sheet(rule, dials):
    """How large the pools are and what of them is counted, in a few words for the decision sheet."""
    size = (
        f"{money.dollars(rule.amount)} for the county"
        if dials.pool is None
        else f"{money.percent(dials.pool)} of payroll"
    )
    if dials.small_pool is not None:
        size += f", small offices {money.percent(dials.small_pool)}"
    return f"{size}; {'with' if rule.with_employer else 'without'} the employer’s share"
