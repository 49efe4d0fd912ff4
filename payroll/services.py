"""A clerk's word to release pay: once, after the certificates and an order of the Court (PAY-10).

`payroll.releasing` writes the batch in the background, and checks all of it again.
"""

from functools import partial

from django.db import transaction
from django.utils import timezone

from audit.services import record
from organization.refusal import Refused
from payroll import checks, monthly, tasks
from payroll.differences import finding as differences
from payroll.letters import files as letter_files
from payroll.models import Batch, LetterFile, Release, ReleaseWork
from payroll.readiness import sum_up

GONE = "It was taken back, or asked for anew, just now. Read what is ready, and give the word for that."


@transaction.atomic
def release(run_id, action_id, *, by, at, seen, kind=Release.Kind.READY, in_background=True):
    """Have what is ready released in one numbered batch, or ask a second clerk if one's own line is in it.

    `kind`: what is ready of the run; or, of what it released before, what late corrections change or the
    monthly payments that are due.

    `seen` is the digest of what the clerk read; another one raises ReleaseChanged. Returns a Release that
    waits for the other clerk, or goes on: `in_background=False` leaves it to the caller, who calls
    `releasing.release_here`.
    """
    checks.refuse_while_one_goes_on(run_id)
    run = checks.locked_run(run_id, by, to_pay=kind == Release.Kind.READY)
    checks.refuse_while_one_goes_on(run_id)
    action = checks.order_of(run, action_id)
    standing = standing_of(run, kind, on=by.on, reader=by.employee_id)
    checks.refuse_unless_seen(standing.seen if standing.lines else None, seen)
    checks.refuse_altered(run)
    asked = Release.objects.filter(run=run, state=Release.State.ASKED)
    if asked.exclude(kind=kind).exists():
        raise Refused("Another release of this run waits for the second word. Finish that one first.")
    if standing.is_own and (other := asked.filter(seen=seen).exclude(asked_by=by.user).first()):
        raise Refused(f"{other.asked_by} has asked for this release already. Give the second word.")
    asked.delete()  # asked anew for what is ready now
    state = Release.State.ASKED if standing.is_own else Release.State.GOES_ON
    made = Release.objects.create(
        run=run,
        action=action,
        state=state,
        asked_by=by.user,
        asked_at=at,
        seen=seen,
        kind=kind,
    )
    said = {"run": run.number, "order": action.number}
    if standing.is_own:
        record("release.second_asked", made, by=by, at=at, after=said)
    else:
        _go_on(made, standing, said, by=by, at=at, in_background=in_background)
    return made


@transaction.atomic
def release_as_second(release_id, *, by, at, seen, in_background=True):
    """Give the second word for the batch that another clerk asked for. Returns the Release, which goes on."""
    found, run = _asked(release_id, by)
    if found.asked_by_id == by.user_id:
        raise Refused("You asked for this release yourself. Another payroll clerk gives the second word.")
    action = checks.order_of(run, found.action_id)
    standing = standing_of(run, found.kind, on=by.on)
    checks.refuse_unless_seen(standing.seen if standing.lines else None, seen)
    if seen != found.seen:
        raise checks.ReleaseChanged(
            f"What is ready changed since {found.asked_by} asked. Nothing was released; ask anew."
        )
    checks.refuse_altered(run)
    found.state, found.given_by, found.given_at = Release.State.GOES_ON, by.user, at
    found.save(update_fields=["state", "given_by", "given_at"])
    said = {"run": run.number, "order": action.number, "asked_by": found.asked_by.name}
    _go_on(found, standing, said, by=by, at=at, in_background=in_background)
    return found


@transaction.atomic
def decline(release_id, *, reason, by, at):
    """Refuse the second word with a reason, or take back what one asked for. Nothing is released."""
    found, run = _asked(release_id, by, to_pay=False)
    said = {"run": run.number, "reason": reason}
    if found.asked_by_id == by.user_id:
        record("release.taken_back", found, by=by, at=at, after=said)
        found.delete()
        return
    found.state, found.problem = Release.State.REFUSED, f"{by.name} did not give the second word: {reason}"
    found.save(update_fields=["state", "problem"])
    record("release.declined", found, by=by, at=at, after=said)


def _asked(release_id, by, *, to_pay=True):
    """A release that waits for the second word, and its run, under whose lock alone words are given."""
    run = Release.objects.filter(pk=release_id).values_list("run_id", "kind").first()
    if run is None:
        raise checks.ReleaseChanged(GONE)
    run_id, kind = run
    checks.refuse_while_one_goes_on(run_id)
    run = checks.locked_run(run_id, by, to_pay=to_pay and kind == Release.Kind.READY)
    found = Release.objects.filter(pk=release_id).first()
    if found is None:
        raise checks.ReleaseChanged(GONE)
    if found.state != Release.State.ASKED:
        raise Refused("The second word was given or refused already.")
    return found, run


def standing_of(run, kind, *, on, reader=None):
    """What a release of a kind would hold on a day."""
    if kind == Release.Kind.PAYMENTS:
        return monthly.sum_up(run, on=on, reader=reader)
    return (differences.sum_up if kind == Release.Kind.DIFFERENCES else sum_up)(run, reader=reader)


def _go_on(made, standing, said, *, by, at, in_background):
    ReleaseWork.objects.create(release=made, queued_at=timezone.now(), total=standing.lines + standing.people)
    record("release.begun", made, by=by, at=at, after=said)
    if in_background:
        transaction.on_commit(partial(tasks.carry_out.delay, made.pk), robust=True)


def note_download(batch, *, by, at):
    """Write down who took the file."""
    record("batch.downloaded", batch, by=by, at=at)


@transaction.atomic
def ask_for_letters(batch, *, by, at):
    """Have the letters of a batch made by workers, in parts, but for those that are there or under way."""
    Batch.objects.select_for_update(no_key=True).only("pk").get(pk=batch.pk)  # one after the other
    parts = list(LetterFile.objects.filter(batch=batch).defer("content").filter(content=None))
    if not parts and not LetterFile.objects.filter(batch=batch).exists():
        queued = LetterFile.objects.bulk_create(letter_files.plan_parts(batch))
        record("letters.asked", batch, by=by, at=at, after={"parts": len(queued)})
    else:
        queued = [each for each in parts if not letter_files.is_moving(each)]
        LetterFile.objects.filter(pk__in=[each.pk for each in queued]).update(queued_at=timezone.now())
    for each in queued:
        transaction.on_commit(partial(tasks.write_letters.delay, each.pk), robust=True)


def note_letters(batch, *, by, at, part=None):
    """Write down who took the letters of a batch, or a part of them."""
    record("letters.downloaded", batch, by=by, at=at, after=part and {"part": part})
