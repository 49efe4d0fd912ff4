"""What a plan's pools come to for many cases at once, beside what the plan's own tables cost (PAY-7, PAY-8).

The pools and what the tables give are cents of a full year, to the last one. What a pool that nobody has
given out yet costs beyond its pay, and what of it falls into the fiscal year, is estimated: as if everybody
in the pool had the same percent of the pay on which it is taken. Social Security ends for each person at the
wage base, by pay as the plan's tables make it.
"""

from typing import NamedTuple

from compensation.pay import in_year, pools
from compensation.pay.money import MILLION, half_up
from compensation.pay.proposing import cost_in, payroll_by


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
    employer: int  # the employer's share on them, estimated; 0 where they pay it
    by_table: int  # what the plan's tables alone give of that component, counted as the pools are
    all: int  # everything the plan pays with the pools spent in full, and the employer's share
    all_in_year: int  # of it, within the fiscal year
    pools: dict[str, OnePool]  # by key
    with_employer: bool  # whether the pools pay the employer's share

    @property
    def short(self):
        """How many pools hold less than the plan's table gives their people."""
        return sum(pool.by_table > pool.amount for pool in self.pools.values())


PEOPLE, PAYROLL, BY_TABLE = range(3)
TAXED = 3  # payroll of those whom Social Security still holds for
WITHIN = 4  # payroll as far as the component counts in the fiscal year, of those raised
ONCE = 5  # payroll of those at the maximum, whose merit is all paid once


class PoolCount:
    """Counts award by award, in the order of `placed`; `plan` is prepared, without proposals."""

    def __init__(self, plan, placed):
        self.plan, self.small = plan, placed.small
        self.keys = iter(placed.keys)
        self.sums = {key: [0] * 6 for key in set(placed.keys)}
        # By the tables, with the employer's share: all, of it merit paid once, and raises within the year.
        self.component = self.paid_once = self.raised_in_year = 0
        self.with_employer = plan.rules.pools.with_employer
        self.payroll_in = {
            id(own.rules): payroll_by(own.rules) for own in (plan, *(own for _, own in plan.groups))
        }
        self.wage_base = plan.rules.employer.wage_base
        component = plan.rules.pools.component
        self.is_merit = component == "merit"
        self.once = in_year.share_for_all("lump_sum", plan) or in_year.WHOLE
        self.share = in_year.share_for_all(component, plan)
        self.share_of = None if self.share else in_year.share_of(component, plan)

    def add(self, case, line):
        plan = self.plan.of(case) if self.plan.groups else self.plan
        sums, payroll = self.sums[next(self.keys)], self.payroll_in[id(plan.rules)](line)
        if payroll is not None:
            sums[PEOPLE] += 1
            sums[PAYROLL] += payroll
            if line.new_annual < self.wage_base:
                sums[TAXED] += payroll
        cost = 0
        if line.merit or line.lump != line.longevity:
            pay, employer = cost_in(line, case, plan)
            cost = pay + employer
            sums[BY_TABLE] += cost if self.with_employer else pay
            self.component += cost
        if self.is_merit and line.excess and not line.merit and line.merit_value:
            sums[ONCE] += payroll or 0
            self.paid_once += cost
        elif self.share_of:
            share = self.share_of(case, line)
            sums[WITHIN] += in_year.part(payroll or 0, share)
            self.raised_in_year += in_year.part(cost, share)

    def found(self, whole, whole_in_year):
        """The Pooled of all that was added; the whole is what it costs by the tables. Raises
        pools.BadPools.
        """
        counted = {key: sums for key, sums in self.sums.items() if sums[PEOPLE]}
        people, payroll = ({key: sums[n] for key, sums in counted.items()} for n in (PEOPLE, PAYROLL))
        sized = pools.sized(people, payroll, self.plan.rules.pools, self.small)
        employer = {key: self._employer(pool.amount, counted[key]) for key, pool in sized.items()}
        spent = {key: pool.amount + employer[key] for key, pool in sized.items()}
        within = [self._in_year(cost, counted[key]) for key, cost in spent.items()]
        raised = (
            in_year.part(self.component - self.paid_once, self.share) if self.share else self.raised_in_year
        )
        by_table = raised + in_year.part(self.paid_once, self.once)
        return Pooled(
            total=sum(pool.amount for pool in sized.values()),
            employer=sum(employer.values()),
            by_table=sum(sums[BY_TABLE] for sums in counted.values()),
            all=whole - self.component + sum(spent.values()),
            all_in_year=whole_in_year - by_table + sum(within),
            pools={
                key: OnePool(pool.people, pool.payroll, pool.amount, counted[key][BY_TABLE])
                for key, pool in sized.items()
            },
            with_employer=self.with_employer,
        )

    def _in_year(self, cost, sums):
        """What of a pool spent in full falls into the fiscal year; merit above the maximum is paid once."""
        once = _part(cost, sums, ONCE)
        raised = in_year.part(cost - once, self.share) if self.share else _part(cost, sums, WITHIN)
        return raised + in_year.part(once, self.once)

    def _employer(self, amount, sums):
        """The employer's share on what a pool pays, where the pool does not pay it."""
        if self.with_employer:
            return 0
        rates, taxed = self.plan.rules.employer, _part(amount, sums, TAXED)
        return half_up(taxed * rates.social_security + amount * (rates.medicare + rates.retirement), MILLION)


def _part(cents, sums, of):
    """What of a pool's cents goes to a part of its payroll, half up."""
    return half_up(cents * sums[of], sums[PAYROLL]) if sums[PAYROLL] else 0
