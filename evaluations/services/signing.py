"""The last step: the employee signs, or it is recorded that he did not. Then the rating is of record."""

from django.db import transaction

from audit.services import record
from evaluations.content import content_hash, elements_of, rating_of, record_hash
from evaluations.models import RatingOfRecord, Signature
from evaluations.scoring import service_score_of, service_weight
from evaluations.services.locking import lock_for, need_reason
from evaluations.services.signatures import NOT_SIGNED, put_signature, refuse_unread
from organization.models import Employee
from organization.refusal import Refused


@transaction.atomic
def sign_evaluation(evaluation_id, *, comment="", seen="", by, at):
    """Record the employee's signature, which is not agreement, with a comment if he wants one.

    `seen` is the hash of what he read; refused where that has changed since.
    """
    evaluation, state = lock_for("sign", evaluation_id, by)
    elements = elements_of(evaluation)
    content = content_hash(evaluation, elements)
    refuse_unread(seen, content)
    put_signature(
        evaluation,
        Signature.As.EMPLOYEE,
        content,
        by=by.employee,
        at=at,
        comment=comment.strip(),
    )
    return _put_on_record(evaluation, elements, state, "evaluation.signed", by=by, at=at)


@transaction.atomic
def record_refusal(evaluation_id, *, witness_id, note, by, at):
    """Put the rating on record without the employee's signature, before a witness."""
    evaluation, state = lock_for("record_refusal", evaluation_id, by)
    witness = Employee.objects.employed(by.on).filter(pk=witness_id).first()
    if witness is None or witness.pk in (by.employee_id, evaluation.employee_id):
        raise Refused("Name somebody else of the county as the witness.")
    elements = elements_of(evaluation)
    put_signature(
        evaluation,
        Signature.As.EMPLOYEE,
        content_hash(evaluation, elements),
        by=evaluation.employee,
        at=at,
        comment=need_reason(note, "what happened"),
        statement=NOT_SIGNED,
        refused=True,
        witness=witness,
    )
    return _put_on_record(evaluation, elements, state, "evaluation.refusal_recorded", by=by, at=at)


def _put_on_record(evaluation, elements, state, act, *, by, at):
    evaluation.state = state
    evaluation.save(update_fields=["state"])
    signatures = (
        evaluation.signatures.filter(struck_at=None).select_related("by", "witness").order_by("at", "pk")
    )
    levels = {element.pk: rating_of(element).level for element in elements if rating_of(element)}
    result = RatingOfRecord.objects.create(
        evaluation=evaluation,
        cycle=evaluation.cycle,
        employee=evaluation.employee,
        version=evaluation.version,
        level=evaluation.level,
        score=evaluation.score,
        service_weight=service_weight(elements),
        service_score=service_score_of(elements, levels),
        evidence_count=sum(len(element.evidence.all()) for element in elements),
        has_progress_review=evaluation.progress_reviews.exists(),
        is_signed=any(signature.signed_as == Signature.As.EMPLOYEE for signature in signatures),
        content_hash=record_hash(evaluation, elements, signatures, evaluation.score, evaluation.level),
        at=at,
    )
    record(
        act,
        evaluation,
        by=by,
        at=at,
        after={"score": str(result.score), "level": result.level, "hash": result.content_hash},
    )
    return result
