"""A sheet of proposals in a browser: typed down a column by keyboard, pasted from Excel, scaled and sent."""

import pytest

from compensation.models import Proposal
from tests.proposals.conftest import Office, rated  # noqa: F401 (fixture)

pytestmark = pytest.mark.django_db(transaction=True)
PASTE = """(field, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_a_head_types_pastes_scales_and_sends(browse, rated):  # noqa: F811
    office = Office(rated)
    page = browse("ruth", "/pay/proposals/2027v1/departments/CC/")
    first = page.get_by_label("Proposed for Stephen Kucera")
    first.fill("3.25")
    first.press("Enter")
    second = page.get_by_label("Proposed for Quang Nguyễn")
    assert second.evaluate("field => field === document.activeElement")
    second.fill("2.5")
    second.press("ArrowUp")
    assert first.evaluate("field => field === document.activeElement")
    page.get_by_text("2 of 4").wait_for()
    page.get_by_text("Off the guideline: write a reason.").first.wait_for()
    assert Proposal.objects.count() == 2

    first.evaluate(PASTE, "3\n2.25\n")
    page.get_by_role("button", name="Take over 2 rows").click()
    page.get_by_text("2 rows were taken over.").wait_for()
    assert page.get_by_label("Proposed for Quang Nguyễn").input_value() == "2.25"

    page.get_by_role("button", name="Scale to the pool").click()
    page.get_by_text("From scaling to the pool.").wait_for()
    assert office.sheet().proposals.get(employee=rated.employees["quang"]).value == 22_500  # not yet
    page.get_by_role("button", name="Take over 4 rows").click()
    page.get_by_text("4 rows were taken over.").wait_for()
    assert office.sheet().proposals.get(employee=rated.employees["quang"]).gives == "amount"
    page.get_by_role("button", name="Send to HR").click()
    page.get_by_text("The proposals for County Clerk are with HR.").wait_for()
    assert office.sheet().state == "sent"


def test_what_is_refused_is_said_in_its_row_and_keeps_the_sheet_from_being_sent(browse, rated):  # noqa: F811
    office = Office(rated)
    page = browse("ruth", "/pay/proposals/2027v1/departments/CC/")
    quang = page.get_by_label("Proposed for Quang Nguyễn")
    quang.fill("9")
    quang.press("Enter")

    page.get_by_text("Not saved. Quang Nguyễn: 9.00% is not within 1.50% to 2.50%").last.wait_for()
    assert quang.get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name="Scale to the pool").click()
    page.locator("[aria-label^='Proposed for Quang']:focus").wait_for()
    assert not Proposal.objects.exists()

    quang.fill("2.5")
    page.locator("[aria-invalid]").wait_for(state="detached")
    assert Proposal.objects.get().value == 25_000
    assert office.sheet().state == "open"


def test_two_tabs_that_write_one_cell_show_both_values_across_the_row(browse, rated):  # noqa: F811
    office = Office(rated)
    page = browse("ruth", "/pay/proposals/2027v1/departments/CC/")
    quang = page.get_by_label("Proposed for Quang Nguyễn")
    office.save("quang", "1.75")  # in the other tab

    quang.fill("2.5")

    conflict = page.locator("[data-conflict]")
    conflict.wait_for()
    table = page.locator("table.data-table--sheet")
    assert conflict.bounding_box()["width"] > 0.8 * table.bounding_box()["width"]
    conflict.get_by_role("button", name="Keep the other").click()
    conflict.wait_for(state="detached")
    assert quang.input_value() == "1.75"
    assert page.locator("tr.row-note").count() == 0
