"""What a plan costs over many cases at once, and the rate that costs a given amount (PAY-7).

All sums are of the parts of `case.Award`, in cents; nothing is estimated but what `pool_cost` says. They are
kept twice: for a full year, with what a raise adds to annual pay whenever it begins, and within the fiscal
year, by `in_year`.
"""

from collections import defaultdict
from typing import NamedTuple

from compensation.pay import in_year
from compensation.pay.calculation import award
from compensation.pay.pool_cost import PoolCount, Pooled

YEARS = 5
CALLS = 20  # of a cost, to seek a value by


class Cost(NamedTuple):
    """Cents: what the awards add to pay, by component, and the employer's share on each; of a full year or
    within the fiscal year.
    """

    across_the_board: int = 0  # with what lifts to the new minimum
    tenure: int = 0
    merit: int = 0
    once: int = 0  # lump sums and what passes the maximum
    employer_raise: int = 0
    employer_tenure: int = 0
    employer_merit: int = 0
    employer_once: int = 0
    years_once: int = 0  # what tenure pays once
    employer_years_once: int = 0

    @property
    def pay(self):
        return self.across_the_board + self.tenure + self.merit + self.once + self.years_once

    @property
    def employer(self):
        recurring = self.employer_raise + self.employer_tenure + self.employer_merit
        return recurring + self.employer_once + self.employer_years_once

    @property
    def all(self):
        return self.pay + self.employer

    @property
    def recurring(self):
        """Without what is paid once."""
        return self.all - self.paid_once

    @property
    def paid_once(self):
        """With the employer's share."""
        return self.once + self.employer_once + self.years_once + self.employer_years_once

    @property
    def rated(self):
        """The Cost of what goes by rating alone."""
        others = ("across_the_board", "tenure", "employer_raise", "employer_tenure")
        return self._replace(**dict.fromkeys((*others, "years_once", "employer_years_once"), 0))

    @property
    def pay_by_rating(self):
        return self.merit + self.once

    @property
    def by_rating(self):
        """Merit and what is paid once, with the employer's share: what a merit pool pays for."""
        return self.pay_by_rating + self.employer_merit + self.employer_once


class Measure(NamedTuple):
    """What a sum is for: of a full year or within the fiscal year, everything or what goes by rating."""

    of: str  # "cost" or "in_year"
    pay: str
    cost: str

    def pay_of(self, share):
        return getattr(getattr(share, self.of), self.pay)

    def cost_of(self, share):
        return getattr(getattr(share, self.of), self.cost)


MEASURES = {
    "by_rating": Measure("cost", "pay_by_rating", "by_rating"),
    "all": Measure("cost", "pay", "all"),
    "by_rating_in_year": Measure("in_year", "pay_by_rating", "by_rating"),
    "all_in_year": Measure("in_year", "pay", "all"),
}


def five_years(share):
    """This decision alone, no further raises assumed: the first year as far as raises are paid in it."""
    return share.in_year.recurring + (YEARS - 1) * share.cost.recurring + share.cost.paid_once


# The figures that a goal can be set for, each of a Share, a Summary or Totals.
FIGURES = {name: measure.cost_of for name, measure in MEASURES.items()} | {
    "every_year": lambda share: share.cost.recurring,
    "five_years": five_years,
}


# Those of a plan with pools, each of a Summary or Totals; and by which Measure the tables count beside them.
POOL_FIGURES = {
    "pools": lambda sums: sums.pooled.total,
    "pools_and_employer": lambda sums: sums.pooled.total + sums.pooled.employer,
    "all_pooled": lambda sums: sums.pooled.all,
    "all_pooled_in_year": lambda sums: sums.pooled.all_in_year,
}
_BESIDE = {
    "pools": "by_rating",
    "pools_and_employer": "by_rating",
    "all_pooled": "all",
    "all_pooled_in_year": "all_in_year",
}


def measure_of(figure):
    """The Measure of what the plan's tables give, for a figure that a budget is for."""
    return MEASURES[_BESIDE.get(figure, figure)]


PARTS = len(Cost._fields)


class Share(NamedTuple):
    """A department, fund, grade or level: who has an award by rating, what they earned before, the cost."""

    people: int
    awards: int
    base: int  # annual pay before, cents
    cost: Cost  # of a full year
    in_year: Cost  # within the fiscal year


