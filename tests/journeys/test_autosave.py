"""EVL-6 on the real rating page: what was typed is there, whatever happens."""

import pytest
from playwright.sync_api import expect

from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def evaluation(desk, turn_to):
    return desk.under_way()


@pytest.fixture
def address(evaluation):
    return f"/evaluations/{evaluation.pk}/rate/"


def why(page):
    return page.get_by_label("Why this level").first


def mark(page):
    return page.locator("[data-shown]")


def narrative(evaluation):
    rating = getattr(evaluation.elements.first(), "rating", None)
    return rating and type(rating).objects.get(pk=rating.pk).narrative


def test_text_outlives_a_cut_connection_and_a_closed_page(browse, address, evaluation):
    page = browse("denise", address)
    why(page).press_sequentially("She calls every")
    expect(mark(page)).to_contain_text("Saved at")

    page.context.set_offline(True)
    why(page).press_sequentially(" customer back.")
    expect(mark(page)).to_contain_text("No connection. Kept on this computer")
    assert narrative(evaluation) == "She calls every"
    page.close()

    page = browse.context("denise").new_page()
    page.context.set_offline(False)
    page.goto(address)
    expect(why(page)).to_have_value("She calls every customer back.")
    expect(mark(page)).to_contain_text("Saved at")
    assert narrative(evaluation) == "She calls every customer back."


def test_two_windows_on_one_text_are_shown_side_by_side(browse, address, evaluation):
    first, second = browse("denise", address), browse("denise", address)
    why(first).press_sequentially("From the first.")
    expect(mark(first)).to_contain_text("Saved at")
    why(second).press_sequentially("From the second.")

    conflict = second.get_by_role("region", name="Two versions of this text")
    expect(conflict).to_contain_text("From the first.")
    expect(conflict).to_contain_text("From the second.")
    assert narrative(evaluation) == "From the first."
    conflict.get_by_role("button", name="Keep yours").click()
    expect(mark(second)).to_contain_text("Saved at")
    assert narrative(evaluation) == "From the second."


def test_a_button_pressed_while_typing_takes_all_of_the_text(browse, address, evaluation):
    page = browse("denise", address)
    why(page).press_sequentially("She calls")
    expect(mark(page)).to_contain_text("Saved at")
    why(page).press_sequentially(" every customer back.")
    page.get_by_role("button", name="Save and close").click()

    expect(page.get_by_text("What you wrote about Marisol Treviño is saved.")).to_be_visible()
    assert narrative(evaluation) == "She calls every customer back."


def test_who_was_signed_out_goes_on_after_signing_in_elsewhere(browse, address, evaluation):
    page = browse("denise", address)
    page.context.clear_cookies()
    why(page).press_sequentially("Written after eight hours.")
    expect(mark(page)).to_contain_text("Signed out. Kept on this computer.")

    with page.expect_popup() as opened:
        mark(page).get_by_role("link", name="Sign in").click()
    other = opened.value
    other.get_by_label("Work e-mail or employee number").fill(browse.world.users["denise"].email)
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_role("heading", name="Marisol Treviño")).to_be_visible()
    other.close()

    page.bring_to_front()
    expect(mark(page)).to_contain_text("Saved at", timeout=10_000)
    assert narrative(evaluation) == "Written after eight hours."
