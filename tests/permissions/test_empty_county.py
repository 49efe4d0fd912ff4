"""The first sign-in of a new county: nothing is there yet, not even its settings."""

import pytest
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
