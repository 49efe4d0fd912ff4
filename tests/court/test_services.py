from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from audit.models import Entry
from court import services
from court.models import CourtAction, Seat
from organization.refusal import Refused
from tests.world import AT

FIELDS = {
    "number": "2026-1187",
    "purpose": "pay_plan",
    "title": "Pay plan for fiscal year 2027",
    "meeting_on": date(2026, 8, 25),
    "agenda_item": "9",
    "motion": "To adopt the pay plan.",
    "mover": "Annette Brewer",
    "seconder": "Calvin Ng",
    "effective_on": date(2026, 10, 1),
}
MEMBERS = ["Dale Hargrove", "Teresa Villalobos", "Roy Stubblefield", "Annette Brewer", "Calvin Ng"]


@pytest.fixture
def seats(world):
    clerk = world.person("hector")
    return [
        services.seat_member(place, f"Seat {place}", name, starts_on=date(2025, 1, 1), by=clerk, at=AT)
        for place, name in enumerate(MEMBERS, start=1)
    ]


def recorded(world, seats, answers, **fields):
    votes = list(zip(seats, answers, strict=True))
    return services.record_action(FIELDS | fields, votes, by=world.person("hector"), at=AT)


def test_four_to_one_adopts(world, seats):
    action = recorded(world, seats, ["aye", "aye", "nay", "aye", "aye"])

    assert list(CourtAction.objects.adopted()) == [action]
    assert Entry.objects.acts().about(action).get().after["result"] == "Adopted, 4 to 1"


def test_a_tie_fails(world, seats):
    recorded(world, seats, ["aye", "aye", "nay", "nay", "abstain"])

    assert list(CourtAction.objects.adopted()) == []


def test_two_present_are_no_quorum(world, seats):
    with pytest.raises(Refused, match="2 members were present"):
        recorded(world, seats, ["aye", "aye", "absent", "absent", "absent"])


def test_only_the_court_clerk_records(world, seats):
    with pytest.raises(Refused, match="Only the court clerk"):
        services.record_action(FIELDS, [], by=world.person("miguel"), at=AT)


def test_a_number_is_given_once(world, seats):
    recorded(world, seats, ["aye"] * 5)

    with pytest.raises(Refused, match="2026-1187 is on record already"):
        recorded(world, seats, ["aye"] * 5)


def test_a_recorded_order_cannot_be_changed_even_by_sql(world, seats):
    recorded(world, seats, ["aye"] * 5)

    with (
        pytest.raises(InternalError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE court_vote SET vote = 'nay'")


def test_a_correction_takes_the_place_of_the_first_entry(world, seats):
    first = recorded(world, seats, ["aye"] * 5)
    votes = list(zip(seats, ["aye"] * 5, strict=True))

    second = services.record_action(
        FIELDS | {"number": "2026-1187A"}, votes, by=world.person("hector"), at=AT, corrects=first
    )

    assert list(CourtAction.objects.adopted()) == [second]


def test_a_new_member_takes_the_seat_on_his_day(world, seats):
    services.seat_member(
        2, "Seat 2", "Lena Ortiz", starts_on=date(2026, 6, 1), by=world.person("hector"), at=AT
    )

    assert [seat.member for seat in Seat.objects.in_force(date(2026, 5, 31))][1] == "Teresa Villalobos"
    assert [seat.member for seat in Seat.objects.in_force(date(2026, 6, 1))][1] == "Lena Ortiz"
