"""A large roster whose worker was killed, or whose task was lost, is taken up again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from organization import tasks
from organization.models import Employee, RosterImport
from organization.roster import background, services, sweeping
from tests.world import AT, ON

TEXT = b'Emp ID,Name,Dept,Job,Hire Date,Pay Basis,Rate\n7001,"Lund, Ada",LIB,Page,01/02/2020,H,15\n'


@pytest.fixture
def begun(world, monkeypatch):
    """An import that a worker was asked to apply, long ago by now; the tasks that were queued are listed."""
    queued = []
    monkeypatch.setattr(tasks.apply_roster, "delay", lambda pk, **asked: queued.append((pk, asked)))
    by = world.person("miguel")
    made = services.upload_roster(TEXT, "roster.csv", as_of=ON, by=by, at=AT)
    background.apply_later(made.pk, leave_out=False, seen=None, by=by, at=AT)
    grow_old(made)
    queued.clear()
    return made, queued


def grow_old(made):
    RosterImport.objects.filter(pk=made.pk).update(queued_at=timezone.now() - 2 * sweeping.STILL)


def test_what_a_killed_worker_left_is_queued_again_and_applied_once(begun):
    made, queued = begun

    tasks.sweep_rosters()
    tasks.sweep_rosters()  # queued a moment ago

    ((pk, asked),) = queued
    tasks.apply_roster(pk, **asked)
    tasks.apply_roster(pk, **asked)  # delivered twice
    made.refresh_from_db()
    assert (made.state, made.tries) == ("applied", 2)
    assert Employee.objects.filter(number="7001").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_is_at_is_left_to_him(begun):
    made, queued = begun

    def sweep():
        try:
            tasks.sweep_rosters()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor() as other:
        RosterImport.objects.select_for_update().get(pk=made.pk)
        other.submit(sweep).result(timeout=20)

    assert queued == []


def test_what_breaks_off_each_time_is_put_back_with_the_reason(begun):
    made, queued = begun
    for _ in range(sweeping.TRIES):
        tasks.sweep_rosters()
        grow_old(made)

    made.refresh_from_db()
    assert len(queued) == sweeping.TRIES - 1
    assert (made.state, made.result) == ("uploaded", {"problem": sweeping.BROKE_OFF})
