"""Newspaper notices of elected officers' pay: the register, and when one counts (PAY-3, ALN-1)."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from court.models import Notice
from court.notices import Noticed, in_time, is_in_time, last_day_to_publish
from court.services import record_notice
from organization.refusal import Refused
from tests.world import AT

MEETING = date(2026, 8, 25)
SINCE = date(2025, 10, 1)


def officer(world, key, proposed, now="90000"):
    amounts = {"current_salary": now, "proposed_salary": proposed}
    amounts |= {"current_expenses": "0", "proposed_expenses": "0"}
    found = {name: Decimal(value) for name, value in amounts.items()}
    return {"employee": world.employees[key], "officer": key, "office": "Office", **found}


def noticed(world, *officers, published_on=date(2026, 8, 10), **others):
    fields = {"newspaper": "Caprock Sentinel", "published_on": published_on, "meeting_on": MEETING}
    return record_notice(fields, list(officers), by=world.person("hector"), at=AT, **others)


@pytest.fixture
def clerk(world, monkeypatch):
    monkeypatch.setattr("organization.clock.now", lambda county=None: AT)
    client = Client()
    client.force_login(world.users["hector"])
    return client


def typed(world, **changes):
    found = {"newspaper": "Caprock Sentinel", "published_on": "2026-08-10", "meeting_on": "2026-08-25"}
    ruth = world.employees["ruth"].pk
    return found | {f"current_salary_{ruth}": "97000", f"proposed_salary_{ruth}": "99910"} | changes


def test_a_notice_stands_before_the_tenth_day_before_the_meeting():
    assert last_day_to_publish(MEETING, 10) == date(2026, 8, 14)
    assert is_in_time(date(2026, 8, 14), MEETING, 10)
    assert not is_in_time(date(2026, 8, 15), MEETING, 10)
    assert is_in_time(date(2026, 8, 15), MEETING, 9)


def test_the_later_notice_in_time_counts_and_a_corrected_one_does_not(world):
    noticed(world, officer(world, "ruth", "99000"), officer(world, "dale", "100000"))
    wrong = noticed(world, officer(world, "ruth", "98000"), published_on=date(2026, 8, 12))
    noticed(world, officer(world, "ruth", "120000"), published_on=date(2026, 8, 20))
    number, judge = (world.employees[key].number for key in ("ruth", "dale"))
    found = {each.number: each.proposed for each in in_time(MEETING, days=10, since=SINCE)}
    assert found == {number: Decimal(98000), judge: Decimal(100000)}
    noticed(world, officer(world, "ruth", "98500"), published_on=date(2026, 8, 12), corrects=wrong)
    assert Noticed(number, Decimal(98500)) in in_time(MEETING, days=10, since=SINCE)
    assert in_time(date(2026, 8, 24), days=10, since=SINCE) == []  # an earlier meeting than the one named


def test_the_clerk_records_a_notice_and_everybody_reads_it(world, clerk):
    page = clerk.get(reverse("court:record_notice")).text
    assert "Ruth Ann Kowalczyk, salary proposed" in page
    assert "Marisol" not in page
    answer = clerk.post(reverse("court:record_notice"), typed(world))
    assert answer.status_code == 302
    row = Notice.objects.get().officers.get()
    assert (row.current_salary, row.proposed_salary, row.proposed_expenses) == (97000, 99910, 0)
    reader = Client()
    reader.force_login(world.users["marisol"])
    text = reader.get(reverse("court:notices")).text
    assert "$99,910.00" in text
    assert "In time" in text


def test_what_cannot_be_recorded_is_told_and_kept(world, clerk):
    ruth = world.employees["ruth"].pk
    less = clerk.post(reverse("court:record_notice"), typed(world, **{f"proposed_salary_{ruth}": "96000"}))
    assert less.status_code == 422
    assert "a notice is of an increase, and this is less than now" in less.text
    assert 'value="96000"' in less.text
    late = clerk.post(reverse("court:record_notice"), typed(world, meeting_on="2026-08-10"))
    assert "The meeting comes after the day of publication." in late.text
    nobody = clerk.post(reverse("court:record_notice"), typed(world, **{f"proposed_salary_{ruth}": ""}))
    assert "No officer has a proposed salary." in nobody.text
    assert not Notice.objects.exists()


def test_one_that_came_too_late_is_recorded_and_says_so(world, clerk):
    noticed(world, officer(world, "ruth", "99000"), published_on=date(2026, 8, 15))
    text = clerk.get(reverse("court:notices")).text
    assert "Too late" in text
    assert "The last day was August 14, 2026" in text


def test_only_the_court_clerk_records_what_was_published(world):
    with pytest.raises(Refused, match="Only the court clerk"):
        record_notice({}, [], by=world.person("miguel"), at=AT)
