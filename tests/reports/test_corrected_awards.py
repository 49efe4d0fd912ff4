"""An award after a difference was released: it opens with what was released in all, and how."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compensation.models import RunLine
from organization.models import Employee
from reports import award_pdf
from tests import pay_year
from tests.reports.test_query_counts import LIMIT, NOT_ASKED


@pytest.fixture
def run(world):
    """Released: Marisol 46,280.00, raised 2 percent to 47,205.60, merit 2.75 percent for level 4."""
    return pay_year.released(world).run


@pytest.fixture
def corrected(world, run):
    """Her rating became 5 after a grievance; certified again, the difference is released."""
    world.rate("marisol", 5, "4.60")
    pay_year.certify_differences(world, run)
    return pay_year.release_differences(world, run)


def address(run, number="10482"):
    return f"/pay/awards/{RunLine.objects.get(run=run, number=number).pk}/"


def page_of(client, world, run, who, number="10482"):
    client.force_login(world.users[who])
    return client.get(address(run, number)).text


@pytest.mark.parametrize("who", ["marisol", "grace", "ruth"])
def test_it_opens_with_what_was_released_in_all_and_how(world, run, corrected, client, who):
    page = page_of(client, world, run, who)

    opening, chain = page.split('id="proof"')
    assert "score from 3.98 to 4.60" in opening
    assert "certified by Ruth Ann Kowalczyk" in opening
    assert opening.index("$48,857.80") < opening.index("What was released, in all")
    for words in ("+ $2,223.75", "+ $354.05", "3.50% × ", "4.60, level 5"):
        assert words in opening
    assert "3.98, level 4" not in opening
    links = (
        *("Rating of record: 3.98, level 4", "Released to payroll: + $2,223.75 a year"),
        *("Corrected after it was released", "Rating of record: 4.60, level 5"),
        *("The corrected award certified by the County Clerk", "Difference released to payroll: + $354.05"),
    )
    places = [chain.index(words) for words in links]
    assert places == sorted(places)
    assert "no figure differs" in chain
    assert f"/payroll/batches/{corrected.number}/differences/" in chain


def test_no_word_of_a_stale_line_stands_over_a_paid_difference(world, run, corrected, client):
    page_of(client, world, run, "grace")
    page = address(run)
    with CaptureQueriesContext(connection) as captured:
        text = client.get(page).text

    assert "stale" not in text
    assert "held back" not in text
    asked = [each for each in captured.captured_queries if not each["sql"].startswith(NOT_ASKED)]
    assert len(asked) <= LIMIT


def test_what_changed_after_it_was_paid_leads_to_the_differences(world, run, client):
    world.rate("marisol", 2, "2.10")

    page = page_of(client, world, run, "grace")

    assert "Changed after it was paid" in page
    assert f"/payroll/runs/{run.number}/differences/" in page
    assert "held back" not in page
    world.rate("tomas", 4, "3.80")  # his award is not paid yet
    assert "the rest is held back" in page_of(client, world, run, "grace", "1021")


def test_what_was_taken_back_of_who_had_left_is_said(world, run, client):
    Employee.objects.filter(pk=world.employees["marisol"].pk).update(separated_on=date(2026, 9, 1))
    pay_year.release_differences(world, run)

    page = page_of(client, world, run, "grace")

    assert "not in this position on the day of the plan" in page
    assert "− $2,223.75" in page
    assert "No certificate was needed" in page


def test_the_pdf_begins_with_the_correction(world, run, corrected, client, monkeypatch):
    told = {}
    monkeypatch.setattr(award_pdf, "pdf", lambda path, data: told.update(data) or b"%PDF-")
    client.force_login(world.users["grace"])

    client.get(f"{address(run)}award.pdf")

    assert told["problems"][0].startswith("Corrected after it was released.")
    assert "Certified by Ruth Ann Kowalczyk" in told["problems"][0]
    assert told["figures"][0][:2] == ("New pay a year", "$48,857.80")
    world.rate("marisol", 2, "2.10")
    client.get(f"{address(run)}award.pdf")
    assert told["problems"][0].startswith("Changed after it was paid.")


def test_the_letter_of_a_difference_names_who_certified_it(world, run, corrected, client):
    client.force_login(world.users["marisol"])
    line = corrected.lines.get()

    page = client.get(f"/payroll/batches/{corrected.number}/letters/{line.line_id}/").text

    assert "Ruth Ann Kowalczyk, County Clerk" in page
    assert "Certified September 15, 2026" in page
