from datetime import date

from compensation.needs import needs_of
from compensation.services import adopt_plan
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
