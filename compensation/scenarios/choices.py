"""What the ways of paying one component come to, and what the plan gives beside it (PAY-7).

What a way adds is the plan paid that way less the plan without the component, so that both together are the
whole plan to the cent.
"""

from functools import cached_property
from typing import NamedTuple

from compensation.conditions import conditions_of_run
from compensation.pay import dials as pay_dials
from compensation.pay import ways
from compensation.pay.calculation import award
from compensation.pay.money import FULL_TIME, half_up
from compensation.pay.preparation import prepare, raised_tables
from compensation.pay.scenario import FIGURES, Cost, summarize
from compensation.scenarios.people import people_of
from compensation.scenarios.sums import plan_by, rules_of

VALUE = {"merit": "merit_value", "lump_sum": "lump_value"}  # what of an award says that it was earned


class Sums(NamedTuple):
    """Costs of a full year and within the fiscal year, for all and by fund (a pair of each)."""

    cost: Cost
    in_year: Cost
    by_fund: dict


class Choice(NamedTuple):
    """One way. `part` is what it adds to the plan without the component, `whole` the plan paid so."""

    name: str
    when: str
    pension: str  # whether it counts toward pensions
    part: Sums
    whole: Sums
    at_maximum: int
    gains: dict  # number of a person to what stays in pay a month and what is paid once, in cents

    @property
    def pay(self):
        return self.part.cost.pay

    @property
    def employer(self):
        return self.part.cost.employer

    @property
    def full_year(self):
        return self.part.cost.all

    @property
    def in_year(self):
        return self.part.in_year.all

    @property
    def every_year(self):
        return FIGURES["every_year"](self.part)

    @property
    def five_years(self):
        return FIGURES["five_years"](self.part)


class Choices:
    """The ways of a scenario's component, each computed once. Raises Refused with what bars it."""

    def __init__(self, scenario):
        self.set = scenario.set
        self.rules = rules_of(scenario.set, pay_dials.read(scenario.dials))
        self.name = ways.component_of(self.rules)
        self.people = people_of(scenario.set)
        self.plans, self.summaries = {}, {}

    def of(self, name, when, pension, halves):
        """The Choice of that name in which so many halves of the component are a raise of base pay."""
        way = ways.way(self.rules, self.name, halves)
        whole = [(1, self._summary(rules)) for rules in way.added]
        whole += [(-1, self._summary(rules)) for rules in way.less]
        if way.on_top:
            whole.append((1, self._on_top(way)))
        part = [*whole, (-1, self._summary(ways.without(self.rules, self.name)))]
        last = whole[-1][1] if way.on_top else whole[len(way.added) - 1][1]
        gains = {case.number: self._gain(case, way) for case in self.examples if case}
        return Choice(name, when, pension, _sums(part), _sums(whole), last.at_maximum, gains)

    @cached_property
    def beside(self):
        """The Sums of the plan without the component, and those of what of it is a lump sum."""
        rest = ways.without(self.rules, self.name)
        both = self._summary(rest), self._summary(ways.only_raises(rest))
        return _sums([(1, both[0])]), _sums([(1, both[0]), (-1, both[1])])

    @cached_property
    def earners(self):
        """(case, award by the plan) of everybody who earns the component."""
        plan, found = self._plan(self.rules), []
        for case, _ in self.people:
            if ways.can_be_either(getattr(self.rules.of(case), self.name)):
                line = award(case, plan)
                if getattr(line, VALUE[self.name]):
                    found.append((case, line))
        return found

    @cached_property
    def examples(self):
        """The lowest paid at level 3 and the highest paid at level 4, full time; None for nobody."""
        whole = [each for each in self.earners if each[0].fte == FULL_TIME]
        low = [each for each in whole if each[0].level == 3]
        high = [each for each in whole if each[0].level == 4]
        return (
            min(low, key=lambda each: each[1].old_annual, default=(None,))[0],
            max(high, key=lambda each: each[1].old_annual, default=(None,))[0],
        )

    def pay_of(self, case):
        """The pay of a year before the plan, in cents."""
        return award(case, self._plan(self.rules)).old_annual

    def _plan(self, rules):
        if rules not in self.plans:
            self.plans[rules] = plan_by(self.set, rules)
        return self.plans[rules]

    def _summary(self, rules):
        if rules not in self.summaries:
            self.summaries[rules] = summarize(self.people, self._plan(rules))
        return self.summaries[rules]

    def _on_top(self, way):
        first, plan = self._plan(way.added[0]), self._plan_on_top(way)
        return summarize([(_raised(case, first), fund) for case, fund in self.people], plan)

    def _plan_on_top(self, way):
        kept, first = conditions_of_run(self.set), self._plan(way.added[0])
        tables = tuple((table, None) for table in raised_tables(first))
        calendar = {"anchor": kept.pay_anchor_on, "period_length": kept.pay_period_days}
        return prepare(way.on_top, further=tables, **calendar)

    def _gain(self, case, way):
        """What the component adds for a person: cents a month that stay, and what is paid once."""
        rest = award(case, self._plan(ways.without(self.rules, self.name)))
        lines = [(1, award(case, self._plan(rules))) for rules in way.added]
        lines += [(-1, award(case, self._plan(rules))) for rules in way.less] + [(-1, rest)]
        if way.on_top:
            lines.append((1, award(_raised(case, self._plan(way.added[0])), self._plan_on_top(way))))
        stays = sum(sign * (line.new_annual - line.old_annual) for sign, line in lines)
        return half_up(stays, 12), sum(sign * line.lump for sign, line in lines)


def _raised(case, plan):
    """A case with the pay that a plan gives."""
    line = award(case, plan)
    return case._replace(rate=line.new_rate, step=line.new_step)


def _sums(signed):
    """The Sums of summaries, each added or taken off."""
    funds = {fund for _, summary in signed for fund in summary.by_fund}
    return Sums(
        _added([(sign, summary.cost) for sign, summary in signed]),
        _added([(sign, summary.in_year) for sign, summary in signed]),
        {fund: _of_fund(fund, signed) for fund in funds},
    )


def _of_fund(fund, signed):
    shares = [(sign, summary.by_fund[fund]) for sign, summary in signed if fund in summary.by_fund]
    return tuple(_added([(sign, getattr(share, of)) for sign, share in shares]) for of in ("cost", "in_year"))


def _added(signed):
    """Costs added up, each with its sign."""
    columns = zip(*([sign * cents for cents in cost] for sign, cost in signed), strict=True)
    return Cost(*map(sum, columns))
