"""Killing the worker in the midst of a release, and what comes of it."""

import random
import time
from datetime import date, timedelta

from django.db import connection

from accounts.models import User
from bench import county
from compensation import services as pay
from court.models import CourtAction, Vote
from organization.models import Assignment, RoleGrant
from organization.person import Person
from payroll import releasing, services, tasks
from payroll.export import batch_file, batch_lines
from payroll.models import Batch, BatchLine, Release
from payroll.readiness import find_ready, sum_up
from tests import killing
from tests.workers import worker

PEOPLE, DURATION = 4_000, 2.0  # seconds, about, of a release
KILLS = releasing.TRIES - 1
MEETING = date(2026, 10, 6)


def kill_in_release(*, seed):
    """Kill the worker at random moments of one release, as often as it is tried again; look at the end."""
    run, clerk, order = _payable()
    ready, _ = find_ready(run)
    expected = batch_file(1, batch_lines(ready, fiscal_year=2027, hours_per_year=2080))
    before = Assignment.objects.count()
    chance = random.Random(seed)
    with worker() as victim:
        given = services.release(
            run.pk, order.pk, by=clerk, at=county.AT + timedelta(days=22), seen=sum_up(run).seen
        )
        for _ in range(KILLS):
            time.sleep(chance.uniform(0, DURATION))
            victim.kill()
            assert _is_all_or_nothing(before)
            victim.start()
        finish(given)
    assert Batch.objects.get().number == 1
    assert bytes(Batch.objects.get().content) == expected
    assert BatchLine.objects.count() == Batch.objects.get().lines_count
    raised = len({each.assignment_id for each in ready if each.raises or each.merit})
    assert Assignment.objects.count() == before + raised


ALL = """
    SELECT EXISTS (SELECT FROM payroll_batch), EXISTS (SELECT FROM payroll_batchline),
        (SELECT count(*) FROM organization_assignment) > %s
"""


def _is_all_or_nothing(before):
    with connection.cursor() as cursor:
        cursor.execute(ALL, [before])
        return len(set(cursor.fetchone())) == 1


def finish(release, *, within=60):
    """Wait for the release as the scheduler would see it through."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        release.refresh_from_db()
        if release.state == Release.State.RELEASED:
            return
        for release_id in releasing.left_behind():
            tasks.carry_out.delay(release_id)
        time.sleep(0.1)
    raise AssertionError(f"The {release} is still {release.state} after {within} seconds.")


def _payable():
    """A computed run that the Court has adopted, a payroll clerk, and the order that releases it."""
    plan = county.build(PEOPLE)
    plan.action, plan.state = _order("2026-1187", "pay_plan", date(2026, 9, 15)), "adopted"
    plan.save(update_fields=["action", "state"])
    run = pay.compute_here(killing.start(plan, in_background=False))
    user = User.objects.create(email="payroll@bench.example", name="Payroll")
    RoleGrant.objects.create(user=user, role="payroll", starts_on=date(2020, 1, 1))
    return run, Person(user=user, on=MEETING), _order("2026-1301", "release", MEETING)


def _order(number, purpose, meeting_on):
    order = CourtAction.objects.create(
        number=number,
        purpose=purpose,
        title="An order",
        meeting_on=meeting_on,
        motion="Moved.",
        mover="Member 1",
        seconder="Member 2",
        effective_on=meeting_on,
        recorded_at=county.AT,
    )
    for place in (1, 2, 3):
        Vote.objects.create(
            action=order, position=place, member=f"Member {place}", seat=f"Seat {place}", vote="aye"
        )
    return order
