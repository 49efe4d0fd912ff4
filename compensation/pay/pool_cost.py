"""What a plan's pools come to for many cases at once, beside what the plan's own tables cost (PAY-7, PAY-8).

Cents of a full year, nothing estimated. What a pool that nobody has given out yet costs the county beyond its
pay can't be known: Social Security ends at the wage base of each person. So the employer's share is in the
sums where the pools pay it, and else it is that of everything but the pools.
"""

from typing import NamedTuple

from compensation.pay import pools
from compensation.pay.proposing import cost_in, payroll_in


class Placed(NamedTuple):
    """Who is paid from which pool, which no dial changes."""

    keys: tuple[str, ...]  # one for each person, in their order
    small: frozenset[str]  # the small offices


class OnePool(NamedTuple):
    """A pool, and what the plan's table gives its people, counted as the pool is."""

    people: int
    payroll: int
    amount: int
    by_table: int


class Pooled(NamedTuple):
    total: int  # what all pools come to
    by_table: int  # what the plan's tables alone give of that component, counted as the pools are
    all: int  # everything the plan pays with the pools spent in full
    pools: dict[str, OnePool]  # by key
    with_employer: bool  # whether the pools pay the employer's share

    @property
    def short(self):
        """How many pools hold less than the plan's table gives their people."""
        return sum(pool.by_table > pool.amount for pool in self.pools.values())


class PoolCount:
    """Counts award by award, in the order of `placed`; `plan` is prepared, without proposals."""

    def __init__(self, plan, placed):
        self.plan, self.small = plan, placed.small
        self.keys = iter(placed.keys)
        self.sums = {key: [0, 0, 0] for key in set(placed.keys)}  # people, payroll, what the table gives
        self.component = 0  # with the employer's share
        self.with_employer = plan.rules.pools.with_employer

    def add(self, case, line):
        plan = self.plan.of(case) if self.plan.groups else self.plan
        sums, payroll = self.sums[next(self.keys)], payroll_in(line, plan.rules)
        if payroll is not None:
            sums[0] += 1
            sums[1] += payroll
        if line.merit or line.lump:
            pay, employer = cost_in(line, case, plan)
            sums[2] += pay + employer if self.with_employer else pay
            self.component += pay + employer

    def found(self, whole):
        """The Pooled of all that was added; `whole` is what it costs by the tables. Raises pools.BadPools."""
        counted = {key: sums for key, sums in self.sums.items() if sums[0]}
        people, payroll, by_table = ({key: sums[n] for key, sums in counted.items()} for n in range(3))
        sized = pools.sized(people, payroll, self.plan.rules.pools, self.small)
        total = sum(pool.amount for pool in sized.values())
        each = {
            key: OnePool(pool.people, pool.payroll, pool.amount, by_table[key]) for key, pool in sized.items()
        }
        given = sum(by_table.values())
        return Pooled(total, given, whole - self.component + total, each, self.with_employer)
