"""Releasing pay: once, after the certificates and an order of the Court (PAY-10)."""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from audit.services import record
from certification.models import Closing
from certification.services import refuse_unless_payable
from compensation.conditions import conditions_of_run, prepared
from compensation.models import Run
from compensation.pay.written_rules import parse
from compensation.proof import altered_parts
from court.models import CourtAction
from organization.bulk import tell_planner
from organization.models import Assignment
from organization.refusal import Refused
from organization.services.people import succeed_assignments
from payroll import permissions
from payroll.export import batch_file, batch_lines, is_final, parts_by_day, released_rate, totals
from payroll.models import Batch, BatchLine, SecondRelease
from payroll.readiness import find_ready

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
    return orders.filter(
        meeting_on__gte=max(run.plan.action.meeting_on, year.starts_on - BUDGET_SEASON),
        meeting_on__lte=year.ends_on,
    ).exclude(batches__in=Batch.objects.exclude(run__plan__fiscal_year=run.plan.fiscal_year))


def digest_of(ready):
    """SHA-256 of what is ready with all its figures: by it a page says later what its reader meant."""
    digest = sha256()
    for each in ready:
        digest.update(repr((*each.line.values(), each.raises, each.merit, each.lump)).encode())
    return digest.hexdigest()


@transaction.atomic
def release(run_id, action_id, *, by, at, seen):
    """Release what is ready in one numbered batch, or ask a second clerk where one's own line is in it.

    `seen` is the digest of what the clerk read; another one raises ReleaseChanged. Returns a Batch, or a
    SecondRelease that waits for the other clerk.
    """
    run, action, ready = _begin(run_id, action_id, by, seen)
    if by.employee_id and any(each.line["employee_id"] == by.employee_id for each in ready):
        asked = SecondRelease.objects.filter(run=run, given_by=None)
        if other := asked.filter(seen=seen).exclude(asked_by=by.user).first():
            raise Refused(f"{other.asked_by} has asked for this release already. Give the second word.")
        asked.delete()  # asked anew for what is ready now
        asked = SecondRelease.objects.create(run=run, action=action, asked_by=by.user, asked_at=at, seen=seen)
        record("release.second_asked", asked, by=by, at=at, after={"run": run.number, "order": action.number})
        return asked
    return _release(run, action, ready, by=by, at=at)


@transaction.atomic
def release_as_second(second_id, *, by, at, seen):
    """Give the second word and release the batch that another clerk asked for."""
    second = SecondRelease.objects.select_for_update(of=("self",)).get(pk=second_id)
    if second.given_by_id is not None:
        raise Refused("The second word was given already.")
    if second.asked_by_id == by.user_id:
        raise Refused("You asked for this release yourself. Another payroll clerk gives the second word.")
    run, action, ready = _begin(second.run_id, second.action_id, by, seen)
    if seen != second.seen:
        raise ReleaseChanged(
            f"What is ready changed since {second.asked_by} asked. Nothing was released; ask anew."
        )
    batch = _release(run, action, ready, by=by, at=at, asked_by=second.asked_by)
    second.given_by, second.given_at, second.batch = by.user, at, batch
    second.save(update_fields=["given_by", "given_at", "batch"])
    return batch


def _begin(run_id, action_id, by, seen):
    if not permissions.can_release(by):
        raise Refused("Only a payroll clerk releases pay.")
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("plan__action", "plan__cycle")
        .get(pk=run_id)
    )
    refuse_unless_payable(run)
    if run.replaced_by:
        raise Refused(
            f"The heads have been asked about {run.replaced_by} of the same year. That one is paid."
        )
    action = orders_for(run).filter(pk=action_id).first()
    if action is None:
        raise Refused(
            "Pay is released by an order of the Court that was adopted: a release or a budget order."
        )
    ready, _ = find_ready(run)
    if not ready:
        raise ReleaseChanged("Nothing is ready to be released. Somebody may have released it just now.")
    if digest_of(ready) != seen:
        raise ReleaseChanged(
            "What is ready changed while you were reading. Nothing was released; look again."
        )
    if altered_parts(run):
        raise Refused(f"Lines of {run} are not what was computed. Nothing was released; tell an operator.")
    return run, action, ready


def _release(run, action, ready, *, by, at, asked_by=None):
    plan = prepared(conditions_of_run(run))
    made = batch_lines(
        ready,
        fiscal_year=run.plan.fiscal_year,
        hours_per_year=plan.rules.hours_per_year,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payroll_batch.number'))")
    number = (Batch.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    content = batch_file(number, made)
    base_total, lump_total = totals(made)
    batch = Batch.objects.create(
        number=number,
        run=run,
        action=action,
        released_by=by.user,
        released_at=at,
        lines_count=len(made),
        people_count=len({line["employee_id"] for _, line in made}),
        base_total=base_total,
        lump_total=lump_total,
        content=content,
        content_hash=sha256(content).hexdigest(),
    )
    for row, _ in made:
        row.batch = batch
    try:
        BatchLine.objects.bulk_create((row for row, _ in made), batch_size=2_000)
    except IntegrityError as problem:
        raise ReleaseChanged(
            "A line of this batch was released by somebody else. Nothing was released twice."
        ) from problem
    SecondRelease.objects.filter(run=run, given_by=None).exclude(asked_by=asked_by).delete()
    closings = (
        Closing(
            line_id=each.line["pk"],
            fiscal_year=run.plan.fiscal_year,
            employee_id=each.line["employee_id"],
            slot=each.line["case__slot"],
            at=at,
        )
        for each in ready
        if each.merit or each.lump
    )
    Closing.objects.bulk_create(closings, batch_size=2_000, ignore_conflicts=True)
    for on, parts in _by_day(ready):
        reason = f"{batch}, order {action.number}"
        succeed_assignments(_new_rates(parts, on=on), on=on, by=by, at=at, reason=reason)
    tell_planner(BatchLine, Closing, Assignment)
    record(
        "batch.released",
        batch,
        by=by,
        at=at,
        after={
            "order": action.number,
            "lines": len(made),
            "base": str(base_total),
            "lump": str(lump_total),
            "hash": batch.content_hash,
            "asked_by": asked_by.name if asked_by else None,
        },
    )
    return batch


def _by_day(ready):
    """What changes base pay, the earliest day first: (day, parts of Ready lines) each."""
    days = {}
    for part in parts_by_day(ready):
        if part.raises or part.merit:
            days.setdefault(part.base_on, []).append(part)
    return sorted(days.items())


def _new_rates(ready, *, on):
    """What a release changes in assignments from one day: (assignment id, dollars, step, None) each.

    Merit released after the raise, or counting from a later day, goes on from the assignment that the raise
    began.
    """
    later = [each.line["employee_id"] for each in ready if each.merit and not each.raises]
    raised = {
        (line.employee_id, line.slot): line.pk
        for line in Assignment.objects.in_force(on).filter(employee__in=later)
    }
    rates = []
    for each in ready:
        line = each.line
        assignment_id = line["case__assignment_id"]
        if not each.raises:
            assignment_id = raised.get((line["employee_id"], line["case__slot"]), assignment_id)
        places = -4 if line["case__basis"] == "hourly" else -2
        step = line["new_step"] if is_final(each) else line["raise_step"] or line["case__step"]
        rates.append((assignment_id, Decimal(released_rate(each)).scaleb(places), step, None))
    return rates


def note_download(batch, *, by, at):
    """Write down who took the file."""
    record("batch.downloaded", batch, by=by, at=at)
