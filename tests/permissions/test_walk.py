"""Every page with every role: it answers those whom its audience admits, and nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audience import public
from tests.permissions.objects import OBJECTS, About
from tests.permissions.walking import WALKERS, pages

PAGES = pages()
# Pages that everybody may ask for, and that the walk does not open.
NOT_OPENED = {"readyz": "it waits for a worker, which tests have not"}
ADMITTED = {200, 302, 400, 405, 409, 410}


def test_every_page_names_its_audience():
    assert [page.name for page in PAGES if not hasattr(page.view, "audience")] == []


def test_every_page_with_parameters_is_registered():
    known = {page.name for page in PAGES}
    missing = [page.name for page in PAGES if page.parameters and page.name not in OBJECTS]
    assert (missing, sorted(set(OBJECTS) - known)) == ([], []), (
        "Put them right in tests/permissions/objects/."
    )


def test_pages_that_are_not_opened_are_public():
    views = {page.name: page.view for page in PAGES}
    assert {views[name].audience for name in NOT_OPENED} == {public(lambda request: None).audience}


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name not in NOT_OPENED], ids=lambda page: page.name
)
def test_walk(page, world, client):
    if page.parameters and page.name not in OBJECTS:
        pytest.fail(f"{page.name} is not in tests/permissions/objects/.")
    about = OBJECTS.get(page.name, About(lambda world: {}))
    address = reverse(page.name, kwargs=about.parameters(world))
    wrong = {}
    for who, key in WALKERS.items():
        client.logout()
        if key:
            client.force_login(world.users[key])
        expected = statuses_expected(page, about, world, key)
        got = status(client.get(address))
        if got not in expected:
            wrong[who] = f"GET {got}, not {sorted(expected)}"
        elif expected & {403, 404} and status(client.post(address)) not in expected | {405}:
            wrong[who] = f"POST is not answered by {sorted(expected)}"
    assert wrong == {}


def status(response):
    if response.streaming:
        list(response)  # the client closes a download that was read to its end
    return response.status_code


def statuses_expected(page, about, world, key):
    audience = page.view.audience
    if key is None:
        return {302} if audience.needs_sign_in else ADMITTED
    if not audience.admits(world.person(key, on=timezone.localdate())):
        return {403}
    if about.seen_by is not None and key not in about.seen_by:
        return {404}
    return {403} if key in about.refused_to else ADMITTED


def test_someone_not_signed_in_is_sent_to_sign_in_and_back(client, db):
    response = client.get("/court/")
    assert response["Location"] == f"{reverse('account_login')}?next=/court/"
