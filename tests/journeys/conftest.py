"""People of the small county at their browsers, on days that the test chooses."""

from datetime import date

import pytest
from django.utils import timezone

from countyhr import celery_app
from court.models import Seat
from organization.models import County
from tests.browser import browse  # noqa: F401 (fixture)
from tests.evaluations.conftest import desk  # noqa: F401 (fixture)
from tests.world import ON


@pytest.fixture
def turn_to(world, settings):
    """Turns the county's calendar to a day, as the demo can. It stands on the world's day at first."""
    settings.DEMO = True

    def turn(day):
        County.objects.update(demo_days_ahead=(day - timezone.localdate()).days)

    turn(ON)
    return turn


@pytest.fixture
def court(world):
    """Who sits on the Commissioners Court."""
    members = {
        "County Judge": "Dale Hargrove",
        "Commissioner, Precinct 1": "Rosa Ortiz",
        "Commissioner, Precinct 2": "Walter Bell",
        "Commissioner, Precinct 3": "Naomi Fuchs",
        "Commissioner, Precinct 4": "Ray Delgado",
    }
    Seat.objects.bulk_create(
        Seat(position=position, title=title, member=member, starts_on=date(2023, 1, 1))
        for position, (title, member) in enumerate(members.items(), start=1)
    )
    return list(members.values())


@pytest.fixture
def eager():
    """Background work is done at once, in the web server."""
    celery_app.conf.task_always_eager = True
    yield
    celery_app.conf.task_always_eager = False
