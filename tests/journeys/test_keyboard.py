"""Nothing needs a mouse."""

from datetime import date

import pytest
from playwright.sync_api import expect

from certification.models import Certificate
from certification.services import ask_to_certify
from compensation.plans.standard import year_one
from organization.models import Advancement
from tests import pay_year
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


def test_a_merit_raise_is_put_on_record(browse, world):
    number = world.employees["marisol"].number
    page = sign_in(browse, "miguel", f"/people/{number}/")
    tab_to(page, page.get_by_role("link", name="Record one"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/advancements/")
    tab_to(page, page.get_by_label("What", exact=True))
    page.keyboard.type("Merit")
    tab_to(page, page.get_by_label("Day", exact=True))
    page.keyboard.type("10012025")
    tab_to(page, page.get_by_label("Reason"))
    page.keyboard.type("Personnel action 2025-114")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/people/{number}/")
    raised = Advancement.objects.get(employee__number=number)
    assert (raised.kind, raised.on) == (Advancement.Kind.MERIT, date(2025, 10, 1))


def test_longevity_is_written_into_a_plan(browse, world):
    plan = pay_year.draft(world, year_one)
    page = sign_in(browse, "miguel", "/pay/plans/2027v1/")
    tab_to(page, page.get_by_label("Tenure earns", exact=True))
    page.keyboard.type("dollars")
    tab_to(page, page.get_by_label("Tenure is paid", exact=True))
    page.keyboard.type("paid once")
    tab_to(page, page.locator("#tenure-rows").get_by_role("button", name="Add a row"))
    page.keyboard.press("Enter")
    months = page.get_by_label("Tenure, row 1, months of service")
    months.wait_for()
    tab_to(page, months, most=2)  # the page goes on where the row was added
    page.keyboard.type("60")
    tab_to(page, page.get_by_label("Tenure, row 1, earns"))
    page.keyboard.type("300")
    page.keyboard.press("Enter")

    page.get_by_text("The draft is saved.").wait_for()
    plan.refresh_from_db()
    tenure = plan.rules["tenure"]
    assert (tenure["gives"], tenure["paid_once"]) == ("amount", True)
    assert tenure["table"] == [{"months": 60, "amount": "300.00"}]
    assert plan.rules["merit"]["gives"] == "percent"
