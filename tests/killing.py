"""Killing the worker of a run, and how the run comes through: for the drill and, in short, for all tests."""

import contextlib
import random
import threading
import time

from django.db import connection
from django.utils import timezone

from bench import county
from compensation import services, tasks
from compensation.models import Run
from compensation.runs import computing, freezing
from compensation.services.runs import GoesOnAlready
from organization.person import Person
from tests.workers import worker

DURATION = 1.0  # seconds, about, of a run over PEOPLE
PEOPLE = 4_000
FREEZING = 5  # every so many kills, the first among them, one while the facts are frozen


def start(plan, *, in_background=True):
    by = Person.system(county.BASE_ON)
    return services.start_run(plan.pk, by=by, at=timezone.now(), in_background=in_background)


def kill_in_runs(times, *, seed):
    """Kill the worker at a random moment of so many runs, and of some while it freezes the facts.

    Returns all hashes, the first undisturbed.
    """
    plan = county.build(PEOPLE)
    expected = services.compute_here(start(plan, in_background=False))
    hashes, chance = [expected.result_hash], random.Random(seed)
    with worker() as victim:
        for place in range(times):
            if place % FREEZING:
                run = start(plan)
                time.sleep(chance.uniform(0, DURATION))
                victim.kill()
            else:
                run = kill_while_it_freezes(plan, victim)
            victim.start()
            finish(run)
            assert run.lines.count() == run.cases.count() == run.people == expected.people
            assert run.totals == expected.totals
            hashes.append(run.result_hash)
            run.delete()
    return hashes


def kill_while_it_freezes(plan, victim):
    """Kill the worker of a new run in the midst of freezing. Returns the run."""
    with freezing_held_up(plan) as run:
        victim.kill()
    return run


@contextlib.contextmanager
def freezing_held_up(plan):
    """A new run whose worker is in the midst of freezing it, held up by a lock on the cases."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE compensation_runcase IN SHARE MODE")
            run = start(plan)
            until = time.monotonic() + 30
            while not _is_held_up(cursor):
                assert time.monotonic() < until, "no worker freezes the run"
                time.sleep(0.01)
            yield run
    finally:
        other.close()


def _is_held_up(cursor):
    cursor.execute(
        "SELECT FROM pg_locks WHERE relation = 'compensation_runcase'::regclass AND NOT granted LIMIT 1"
    )
    return cursor.rowcount


def finish(run, *, within=60):
    """Wait for the run as the scheduler would see it through: what is left behind is queued again."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        run.refresh_from_db()
        if run.state == Run.State.DONE:
            return
        for run_id in computing.left_behind():
            tasks.queue(run_id)
        time.sleep(0.05)
    raise AssertionError(f"{run} is still {run.state} after {within} seconds.")


def press_twice_at_once(plan):
    """Two threads start a run of the plan at the same instant. Returns how it went, in order of the words."""
    together, answers = threading.Barrier(2), []

    def press():
        try:
            together.wait()
            start(plan, in_background=False)
            answers.append("started")
        except GoesOnAlready:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Run.objects.filter(plan=plan).count() == 1
    Run.objects.filter(plan=plan).delete()
    return sorted(answers)


def freeze_twice_at_once(plan):
    """Two workers take up a new run at the same instant. Returns the run and who of them froze it."""
    run, together, answers = start(plan, in_background=False), threading.Barrier(2), []

    def freeze():
        try:
            together.wait()
            answers.append(freezing.freeze_run(run.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=freeze) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.refresh_from_db()
    return run, sorted(answers)
