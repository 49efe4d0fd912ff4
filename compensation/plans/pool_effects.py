"""What the pools of a plan come to in the county of today, before anybody works them out."""

from typing import NamedTuple

from compensation.pay import pools
from compensation.pooled import PooledPlan


class PoolEffect(NamedTuple):
    """Sums in cents over all pools; `smallest` and `largest` are pairs of a name and cents. `small` are the
    names of the offices to which the rule for small offices applies.
    """

    count: int
    people: int
    total: int
    smallest: tuple | None
    largest: tuple | None
    small: tuple[str, ...] = ()
    problem: str = ""


def pool_effect(plan, ready, *, on):
    """The `PoolEffect` of a plan as it is in memory, made `ready`; None for a plan without pools."""
    if ready.rules.pools is None:
        return None
    pooled = PooledPlan(plan, on=on, ready=ready)
    members = pooled.members(pooled.people())
    try:
        found = pools.work_out(members, pooled.rules.pools).values()
    except pools.BadPools as problem:
        return PoolEffect(0, 0, 0, None, None, problem=str(problem))
    taking_part = {member.office for member in members if member.payroll is not None}
    small = pools.small_offices(members, pooled.rules.pools) & taking_part
    by_size = sorted((pool.amount, pooled.name(pool.key)) for pool in found)
    return PoolEffect(
        count=len(by_size),
        people=sum(pool.people for pool in found),
        total=sum(amount for amount, _ in by_size),
        smallest=by_size[0][::-1] if by_size else None,
        largest=by_size[-1][::-1] if by_size else None,
        small=tuple(sorted(pooled.chart.coded(code).name for code in small)),
    )
