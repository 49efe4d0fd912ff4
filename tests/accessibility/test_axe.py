"""NFR: every page, as each role sees it, can be used by everybody: WCAG 2.2 AA, light and dark, at any width.

A page that another role sees made of the same elements is opened in the browser once.
"""

import contextlib
import itertools
from collections import Counter

import pytest
from django.db import transaction
from django.urls import reverse

from tests.accessibility.markup import Outline
from tests.permissions.objects import OBJECTS, About
from tests.permissions.walking import WALKERS, pages

PARTS = sorted({page.name.split(":")[0] if ":" in page.name else "sign-in" for page in pages()})
# It gets an axe test of its own, in tests/look.
LEFT_OUT = {"look:parts", "healthz", "readyz"}


def pages_of(part):
    for page in pages():
        namespace = page.name.split(":")[0] if ":" in page.name else "sign-in"
        known = not page.parameters or page.name in OBJECTS
        if namespace == part and known and page.name not in LEFT_OUT:
            yield page


@contextlib.contextmanager
def address_of(page, world):
    """The page's address, with what it is about standing in the database meanwhile."""
    with transaction.atomic():
        yield reverse(page.name, kwargs=OBJECTS.get(page.name, About(lambda world: {})).parameters(world))
        transaction.set_rollback(True)


def answers(page, address, world, client):
    """What each walker gets to see: (who, answer, outline). Redirects and files are left out."""
    for who, key in WALKERS.items():
        if key and not page.view.audience.admits(world.person(key)):
            continue
        client.logout()
        if key:
            client.force_login(world.users[key])
        response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)  # a file; read to its end it is closed
        elif response.status_code in (200, 500) and b"<html" in response.content:
            yield who, response, Outline(response.content.decode())


def told(faults):
    return "\n".join(" · ".join(map(str, fault)) for fault in faults)


@pytest.fixture
def client(client):
    """One that shows a page that breaks as people see it, so that the walk goes on."""
    client.raise_request_exception = False
    return client


@pytest.mark.browser
@pytest.mark.parametrize("part", PARTS)
def test_pages_can_be_used_by_everybody(part, world, client, examiner):
    wrong = []
    for page in pages_of(part):
        looked_at = set()
        with address_of(page, world) as address:
            for who, response, outline in answers(page, address, world, client):
                if outline.kinds not in looked_at:
                    looked_at.add(outline.kinds)
                    wrong += [(page.name, who, *fault) for fault in examiner.examine(response, outline)]
    assert told(wrong) == ""


@pytest.mark.browser
def test_the_navigation_of_each_role_can_be_used_by_everybody(world, client, examiner):
    wrong = []
    for key in filter(None, WALKERS.values()):
        client.force_login(world.users[key])
        home = client.get("/")
        wrong += [(key, *fault) for fault in examiner.examine(home, Outline(home.content.decode()))]
    assert told(wrong) == ""


def test_each_page_has_a_title_of_its_own_one_heading_and_one_main_part(world, client):
    titles, wrong = Counter(), []
    for page in (page for part in PARTS for page in pages_of(part)):
        with address_of(page, world) as address:
            for who, _, outline in itertools.islice(answers(page, address, world, client), 1):
                titles[outline.title.strip()] += 1
                if (outline.h1, outline.mains) != (1, 1):
                    wrong.append((page.name, who, f"{outline.h1} h1, {outline.mains} main"))
    assert told(wrong) == ""
    assert [title for title, pages in titles.items() if pages > 1] == []
