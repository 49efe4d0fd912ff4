"""Freezing what a run rests on: the facts of everybody, as they stand when a worker takes the run up.

Any number of workers may ask at once, and may die in between: it is one transaction, the first one does it,
and who comes second waits and finds it done. Nobody who cancels the run waits for it.
"""

from django.db import transaction

from audit.services import record
from compensation import accepted, facts
from compensation.models import Earnings, PayPlan, Run, RunCase, RunPart
from compensation.pool_bars import has_pools, what_does_not_fit, what_waits
from compensation.pooled import PooledRun
from evaluations.models import Evaluation, RatingOfRecord
from organization import clock
from organization.bulk import tell_planner
from organization.models import Assignment, Employee
from organization.person import Person

PART_SIZE = 2_000


NOT_BEGUN = {"state": Run.State.RUNNING, "frozen_at": None}


def freeze_run(run_id):
    """Take down the facts of everybody for a run that has none. Returns whether this call did it.

    What barred the run in the request bars it now, too, and so does an overspent pool: then it holds nothing,
    is cancelled, and `Run.problem` says why.
    """
    if not Run.objects.filter(pk=run_id, **NOT_BEGUN).exists():
        return False
    # The ratings of a cycle that closed this minute are to Postgres as good as none: it would look up those
    # of everybody anew for each person.
    tell_planner(Employee, Assignment, Evaluation, RatingOfRecord, Earnings)
    return _freeze(run_id)


@transaction.atomic
def _freeze(run_id):
    # The lock of all who change a plan, its pools or its sheets; the run itself stays free to be cancelled.
    plans = PayPlan.objects.select_for_update(of=("self",), no_key=True)
    plan = plans.select_related("action", "cycle").get(runs=run_id)
    run = Run.objects.filter(pk=run_id, **NOT_BEGUN).first()  # who waited for the lock finds it done
    if run is None:
        return False
    run.plan = plan
    at = clock.now()
    people, problem = 0, _what_bars(run)
    if not problem:
        with transaction.atomic():
            people = facts.freeze(run, part_size=PART_SIZE)
            accepted.freeze(run)
            problem = _what_bars_frozen(run) if people else nobody_employed(plan)
            transaction.set_rollback(bool(problem))
    if problem:
        _stop(run, problem)
        return False
    Run.objects.filter(pk=run.pk).update(people=people, frozen_at=at)
    tell_planner(RunCase, RunPart)
    return True


def _what_bars(run):
    """What has come up since the run was begun, in sentences; it keeps the rules of that moment."""
    found = facts.what_changed_for_all(run)
    if run.plan.revision != run.plan_revision and not found:
        found = [f"{run.plan} was changed after the run was begun."]
    return " ".join([*found, *(problem.message for problem in what_waits(run.plan))])


def _what_bars_frozen(run):
    """What of the pools does not fit: asked of the very facts that the run pays by, so that none can change
    in between.
    """
    if not has_pools(run.plan):
        return ""
    pooled = PooledRun(run, on=clock.today())
    return " ".join(problem.message for problem in what_does_not_fit(pooled))


def _stop(run, problem):
    at = clock.now()
    going = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING)
    if going.update(state=Run.State.CANCELLED, cancelled_at=at, problem=problem):
        record("pay_run.cancelled", run, by=Person.system(clock.today()), at=at, reason=problem)


def nobody_employed(plan):
    return f"Nobody is employed on {plan.base_on:%B} {plan.base_on.day}, {plan.base_on.year}."


def not_begun():
    """Ids of runs that go on, have nothing frozen, and that no worker is freezing now."""
    with transaction.atomic():
        plans = PayPlan.objects.filter(runs__state=Run.State.RUNNING, runs__frozen_at=None)
        free = list(plans.select_for_update(of=("self",), no_key=True, skip_locked=True))
        return list(Run.objects.filter(plan__in=free, **NOT_BEGUN).values_list("pk", flat=True))
