"""How a release gets done: checked once more, and all that belongs to it written in one transaction.

Any worker may call this at any time, twice or at once, and may die in between: who works holds the lock on
the release, and one that dies leaves nothing. How far it is goes through a connection of its own, since the
transaction shows nothing before its end.
"""

from contextlib import closing, contextmanager
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from audit.services import record
from certification.models import Closing
from compensation.conditions import conditions_of_run, prepared
from organization import clock
from organization.bulk import copy_in, tell_planner
from organization.models import Advancement, Assignment
from organization.person import Person
from organization.refusal import Refused
from organization.services.advancements import put_released
from organization.services.successions import succeed_assignments
from payroll import checks
from payroll.differences.finding import sum_up as find_all
from payroll.differences.lines import difference_lines, keep, new_rates
from payroll.export import Line, batch_file, batch_lines, parts_by_day, payment_lines, totals
from payroll.models import Batch, BatchLine, Release
from payroll.monthly import find_due
from payroll.readiness import find_ready

STILL = timedelta(seconds=15)  # nothing has moved for so long: what was queued is lost
TRIES = 5

BEGIN = """
    UPDATE payroll_releasework SET tries = tries + 1, done = 0, moved_at = clock_timestamp()
    WHERE release_id = %s
"""
MOVE = "UPDATE payroll_releasework SET done = done + %s, moved_at = clock_timestamp() WHERE release_id = %s"
LEFT_BEHIND = """
    UPDATE payroll_releasework w SET queued_at = clock_timestamp() FROM payroll_release r
    WHERE r.id = w.release_id AND r.state = 'goes_on'
        AND greatest(w.queued_at, w.moved_at) < clock_timestamp() - %(still)s
    RETURNING w.release_id
"""


def release_here(release):
    """Do the work of a release in this process: for commands. Returns the batch; raises Refused."""
    carry_out(release.pk)
    release.refresh_from_db()
    if release.state != Release.State.RELEASED:
        raise Refused(release.problem)
    return release.batch


def carry_out(release_id):
    """Write the batch that clerks gave their word for, if nobody does so already.

    Where that cannot be any more, nothing is written but why, for the clerks to read.
    """
    try:
        with transaction.atomic():
            going = Release.objects.filter(state=Release.State.GOES_ON).select_related("work")
            release = going.select_for_update(skip_locked=True, of=("self",)).filter(pk=release_id).first()
            if release is None:  # done, or in the hands of another worker
                return
            if release.work.tries >= TRIES:
                raise Refused(f"It was tried {TRIES} times and broke off each time. Tell an operator.")
            with _progress(release_id) as moved:
                _write(release, moved)
    except Refused as problem:
        _refuse(release_id, str(problem))


@contextmanager
def _progress(release_id):
    """Yields what is told of rows written; others see it at once."""
    beside = connection.copy()
    with closing(beside), beside.cursor() as cursor:
        cursor.execute(BEGIN, [release_id])
        yield lambda count: cursor.execute(MOVE, [count, release_id])


def _write(release, moved):
    by = Person(user=release.word_by, on=timezone.localdate(release.word_at))
    run = checks.locked_run(release.run_id, by, to_pay=release.kind == Release.Kind.READY)
    action = checks.order_of(run, release.action_id)
    write = WRITE[release.kind]
    release.state, release.batch = Release.State.RELEASED, write(run, action, release, by, moved)
    release.save(update_fields=["state", "batch"])


def _write_ready(run, action, release, by, moved):
    ready, digest = find_ready(run)
    checks.refuse_unless_seen(digest if ready else None, release.seen, since="after the word was given")
    checks.refuse_altered(run)
    return write_batch(run, action, ready, release, by=by, moved=moved)


def _write_differences(run, action, release, by, moved):
    """A batch of what late corrections change, by the same checks: the digest, unaltered lines, each once."""
    standing, at = find_all(run), release.word_at
    seen = standing.seen if standing.lines else None
    checks.refuse_unless_seen(seen, release.seen, since="after the word was given")
    checks.refuse_altered(run)
    made = difference_lines(standing.ready, fiscal_year=run.plan.fiscal_year)
    batch = _numbered(run, action, made, by=by, at=at, is_difference=True)
    try:
        keep(batch, made, fiscal_year=run.plan.fiscal_year)
    except IntegrityError as problem:
        raise checks.ReleaseChanged(
            "A difference of this batch was released by somebody else. Nothing was released twice."
        ) from problem
    awards = [each.line.pk for each in standing.ready if each.covers_merit or each.lump_once.total_now]
    _close(run, awards, at)
    reason = f"{batch}, a difference, order {action.number}"
    _correct_merit(batch, note=reason)
    for on, rates in new_rates(standing.ready):
        succeed_assignments(rates, on=on, by=by, at=at, reason=reason, moved=moved)
    _note(batch, action, release, by=by, at=at)
    return batch


def _write_payments(run, action, release, by, moved):
    """A batch of the monthly payments that are due, by the same checks."""
    at = release.word_at
    due, digest = find_due(run, on=by.on)
    checks.refuse_unless_seen(digest if due else None, release.seen, since="after the word was given")
    checks.refuse_altered(run)
    made = payment_lines(due, fiscal_year=run.plan.fiscal_year)
    batch = _numbered(run, action, made, by=by, at=at)
    _copy_lines(batch, made, moved)
    tell_planner(BatchLine)
    _note(batch, action, release, by=by, at=at)
    return batch


