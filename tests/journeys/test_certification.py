"""Awards are signed by exception, and by a deputy, and checked by the auditor."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from certification.models import Certificate
from tests import pay_year
from tests.certification.conftest import rated  # noqa: F401 (fixture)
from tests.journeys.test_pay import sign
from tests.world import ON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHY = "Her supervisor was on leave from January to May, and nobody stood in."


def test_the_clerk_excepts_and_delegates_her_deputy_signs_and_the_auditor_verifies(browse, rated, turn_to):  # noqa: F811
    rated.rate("marisol", 4, "3.98", progress=False)
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)

    ruth = browse("ruth", f"/certification/{run.number}/departments/CC/")
    ruth.get_by_role("link", name="Write an exception for Marisol Treviño").click()
    ruth.get_by_label("Why is the award made all the same?").fill(WHY)
    ruth.get_by_role("button", name="Write the exception").click()
    expect(ruth.get_by_text(WHY)).to_be_visible()
    ruth.get_by_role("link", name="Have somebody else sign for you").click()
    ruth.get_by_label("Who signs for you").select_option(label="Stephen Kucera, Chief Deputy Clerk")
    ruth.get_by_label("Last day").fill((ON + timedelta(days=10)).isoformat())
    ruth.get_by_label("The delegation in writing").fill("I am at the conference of clerks until Friday.")
    ruth.get_by_role("button", name="Delegate").click()
    expect(ruth.get_by_text("can sign for you, and was told by e-mail")).to_be_visible()

    stephen = browse("stephen", "/")
    stephen.get_by_role("main").get_by_role("link", name="Certify 2 awards of County Clerk").first.click()
    expect(stephen.get_by_text("Your own award.")).to_be_visible()
    stephen.get_by_label("I have read the exception for Marisol Treviño").check()
    sign(stephen, "Sign and certify 2 awards")
    expect(stephen.get_by_text("You certified 2 awards")).to_be_visible()
    certificate = Certificate.objects.get()
    assert (certificate.exceptions, certificate.signed_for) == (1, "Ruth Ann Kowalczyk, County Clerk")

    grace = browse("grace", "/certification/")
    grace.goto(f"/certification/certificates/{certificate.number}/")
    with grace.expect_download() as file:
        grace.get_by_role("link", name="PDF").click()
    assert file.value.path().read_bytes().startswith(b"%PDF-")
    grace.get_by_role("link", name="Verify").click()
    expect(grace.get_by_role("heading", name="CC-2027-01 is as it was signed")).to_be_visible()
