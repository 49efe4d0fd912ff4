"""EVL-6: what a supervisor writes on a Thursday evening is there on Friday."""

import pytest
from playwright.sync_api import expect

from evaluations.models import Rating
from evaluations.services import journal
from tests.world import AT, ON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(desk, monkeypatch):
    monkeypatch.setattr("organization.clock.now", lambda ahead=None: AT)
    return f"/evaluations/{desk.under_way().pk}/rate/"


def saved(page):
    expect(page.locator("[data-shown]")).to_contain_text("Saved at")


def test_by_keyboard_with_a_live_score(browse, address):
    page = browse("denise", address)
    page.get_by_role("radio", name="4 Exceeds").first.focus()
    page.keyboard.press("Space")

    expect(page.locator("#score")).to_contain_text("4.00")
    expect(page.locator("#left")).to_have_text("Score so far 4.00; 3 left")

    page.get_by_role("button", name="Next element").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-element][open]")).to_contain_text("Timeliness and follow-up")
    expect(page.get_by_role("radio", name="5 Outstanding")).to_be_focused()
    page.keyboard.press("Space")

    expect(page.locator("#score")).to_contain_text("195.0 ÷ 45")
    expect(page.locator("[data-element][open]")).to_contain_text(
        "Narrative: 0 words, at least 40 for level 5"
    )
    expect(page.get_by_label("For the element")).to_have_value(
        page.locator("[data-element][open]").get_attribute("data-element")
    )


def test_text_is_there_after_the_page_is_left(browse, address):
    page = browse("denise", address)
    page.get_by_label("Why this level").first.fill("She calls customers before a delay reaches them.")
    saved(page)

    page.reload()

    expect(page.get_by_label("Why this level").first).to_have_value(
        "She calls customers before a delay reaches them."
    )
    assert Rating.objects.get().narrative_revision == 1


def test_two_tabs_show_both_texts(browse, address):
    one = browse("denise", address)
    two = browse("denise", address)
    one.get_by_label("Why this level").first.fill("From the first tab.")
    saved(one)

    two.get_by_label("Why this level").first.fill("From the second tab.")

    conflict = two.get_by_role("region", name="Two versions of this text")
    expect(conflict).to_contain_text("From the first tab.")
    expect(conflict).to_contain_text("From the second tab.")
    assert Rating.objects.get().narrative == "From the first tab."
    conflict.locator("[data-keep=mine]").click()
    saved(two)
    assert Rating.objects.get().narrative == "From the second tab."


def test_a_linked_entry_counts_as_evidence(browse, address, world, desk):
    journal.add_entry(
        world.employees["marisol"].pk, on=ON, text="Seen.", shared=False, by=world.person("denise"), at=AT
    )
    page = browse("denise", address)
    page.get_by_label("Why this level").first.fill("Kept while linking.")

    page.locator(".entry").get_by_role("button").click()

    expect(page.get_by_role("list", name="Linked evidence")).to_contain_text("Journal, Sep 15, 2026")
    expect(page.get_by_label("Why this level").first).to_have_value("Kept while linking.")
