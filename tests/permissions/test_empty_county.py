"""The first sign-in of a new county: nothing is there yet, not even its settings."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from organization.models import Role, RoleGrant
from tests.permissions.test_walk import status
from tests.permissions.walking import pages

WITHOUT_PARAMETERS = [page for page in pages() if not page.parameters and page.name != "readyz"]


@pytest.mark.parametrize("role", ["hr", "budget", "payroll", "court_clerk", "auditor", "judge"])
def test_every_page_of_an_empty_county_opens(client, db, role):
    pat = User.objects.create_superuser("pat@county.example", "Pat Doe", "a county of honest work")
    RoleGrant.objects.create(user=pat, role=Role(role), starts_on="2020-01-01")
    client.force_login(pat)

    answers = {page.name: status(client.get(reverse(page.name))) for page in WITHOUT_PARAMETERS}

    assert {name: status for name, status in answers.items() if status >= 500} == {}
    assert answers["reports:home"] == 200


def test_the_pay_structure_of_a_county_without_settings_opens(client, db):
    pat = User.objects.create_superuser("pat@county.example", "Pat Doe", "a county of honest work")
    RoleGrant.objects.create(user=pat, role=Role.HR, starts_on="2020-01-01")
    client.force_login(pat)
    table = SimpleUploadedFile("table.csv", b"grade,min,mid,max\nC1,30000,35000,40000\n")
    form = {"file": table, "starts_on": "2026-10-01", "code": "GENERAL", "basis": "annual", "name": ""}

    assert client.post(reverse("compensation:structure_import"), form).status_code == 302

    assert "C1" in client.get(reverse("compensation:structure"), {"on": "2026-10-01"}).content.decode()
