"""Scenarios of a plan with pools: turned, sought, shown, and who is in which pool frozen (PAY-7, PAY-8)."""

import pytest

from compensation import services
from compensation.models import PayPlan, Scenario
from compensation.pay import dials as pay_dials
from compensation.pay import money, scenario
from compensation.pay.written_rules import parse
from compensation.plans.pool_effects import pool_effect
from compensation.pooled import PooledPlan
from compensation.scenarios import decision_sheet
from compensation.scenarios.sums import summary_of
from organization.models import Assignment, Headship
from organization.refusal import Refused
from tests.compensation.test_scenarios import kept_form, posted, url_of
from tests.world import AT, ON

POOLS = {"component": "merit", "percent": "2.5", "small_people": 2, "small_percent": "4"}
LIMITS = [{"level": level, "percent": ["0", "5"]} for level in (3, 4, 5)]


def with_pools(plan, **changes):
    plan.rules = plan.rules | {"pools": POOLS | changes}
    plan.save()
    return plan


@pytest.fixture
def begun(year_one, county):
    services.begin_scenarios(with_pools(year_one).pk, by=county.person("miguel"), at=AT)
    return Scenario.objects.get()


def turned(scenario, **dials):
    return summary_of(scenario.set, pay_dials.read(scenario.dials)._replace(**dials)).pooled


def of_the_plan(plan):
    """What its page of pools would work out today."""
    return {key: pool.amount for key, pool in PooledPlan(plan, on=ON).worked_out().items()}


def amounts(pooled):
    return {key: pool.amount for key, pool in pooled.pools.items()}


def test_the_pools_of_a_scenario_are_those_of_the_plan_when_it_is_proposed(begun, year_one, county):
    assert amounts(turned(begun)) == of_the_plan(year_one)
    assert begun.totals["pools"] == sum(of_the_plan(year_one).values())
    by = county.person("miguel")
    dials = pay_dials.read(begun.dials)._replace(across=35_000, pool=31_234, small_pool=52_500)
    kept = {"title": "More", "budget": None, "budget_for": "all_pooled", "by": by, "at": AT}
    found, summary = services.save_scenario(begun.set_id, "A", revision=0, dials=dials, **kept)
    services.propose_scenario(begun.set_id, "A", by=by, at=AT)
    plan = PayPlan.objects.get(pk=year_one.pk)
    assert (plan.rules["pools"]["percent"], plan.rules["pools"]["small_percent"]) == ("3.1234", "5.25")
    assert amounts(summary.pooled) == of_the_plan(plan)
    assert found.totals["all_pooled"] == summary.pooled.all > summary.pooled.total


def test_what_heads_may_give_does_not_change_what_the_tables_give(begun, year_one, county):
    before = begun.totals["by_rating"]
    year_one.rules |= {"proposals": {"limits": LIMITS, "without": "nothing"}}
    year_one.save()
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    begun.refresh_from_db()
    assert begun.totals["by_rating"] == before > 0


def test_who_is_in_which_pool_stays_as_it_was_until_the_people_are_taken_again(begun, year_one, county):
    before = amounts(turned(begun))
    assert "office:" in before  # of the heads
    Headship.objects.all().delete()
    Assignment.objects.filter(employee=county.employees["marisol"]).update(kind="elected", fund=None)
    assert amounts(turned(begun)) == before
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    begun.refresh_from_db()
    assert "office:" not in amounts(turned(begun))
    assert amounts(turned(begun)) == of_the_plan(year_one)


@pytest.mark.parametrize("figure", list(scenario.POOL_FIGURES))
@pytest.mark.parametrize("dial", ["pool", "small_pool"])
def test_the_largest_percent_whose_pools_are_within_an_amount_is_found(begun, as_, figure, dial):
    target = begun.totals[figure] + 12_345
    asked = {"seek-dial": dial, "seek-figure": figure, "seek-target": f"{target / 100:.2f}"}
    page = as_("susan").post(url_of(begun, "scenario_seek"), asked)
    as_("susan").post(url_of(begun, "scenario_keep"), kept_form(page))
    found = Scenario.objects.get(letter="B")
    value = getattr(pay_dials.read(found.dials), dial)
    left = target - found.totals[figure]
    assert left >= 0
    assert f"{money.dollars(left)} is left" in page.text
    more = pay_dials.read(found.dials)._replace(**{dial: value + 1})
    assert scenario.POOL_FIGURES[figure](summary_of(begun.set, more)) > target
    _, sought = services.seek(begun.set, pay_dials.read(begun.dials), dial, target, figure=figure)
    assert sought.evaluations <= 20


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"seek-dial": "pool", "seek-figure": "all"}, "the same however large the pools are"),
        ({"seek-dial": "small_pool", "seek-figure": "pools", "seek-target": "1"}, "Even with nothing here"),
    ],
)
def test_what_does_not_go_by_the_pools_can_not_be_sought_with_them(begun, as_, asked, said):
    page = as_("miguel").post(url_of(begun, "scenario_seek"), {"seek-target": "5000"} | asked)
    assert (page.status_code, said in page.text) == (422, True)


