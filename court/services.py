"""Recording what the Court decided, and who sits on it."""

from hashlib import sha256

from django.db import IntegrityError, transaction

from audit.services import record
from court import permissions
from court.models import CourtAction, Notice, NoticedPay, Seat, Vote
from court.tally import QUORUM, count
from organization.refusal import Refused

LARGEST_DOCUMENT = 10 * 1024 * 1024


@transaction.atomic
def record_action(fields, votes, *, by, at, document=None, document_name="", corrects=None):
    """Record one order with each member's vote: `votes` is a list of (Seat, answer). It is final.

    `fields` are those of CourtAction that the clerk fills in. Refused without a quorum (Texas Local
    Government Code 81.006), by someone who is not the court clerk, or if the number is taken.
    """
    if not permissions.can_record(by):
        raise Refused("Only the court clerk records what the Court decides.")
    present = count(answer for _, answer in votes).present
    if present < QUORUM:
        raise Refused(f"{present} members were present. Three are a quorum; without one there is no order.")
    if corrects is not None and CourtAction.objects.filter(corrects=corrects).exists():
        raise Refused(f"{corrects} has been corrected already. Correct the later entry.")
    try:
        with transaction.atomic():
            action = CourtAction.objects.create(
                **fields,
                document=document,
                document_name=document_name,
                document_hash=sha256(document).hexdigest() if document else "",
                corrects=corrects,
                recorded_by=by.user,
                recorded_at=at,
            )
    except IntegrityError as problem:
        if "number" not in str(problem):
            raise
        raise Refused(f"Order number {fields['number']} is on record already.") from None
    Vote.objects.bulk_create(
        Vote(action=action, position=seat.position, member=seat.member, seat=seat.title, vote=answer)
        for seat, answer in votes
    )
    tally = count(answer for _, answer in votes)
    record(
        "court.action_recorded",
        action,
        by=by,
        at=at,
        after={
            "purpose": action.purpose,
            "meeting": action.meeting_on.isoformat(),
            "result": tally.words,
            "corrects": corrects.number if corrects else None,
        },
    )
    return action


@transaction.atomic
def seat_member(position, title, member, *, starts_on, by, at):
    """Let someone sit on the Court from a day on; whoever held the seat leaves it that day."""
    if not permissions.can_record(by):
        raise Refused("Only the court clerk names the members of the Court.")
    held = Seat.objects.select_for_update().in_force(starts_on).filter(position=position).first()
    if held and held.starts_on == starts_on:
        raise Refused(f"{held.member} took this seat on the same day. Choose a later day.")
    if Seat.objects.filter(position=position, starts_on__gt=starts_on).exists():
        raise Refused("Somebody takes this seat on a later day already. Choose a day after that.")
    if held:
        held.ends_on = starts_on
        held.save(update_fields=["ends_on"])
    seat = Seat.objects.create(position=position, title=title, member=member, starts_on=starts_on)
    record(
        "court.member_seated",
        seat,
        by=by,
        at=at,
        before={"member": held.member} if held else None,
        after={"member": member, "from": starts_on.isoformat()},
    )
    return seat


@transaction.atomic
def record_notice(fields, officers, *, by, at, proof=None, proof_name="", corrects=None):
    """Record a published notice of elected officers' pay. It is final.

    `fields` are newspaper, published_on and meeting_on, `officers` the fields of NoticedPay of each. One that
    was published too late is recorded too: it is true, and no raise can rest on it.
    """
    if not permissions.can_record(by):
        raise Refused("Only the court clerk records what was published.")
    if fields["meeting_on"] <= fields["published_on"]:
        raise Refused("The notice must be published before the meeting.")
    if not officers:
        raise Refused("No officer has a proposed salary. Fill in those whom the notice names.")
    if corrects is not None and Notice.objects.filter(corrects=corrects).exists():
        raise Refused("This notice has been corrected already. Correct the later entry.")
    notice = Notice.objects.create(
        **fields,
        proof=proof,
        proof_name=proof_name,
        proof_hash=sha256(proof).hexdigest() if proof else "",
        corrects=corrects,
        recorded_by=by.user,
        recorded_at=at,
    )
    NoticedPay.objects.bulk_create(NoticedPay(notice=notice, **officer) for officer in officers)
    record(
        "court.notice_recorded",
        notice,
        by=by,
        at=at,
        after={
            "newspaper": notice.newspaper,
            "published": notice.published_on.isoformat(),
            "meeting": notice.meeting_on.isoformat(),
            "officers": {officer["officer"]: str(officer["proposed_salary"]) for officer in officers},
        },
    )
    return notice
