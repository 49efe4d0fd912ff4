from datetime import date

import pytest
from hypothesis import given

from compensation.pay.calculation import award
from compensation.pay.case import Proposed
from compensation.pay.pool_rules import Limit, Pools, Proposals
from compensation.pay.preparation import prepare
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    LumpSum,
    Merit,
    Proration,
    Who,
)
from compensation.pay.what_if import what_would_change
from tests.compensation.pay.test_oracle import BROADLY, SCHEDULE, adoptions, cases, plans

BY_LEVEL = Merit("percent", "level", (Band(3, 4, 20_000), Band(4, 5, 20_000), Band(5, 6, 35_000)))
BY_SCORE = LumpSum(
    "amount", "score", (Band(250, 350, 50_000), Band(350, 450, 75_000), Band(450, None, 100_000))
)


def told(case, rules, **facts):
    plan = prepare(rules, **facts)
    return [(each.words, each.award.new_annual, each.award.lump) for each in what_would_change(case, plan)]


def test_the_next_rating_that_pays_more_is_told_and_none_further(rules, case):
    assert told(case, rules._replace(merit=BY_LEVEL)) == [("Rated at level 5", 5_175_000, 0)]
    assert told(case, rules._replace(lump_sum=BY_SCORE)) == [("With a score of 3.50", 5_000_000, 75_000)]


def test_nothing_is_told_of_who_has_the_most_there_is(rules, case):
    rules = rules._replace(merit=BY_LEVEL, across_the_board=AcrossTheBoard(20_000))
    assert told(case._replace(level=5), rules) == []


def test_whoever_was_hired_after_the_cut_off_learns_what_the_day_made(rules, case):
    rules = rules._replace(merit=BY_LEVEL, who=Who(hired_by=date(2026, 4, 1)))
    late = case._replace(hired_on=date(2026, 4, 2), level=5)
    assert told(late, rules) == [("Hired on April 1, 2026", 5_175_000, 0)]


def test_without_a_rating_fully_successful_is_the_next_one(rules, case):
    rules = rules._replace(merit=BY_LEVEL, who=Who(at_least_service_weight=2_500))
    case = case._replace(level=None, score=None, service_weight=None)
    assert told(case, rules) == [("Rated at level 3", 5_100_000, 0)]


def test_two_rules_at_once_are_told_as_one_change(rules, case):
    rules = rules._replace(merit=BY_LEVEL, who=Who(hired_by=date(2026, 4, 1)))
    both = case._replace(hired_on=date(2026, 4, 2), is_grant=True, level=5)
    assert told(both, rules) == [("Not paid from a grant and hired on April 1, 2026", 5_175_000, 0)]


def test_a_part_of_a_year_is_set_beside_the_whole(rules, case):
    rules = rules._replace(lump_sum=BY_SCORE, proration=Proration("days", "performance_period"))
    case = case._replace(hired_on=date(2026, 3, 1), score=500)
    assert told(case, rules) == [("Hired on September 1, 2025", 5_000_000, 100_000)]


def test_where_a_head_decided_the_guideline_is_told_and_no_other_rating(rules, case):
    limits = (Limit(3, "percent", 0, 40_000),)
    rules = rules._replace(merit=BY_LEVEL, pools=Pools(percent=30_000), proposals=Proposals(limits))
    case = case._replace(proposed=Proposed("percent", 30_000))
    assert told(case, rules) == [("By the plan’s guideline, with nothing proposed", 5_100_000, 0)]


@pytest.mark.parametrize("word", ["failed", "fault", "poor", "only", "should have", "late"])
def test_the_words_blame_nobody(rules, case, word):
    rules = rules._replace(
        merit=BY_LEVEL, lump_sum=BY_SCORE, who=Who(hired_by=date(2020, 1, 1), months_since_promotion=12)
    )
    case = case._replace(last_promotion_on=date(2026, 5, 1), level=1, score=100)
    assert not any(word in words.lower() for words, _, _ in told(case, rules))


@BROADLY
@given(plans, cases(), adoptions)
def test_each_is_the_same_calculation_and_changes_a_figure(rules, case, adopted_on):
    plan = prepare(rules, SCHEDULE, adopted_on=adopted_on)
    now, found = award(case, plan), what_would_change(case, plan)
    for each in found:
        assert each.award == award(case._replace(**each.changes), plan)
        assert (each.award.new_annual, each.award.lump) != (now.new_annual, now.lump)
        assert each.award.old_annual == now.old_annual
    assert len({each.words for each in found}) == len(found)
