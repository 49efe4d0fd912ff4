"""A release is carried out by a worker: once, or not at all, and then it says why."""

import pytest
from django.db.models import F

from audit.models import Entry
from organization.models import Assignment
from organization.refusal import Refused
from payroll import releasing
from payroll.checks import ReleaseChanged
from payroll.models import Batch, Release, ReleaseWork
from payroll.needs import needs_of
from tests.pay_year import ask_release, give_second_word, release
from tests.world import AT


@pytest.fixture
def given(rated, clerk_certified):
    """Carl has asked and Fatima has given her word; no worker has taken it yet."""
    return give_second_word(rated, clerk_certified, release(rated, clerk_certified))


def test_a_task_that_is_delivered_twice_pays_once(given):
    releasing.carry_out(given.pk)
    pay = list(Assignment.objects.order_by("pk").values())
    releasing.carry_out(given.pk)

    assert Batch.objects.get().release == given
    assert list(Assignment.objects.order_by("pk").values()) == pay


def test_the_batch_bears_the_name_and_the_time_of_the_word(rated, given, monkeypatch):
    monkeypatch.setattr("organization.clock.now", lambda county=None: AT.replace(year=2031))
    batch = releasing.release_here(given)

    assert (batch.released_by, batch.released_at) == (rated.users["fatima"], AT)
    assert Entry.objects.get(act="batch.released").at == AT


def test_what_changed_after_the_word_stops_the_whole_release(rated, given, client):
    pay = list(Assignment.objects.order_by("pk").values())
    rated.rate("marisol", 3, "3.10")

    with pytest.raises(Refused, match="changed after the word was given"):
        releasing.release_here(given)

    assert (Batch.objects.count(), list(Assignment.objects.order_by("pk").values())) == (0, pay)
    (need,) = (need for need in needs_of(rated.person("fatima")) if "Look again" in need.title)
    client.force_login(rated.users["fatima"])
    assert "What is ready changed" in client.get(need.url).content.decode()
    assert "Nothing was released" in client.get(f"/payroll/releases/{given.pk}/").content.decode()


def test_who_may_not_release_any_more_does_not(rated, given):
    rated.users["fatima"].role_grants.filter(role="payroll").update(ends_on=AT.date())

    with pytest.raises(Refused, match="Only a payroll clerk releases pay"):
        releasing.release_here(given)


def test_nobody_else_releases_the_run_meanwhile(rated, given):
    with pytest.raises(ReleaseChanged, match="is being released already, on the word of Fatima"):
        ask_release(rated, given.run, "carl")


def test_a_stopped_release_can_be_asked_for_anew(rated, given):
    rated.rate("marisol", 3, "3.10")
    releasing.carry_out(given.pk)

    batch = releasing.release_here(give_second_word(rated, given.run, release(rated, given.run)))

    assert Release.objects.get(state="refused").pk == given.pk
    assert not batch.lines.filter(employee=rated.employees["marisol"]).exists()


def test_a_lost_task_is_queued_again_once_nothing_has_moved(given):
    assert releasing.left_behind() == []

    ReleaseWork.objects.update(queued_at=F("queued_at") - releasing.STILL)

    assert releasing.left_behind() == [given.pk]
    assert releasing.left_behind() == []


def test_what_breaks_off_each_time_is_given_up_in_the_end(given):
    ReleaseWork.objects.update(tries=releasing.TRIES)

    with pytest.raises(Refused, match="It was tried 5 times and broke off each time"):
        releasing.release_here(given)
