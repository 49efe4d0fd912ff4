"""How the parts of a run get computed: claimed, replaced whole in one transaction, and summed up when all
are there.

Any number of workers may call any of this at any time, twice or at once, and may die in between. Who
computes a part holds the lock on its row; a worker that dies lets go of it. What the row says about
progress is for the page.
"""

import json
from hashlib import sha256
from time import monotonic

from django.db import connection, transaction

from audit.services import record
from compensation import parts
from compensation.conditions import conditions_of_run, prepared
from compensation.models import Run, RunLine, RunPart
from organization import clock
from organization.bulk import tell_planner
from organization.person import Person

STILL_SECONDS = 15  # nothing has moved for so long: what was queued is lost

# No disk is waited for: what a crash of the server undoes is computed again. Only the finish is waited for.
# Those that nobody has taken first, the largest of them, so that the last to be waited for are small.
CLAIM = """
    SET LOCAL synchronous_commit = off;
    UPDATE compensation_runpart SET state = 'running', claimed_at = clock_timestamp()
    WHERE id = (
        SELECT p.id FROM compensation_runpart p JOIN compensation_run r ON r.id = p.run_id
        WHERE p.run_id = %(run)s AND p.id = coalesce(%(part)s, p.id)
            AND p.state <> 'done' AND r.state = 'running'
        ORDER BY p.state = 'running', p.people DESC, p.number
        LIMIT 1
        FOR UPDATE OF p SKIP LOCKED
    )
    RETURNING id
"""
LOCK = """
    SELECT p.id, p.department_id FROM compensation_runpart p JOIN compensation_run r ON r.id = p.run_id
    WHERE p.id = %s AND p.state = 'running' AND r.state = 'running'
    FOR UPDATE OF p SKIP LOCKED
"""
SUMS = (
    "old_annual",
    "across_the_board",
    "lift",
    "merit",
    "new_annual",
    "excess",
    "lump",
    "fica_raise",
    "fica_merit",
    "fica_lump",
    "fica",
    "retirement_raise",
    "retirement_merit",
    "retirement_lump",
    "retirement",
)
COUNTS = ("awarded", "raised", "below", "left_out")
FINISH_PART = f"""
    UPDATE compensation_runpart SET state = 'done', done_at = clock_timestamp(), inputs_hash = %(inputs)s,
        result_hash = %(result)s, totals = (
            SELECT jsonb_build_object(
                'people', count(*),
                {", ".join(f"'{name}', count(*) FILTER (WHERE outcome = '{name}')" for name in COUNTS)},
                {", ".join(f"'{name}', sum({name})" for name in SUMS)}
            )
            FROM compensation_runline WHERE part_id = %(part)s
        )
    WHERE id = %(part)s
"""  # noqa: S608 - put together from the constants above
LEFT_BEHIND = """
    UPDATE compensation_runpart SET state = 'waiting', queued_at = clock_timestamp()
    WHERE id IN (
        SELECT p.id FROM compensation_runpart p JOIN compensation_run r ON r.id = p.run_id
        WHERE r.state = 'running' AND p.state <> 'done' AND (
            (p.state = 'running' AND p.claimed_at < clock_timestamp() - %(still)s * interval '1 second')
            OR NOT EXISTS (
                SELECT FROM compensation_runpart o
                WHERE o.run_id = r.id AND greatest(o.queued_at, o.claimed_at, o.done_at)
                    > clock_timestamp() - %(still)s * interval '1 second'
            )
        )
        FOR UPDATE OF p SKIP LOCKED
    )
    RETURNING run_id
"""


def compute_run(run_id, *, seconds=None):
    """Compute one part after another until none is left, and finish the run if the last one was among them.

    Returns False when `seconds` were over before, True when there was nothing left to claim.
    """
    until = None if seconds is None else monotonic() + seconds
    plan = _plan_of(run_id)
    while _compute_next(run_id, None, plan):
        if until is not None and monotonic() > until:
            return False
    finish_run(run_id)
    return True


def compute_part(run_id, part_id=None):
    """Compute that part of a run, or the next one. Returns False for one that is done, being computed, or
    whose run is not going on.
    """
    return _compute_next(run_id, part_id, _plan_of(run_id))


def _plan_of(run_id):
    return prepared(conditions_of_run(Run.objects.get(pk=run_id)))


def _compute_next(run_id, part_id, plan):
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"run": run_id, "part": part_id})
        claimed = cursor.fetchone()
        if claimed is None:
            return False
        with transaction.atomic():
            cursor.execute(LOCK, claimed)
            part = cursor.fetchone()
            if part:  # else somebody was faster
                _replace_lines(cursor, run_id, *part, plan)
        return True


def _replace_lines(cursor, run_id, part_id, department_id, plan):
    cursor.execute(
        "SET LOCAL synchronous_commit = off; DELETE FROM compensation_runline WHERE part_id = %s", [part_id]
    )
    computed = parts.compute(cursor, run_id, part_id, department_id, plan)
    cursor.execute(
        FINISH_PART, {"part": part_id, "inputs": computed.inputs_hash, "result": computed.result_hash}
    )


def finish_run(run_id):
    """Write totals and hashes once every part is done. Returns whether this call did it."""
    undone = RunPart.objects.filter(run=run_id).exclude(state=RunPart.State.DONE)
    if undone.exists():
        return False
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state != Run.State.RUNNING or undone.exists():
            return False
        at = clock.now()
        done = list(run.parts.order_by("number"))
        run.totals = {name: sum(part.totals[name] for part in done) for name in ("people", *COUNTS, *SUMS)}
        run.inputs_hash = _hash(
            [_canonical(conditions_of_run(run)._asdict()), *(part.inputs_hash for part in done)]
        )
        run.result_hash = _hash(part.result_hash for part in done)
        run.state, run.finished_at = Run.State.DONE, at
        run.save(update_fields=["totals", "inputs_hash", "result_hash", "state", "finished_at"])
        after = {"totals": run.totals, "inputs": run.inputs_hash, "result": run.result_hash}
        tell_planner(RunLine)
        record("pay_run.computed", run, by=Person.system(clock.today()), at=at, after=after)
    return True


def left_behind():
    """Ids of runs with parts whose task was lost or whose worker died; whoever asks queues the runs again.

    Runs whose last part is done, but whose worker died before it said so, are finished here.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEFT_BEHIND, {"still": STILL_SECONDS})
        found = {run_id for (run_id,) in cursor.fetchall()}
    running = Run.objects.filter(state=Run.State.RUNNING)
    for run_id in running.exclude(parts__state__in=["waiting", "running"]).values_list("pk", flat=True):
        finish_run(run_id)
    return sorted(found)


def _canonical(data):
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _hash(texts):
    return sha256("\n".join(texts).encode()).hexdigest()
