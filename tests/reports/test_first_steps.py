"""What home offers HR in a county that is being set up: the next steps in order, each until it is done."""

import pytest
from django.urls import reverse

from accounts.models import User
from compensation.models import Schedule
from evaluations.models import Cycle
from organization.models import Assignment, County, Role, RoleGrant
from organization.person import Person
from reports.first_steps import first_steps
from tests.world import ON


@pytest.fixture
def pat(db):
    user = User.objects.create_superuser("pat@county.example", "Pat Doe", "a county of honest work")
    RoleGrant.objects.create(user=user, role=Role.HR, starts_on="2020-01-01")
    return user


def test_hr_of_an_empty_county_reads_the_first_steps_in_order_each_a_link(pat, client):
    client.force_login(pat)

    page = client.get("/").text

    links = ("organization:county", "organization:imports", "compensation:structure")
    links = [f'href="{reverse(name)}"' for name in (*links, "organization:roles", "evaluations:cycles")]
    section = page[page.index("First steps of your county") :]
    places = [section.index(link) for link in links]
    assert places == sorted(places)
    assert "5 first steps to take" in page
    assert "Nothing needs you today" not in page


def test_a_step_goes_once_it_is_done(pat, world):
    def left():
        return [step.verb for step in first_steps(Person(user=pat, on=ON))]

    assert left() == []
    RoleGrant.objects.filter(role=Role.COURT_CLERK).delete()
    assert left() == ["Roles"]
    RoleGrant.objects.filter(role=Role.PAYROLL).delete()
    assert left() == ["Roles"]
    Schedule.objects.all().delete()
    assert left() == ["Pay structure", "Roles"]
    County.objects.all().delete()
    Assignment.objects.all().delete()
    Cycle.objects.all().delete()
    assert left() == ["County settings", "Roster imports", "Pay structure", "Roles", "Cycles"]


def test_the_steps_are_told_to_hr_alone(world, client):
    County.objects.all().delete()

    assert first_steps(world.person("carl")) == []
    assert [step.verb for step in first_steps(world.person("miguel"))] == ["County settings"]
