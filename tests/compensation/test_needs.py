from datetime import date

from compensation.needs import needs_of
from compensation.services import adopt_plan, copy_plan
from tests.compensation.test_runs import run_of
from tests.world import AT


def titles(county, key="miguel"):
    return [need.title for need in needs_of(county.person(key))]


def test_from_the_order_to_the_run(year_one, county):
    assert titles(county) == []
    order = county.order("pay_plan", meeting_on=date(2026, 8, 25))
    assert titles(county) == ["Adopt the pay plan of fiscal year 2027"]
    plan = adopt_plan(year_one.pk, order.pk, revision=0, by=county.person("miguel"), at=AT)
    assert titles(county) == ["Run the pay plan of fiscal year 2027"]
    assert titles(county, "carl") == []
    run_of(plan, county)
    assert titles(county) == []


def test_one_order_is_one_thing_to_do_however_many_drafts_there_are(year_one, county, as_):
    order = county.order("pay_plan", meeting_on=date(2026, 8, 25))
    alone = needs_of(county.person("miguel"))
    assert as_("miguel").get(alone[0].url).context["action"] == order  # read at once, with the order chosen
    copy_plan(year_one.pk, by=county.person("miguel"), at=AT)
    both = needs_of(county.person("miguel"))
    assert [need.title for need in both] == [f"Adopt the plan that order {order.number} is about"]
    assert "2 drafts are there" in both[0].why


def test_an_order_voted_on_years_before_the_rated_service_is_about_no_draft(year_one, county):
    county.order("pay_plan", meeting_on=date(2023, 8, 25))
    assert titles(county) == []
