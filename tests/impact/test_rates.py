"""The arithmetic of adverse impact: published and worked examples, and what always holds."""

from fractions import Fraction
from math import comb

from hypothesis import given
from hypothesis import strategies as st

from impact import words
from impact.rates import Group, compare, fisher


def beside(selected, people, of_selected, of_people, **limits):
    """The first group beside the second, which has the highest rate."""
    groups = [Group("A", people, selected), Group("B", of_people, of_selected)]
    return next(each for each in compare(groups, smallest=1, **limits).shown if each.group.name == "A")


def test_18_of_40_against_48_of_80_is_flagged_and_may_be_chance():
    found = beside(18, 40, 48, 80)

    assert (found.ratio, found.is_under, found.is_significant) == (Fraction(3, 4), True, False)
    assert words.chance(found.p) == "0.126"


def test_12_of_40_against_48_of_80_is_hardly_chance():
    found = beside(12, 40, 48, 80)

    assert (words.decimals(found.ratio, 2), words.chance(found.p)) == ("0.50", "0.003")
    assert found.is_significant


def test_2_of_3_against_9_of_10_is_too_few_to_conclude():
    found = beside(2, 3, 9, 10)

    assert (words.decimals(found.ratio, 3), words.chance(found.p)) == ("0.741", "0.423")
    assert not found.is_significant


def test_four_groups_of_the_guidelines_of_which_80_percent_exactly_is_not_flagged():
    rates = {"White": 60, "American Indian": 45, "Hispanic": 48, "Black": 51}
    found = compare([Group(name, 100, rate) for name, rate in rates.items()])

    assert {each.group.name: each.ratio * 100 for each in found.shown if each.ratio} == {
        "American Indian": 75,
        "Hispanic": 80,
        "Black": 85,
    }
    assert [each.group.name for each in found.shown if each.is_under] == ["American Indian"]


def test_small_groups_are_left_out_and_do_not_lead():
    groups = [Group("A", 9, 9), Group("B", 10, 5), Group("C", 600, 400), Group("D", 11, 11)]

    found = compare(groups, smallest=10)

    assert ([each.group.name for each in found.shown], found.too_small) == (["B", "C", "D"], 1)
    assert found.highest.name == "C"  # D has all of its 11 selected, and is under two percent of all


def test_where_nobody_is_selected_nothing_is_compared():
    found = compare([Group("A", 20, 0), Group("B", 20, 0)])

    assert found.highest is None
    assert [(each.ratio, each.p) for each in found.shown] == [(None, None)] * 2
    assert "nothing is compared" in words.reading(found.shown[0], found.highest, 80)


def test_thousands_of_people_are_exact():
    assert fisher(2_000, 3_000, 2_000, 3_000) == 1
    assert words.chance(fisher(1_800, 3_200, 2_100, 2_900)) == "under 0.001"


counts = st.integers(0, 25)


@given(counts, counts, counts, counts)
def test_the_exact_test_agrees_with_its_definition(a, b, c, d):
    def ways(k):
        return comb(a + b, k) * comb(c + d, a + c - k)

    tables = [ways(k) for k in range(a + c + 1)]
    likely = sum(way for way in tables if way <= ways(a))

    assert fisher(a, b, c, d) == Fraction(likely, sum(tables))
    assert fisher(a, b, c, d) == fisher(c, d, a, b) == fisher(b, a, d, c)
    assert 0 < fisher(a, b, c, d) <= 1


def test_the_reading_says_what_the_figures_say():
    assert words.reading(beside(18, 40, 48, 80), Group("B", 80, 48), 80) == (
        "18 of 40, 45.0%, which is 0.75 of the highest rate. That is under 0.80, the usual flag. A difference"
        " this large may well be chance (exact test: 0.126), not below 0.05."
    )
    assert "hardly chance (exact test: 0.003): look into why." in words.reading(
        beside(12, 40, 48, 80), Group("B", 80, 48), 80
    )
