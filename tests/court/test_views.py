from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from court import services
from court.models import CourtAction
from tests.court.test_services import FIELDS, MEMBERS
from tests.world import AT


@pytest.fixture
def clerk(world, client):
    for place, name in enumerate(MEMBERS, start=1):
        services.seat_member(
            place, f"Seat {place}", name, starts_on=date(2025, 1, 1), by=world.person("hector"), at=AT
        )
    client.force_login(world.users["hector"])
    return client


def posted(**changes):
    votes = {f"vote_{place}": "aye" for place in range(1, 6)}
    dates = {name: FIELDS[name].isoformat() for name in ("meeting_on", "effective_on")}
    return FIELDS | dates | votes | changes


def test_the_clerk_records_an_order_with_its_document(clerk):
    pdf = SimpleUploadedFile("order.pdf", b"%PDF-1.7 signed", content_type="application/pdf")

    answer = clerk.post(reverse("court:record"), posted(document=pdf))

    assert answer.url == "/court/orders/2026-1187/"
    assert "Next, HR adopts the plan on which the Court voted." in clerk.get(answer.url).text
    assert clerk.get("/court/orders/2026-1187/order.pdf").content == b"%PDF-1.7 signed"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"seconder": "Annette Brewer"}, "Annette Brewer made the motion. Someone else must second it."),
        ({"effective_on": "2026-08-24"}, "An order takes effect on the day of the meeting or later."),
        ({"vote_3": ""}, ">Roy Stubblefield: No vote is chosen.<"),
        ({"purpose": ""}, ">What it decides: Nothing is chosen.<"),
        ({"vote_5": "absent"}, "Calvin Ng is marked as absent."),
        ({"meeting_on": "2099-01-01", "effective_on": "2099-01-01"}, "This meeting has not been held yet."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(clerk, changes, sentence):
    answer = clerk.post(reverse("court:record"), posted(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert CourtAction.objects.count() == 0


def test_everyone_reads_an_order_and_only_the_clerk_records(world, clerk, client):
    clerk.post(reverse("court:record"), posted())
    client.force_login(world.users["quang"])

    assert "Adopted, 5 to none" in client.get("/court/orders/2026-1187/").content.decode()
    assert client.get("/court/record/").status_code == 403
