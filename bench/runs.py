"""The pay run against its floor: COPY out of the cases and COPY in of the lines, on the same tables.

The clock of a run goes from the first frozen case that is read to lines, totals and hash committed.
Beginning it and freezing the facts are measured beside it.
"""

import contextlib
import io
import resource
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import NamedTuple

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import county
from compensation import services, tasks
from compensation.facts import FACTS
from compensation.models import Run
from compensation.runs import computing, freezing, parts
from countyhr.celery import app
from organization.person import Person

ONE_PROCESS, TWO_WORKERS, MEGABYTES = 2.0, 1.3, 150
ROUNDS, FEW = 3, 20_000


class Round(NamedTuple):
    freeze: float
    floor: float
    one: float
    two: float
    hashes: frozenset


def measure(people, *, rounds=ROUNDS):
    """Build a county of `people` and measure. Prints what was found; returns (whether it is within the
    bounds, what was found).
    """
    county.empty()
    plan = county.build(people)
    rounds *= 1 if people > FEW else 3  # what takes a third of a second is the sport of the disk
    with workers(2) as pids:
        found = [one_round(plan) for _ in range(rounds)]
        peak = max(map(peak_megabytes, pids))
    queries = queries_per_part(plan)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    floor, one, two, freeze = (
        median(getattr(each, name) for each in found) for name in ("floor", "one", "two", "freeze")
    )
    hashes = frozenset().union(*(each.hashes for each in found))
    checks = [
        (
            f"one process   {one:7.2f} s, {one / floor:4.2f} x the floor",
            one <= ONE_PROCESS * floor,
            f"{ONE_PROCESS} x",
        ),
        (
            f"two workers   {two:7.2f} s, {two / floor:4.2f} x the floor",
            two <= TWO_WORKERS * floor,
            f"{TWO_WORKERS} x",
        ),
        (
            f"memory        {own} MB here, {peak} MB in a worker",
            max(own, peak) <= MEGABYTES,
            f"{MEGABYTES} MB",
        ),
        (
            f"queries       {', '.join(map(str, sorted(queries)))} for a part",
            len(queries) == 1,
            "the same for each",
        ),
        (f"result        {' '.join(hash[:16] for hash in hashes)}", len(hashes) == 1, "one hash"),
    ]
    print(f"\nPay run of {people:,} people, median of {rounds}")
    print(f"  floor         {floor:7.2f} s, COPY out and COPY in of the same rows")
    print(f"  freezing      {freeze:7.2f} s before it, begun by somebody and frozen by a worker")
    for line, holds, bound in checks:
        print(f"  {line}  ({'within' if holds else 'BEYOND'}: {bound})")
    return all(holds for _, holds, _ in checks), {
        "people": people,
        "floor": floor,
        "freeze": freeze,
        "one_process": one,
        "two_workers": two,
        "megabytes": max(own, peak),
        "queries_per_part": sorted(queries),
    }


def one_round(plan):
    """One run in this process, its floor, and one run by the workers, each on tables without other lines."""
    started = time.perf_counter()
    run = start(plan)
    frozen = time.perf_counter()
    services.compute_here(run)
    computed = time.perf_counter()
    hashes = {run.result_hash}
    lower = floor(run)
    remove(run)
    run = start(plan)
    began = time.perf_counter()
    tasks.queue(run.pk)
    while Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).exists():
        time.sleep(0.01)
    by_workers = time.perf_counter() - began
    run.refresh_from_db()
    hashes.add(run.result_hash)
    remove(run)
    return Round(frozen - started, lower, computed - frozen, by_workers, frozenset(hashes))


def start(plan):
    by = Person.system(county.BASE_ON)
    run = services.start_run(plan.pk, by=by, at=timezone.now(), in_background=False)
    freezing.freeze_run(run.pk)
    tidy()
    return run


def floor(run):
    """Seconds to COPY the run's cases out and its lines in again, committed."""
    with tempfile.TemporaryFile() as lines, connection.cursor() as cursor:
        columns = ", ".join(parts.LINE_COLUMNS)
        kept = f"COPY (SELECT {columns} FROM compensation_runline ORDER BY id) TO STDOUT"  # noqa: S608
        cursor.copy_expert(kept, lines)
        cursor.execute("DELETE FROM compensation_runline")
        tidy()
        lines.seek(0)
        facts = ", ".join(FACTS)
        cases = f"COPY (SELECT id, employee_id, {facts} FROM compensation_runcase ORDER BY id) TO STDOUT"  # noqa: S608
        began = time.perf_counter()
        cursor.copy_expert(cases, io.BytesIO())
        with transaction.atomic():
            cursor.copy_expert(parts.LINES, lines)
        return time.perf_counter() - began


def remove(run):
    with connection.cursor() as cursor:
        for table in ("runline", "runcase", "runpart"):
            cursor.execute(f"DELETE FROM compensation_{table} WHERE run_id = %s", [run.pk])  # noqa: S608
    run.delete()
    tidy()


def tidy():
    """Leave nothing of the step before to be cleared away during the next."""
    with connection.cursor() as cursor:
        for table in ("runline", "runcase", "runpart"):
            cursor.execute(f"VACUUM ANALYZE compensation_{table}")


def queries_per_part(plan):
    run = start(plan)
    counts = set()
    for part in run.parts.all():
        with CaptureQueriesContext(connection) as queries:
            computing.compute_part(run.pk, part.pk)
        counts.add(len(queries))
    computing.finish_run(run.pk)
    remove(run)
    return counts


@contextlib.contextmanager
def workers(processes):
    """A Celery worker with so many processes. Yields the ids of all its processes."""
    command = [sys.executable, "-m", "celery", "-A", "countyhr", "worker", "--concurrency", str(processes)]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR"]
    worker = subprocess.Popen([*command, *quiet], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        while not app.control.ping(timeout=0.5):
            if worker.poll() is not None:
                raise SystemExit("The Celery worker does not start.")
        yield [worker.pid, *children(worker.pid)]
    finally:
        worker.terminate()
        worker.wait(30)


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as listed:
        return [int(child) for child in listed.read().split()]


def peak_megabytes(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
