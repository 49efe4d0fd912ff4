"""What is wrong with a plan's pools and with what heads may propose (PAY-8): problems returned."""

from collections import Counter
from itertools import pairwise

from compensation.pay import money
from compensation.pay.case import Proposed
from compensation.pay.pool_rules import can_be_proposed
from compensation.pay.proposed import write
from compensation.pay.rules import LOWEST_EARNING_LEVEL, Problem

HIGHEST_LEVEL = 5
MOST_PERCENT = 250_000  # millionths
NAMES = {"merit": "merit", "lump_sum": "lump sum"}


def find_pool_problems(rules):
    """Every `Problem` of `pools` and `proposals`, in the order of their fields."""
    found = list(_pools(rules)) if rules.pools else []
    return found + (list(_proposals(rules)) if rules.proposals else [])


def _pools(rules):
    rule = rules.pools
    if getattr(rules, rule.component) is None:
        message = f"The pools are for {NAMES[rule.component]}, which the plan does not give."
        yield Problem("pools.component", "a pool for what is paid", message)
    if (rule.percent > 0) == (rule.amount > 0):
        message = "A pool is either a percent of payroll or an amount for the county, above zero."
        yield Problem("pools.percent", "a pool has a size", message)
    if rule.amount < 0:
        yield Problem("pools.amount", "a pool has a size", f"{money.dollars(rule.amount)} is below zero.")
    percents = [("pools.percent", rule.percent), ("pools.small_percent", rule.small_percent)]
    percents += [(f"pools.own.{n}.percent", own.percent or 0) for n, own in enumerate(rule.own, 1)]
    for field, percent in percents:
        if not 0 <= percent <= MOST_PERCENT:
            message = f"{money.percent(percent)} of payroll is not from 0% to {MOST_PERCENT // 10_000}%."
            yield Problem(field, f"at most {MOST_PERCENT // 10_000}%", message)
    if bool(rule.small_people) != bool(rule.small_percent):
        message = "The rule for small offices needs how many staff they have at most, and their percent."
        yield Problem("pools.small_people", "a rule is whole", message)
    for number, own in enumerate(rule.own, 1):
        if own.amount is not None and own.amount < 0:
            message = f"{money.dollars(own.amount)} is below zero."
            yield Problem(f"pools.own.{number}.amount", "a pool has a size", message)
        if own.amount is not None and own.department and rule.by_fund:
            message = f"The plan has a pool for each fund. Give department {own.department} a percent."
            yield Problem(f"pools.own.{number}.amount", "a pool for each fund", message)
    for (department, fund), count in Counter((own.department, own.fund) for own in rule.own).items():
        if count > 1:
            name = f"Department {department}" if department else f"Fund {fund}"
            yield Problem("pools.own", "a pool once", f"{name} is there more than once.")


def _proposals(rules):
    rule, part = rules.proposals, rules.pools and getattr(rules, rules.pools.component)
    if rules.pools is None:
        message = "Heads can propose only within pools, and the plan has none."
        yield Problem("proposals", "proposals within a pool", message)
    elif part and not can_be_proposed(part):
        what = "What a team earns is" if part.by == "team" else "Steps and percents of total earnings are"
        message = f"{what} not proposed: the plan gives it alone."
        yield Problem("proposals", "a percent or dollars to propose", message)
    if rule.multiple_of < 0:
        yield Problem("proposals.multiple_of", "no negative figure", "A multiple is above zero.")
    limits = sorted(rule.limits)
    levels = Counter(limit.level for limit in limits)
    for level in range(LOWEST_EARNING_LEVEL, HIGHEST_LEVEL + 1):
        if not levels[level]:
            message = f"Nothing is said of what may be proposed for level {level}."
            yield Problem("proposals.limits", "no gap", message)
    for level, count in levels.items():
        if count > 1:
            yield Problem("proposals.limits", "no overlap", f"Level {level} is in two rows.")
        if level < LOWEST_EARNING_LEVEL:
            message = f"Nothing is paid for level {level}, so nothing can be proposed."
            yield Problem("proposals.limits", "no pay below fully successful (PAY-3)", message)
    for limit in limits:
        yield from _limit(limit, part)
    for lower, higher in pairwise(limits):
        if lower.gives == higher.gives and (higher.least < lower.least or higher.most < lower.most):
            message = f"The limits for level {higher.level} lie below those for level {lower.level}."
            yield Problem("proposals.limits", "a higher rating never pays less", message)


def _limit(limit, part):
    least, most = (write(Proposed(limit.gives, end)) for end in (limit.least, limit.most))
    if limit.least < 0 or limit.most < limit.least:
        message = f"Level {limit.level}: the most, {most}, is less than the least, {least}."
        yield Problem("proposals.limits", "limits in order", message)
    if limit.gives == "percent" and limit.most > MOST_PERCENT:
        message = f"Level {limit.level}: {most} is more than {MOST_PERCENT // 10_000}%."
        yield Problem("proposals.limits", f"at most {MOST_PERCENT // 10_000}%", message)
    if part is None or not can_be_proposed(part):
        return
    if part.gives != limit.gives:
        message = f"Level {limit.level}: the limits are not in what the plan gives, {_unit(part.gives)}."
        yield Problem("proposals.limits", "limits in the unit of the award", message)
    elif part.by == "level":
        for band in part.table:
            if (
                band.starts == limit.level
                and not limit.least <= min(band.values) <= max(band.values) <= limit.most
            ):
                message = f"Level {limit.level}: the guideline is not within {least} to {most}."
                yield Problem("proposals.limits", "the guideline within the limits", message)


def _unit(gives):
    return "a percent" if gives == "percent" else "dollars"