class Totals(NamedTuple):
    cost: Cost
    in_year: Cost
    pooled: Pooled | None = None  # of a plan with pools


class Summary(NamedTuple):
    people: int
    awards: int  # merit or a lump sum by rating
    base: int
    cost: Cost
    in_year: Cost
    at_maximum: int  # whose new rate stands at the maximum of the range or above
    split: int  # with a part over the maximum
    lowest_quarter: int  # people; the lowest paid by annual pay, of those with an FTE and a raise or award
    lowest_quarter_monthly: int  # cents a month that stay in pay, on average
    lowest_quarter_once: int  # cents paid once, on average
    by_department: dict
    by_fund: dict
    by_grade: dict
    by_level: dict
    sizes: list  # of each award by rating: merit of a year and what is paid once, cents, rising
    pooled: Pooled | None = None  # of a plan with pools


def total_cost(cases, plan, placed=None):
    """The Totals of all cases by a plan from `preparation.prepare`; `placed` says from which pool each is
    paid. Raises pools.BadPools.
    """
    within, in_whole, in_the_year = in_year.counting(plan), [0] * PARTS, [0] * PARTS
    pooled = placed and PoolCount(plan, placed)
    for case in cases:
        line = award(case, plan)
        in_whole[0] += line.across_the_board + line.lift
        in_whole[1] += line.tenure
        in_whole[2] += line.merit
        in_whole[3] += line.lump - line.longevity
        in_whole[4] += line.fica_raise + line.retirement_raise
        in_whole[9 if line.longevity else 5] += line.fica_tenure + line.retirement_tenure
        in_whole[6] += line.fica_merit + line.retirement_merit
        in_whole[7] += line.fica_lump + line.retirement_lump
        in_whole[8] += line.longevity
        if within:
            _add(in_the_year, within(case, line), at=0)
        if pooled:
            pooled.add(case, line)
    cost = Cost(*in_whole)
    of_year = Cost(*in_the_year) if within else cost
    return Totals(cost, of_year, pooled and pooled.found(cost.all, of_year.all))


