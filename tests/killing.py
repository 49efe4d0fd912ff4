"""Killing the worker of a run, and how the run comes through: for the drill and, in short, for all tests."""

import random
import threading
import time

from django.db import connection
from django.utils import timezone

from bench import county
from compensation import computing, services
from compensation.models import Run
from compensation.services.runs import GoesOnAlready
from organization.person import Person
from tests.workers import worker

DURATION = 1.0  # seconds, about, of a run over PEOPLE
PEOPLE = 4_000


def start(plan, *, in_background=True):
    by = Person.system(county.BASE_ON)
    return services.start_run(plan.pk, by=by, at=timezone.now(), in_background=in_background)


def kill_in_runs(times, *, seed):
    """Kill the worker at a random moment of so many runs. Returns all hashes, the first undisturbed."""
    plan = county.build(PEOPLE)
    expected = services.compute_here(start(plan, in_background=False))
    hashes, chance = [expected.result_hash], random.Random(seed)
    with worker() as victim:
        for _ in range(times):
            run = start(plan)
            time.sleep(chance.uniform(0, DURATION))
            victim.kill()
            victim.start()
            finish(run)
            assert run.lines.count() == run.people == expected.people
            assert run.totals == expected.totals
            hashes.append(run.result_hash)
            run.delete()
    return hashes


def finish(run, *, within=60):
    """Wait for the run as the scheduler would see it through: what is left behind is queued again."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        run.refresh_from_db()
        if run.state == Run.State.DONE:
            return
        for run_id in computing.left_behind():
            services.runs.queue(Run.objects.get(pk=run_id))
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
