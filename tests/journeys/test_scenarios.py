"""The budget officer finds what the county can afford; HR puts it into the plan."""

import re

import pytest
from playwright.sync_api import expect

from compensation import services
from compensation.models import PayPlan, Scenario
from compensation.pay.dials import dials_of
from compensation.pay.written_rules import parse
from tests.certification.conftest import rated  # noqa: F401 (fixture)
from tests.world import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_scenario_is_turned_sought_compared_and_put_into_the_plan(browse, rated, turn_to):  # noqa: F811
    services.create_plan(2027, "year_one", by=rated.person("miguel"), at=AT)
    susan = browse("susan", "/pay/scenarios/")
    susan.get_by_role("button", name="Begin").click()
    susan.get_by_role("button", name="Add").click()
    cost = susan.locator("#results .figure__value").first
    before = cost.inner_text()

    slider = susan.get_by_label("Merit, fully successful, slider")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    expect(susan.get_by_label("Merit, fully successful", exact=True)).to_have_value("2.20")
    expect(cost).not_to_have_text(before)

    susan.get_by_label("Across the board", exact=True).fill("a lot")
    susan.get_by_label("Across the board", exact=True).press("Tab")
    expect(susan.get_by_text("“a lot” is not a percentage.")).to_be_visible()
    expect(cost).to_be_visible()
    susan.get_by_label("Across the board", exact=True).fill("1")
    susan.get_by_label("Across the board", exact=True).press("Tab")
    expect(susan.get_by_text("“a lot” is not a percentage.")).to_be_hidden()

    susan.get_by_label("is at most").fill("$9,000.00")
    susan.get_by_role("button", name="Find it").click()
    expect(
        susan.get_by_text(re.compile(r"It comes to \$8,999\.\d\d: .* \$0\.\d\d is left\."))
    ).to_be_visible()
    assert Scenario.objects.get(letter="B").totals["by_rating"] > 900_000
    susan.get_by_label("Name of the scenario").last.fill("Within the budget")
    susan.get_by_role("button", name="Keep as a scenario of its own").click()
    expect(susan.get_by_role("link", name="Within the budget")).to_be_visible()
    found = Scenario.objects.get(letter="C")
    assert found.totals["by_rating"] <= 900_000

    susan.get_by_role("link", name="Decision sheet").click()
    expect(susan.get_by_role("heading", name="Left to the Court")).to_be_visible()

    miguel = browse("miguel", "/pay/scenarios/")
    miguel.get_by_role("link", name="Within the budget").click()
    miguel.get_by_role("button", name="Put scenario C into the plan").click()
    expect(miguel.get_by_text("The draft now has the figures of scenario C.")).to_be_visible()
    dials = dials_of(parse(PayPlan.objects.get().rules))
    assert (dials.across, dials.merit[0]) == (
        10_000,
        int(found.dials["merit"][0].replace(".", "").ljust(5, "0")),
    )
