"""The same awards as a raise of base pay, as a lump sum and as half of each: everybody has the same."""

from datetime import date

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from compensation.pay import ways
from compensation.pay.calculation import award
from compensation.pay.preparation import prepare, raised_tables
from compensation.pay.rules import Band, LumpSum, Merit, Rounding, Service, Tenure
from tests.compensation.pay.drawn_plans import SCHEDULE, cases, plans

CENTS = {"annual": 2, "hourly": 22}  # two roundings: to the cent, or to 0.0001 of 2,087 hours


@settings(phases=(Phase.reuse, Phase.generate))
@given(plans, st.lists(cases(), min_size=8, max_size=8))
def test_each_way_gives_everybody_the_same_beside_the_rest_of_the_plan(rules, people):
    """But for the maximum of the range, for months to a day of tenure on which no lump sum waits, for lump
    sums that are taken on the base pay that merit makes, and for one millionth or cent, which has no half.
    """
    rules = rules._replace(at_maximum="none", rounding=Rounding())
    name, lump = ways.component_of(rules), rules.lump_sum
    assume(name and not (rules.tenure and rules.proration.by == "months"))
    assume(1 not in figures(rules, name))
    if name == "merit":
        assume(lump is None or lump.gives != "percent" or lump.base_used != "new")
    else:
        rules = rules._replace(lump_sum=lump._replace(base_used="new", follows_fte=True))
    base, lump, mix = (ways.way(rules, name, halves) for halves in (2, 0, 1))
    rest = prepare(ways.without(rules, name), SCHEDULE)
    for case in people:
        beside = award(case, rest)
        raised, once, both = (gain(case, way, beside) for way in (base, lump, mix))
        assert (raised[1], once[0]) == (0, 0)
        assert abs(raised[0] - once[1]) <= CENTS[case.basis]
        assert abs(raised[0] - sum(both)) <= CENTS[case.basis]


def figures(rules, name):
    """What the tables of a component give, and at least."""
    parts = [getattr(own, name) for own in (rules, *(group.rules for group in rules.groups))]
    return {figure for part in parts if part for figure in (part.at_least, *(b.value for b in part.table))}


def gain(case, way, beside):
    """What a person has by a way more than by the rest of the plan: in pay of a year, and once."""
    first = award(case, prepare(way.added[0], SCHEDULE))
    lines = [(1, first), *((1, award(case, prepare(other, SCHEDULE))) for other in way.added[1:])]
    lines += [(-1, award(case, prepare(other, SCHEDULE))) for other in way.less] + [(-1, beside)]
    if way.on_top:
        (table,) = raised_tables(prepare(way.added[0], SCHEDULE))
        case = case._replace(rate=first.new_rate, step=first.new_step)
        lines.append((1, award(case, prepare(way.on_top, table))))
    return (
        sum(sign * (line.new_annual - line.old_annual) for sign, line in lines),
        sum(sign * line.awarded_once for sign, line in lines),
    )


def test_longevity_in_percent_is_of_the_pay_that_the_way_gives(rules, case):
    """Written as merit or as a lump sum that is made a raise, five percent of $51,000.00 is $2,550.00."""
    by_level = tuple(Band(level, level + 1, 20_000) for level in (3, 4, 5))
    longevity = Tenure("percent", (Service(12, 50_000),), paid_once=True)
    case = case._replace(rate=5_000_000, grade=None, hired_on=date(2010, 1, 4), level=3)
    rules = rules._replace(tenure=longevity, merit=None, lump_sum=None, order="compounded")
    merit = rules._replace(merit=Merit("percent", "level", by_level))
    lump = rules._replace(lump_sum=LumpSum("percent", "level", by_level))
    for own, name in ((merit, "merit"), (lump, "lump_sum")):
        way = ways.way(own, name, 2)
        (first,) = (award(case, prepare(added)) for added in way.added)
        raised = case._replace(rate=first.new_rate)
        lines = [first, *([award(raised, prepare(way.on_top))] if way.on_top else ())]
        assert (sum(line.merit for line in lines), sum(line.longevity for line in lines)) == (
            100_000,
            255_000,
        )
