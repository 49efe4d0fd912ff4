"""What a year begins with: the people, from the roster of the payroll system, and the order of the Court."""

from datetime import date

import pytest
from playwright.sync_api import expect

from court.models import CourtAction
from organization.models import Assignment, Employee, RosterImport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROSTER = """\
Emp ID,Last Name,First Name,Dept,Position,Annual Salary,Hire Date,Supervisor ID
10482,Treviño,Marisol,CC,Deputy Clerk II,"47,500.00",03/04/2019,1011
10483,Nguyễn,Quang,CC,Deputy Clerk I,39870,03/04/2019,1011
10499,Barrera,Lupe,CC,Deputy Clerk I,37200,09/01/2026,1011
10500,Holt,Wade,CC,Deputy Clerk I,3720O,09/01/2026,1011
"""


def test_hr_takes_over_a_roster(browse, world, turn_to, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER)
    page = browse("miguel")

    page.get_by_role("link", name="Roster imports").click()
    page.get_by_role("link", name="Upload a roster").first.click()
    page.get_by_label("Roster", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()

    expect(page.get_by_role("rowheader", name="“3720O” has the letter O")).to_be_visible()
    assert not Employee.objects.filter(number="10499").exists()
    page.get_by_label("Leave this row out").check()
    page.get_by_role("button", name="Apply 2 changes").click()

    expect(page.get_by_role("heading", name="Roster of September 15, 2026")).to_be_visible()
    assert RosterImport.objects.get().state == "applied"
    lupe = Assignment.objects.in_force(date(2026, 9, 15)).get(employee__number="10499")
    assert (lupe.employee.full_name, lupe.rate, lupe.supervisor) == (
        "Lupe Barrera",
        37_200,
        world.employees["denise"],
    )
    assert world.assignment("marisol").rate == 47_500
    assert not Employee.objects.filter(number="10500").exists()


def test_the_court_clerk_records_an_order(browse, court, turn_to):
    page = browse("hector")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Court actions").click()
    page.get_by_role("link", name="Record an order").first.click()

    page.get_by_label("What it decides").select_option("Customer-service initiative")
    page.get_by_label("Subject").fill("Customer service and pay for it")
    page.get_by_label("Meeting").fill("2026-09-15")
    page.get_by_label("Order number").fill("2026-1042")
    page.get_by_label("Motion, as read").fill("Moved to take up the initiative for customer service.")
    page.get_by_label("Mover").select_option(court[1])
    page.get_by_label("Seconder").select_option(court[2])
    for member in court[:4]:
        page.get_by_label(f"{member}: For").check()
    page.get_by_label(f"{court[4]}: Against").check()
    page.get_by_role("button", name="Record this order").click()

    expect(page.get_by_text("Order 2026-1042 is on record.")).to_be_visible()
    action = CourtAction.objects.adopted().get(number="2026-1042")
    assert (action.purpose, action.ayes, action.nays) == ("initiative", 4, 1)
    assert action.recorded_by.name == "Hector Salinas"


def test_an_order_without_all_votes_is_kept_and_pointed_out(browse, court, turn_to):
    page = browse("hector", "/court/record/")
    page.get_by_label("Subject").fill("Customer service")
    page.get_by_role("button", name="Record this order").click()

    expect(page.get_by_text(f"{court[0]}: No vote is chosen.").first).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_value("Customer service")
    assert not CourtAction.objects.exists()
