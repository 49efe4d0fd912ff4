"""One appraisal, from the cycle that HR opens to the rating of record."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from evaluations.models import Cycle, Evaluation, RatingOfRecord
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_opens_a_cycle_for_everyone(browse, world, desk, turn_to, eager):
    desk.template()
    world.cycle.delete()
    turn_to(date(2025, 10, 2))
    page = browse("miguel")

    page.get_by_role("link", name="Cycles", exact=True).first.click()
    page.get_by_role("link", name="New cycle").click()
    page.get_by_label("Rating scale").select_option("Five levels")
    page.get_by_role("button", name="Prepare the cycle").click()
    page.get_by_role("button", name="Open it for everyone").click()

    expect(page.get_by_role("row", name="In the cycle")).to_contain_text("12")
    cycle = Cycle.objects.get()
    assert (cycle.state, cycle.starts_on, cycle.ends_on) == ("open", date(2025, 9, 1), date(2026, 9, 1))
    marisol = Evaluation.objects.get(employee=world.employees["marisol"])
    assert (marisol.state, marisol.elements.count()) == ("planning", 4)


def test_the_plan_is_written_acknowledged_and_reviewed(browse, world, desk, turn_to):
    evaluation = desk.planning()
    turn_to(date(2025, 10, 3))
    denise = browse("denise")
    denise.get_by_role("link", name="Evaluations").first.click()
    denise.get_by_role("row", name="Treviño").get_by_role("link", name="plan").click()
    denise.get_by_label("Standard at level 3").first.fill("Greets each customer within a minute.")
    denise.get_by_role("button", name="Save and issue").click()
    expect(denise.get_by_text("The plan was issued.")).to_be_visible()

    marisol = browse("marisol")
    marisol.get_by_role("navigation", name="Main").get_by_role("link", name="My evaluation").click()
    marisol.get_by_role("link", name="Read it").click()
    expect(marisol.get_by_text("Greets each customer within a minute.")).to_be_visible()
    marisol.get_by_role("button", name="I have read my plan").click()
    expect(marisol.get_by_text("Your plan is in force.")).to_be_visible()

    turn_to(date(2026, 3, 12))
    denise.goto(f"/evaluations/{evaluation.pk}/")
    denise.get_by_role("link", name="Write one down").click()
    denise.get_by_label("On track", exact=True).check()
    denise.get_by_label("What was said").fill("Marisol keeps the line short. We agreed on a course in June.")
    denise.get_by_role("button", name="Save the review").click()

    expect(denise.get_by_text("Marisol keeps the line short.")).to_be_visible()
    evaluation.refresh_from_db()
    assert evaluation.state == "under_way"
    assert [(one.on, one.progress) for one in evaluation.progress_reviews.all()] == [
        (date(2026, 3, 12), "on_track")
    ]


def test_the_rating_goes_through_all_hands_to_the_record(browse, world, desk, turn_to):
    evaluation = desk.under_way()
    turn_to(date(2026, 8, 20))
    marisol = browse("marisol", "/evaluations/mine/")
    marisol.get_by_role("link", name="Write it").click()
    marisol.get_by_role("group", name="Your level for Courtesy and listening").get_by_label("4").check()
    marisol.get_by_label("What went well").fill("The new counter.")
    marisol.get_by_role("button", name="Send to your supervisor").click()
    expect(marisol.get_by_text("Your self-evaluation was sent")).to_be_visible()

    turn_to(date(2026, 9, 15))
    denise = browse("denise", f"/evaluations/{evaluation.pk}/rate/")
    for name, level, points in (
        ("Courtesy and listening", 4, "1.20"),
        ("Timeliness", 3, "0.45"),
        ("Accuracy", 4, "1.60"),
        ("Teamwork", 4, "0.60"),
    ):
        denise.get_by_role("group", name=name).get_by_label(f"{level} ").check()
        expect(denise.get_by_text(f"{points} points")).to_be_visible()
        denise.locator("#next").get_by_text(re.compile("Next element|Check and send")).click()
    expect(denise.get_by_role("heading", name="Send it to the reviewer")).to_be_visible()
    sign(denise, "Sign and send")

    stephen = browse("stephen", f"/evaluations/{evaluation.pk}/review/")
    expect(stephen.get_by_text("The new counter.")).to_be_visible()
    sign(stephen, "Sign and approve")
    denise.goto(f"/evaluations/{evaluation.pk}/")
    denise.get_by_role("button", name="Release to Marisol Treviño").click()

    marisol.goto("/")
    marisol.get_by_role("link", name="Read and sign").first.click()
    marisol.get_by_label("Your comment").fill("Thank you.")
    sign(marisol, "Sign that you have read it")
    expect(marisol.get_by_text("The rating is of record.")).to_be_visible()

    record = RatingOfRecord.objects.get(employee=world.employees["marisol"])
    assert (str(record.score), record.level, record.is_signed) == ("3.85", 4, True)
    signed = evaluation.signatures.order_by("at").values_list("signed_as", "by__last_name", "comment")
    assert list(signed) == [
        ("rater", "Okafor", ""),
        ("reviewer", "Kucera", ""),
        ("employee", "Treviño", "Thank you."),
    ]


def test_without_the_password_nothing_is_signed(browse, world, desk, turn_to):
    evaluation = desk.released()
    page = browse("marisol", f"/evaluations/{evaluation.pk}/sign/")
    page.get_by_label("Your comment").fill("I see it otherwise.")
    page.get_by_label("Your password").fill("guess")
    page.get_by_role("button", name="Sign that you have read it").click()

    expect(page.get_by_text("Nothing was signed.").first).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("I see it otherwise.")
    assert not evaluation.signatures.filter(signed_as="employee").exists()


def sign(page, button):
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name=button).click()
