"""Starting, cancelling and resuming a run. `compensation.runs.computing` does the work."""

from functools import partial

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from audit.services import record
from compensation import tasks
from compensation.conditions import conditions_of
from compensation.facts import is_anybody_employed
from compensation.models import PayPlan, Run, RunPart
from compensation.permissions import may_run
from compensation.plans.checks import plan_problems
from compensation.pool_bars import what_waits
from compensation.runs import computing, freezing
from organization.refusal import Refused


class GoesOnAlready(Refused):
    """Somebody was faster: `run` of the same plan is being computed."""

    def __init__(self, run):
        super().__init__(f"{run} of this plan is being computed. Wait until it is done, or cancel it.")
        self.run = run


@transaction.atomic
def start_run(plan_id, *, by, at, in_background=True):
    """Begin a run of a plan by its rules as they stand (PAY-5). Returns the run.

    A worker freezes the facts as soon as it takes the run up, and computes them: they are those of that
    moment, `Run.frozen_at`. It is then that pools are added up, too: a run that overspends one is cancelled
    and says so. One run of a plan goes on at a time: who is second is refused, also at the same
    instant. `in_background=False` leaves both to the caller, who calls `compute_here`.
    """
    if not may_run(by):
        raise Refused("Only an HR administrator can start a pay run.")
    # Whoever comes second waits here, and then sees the run of the first.
    plan = PayPlan.objects.select_for_update(of=("self",)).select_related("action", "cycle").get(pk=plan_id)
    if other := plan.runs.filter(state=Run.State.RUNNING).first():
        raise GoesOnAlready(other)
    if plan.state == PayPlan.State.SUPERSEDED:
        raise Refused(f"{plan} was superseded by a later version. Run that one.")
    refused = [problem.message for problem in plan_problems(plan) if problem.severity == "refused"]
    refused += [problem.message for problem in what_waits(plan)]
    if refused:
        raise Refused(f"{plan} can't be run. {' '.join(refused)}")
    if not is_anybody_employed(plan):
        raise Refused(freezing.nobody_employed(plan))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('compensation_run.number'))")
    number = (Run.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    run = Run.objects.create(
        number=number,
        plan=plan,
        plan_revision=plan.revision,
        started_by_id=by.user_id,
        started_at=at,
        **conditions_of(plan)._asdict(),
    )
    record("pay_run.started", run, by=by, at=at, after={"plan": str(plan)})
    if in_background:
        transaction.on_commit(partial(tasks.queue, run.pk), robust=True)
    return run


def compute_here(run):
    """Freeze and compute a run in this process: for commands. Returns it anew. Raises Refused with what kept
    it from being frozen.
    """
    freezing.freeze_run(run.pk)
    computing.compute_run(run.pk)
    run.refresh_from_db()
    if run.problem:
        raise Refused(run.problem)
    return run


@transaction.atomic
def cancel_run(run_id, *, by, at):
    """Stop a run that goes on. What was frozen and computed stays, so that it can be resumed.

    Nobody waits for a worker that is freezing it: what that one takes down is kept, too.
    """
    run = _in_state(run_id, by, Run.State.RUNNING, "cancel")
    run.state, run.cancelled_at = Run.State.CANCELLED, at
    run.save(update_fields=["state", "cancelled_at"])
    record("pay_run.cancelled", run, by=by, at=at)
    return run


@transaction.atomic
def resume_run(run_id, *, by, at, in_background=True):
    """Go on with a cancelled run, from the same frozen inputs; one that has none yet freezes them then."""
    # The plan first, as `start_run` does, so that no two runs of it come to life.
    PayPlan.objects.select_for_update(of=("self",)).get(runs=run_id)
    run = _in_state(run_id, by, Run.State.CANCELLED, "resume")
    if run.replaced_by:
        raise Refused(f"{run.replaced_by} took the place of {run}, which is not paid any more.")
    if other := run.plan.runs.filter(state=Run.State.RUNNING).first():
        raise GoesOnAlready(other)
    run.state, run.cancelled_at, run.problem = Run.State.RUNNING, None, ""
    run.save(update_fields=["state", "cancelled_at", "problem"])
    undone = run.parts.exclude(state=RunPart.State.DONE)
    undone.update(queued_at=timezone.now())
    record("pay_run.resumed", run, by=by, at=at)
    if in_background:
        transaction.on_commit(partial(tasks.queue, run.pk), robust=True)
    return run


def replace_earlier(run):
    """The fiscal year is paid by `run` from now on, and each earlier run of it says so."""
    earlier = Run.objects.filter(plan__fiscal_year=run.plan.fiscal_year, number__lt=run.number)
    earlier.update(replaced_by=run)


def _in_state(run_id, by, wanted, verb):
    """The run, locked, but not against parts and cases that are being written: freezing may go on."""
    if not may_run(by):
        raise Refused(f"Only an HR administrator can {verb} a pay run.")
    locked = Run.objects.select_for_update(of=("self",), no_key=True)
    run = locked.select_related("plan").get(pk=run_id)
    if run.state != wanted:
        raise Refused(f"It is too late to {verb} {run}: it is {run.get_state_display().lower()}.")
    return run
