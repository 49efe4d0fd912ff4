"""One year at the browsers of ten people, who move the county's date as the demo lets them."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from audit import chain
from organization.models import Assignment
from payroll.models import Batch
from tests.journeys.test_evaluation import sign
from tests.workers import worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_year_from_the_order_to_the_letter(browse, world, desk, court, turn_to):
    desk.template()
    world.cycle.delete()
    turn_to(date(2025, 10, 2))
    miguel, hector = browse("miguel", "/county/"), browse("hector", "/court/")
    record_order(hector, court, "2025-0983", "Pay plan")
    with worker():
        open_cycle(miguel)
        write_plan(browse)
        move_date(miguel, "2026-03-12")
        review_progress(browse)
        move_date(miguel, "2026-09-10")
        rate(browse)
        adopt_plan(miguel)
        run_and_ask(miguel)
    certify(browse)
    move_date(miguel, "2026-10-06")
    record_order(hector, court, "2026-1301", "Release of pay")
    with worker():
        release(browse)
    read_letter_and_history(browse)

    raised = Assignment.objects.in_force(date(2026, 10, 3)).get(employee=world.employees["marisol"])
    assert str(raised.rate) == "48503.7500"  # 46,280.00, plus 2% = 47,205.60, plus 2.75% = 1,298.15
    assert Batch.objects.get().lines.count() == 12
    while chain.seal():
        pass
    assert chain.verify().problem == ""


def move_date(hr, day):
    hr.goto("/county/")
    hr.get_by_label("Or to this day").fill(day)
    hr.get_by_role("button", name="Move the date forward").click()
    expect(hr.get_by_text("The county’s date is")).to_be_visible()


def record_order(clerk, court, number, decides):
    clerk.goto("/court/record/")
    clerk.get_by_label("What it decides").select_option(decides)
    clerk.get_by_label("Subject").fill(f"Order {number}")
    clerk.get_by_label("Order number").fill(number)
    clerk.get_by_label("Motion, as read").fill("Moved to adopt it.")
    clerk.get_by_label("Mover").select_option(court[1])
    clerk.get_by_label("Seconder").select_option(court[2])
    for member in court:
        clerk.get_by_label(f"{member}: For").check()
    clerk.get_by_role("button", name="Record this order").click()
    expect(clerk.get_by_text(f"Order {number} is on record.")).to_be_visible()


def open_cycle(hr):
    hr.get_by_role("link", name="Cycles", exact=True).first.click()
    hr.get_by_role("link", name="New cycle").click()
    hr.get_by_label("Rating scale").select_option("Five levels")
    hr.get_by_role("button", name="Prepare the cycle").click()
    hr.get_by_role("button", name="Open it for everyone").click()
    expect(hr.get_by_role("row", name="In the cycle")).to_contain_text("12", timeout=30_000)


def write_plan(browse):
    denise, marisol = browse("denise", "/evaluations/"), browse("marisol")
    denise.get_by_role("row", name="Treviño").get_by_role("link", name="plan").click()
    denise.get_by_role("button", name="Save and issue").click()
    expect(denise.get_by_text("The plan was issued.")).to_be_visible()
    marisol.goto("/evaluations/mine/")
    marisol.get_by_role("link", name="Read it").click()
    marisol.get_by_role("button", name="I have read my plan").click()
    expect(marisol.get_by_text("Your plan is in force.")).to_be_visible()


def review_progress(browse):
    denise = browse("denise", "/evaluations/")
    denise.get_by_role("link", name="Treviño").first.click()
    denise.get_by_role("link", name="Write one down").click()
    denise.get_by_label("On track", exact=True).check()
    denise.get_by_label("What was said").fill("The line is short. We agreed on a course in June.")
    denise.get_by_role("button", name="Save the review").click()
    expect(denise.get_by_text("The line is short.")).to_be_visible()


def rate(browse):
    marisol = browse("marisol", "/evaluations/mine/")
    marisol.get_by_role("link", name="Write it").click()
    marisol.get_by_label("What went well").fill("The new counter.")
    marisol.get_by_role("button", name="Send to your supervisor").click()
    expect(marisol.get_by_text("Your self-evaluation was sent")).to_be_visible()

    denise = browse("denise", "/evaluations/")
    denise.get_by_role("row", name="Treviño").get_by_role("link", name="Rate").click()
    for name, level, points in (
        ("Courtesy and listening", 4, "1.20"),
        ("Timeliness", 3, "0.45"),
        ("Accuracy", 4, "1.60"),
        ("Teamwork", 4, "0.60"),
    ):
        denise.get_by_role("group", name=name).get_by_label(f"{level} ").check()
        expect(denise.get_by_text(f"{points} points")).to_be_visible()
        denise.locator("#next").get_by_text(re.compile("Next element|Check and send")).click()
    sign(denise, "Sign and send")

    stephen = browse("stephen", "/")
    stephen.get_by_role("link", name="Review").first.click()
    stephen.get_by_role("row", name="Treviño").get_by_role("link", name="Review").click()
    sign(stephen, "Sign and approve")
    expect(stephen.get_by_text("The rating is approved.")).to_be_visible()
    denise.goto("/evaluations/")
    denise.get_by_role("link", name="Treviño").first.click()
    denise.get_by_role("button", name="Release to Marisol Treviño").click()
    expect(denise.get_by_text("The rating was released.")).to_be_visible()
    marisol.goto("/")
    marisol.get_by_role("link", name="Read and sign").first.click()
    sign(marisol, "Sign that you have read it")
    expect(marisol.get_by_text("The rating is of record.")).to_be_visible()


def adopt_plan(hr):
    hr.goto("/pay/plans/new/")
    hr.get_by_label("Fiscal year").select_option("2027")
    hr.get_by_label("Year one").check()
    hr.get_by_role("button", name="Draft the plan").click()
    hr.get_by_role("button", name="Save, and read what is adopted").click()
    hr.get_by_label("Order of the Court").select_option(index=1)
    hr.get_by_role("button", name="Read what it adopts").click()
    hr.get_by_role("button", name="Adopt the plan by order").click()
    expect(hr.get_by_text("is adopted. It can be run and certified.")).to_be_visible()


def run_and_ask(hr):
    hr.get_by_role("main").get_by_role("button", name="Run").first.click()
    hr.get_by_role("main").get_by_role("link", name="Certification").click(timeout=30_000)
    hr.get_by_role("button", name="Ask for").click()
    expect(hr.get_by_text("Each signer has until the date shown.")).to_be_visible()


def certify(browse):
    ruth = browse("ruth", "/")
    ruth.get_by_role("link", name="Certify").first.click()
    sign(ruth, "Sign and certify")
    expect(ruth.get_by_text("You certified")).to_be_visible()


def release(browse):
    carl = browse("carl", "/payroll/")
    carl.get_by_role("link", name="See what is ready").click()
    carl.get_by_label("Order of the Court").select_option(index=1)
    sign(carl, "Ask for the second word")
    fatima = browse("fatima", "/payroll/")
    fatima.get_by_role("link", name="Give the second word").click()
    sign(fatima, "Release")
    expect(fatima.get_by_role("heading", name="Batch 1")).to_be_visible()
    with fatima.expect_download() as file:
        fatima.get_by_role("link", name="Payroll file", exact=True).last.click()
    assert file.value.path().read_bytes() == bytes(Batch.objects.get().content)


def read_letter_and_history(browse):
    marisol, grace = browse("marisol", "/my-pay/"), browse("grace", "/history/")
    released = marisol.get_by_role("table", name="What was released")
    released.get_by_role("rowheader").get_by_role("link").first.click()
    expect(marisol.get_by_text("your pay becomes $48,503.75 a year")).to_be_visible()
    expect(grace.get_by_role("link").filter(has_text="atch").first).to_be_visible()
