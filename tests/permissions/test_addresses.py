"""A county's own words, such as codes and numbers, stand in addresses: none of them is taken for a page."""

import re

import pytest
from django.urls import path

from organization.models import Department
from tests.permissions.walking import pages

OURS = ("kind", "act", "letter")  # parts that only the project gives a value


def addresses():
    """(route, example) for every page; an example has a word of the county where the route has a part."""
    for page in pages():
        route = page.route
        yield route, re.sub(r"<\w+:\w+>", "x", re.sub(r"<int:\w+>", "1", route))


def takes(route):
    parts = re.findall(r"<(?:str|slug):(\w+)>", route)
    return parts and not set(parts) <= set(OURS)


@pytest.mark.parametrize("route", [route for route, _ in addresses() if takes(route)])
def test_no_word_of_the_county_leads_to_another_page(route):
    pattern = path(route, lambda request: None).pattern
    hidden = [other for other, example in addresses() if other != route and pattern.match(example)]
    assert hidden == []


def test_a_department_may_be_called_add(world, client):
    Department.objects.create(code="add", name="Aging, Disability and Dependents", kind="appointed")
    client.force_login(world.users["miguel"])
    assert "Aging, Disability and Dependents" in client.get("/departments/add/").content.decode()
