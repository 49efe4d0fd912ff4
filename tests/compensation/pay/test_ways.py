"""The same awards as a raise of base pay, as a lump sum and as half of each: everybody has the same."""

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from compensation.pay import ways
from compensation.pay.calculation import award
from compensation.pay.preparation import prepare
from compensation.pay.rules import Rounding
from tests.compensation.pay.drawn_plans import SCHEDULE, cases, plans

CENTS = {"annual": 2, "hourly": 22}  # two roundings: to the cent, or to 0.0001 of 2,087 hours


@settings(phases=(Phase.reuse, Phase.generate))
@given(plans, st.lists(cases(), min_size=8, max_size=8))
def test_each_way_gives_everybody_the_same(rules, people):
    """But for the maximum of the range, and for months to a day of tenure on which no lump sum waits."""
    rules = rules._replace(at_maximum="none", rounding=Rounding())
    name = ways.component_of(rules)
    assume(name and not (rules.tenure and rules.proration.by == "months"))
    base, lump, mix = (prepare(ways.paid(rules, name, halves), SCHEDULE) for halves in (2, 0, 1))
    for case in people:
        raised, once, both = (award(case, plan) for plan in (base, lump, mix))
        assert (raised.lump, once.merit) == (0, 0)
        assert abs(raised.merit - once.lump) <= CENTS[case.basis]
        assert abs(raised.merit - both.merit - both.lump) <= CENTS[case.basis]