def test_the_page_turns_the_pools_and_says_what_they_count(begun, as_):
    sent = posted(pool="3.1234", small_pool="5", budget="2200000", budget_for="all_pooled")
    page = as_("miguel").post(url_of(begun), sent, headers={"HX-Request": "true"}).text
    begun.refresh_from_db()
    dials = pay_dials.read(begun.dials)
    assert (dials.pool, dials.small_pool) == (31_234, 50_000)
    for said in (
        money.dollars(begun.totals["pools"]),
        money.dollars(begun.totals["all_pooled"]),
        f"comes to about {money.dollars(turned(begun).employer)}: an estimate",
        "Left in the budget for everything, pools spent in full",
        "Small offices, percent of payroll",
        "What does not name the pools goes by the plan’s own table",
        "3.1234%",
    ):
        assert said in page
    for row, amount in turned(begun).pools.items():
        assert money.dollars(amount.amount) in page, row


def test_a_budget_for_the_pools_can_contain_the_employers_share(begun, year_one, county, as_):
    sent = posted(pool="2.5", small_pool="4", budget="2200000", budget_for="pools_and_employer")
    page = as_("miguel").post(url_of(begun), sent, headers={"HX-Request": "true"}).text
    begun.refresh_from_db()
    loaded = turned(begun).total + turned(begun).employer
    assert begun.totals["pools_and_employer"] == loaded > begun.totals["pools"]
    assert money.dollars(loaded) in page
    year_one.rules["pools"]["with_employer"] = True
    year_one.save()
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    again = as_("miguel").get(url_of(begun)).text
    assert "pools_and_employer" not in again  # they pay it themselves
    assert ('href="#seek"' in again, 'id="seek"' in again) == (True, True)


def test_merit_that_begins_later_has_pools_of_the_fiscal_year_beside(begun, year_one, county, as_):
    year_one.rules["merit"]["begins"] = {"on": "2027-01-01"}
    with_pools(year_one)
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    begun.refresh_from_db()
    assert begun.totals["all_pooled_in_year"] < begun.totals["all_pooled"]
    page = as_("miguel").get(url_of(begun)).text
    assert page.count("Everything, pools spent in full, within the fiscal year") == 2  # and side by side
    assert money.dollars(begun.totals["all_pooled_in_year"]) in page
    assert "What of a pool falls into the fiscal year is estimated the same way." in page


def test_limits_of_heads_are_said_to_be_left_out(begun, year_one, county, as_):
    said = "What heads may give at most is not held against the pools"
    assert said not in as_("miguel").get(url_of(begun)).text
    year_one.rules |= {"proposals": {"limits": LIMITS}}
    year_one.save()
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    assert said in as_("miguel").get(url_of(begun)).text


def test_pools_that_pay_the_employers_share_say_so(begun, year_one, county, as_):
    with_pools(year_one, with_employer=True)
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    page = as_("miguel").get(url_of(begun)).text
    assert "They pay the employer’s share, too." in page


def test_the_decision_sheet_says_what_the_pools_come_to(begun, as_):
    (row,) = [row for row in decision_sheet.of(begun).rows if row.label.startswith("Pools")]
    assert row.cells == [money.dollars(begun.totals["pools"])] * 3
    assert row.note == "2.50% of payroll, small offices 4.00%; without the employer’s share"
    assert row.note in as_("miguel").get(url_of(begun, "scenario_sheet")).text
    assert b"/Type/Pages/Count 1/" in as_("miguel").get(url_of(begun, "scenario_sheet_pdf")).content


def test_an_amount_for_the_county_has_no_percent_to_turn(begun, year_one, county, as_):
    with_pools(year_one, percent="0", amount="9000", small_people=0, small_percent="0")
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    begun.refresh_from_db()
    assert begun.totals["pools"] == 900_000
    page = as_("miguel").get(url_of(begun))
    assert page.context["form"].pool_dials() == []
    assert "$9,000.00 for merit" in page.text
    with pytest.raises(Refused, match="no such percent"):
        services.seek(begun.set, pay_dials.read(begun.dials), "pool", 100, figure="pools")


def test_small_offices_that_have_more_than_all_are_told_and_nothing_is_kept(begun, year_one, county, as_):
    with_pools(year_one, percent="0", amount="100", small_people=9, small_percent="4")
    page = as_("miguel").post(url_of(begun, "scenario_take_again"), follow=True).text
    assert "The pools can’t be worked out: Small offices" in page
    begun.refresh_from_db()
    assert parse(begun.set.rules).pools.percent == 25_000


def test_a_budget_for_pools_goes_with_them(begun, year_one, county):
    begun.set.budget_for = "all_pooled"
    begun.set.save()
    year_one.rules |= {"pools": None}
    year_one.save()
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    begun.refresh_from_db()
    assert (begun.set.budget_for, "pools" in begun.totals) == ("by_rating", False)
    assert "pool" not in begun.dials


def test_the_plans_page_and_its_scenario_say_the_same(begun, year_one):
    effect = pool_effect(year_one, PooledPlan(year_one, on=ON).ready, on=ON)
    assert (effect.total, effect.count) == (begun.totals["pools"], len(turned(begun).pools))