def summarize(people, plan, placed=None):
    """The Summary of `people`: pairs of a PayCase and a fund (any hashable, None for none).

    `placed` says from which pool each is paid. Raises pools.BadPools.
    """
    groups, sizes, earners = {}, [], []
    at_maximum = split = 0
    within = in_year.counting(plan)
    pooled = placed and PoolCount(plan, placed)
    for case, fund in people:
        line = award(case, plan)
        if pooled:
            pooled.add(case, line)
        raised, tenure, merit, once = line.across_the_board + line.lift, line.tenure, line.merit, line.lump
        is_award = line.merit_value > 0 or line.lump_value > 0
        key = case.department, fund, case.grade, case.level
        sums = groups.get(key)
        if sums is None:
            sums = groups[key] = [0] * (3 + 2 * PARTS if within else 3 + PARTS)
        sums[0] += 1
        sums[1] += is_award
        sums[2] += line.old_annual
        if raised or tenure or merit or once:
            sums[3] += raised
            sums[5] += merit
            sums[7] += line.fica_raise + line.retirement_raise
            sums[9] += line.fica_merit + line.retirement_merit
            if line.longevity:
                sums[11] += line.longevity
                sums[12] += line.fica_tenure + line.retirement_tenure
            if once:
                sums[6] += once - line.longevity
                sums[10] += line.fica_lump + line.retirement_lump
            if tenure:
                sums[4] += tenure
                sums[8] += line.fica_tenure + line.retirement_tenure
            if within:
                _add(sums, within(case, line), at=13)
            earners.append((line.old_annual, raised + tenure + merit, once))
        if is_award:
            sizes.append(merit + once - line.longevity)
        if line.range_maximum is not None and line.new_rate >= line.range_maximum:
            at_maximum += 1
            split += line.excess > 0
    whole = _share(groups.values())
    lowest = sorted(earners)[: -(-len(earners) // 4)]
    return Summary(
        *whole,
        at_maximum=at_maximum,
        split=split,
        lowest_quarter=len(lowest),
        lowest_quarter_monthly=_average([raised for _, raised, _ in lowest], 12),
        lowest_quarter_once=_average([once for _, _, once in lowest]),
        by_department=_by(groups, 0),
        by_fund=_by(groups, 1),
        by_grade=_by(groups, 2),
        by_level=_by(groups, 3),
        sizes=sorted(sizes),
        pooled=pooled and pooled.found(whole.cost.all, whole.in_year.all),
    )


def _add(sums, parts, at):
    """Add what has the order of `Cost` to sums from a place on; spelled out, it takes half the time."""
    raised, tenure, merit, once, on_raised, on_tenure, on_merit, on_once, by_years, on_years = parts
    sums[at] += raised
    sums[at + 2] += merit
    sums[at + 4] += on_raised
    sums[at + 6] += on_merit
    if tenure or once or by_years:
        sums[at + 1] += tenure
        sums[at + 3] += once
        sums[at + 5] += on_tenure
        sums[at + 7] += on_once
        sums[at + 8] += by_years
        sums[at + 9] += on_years


def _by(groups, place):
    """The Share of each department, fund, grade or level: what stands at that place of the keys."""
    found = defaultdict(list)
    for key, sums in groups.items():
        found[key[place]].append(sums)
    return {key: _share(rows) for key, rows in found.items()}


def _share(rows):
    people, awards, base, *cost = map(sum, zip(*rows, strict=True)) if rows else [0] * (3 + PARTS)
    return Share(people, awards, base, Cost(*cost[:PARTS]), Cost(*cost[-PARTS:]))


def _average(amounts, parts=1):
    """The mean of cents over people and months, half up."""
    of = len(amounts) * parts
    return (2 * sum(amounts) + of) // (2 * of) if of else 0


class Sought(NamedTuple):
    """The largest value whose cost is not above the target."""

    value: int
    cost: int
    left: int  # of the target
    is_limit: bool  # even the highest value asked for stays within the target
    evaluations: int


class _Tried(NamedTuple):
    value: int
    cost: int | None = None  # None: not asked, only known to lie below or above


def seek(cost_at, target, *, lowest=0, highest=250_000):
    """The largest whole `value` from `lowest` to `highest` whose `cost_at(value)` is at most `target`.

    Values are millionths for a percent of four decimals, cents for dollars. `cost_at` must not fall as the
    value rises. A cost is nearly a straight line, so the next value is read off it; but never so far to one
    side that halving what is left would take more than the calls that are left. So `CALLS` are enough for
    a million values however the cost bends, and mostly far fewer are used.
    Raises ValueError where even the lowest value costs more than the target.
    """
    halvings = (highest - lowest + 1).bit_length()
    calls = max(halvings, min(CALLS, halvings + 2))
    under, over, before = _Tried(lowest - 1), _Tried(highest + 1), None
    evaluations = in_a_row = 0  # how often the same end moved: above zero the lower, below zero the upper
    while over.value - under.value > 1:
        if evaluations < 2 and over.cost is None:
            value = lowest + evaluations * (highest - lowest) // 8
        else:
            value = _read_off(under, over, before, target, lowest, in_a_row)
        reach = 1 << (calls - evaluations - 1)
        least, most = max(under.value + 1, over.value - reach), min(over.value - 1, under.value + reach)
        tried = _Tried(value := min(max(value, least), most), cost_at(value))
        evaluations += 1
        if tried.cost <= target:
            under, before, in_a_row = tried, under, max(in_a_row, 0) + 1
        else:
            over, in_a_row = tried, min(in_a_row, 0) - 1
    if under.cost is None:
        raise ValueError("lowest")
    return Sought(under.value, under.cost, target - under.cost, under.value == highest, evaluations)


def _read_off(under, over, before, target, lowest, in_a_row):
    """Where the line through what is known reaches the target.

    Where one end moved several times in a row, the other counts half as much each time (the Illinois method):
    else the line would creep along a cost that bends.
    """
    if over.cost is None:
        rise = under.cost - before.cost
        far = over.value  # a flat line tells nothing
        return under.value + (under.value - before.value) * (target - under.cost) // rise if rise else far
    if under.cost is None:
        return lowest + (over.value - lowest) * target // over.cost
    short = (target - under.cost) << max(in_a_row - 1, 0)
    beyond = (over.cost - target) << max(-in_a_row - 1, 0)
    return under.value + (over.value - under.value) * short // (short + beyond)