WRITE = {
    Release.Kind.READY: _write_ready,
    Release.Kind.DIFFERENCES: _write_differences,
    Release.Kind.PAYMENTS: _write_payments,
}


def _copy_lines(batch, made, moved):
    try:
        copy_in(BatchLine, ("batch_id", *Line._fields), [(batch.pk, *line) for line, _ in made], moved=moved)
    except IntegrityError as problem:
        raise checks.ReleaseChanged(
            "A line of this batch was released by somebody else. Nothing was released twice."
        ) from problem


def write_batch(run, action, ready, release, *, by, moved):
    """The batch with its lines, what it closes, and the new pay in the records."""
    at, plan = release.word_at, prepared(conditions_of_run(run))
    made = batch_lines(
        ready,
        fiscal_year=run.plan.fiscal_year,
        hours_per_year=plan.rules.hours_per_year,
    )
    batch = _numbered(run, action, made, by=by, at=at)
    _copy_lines(batch, made, moved)
    _close(run, [each.line_id for each in ready if each.merit or each.lump], at)
    reason = f"{batch}, order {action.number}"
    put_released({(each.employee_id, each.day_of("merit")) for each in ready if each.merit}, note=reason)
    for on, parts in _by_day(ready):
        succeed_assignments(_new_rates(parts, on=on), on=on, by=by, at=at, reason=reason, moved=moved)
    tell_planner(BatchLine, Closing, Assignment, Advancement)
    _note(batch, action, release, by=by, at=at)
    return batch


def _correct_merit(batch, *, note):
    """Have on record which merit raises differences leave, in place of what was released before.

    The last line of base pay of a position says whether it has merit in the year, and from which day.
    """
    base = BatchLine.objects.filter(
        fiscal_year=batch.run.plan.fiscal_year, element=BatchLine.Element.BASE
    ).order_by("batch__number", "number")
    before, now = {}, {}
    for line in base.filter(employee__in=batch.lines.values("employee")):
        key = line.employee_id, line.slot
        now[key] = line.covers_merit and (line.employee_id, line.effective_on)
        if line.batch_id != batch.pk:
            before[key] = now[key]
    put_released(filter(None, now.values()), instead_of=filter(None, before.values()), note=note)


def _note(batch, action, release, *, by, at):
    record(
        "batch.released",
        batch,
        by=by,
        at=at,
        after={
            "order": action.number,
            "lines": batch.lines_count,
            "base": str(batch.base_total),
            "lump": str(batch.lump_total),
            "hash": batch.content_hash,
            "asked_by": release.asked_by.name if release.given_by else None,
            **({"difference": True} if batch.is_difference else {}),
        },
    )


def _numbered(run, action, made, *, by, at, is_difference=False):
    """The batch itself, by the next number: whoever comes second waits for it here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payroll_batch.number'))")
    number = (Batch.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    content = batch_file(number, made)
    base_total, lump_total = totals(made)
    return Batch.objects.create(
        number=number,
        run=run,
        action=action,
        released_by=by.user,
        released_at=at,
        lines_count=len(made),
        people_count=len({line.employee_id for line, _ in made}),
        base_total=base_total,
        lump_total=lump_total,
        content=content,
        content_hash=sha256(content).hexdigest(),
        is_difference=is_difference,
    )


CLOSE = """
    INSERT INTO certification_closing (line_id, fiscal_year, employee_id, slot, at)
    SELECT l.id, %(year)s, l.employee_id, c.slot, %(at)s
    FROM compensation_runline l JOIN compensation_runcase c ON c.id = l.case_id
    WHERE l.id = ANY(%(lines)s) ORDER BY l.id
    ON CONFLICT DO NOTHING
"""


def _close(run, lines, at):
    """Awards that are paid are final from now on; some were closed by their merit before their lump sum."""
    if lines:
        with connection.cursor() as cursor:
            cursor.execute(CLOSE, {"year": run.plan.fiscal_year, "at": at, "lines": lines})


def _by_day(ready):
    """What changes base pay, the earliest day first: (day, parts of Ready lines) each."""
    days = {}
    for part in parts_by_day(ready):
        if part.changes_base:
            days.setdefault(part.base_on, []).append(part)
    return sorted(days.items())


def _new_rates(ready, *, on):
    """What a release changes in assignments from one day: (assignment id, dollars, step, None) each.

    Tenure and merit released after the raise, or counting from a later day, go on from the assignment that
    the raise began.
    """
    later = [each.employee_id for each in ready if not each.raises]
    raised = {
        (line.employee_id, line.slot): line.pk
        for line in Assignment.objects.in_force(on).filter(employee__in=later)
    }
    rates = []
    for each in ready:
        assignment_id = each.assignment_id
        if not each.raises:
            assignment_id = raised.get((each.employee_id, each.slot), assignment_id)
        places = -4 if each.basis == "hourly" else -2
        rates.append((assignment_id, Decimal(each.rate).scaleb(places), each.step, None))
    return rates


def _refuse(release_id, problem):
    with transaction.atomic():
        going = Release.objects.select_for_update(of=("self",)).filter(state=Release.State.GOES_ON)
        release = going.filter(pk=release_id).first()
        if release is None:
            return
        release.state, release.problem = Release.State.REFUSED, problem
        release.save(update_fields=["state", "problem"])
        system, at = Person.system(clock.today()), clock.now()
        record("release.refused", release, by=system, at=at, after={"problem": problem})


def left_behind():
    """Ids of releases whose task was lost or whose worker died; whoever asks queues them again."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT_BEHIND, {"still": STILL})
        return sorted(release_id for (release_id,) in cursor.fetchall())
