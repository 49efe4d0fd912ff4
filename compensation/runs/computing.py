"""How the parts of a run get computed: each whole in one transaction, and summed up when all are there.

Any number of workers may call any of this at any time, twice or at once, and may die in between. Who
computes a part holds the lock on its row; a worker that dies lets go of it, and leaves no line behind.
"""

import json
from hashlib import sha256
from time import monotonic

from django.db import connection, transaction

from audit.services import record
from compensation.conditions import conditions_of_run, prepared
from compensation.models import Run, RunLine, RunPart
from compensation.runs import freezing, parts
from organization import clock
from organization.bulk import tell_planner
from organization.person import Person

STILL_SECONDS = 15  # nothing has moved for so long: what was queued is lost

PEOPLE_AT_ONCE = 1_000  # small departments are computed together

# No disk is waited for: what a crash of the server undoes is computed again. Only the finish is waited for.
NEXT = """
    SET LOCAL synchronous_commit = off;
    SELECT p.id, p.department_id, p.people
    FROM compensation_runpart p JOIN compensation_run r ON r.id = p.run_id
    WHERE p.run_id = %(run)s AND p.id = coalesce(%(part)s, p.id) AND p.people <= coalesce(%(room)s, p.people)
        AND p.state = 'waiting' AND r.state = 'running' AND p.id <> ALL (%(claimed)s)
    ORDER BY p.people DESC, p.number  -- the large ones first, so that the last to be waited for are small
    LIMIT 1
    FOR UPDATE OF p SKIP LOCKED
"""
SUMS = (
    "old_annual",
    "across_the_board",
    "lift",
    "tenure",
    "merit",
    "new_annual",
    "excess",
    "longevity",
    "lump",
    "fica_raise",
    "fica_tenure",
    "fica_merit",
    "fica_lump",
    "fica",
    "retirement_raise",
    "retirement_tenure",
    "retirement_merit",
    "retirement_lump",
    "retirement",
)
COUNTS = ("awarded", "raised", "below", "left_out")
TOTALS = ("people", *COUNTS, *SUMS, "in_year")  # the last: the whole cost within the fiscal year
FINISH = f"""
    UPDATE compensation_runpart p SET state = 'done', claimed_at = now(), done_at = clock_timestamp(),
        inputs_hash = computed.inputs, result_hash = computed.result, totals = (
            SELECT jsonb_build_object(
                'people', count(*),
                {", ".join(f"'{name}', count(*) FILTER (WHERE outcome = '{name}')" for name in COUNTS)},
                {", ".join(f"'{name}', sum({name})" for name in SUMS)}
            ) || jsonb_build_object('in_year', coalesce(
                computed.in_year, sum(new_annual - old_annual + lump + fica + retirement)
            ))
            FROM compensation_runline WHERE part_id = p.id
        )
    FROM unnest(%s, %s, %s, %s::bigint[]) AS computed (part, inputs, result, in_year)
    WHERE p.id = computed.part
"""  # noqa: S608 - put together from the constants above
LEFT_BEHIND = """
    UPDATE compensation_runpart SET queued_at = clock_timestamp()
    WHERE id IN (
        SELECT p.id FROM compensation_runpart p JOIN compensation_run r ON r.id = p.run_id
        WHERE r.state = 'running' AND p.state = 'waiting' AND NOT EXISTS (
            SELECT FROM compensation_runpart o
            WHERE o.run_id = r.id AND greatest(o.queued_at, o.done_at)
                > clock_timestamp() - %(still)s * interval '1 second'
        )
        FOR UPDATE OF p SKIP LOCKED
    )
    RETURNING run_id
"""


def compute_run(run_id, *, seconds=None):
    """Compute what waits until nothing is left, and finish the run if the last one was among them.

    Returns False when `seconds` were over before, True when there was nothing left to claim.
    """
    until = None if seconds is None else monotonic() + seconds
    plan = _plan_of(run_id)
    while _compute_next(run_id, None, plan):
        if until is not None and monotonic() > until:
            return False
    finish_run(run_id)
    return True


def compute_part(run_id, part_id):
    """Compute that part of a run. Returns False for one that is done, being computed, or whose run is not
    going on.
    """
    return _compute_next(run_id, part_id, _plan_of(run_id))


def _plan_of(run_id):
    return prepared(conditions_of_run(Run.objects.get(pk=run_id)))


def _compute_next(run_id, part_id, plan):
    with transaction.atomic(), connection.cursor() as cursor:
        claimed = _claim(cursor, run_id, part_id)
        if claimed:
            computed = parts.compute(cursor, run_id, claimed, plan)
            cursor.execute(FINISH, [list(column) for column in zip(*computed, strict=True)])
    return bool(claimed)


def _claim(cursor, run_id, part_id):
    """Lock the largest part that waits, and with a small one others, as far as there is room.

    Returns the ids of their departments by their own.
    """
    claimed, room = {}, None
    while room is None or (room > 0 and part_id is None):
        wanted = {"run": run_id, "part": part_id, "room": room, "claimed": [*claimed]}
        cursor.execute(NEXT, wanted)
        if not (found := cursor.fetchone()):
            break
        part, department, people = found
        claimed[part] = department
        room = (PEOPLE_AT_ONCE if room is None else room) - people
    return claimed


def finish_run(run_id):
    """Write totals and hashes once every part is done. Returns whether this call did it."""
    undone = RunPart.objects.filter(run=run_id).exclude(state=RunPart.State.DONE)
    if undone.exists():
        return False
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state != Run.State.RUNNING or run.frozen_at is None or undone.exists():
            return False
        at = clock.now()
        done = list(run.parts.order_by("number"))
        run.totals = {name: sum(part.totals[name] for part in done) for name in TOTALS}
        run.inputs_hash = inputs_hash(run, [part.inputs_hash for part in done])
        run.result_hash = result_hash([part.result_hash for part in done])
        run.state, run.finished_at = Run.State.DONE, at
        run.save(update_fields=["totals", "inputs_hash", "result_hash", "state", "finished_at"])
        after = {"totals": run.totals, "inputs": run.inputs_hash, "result": run.result_hash}
        tell_planner(RunLine)
        record("pay_run.computed", run, by=Person.system(clock.today()), at=at, after=after)
    return True


def left_behind():
    """Ids of runs with parts whose task was lost or whose worker died, and of those whose facts nobody is
    freezing; whoever asks queues the runs again.

    Runs whose last part is done, but whose worker died before it said so, are finished here.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEFT_BEHIND, {"still": STILL_SECONDS})
        found = {run_id for (run_id,) in cursor.fetchall()}
    running = Run.objects.filter(state=Run.State.RUNNING).exclude(frozen_at=None)
    for run_id in running.exclude(parts__state="waiting").values_list("pk", flat=True):
        finish_run(run_id)
    return sorted(found.union(freezing.not_begun()))


def inputs_hash(run, parts):
    """SHA-256 over the plan as the run keeps it and its cases, given by the hashes of its parts."""
    return _hash([_canonical(conditions_of_run(run)._asdict()), *parts])


def result_hash(parts):
    """SHA-256 over the lines of a run, given by the hashes of its parts in order."""
    return _hash(parts)


def _canonical(data):
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _hash(texts):
    return sha256("\n".join(texts).encode()).hexdigest()
