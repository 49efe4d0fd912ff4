"""What stands in the way of a release: asked when a clerk gives his word, and again by the worker."""

from datetime import timedelta

from django.db import connection

from certification.services import refuse_unless_payable
from compensation.models import Run
from compensation.pay.written_rules import parse
from compensation.runs.proof import altered_parts
from court.models import CourtAction
from organization.refusal import Refused
from payroll import permissions
from payroll.models import Batch, Release

ORDERS = (CourtAction.Purpose.RELEASE, CourtAction.Purpose.BUDGET)
BUDGET_SEASON = timedelta(days=92)


class ReleaseChanged(Refused):
    """What the clerk read is not what would be released."""


def orders_for(run):
    """Adopted orders that can release the pay of a run: releases and budget orders of its fiscal year.

    Voted on from three months before the fiscal year to its end, not before the plan's own order, and not one
    that has released another year's pay.
    """
    year = parse(run.rules).fiscal_year
    orders = CourtAction.objects.adopted().for_purpose(*ORDERS)
    return (
        orders.defer("document")
        .filter(
            meeting_on__gte=max(run.plan.action.meeting_on, year.starts_on - BUDGET_SEASON),
            meeting_on__lte=year.ends_on,
        )
        .exclude(batches__in=Batch.objects.exclude(run__plan__fiscal_year=run.plan.fiscal_year))
    )


def locked_run(run_id, by, *, to_pay=True):
    """The run, locked, if `by` may release it and its pay can be paid, where it is `to_pay`. Raises Refused.

    One release of a fiscal year goes on at a time, as differences and later runs pay the same people. For
    differences and monthly payments it is enough that the run released something: what the plan was then
    counts.
    """
    if not permissions.can_release(by):
        raise Refused("Only a payroll clerk releases pay.")
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("plan__action", "plan__cycle")
        .get(pk=run_id)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payroll.year'), %s)", [run.plan.fiscal_year])
    if not to_pay:
        return run
    refuse_unless_payable(run)
    if later := run.replaced_by:
        raise Refused(f"The heads have been asked about {later} of the same year. That one is paid.")
    return run


def order_of(run, action_id):
    action = orders_for(run).filter(pk=action_id).first()
    if action is None:
        raise Refused(
            "Pay is released by an order of the Court that was adopted: a release or a budget order."
        )
    return action


def refuse_while_one_goes_on(run_id):
    """Asked before the run is waited for, whose lock the worker holds until it is done."""
    going = Release.objects.filter(run=run_id, state=Release.State.GOES_ON).select_related("run").first()
    if going:
        raise ReleaseChanged(f"Pay of {going.run} is being released already, on the word of {going.word_by}.")


def refuse_unless_seen(now, seen, *, since="while you were reading"):
    """Raise ReleaseChanged unless what is ready, by its digest or None, is what the clerk read."""
    if now is None:
        raise ReleaseChanged("Nothing is ready to be released. Somebody may have released it just now.")
    if now != seen:
        raise ReleaseChanged(f"What is ready changed {since}. Nothing was released; look again.")


def refuse_altered(run):
    if altered_parts(run):
        raise Refused(f"Lines of {run} are not what was computed. Nothing was released; tell an operator.")
