"""Nothing needs a mouse."""

import pytest
from playwright.sync_api import expect

from certification.models import Certificate
from certification.services import ask_to_certify
from tests.certification.conftest import rated, run  # noqa: F401 (fixtures)
from tests.world import AT, ON, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A ring around the element or, for a choice, around its label.
IS_SEEN = """one => [one, one.closest("label")].filter(Boolean).map(getComputedStyle)
    .some(style => style.outlineStyle !== "none" || style.boxShadow !== "none")"""


def tab_to(page, target, most=80):
    """Press Tab until the target has the focus, which must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            assert target.evaluate(IS_SEEN), "nobody sees where the focus is"
            return
    pytest.fail(f"{most} times Tab do not lead to {target}.")


def sign_in(browse, key, path):
    page = browse.context(key).new_page()
    page.goto(path)
    name = page.get_by_label("Work e-mail or employee number")
    password = page.get_by_label("Password", exact=True)
    if not name.evaluate("one => one === document.activeElement"):
        tab_to(page, name)
    page.keyboard.type(browse.world.users[key].email)
    tab_to(page, password)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(browse.address + path)
    return page


def test_an_element_is_rated(browse, desk, turn_to):
    evaluation = desk.under_way()
    page = sign_in(browse, "denise", "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.goto(f"/evaluations/{evaluation.pk}/rate/")

    levels = page.get_by_role("group", name="Courtesy and listening").get_by_role("radio")
    tab_to(page, levels.first)
    page.keyboard.press("ArrowDown")
    expect(levels.nth(1)).to_be_checked()
    expect(page.locator("#score")).to_contain_text("4.00")
    tab_to(page, page.get_by_label("Why this level").first)
    with page.expect_response(lambda response: "narrative" in (response.request.post_data or "")):
        page.keyboard.type("She calls every customer back.")
    tab_to(page, page.get_by_role("button", name="Next element"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Timeliness").get_by_role("radio").first).to_be_focused()

    rating = evaluation.elements.first().rating
    assert (rating.level, rating.narrative) == (4, "She calls every customer back.")


def test_a_set_is_certified(browse, rated, run, turn_to):  # noqa: F811
    ask_to_certify(run.pk, by=rated.person("miguel"), at=AT, on=ON)
    page = sign_in(browse, "ruth", "/certification/")
    tab_to(page, page.get_by_role("link", name="County Clerk", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Go to your statement"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Your password"), most=3)  # however many awards stand before it
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**/certification/certificates/CC-2027-01/")
    assert Certificate.objects.get().signed_by == rated.users["ruth"]
