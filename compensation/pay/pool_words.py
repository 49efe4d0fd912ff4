"""The rules of pools and proposals in plain sentences."""

from compensation.pay import money
from compensation.pay.case import Proposed
from compensation.pay.proposed import write

PARTS = {"merit": "Merit", "lump_sum": "The lump sum"}
FOR = {"merit": "for merit", "lump_sum": "for the lump sum"}
SHARED_BY = {"payroll": "in proportion to their payroll", "headcount": "in proportion to their people"}
REASONS = {
    "off_guideline": "A proposal off the guideline needs a written reason.",
    "always": "Each proposal needs a written reason.",
    "never": "No reason is needed.",
}
WITHOUT = {
    "guideline": "Who has no proposal has the guideline.",
    "nothing": "Who has no proposal has no award.",
}


def pools(rule):
    """What there is, for whom, and what it pays: every figure of a plan's `Pools`."""
    each = "Each department has a pool for each fund" if rule.by_fund else "Each department has a pool"
    if rule.amount:
        size = f"{each}: its part of {money.dollars(rule.amount)}, shared {SHARED_BY[rule.shared_by]}."
    else:
        size = f"{each} of {money.percent(rule.percent)} of its payroll."
    words = [f"{PARTS[rule.component]} is paid from pools. {size}"]
    if rule.small_people:
        share = ", in one pool for all of them" if rule.small_together else ""
        words.append(
            f"Offices of {rule.small_people} or fewer staff have"
            f" {money.percent(rule.small_percent)} of their payroll instead{share}."
        )
    words += [_own(pool) for pool in rule.own]
    if rule.grants == "own":
        words.append("People paid from a grant have only what the grant’s own pool has.")
    words.append(
        "A pool pays the employer’s share, too."
        if rule.with_employer
        else "The employer’s share is not paid from the pools."
    )
    return " ".join(words)


def _own(pool):
    size = (
        money.dollars(pool.amount)
        if pool.percent is None
        else f"{money.percent(pool.percent)} of its payroll"
    )
    if pool.department:
        return f"Department {pool.department} has {size}."
    return f"Fund {pool.fund} has {size}, for all whom it pays."


def proposals(rule):
    """Between what heads may propose, and when they write a reason: every figure of a plan's `Proposals`."""
    limits = ", ".join(
        f"{write(Proposed(limit.gives, limit.least))} to {write(Proposed(limit.gives, limit.most))} for level"
        f" {limit.level}"
        for limit in sorted(rule.limits, reverse=True)
    )
    steps = f" Percents are multiples of {money.percent(rule.multiple_of)}." if rule.multiple_of else ""
    return (
        f"The head of a department proposes for its people, and for heads the County Judge: {limits}.{steps}"
        f" {REASONS[rule.reason]} {WITHOUT[rule.without]}"
    )
