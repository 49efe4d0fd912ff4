"""From the rules of a year to the letter in the hands of an employee."""

from datetime import date

import pytest
from playwright.sync_api import expect

from audit.models import Entry
from certification.models import Certificate
from certification.services import ask_to_certify
from compensation.models import PayPlan, Run, RunLine, Scenario
from compensation.pay import money
from payroll.models import Batch
from tests.certification.conftest import rated, run  # noqa: F401 (fixtures)
from tests.workers import worker
from tests.world import AT, ON, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign(page, button):
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name=button).click()


def cost_at_most(page):
    """Fifty dollars less than it all may cost now, found in the percent of small offices."""
    page.get_by_role("link", name="Scenarios", exact=True).click()
    page.get_by_role("button", name="Begin").first.click()
    page.get_by_label("Find the largest").select_option("percent of small offices")
    page.get_by_label("with which this").select_option("everything, pools spent in full")
    most = Scenario.objects.get().totals["all_pooled"] - 50_00
    page.get_by_label("is at most").fill(money.dollars(most))
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("button", name="Keep as a scenario of its own").click()
    page.get_by_role("button", name="Put scenario B into the plan").click()
    expect(page.get_by_text("The draft now has the figures of scenario B.")).to_be_visible()
    assert 0 <= most - Scenario.objects.get(letter="B").totals["all_pooled"] < 1_00


def test_a_sentence_of_the_court_becomes_a_certified_run(browse, rated, turn_to):  # noqa: F811
    """Two percent for all, two percent merit from level 3 on, hired before July, four for small offices, and
    no more than an amount.
    """
    order = rated.order("pay_plan")
    page = browse("miguel", "/pay/plans/")
    page.get_by_role("link", name="New plan").first.click()
    page.get_by_label("Nothing").check()
    page.get_by_role("button", name="Draft the plan").click()
    expect(page.get_by_text("the plan cannot be adopted or run")).to_be_visible()
    page.get_by_label("Hired by", exact=True).fill("2026-06-30")
    page.get_by_label("Across the board, percent", exact=True).fill("2")
    page.get_by_label("Merit is", exact=True).select_option("percent")
    for level in (3, 4, 5):
        page.get_by_label(f"Merit, level {level}", exact=True).fill("2")
    page.get_by_label("What is paid from pools").select_option("merit")
    page.get_by_label("Pool, percent of payroll").fill("2")
    page.get_by_label("Small offices, staff at most").fill("4")
    page.get_by_label("Small offices, percent of payroll").fill("4")
    page.get_by_label("Small offices, percent of payroll").press("Tab")
    expect(page.locator("#effect-pools")).to_contain_text("in 4 pools")
    page.get_by_role("button", name="Save the draft").last.click()
    cost_at_most(page)

    page.get_by_role("main").get_by_role("link", name="Pools", exact=True).click()
    page.get_by_role("button", name="Work them out").click()
    expect(page.get_by_text("none is overspent")).to_be_visible()
    page.get_by_role("link", name="The plan").click()
    page.get_by_role("button", name="Save, and read what is adopted").click()
    expect(page.get_by_role("heading", name="What an order would adopt")).to_be_visible()
    page.get_by_label("Order of the Court").select_option(str(order.pk))
    page.get_by_role("button", name="Read what it adopts").click()
    page.get_by_role("button", name="Adopt the plan by order").click()
    expect(
        page.get_by_text("is adopted. It can be run where no pool is overspent, and certified.")
    ).to_be_visible()

    with worker():
        page.get_by_role("button", name="Run").click()
        page.get_by_role("main").get_by_role("link", name="Certification").click(timeout=30_000)
    page.get_by_role("button", name="Ask for").click()
    expect(page.get_by_text("Each signer has until the date shown.")).to_be_visible()
    certify(browse, "ruth", "County Clerk")

    plan, found = PayPlan.objects.get(), Run.objects.get()
    assert (plan.state, plan.fiscal_year, plan.action) == ("adopted", 2027, order)
    assert (found.state, found.people, found.started_by) == ("done", 14, rated.users["miguel"])
    assert RunLine.objects.get(employee=rated.employees["marisol"]).new_annual == 48_149_71


def test_a_certified_award_is_released_by_two_clerks_and_read(browse, rated, run, turn_to):  # noqa: F811
    ask_to_certify(run.pk, by=rated.person("miguel"), at=AT, on=ON)
    certify(browse, "ruth", "County Clerk")
    certify(browse, "anita", "Human Resources")
    turn_to(date(2026, 10, 7))
    rated.order("release", number="2026-1301", meeting_on=date(2026, 10, 6), title="To release the pay")

    carl = browse("carl", "/payroll/")
    carl.get_by_role("link", name="See what is ready").click()
    carl.get_by_label("Order of the Court").select_option(index=1)
    sign(carl, "Ask for the second word")
    fatima = browse("fatima", "/payroll/")
    fatima.get_by_role("link", name="Give the second word").click()
    with worker():
        sign(fatima, "Release")
        expect(fatima.get_by_role("heading", name="Batch 1")).to_be_visible()

    with fatima.expect_download() as file:
        fatima.get_by_role("link", name="Payroll file", exact=True).last.click()
    batch = Batch.objects.get()
    assert file.value.path().read_bytes() == bytes(batch.content)
    assert (batch.released_by, batch.action.number) == (rated.users["fatima"], "2026-1301")

    marisol = browse("marisol", "/")
    marisol.get_by_role("main").get_by_role("link", name="My pay").click()
    marisol.get_by_role("table", name="What was released").get_by_role("rowheader").get_by_role(
        "link"
    ).first.click()
    expect(marisol.get_by_text("your pay becomes $48,503.75 a year")).to_be_visible()

    grace = browse("grace", "/")
    grace.get_by_role("link", name="History").click()
    acts = set(Entry.objects.acts().values_list("act", flat=True))
    assert {"certificate.signed", "batch.released"} <= acts


def certify(browse, key, name):
    page = browse(key, "/")
    page.get_by_role("link", name="Certification").click()
    page.get_by_role("link", name=name, exact=True).click()
    sign(page, "Sign and certify")
    expect(page.get_by_text("You certified")).to_be_visible()
    assert Certificate.objects.get(department__name=name).signed_by == browse.world.users[key]


def test_who_has_read_something_else_signs_nothing(browse, rated, run, turn_to):  # noqa: F811
    ask_to_certify(run.pk, by=rated.person("miguel"), at=AT, on=ON)
    page = browse("ruth", f"/certification/{run.number}/departments/CC/")
    rated.rate("marisol", 5, "4.60")
    sign(page, "Sign and certify")

    expect(page.get_by_text("The rating changed after the pay run.").first).to_be_visible()
    assert not Certificate.objects.exists()
