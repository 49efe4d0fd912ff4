"""Pools come out of the payroll to the cent, and scaling uses them up exactly."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.pay.pool_rules import OwnPool, Pools
from compensation.pay.pools import BadPools, Member, largest_remainder, scale, work_out


def member(office, payroll=5_000_000, fund="010", *, is_grant=False, is_staff=True):
    return Member(office, fund, is_grant, is_staff, payroll)


@given(st.integers(0, 10**10), st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_shares_add_up_to_the_cent_whatever_the_order_of_the_offices(total, drawn):
    weights = {f"{number}": weight for number, weight in enumerate(drawn)}
    shares = largest_remainder(total, weights)
    mixed = list(weights.items())
    random.Random(total).shuffle(mixed)

    assert sum(shares.values()) == (total if any(weights.values()) else 0)
    assert shares == largest_remainder(total, dict(mixed))
    for key, weight in weights.items():  # nobody is a cent away from his exact share
        assert abs(shares[key] * sum(weights.values()) - total * weight) < max(sum(weights.values()), 1)


@given(st.data())
def test_what_is_scaled_comes_to_the_pool_and_stays_within_everybodys_limits(data):
    people = data.draw(st.lists(st.tuples(*[st.integers(1, 10**6)] * 3), min_size=1, max_size=30))
    wanted = {f"{n}": third for n, (_, _, third) in enumerate(people)}
    least = {f"{n}": min(first, second) for n, (first, second, _) in enumerate(people)}
    most = {f"{n}": max(first, second) for n, (first, second, _) in enumerate(people)}
    total = data.draw(st.integers(sum(least.values()), sum(most.values())))

    scaled = scale(total, wanted, least, most)
    assert sum(scaled.values()) == total
    assert all(least[key] <= scaled[key] <= most[key] for key in wanted)
    assert scaled == scale(total, dict(reversed(wanted.items())), least, most)


def test_who_is_proposed_nothing_has_nothing_after_scaling():
    assert scale(100, {"a": 0, "b": 300}, {"a": 0, "b": 0}, {"a": 500, "b": 500}) == {"a": 0, "b": 100}


def test_a_pool_that_does_not_cover_the_least_of_all_is_told():
    with pytest.raises(BadPools, match=r"\$6.00, and there are \$5.00"):
        scale(500, {"a": 400, "b": 400}, {"a": 300, "b": 300}, {"a": 900, "b": 900})


def test_a_pool_of_a_percent_is_rounded_down_so_that_it_is_never_more():
    found = work_out([member("CC", 4_628_033)], Pools(percent=27_500))
    assert found["office:CC"].amount == 127_270  # 1,272.709... dollars
    assert found["office:CC"].formula == "2.75% × $46,280.33"


def test_an_office_of_four_has_four_percent_and_one_of_five_the_two_of_all():
    people = [member("TREAS")] * 4 + [member("TREAS", None, is_staff=False)] + [member("CLERK")] * 5
    found = work_out(people, Pools(percent=20_000, small_people=4, small_percent=40_000))
    assert found["office:TREAS"].amount == 800_000
    assert found["office:CLERK"].amount == 500_000


def test_small_offices_share_one_pool_where_the_plan_says_so():
    pools = Pools(percent=20_000, small_people=4, small_percent=40_000, small_together=True)
    found = work_out([member("TREAS"), member("JP1"), *[member("CLERK")] * 5], pools)
    assert set(found) == {"small", "office:CLERK"}
    assert (found["small"].people, found["small"].amount) == (2, 400_000)


def test_the_countys_amount_is_shared_to_the_last_cent_after_small_offices_had_theirs():
    people = [member("A", 3_333_333)] * 5 + [member("B", 7_777_777)] * 6 + [member("S", 4_000_000)]
    pools = Pools(amount=220_000_000, small_people=1, small_percent=40_000)
    found = work_out(people, pools)
    assert sum(pool.amount for pool in found.values()) == 220_000_000
    assert found["office:S"].amount == 160_000
    assert work_out(reversed(people), pools) == found


def test_a_grant_has_only_what_its_own_pool_gives_over_all_departments():
    pools = Pools(percent=20_000, grants="own", own=(OwnPool(fund="512", amount=90_000),))
    people = [member("A"), member("A", fund="512", is_grant=True), member("B", fund="512", is_grant=True)]
    found = work_out([*people, member("B", fund="513", is_grant=True)], pools)
    assert found["fund:512"][1:4] == (2, 10_000_000, 90_000)
    assert found["fund:513"].amount == 0
    assert found["office:A"].amount == 100_000


def test_a_pool_for_each_fund_of_a_department():
    found = work_out([member("A"), member("A", fund="020")], Pools(percent=20_000, by_fund=True))
    assert {key: pool.amount for key, pool in found.items()} == {
        "office:A/010": 100_000,
        "office:A/020": 100_000,
    }


def test_pools_of_their_own_that_take_more_than_there_is_are_refused():
    pools = Pools(amount=100_000, own=(OwnPool(department="A", amount=150_000),))
    with pytest.raises(BadPools, match=r"get \$1,500.00, more than the \$1,000.00"):
        work_out([member("A"), member("B")], pools)
