"""The rating on its way from the supervisor over the reviewer to the employee."""

from django.db import transaction

from audit.services import record
from evaluations import mail
from evaluations.checks import problems_of_rating
from evaluations.content import content_hash, elements_of, rating_of
from evaluations.models import Signature
from evaluations.scoring import part_of, score_of
from evaluations.services.locking import NotReady, lock_for, need_reason
from evaluations.services.signatures import put_signature, refuse_unread, strike_changed


@transaction.atomic
def submit_rating(evaluation_id, *, by, at):
    """Send the rating to the reviewer, under the supervisor's signature. Refused with all that is missing.

    Earlier signatures stay where the content is what it was, and are struck where it changed (EVL-10).
    """
    evaluation, state = lock_for("submit_rating", evaluation_id, by)
    elements = elements_of(evaluation)
    problems = problems_of_rating(
        evaluation,
        elements,
        {level.number: level for level in evaluation.cycle.scale.levels.all()},
        has_progress_review=evaluation.progress_reviews.exists(),
        on=by.on,
    )
    if problems:
        raise NotReady("The rating cannot be sent on yet.", problems)
    result = score_of(
        [part_of(element, getattr(rating_of(element), "level", None)) for element in elements],
        evaluation.cycle.scale.bands.values_list("level", "from_score"),
    )
    content = content_hash(evaluation, elements)
    strike_changed(evaluation, content, at=at)
    put_signature(evaluation, Signature.As.RATER, content, by=by.employee, at=at)
    evaluation.state, evaluation.score, evaluation.level = state, result.score, result.level
    evaluation.rated_by, evaluation.rated_at, evaluation.returned_note = by.employee, at, ""
    evaluation.save(update_fields=["state", "score", "level", "rated_by", "rated_at", "returned_note"])
    record(
        "evaluation.rated",
        evaluation,
        by=by,
        at=at,
        after={"score": str(result.score), "level": result.level, "content": content},
        reason=evaluation.waiver_reason,
    )
    return evaluation


def unrate(evaluation, state):
    """Take the result away again: before the reviewer has it, there is none. What was written stays."""
    evaluation.state, evaluation.score, evaluation.level = state, None, None
    evaluation.rated_by, evaluation.rated_at = None, None
    return ["state", "score", "level", "rated_by", "rated_at"]


@transaction.atomic
def return_rating(evaluation_id, *, note, by, at):
    """The reviewer gives the rating back to the supervisor, saying why."""
    evaluation, state = lock_for("return_rating", evaluation_id, by)
    before = {"score": str(evaluation.score), "level": evaluation.level}
    evaluation.returned_note = need_reason(note, "what should be changed")
    evaluation.save(update_fields=[*unrate(evaluation, state), "returned_note"])
    record("evaluation.returned", evaluation, by=by, at=at, before=before, reason=evaluation.returned_note)
    mail.rating_returned(evaluation, by)
    return evaluation


@transaction.atomic
def approve(evaluation_id, *, seen="", by, at):
    """The reviewer approves the rating under his signature; `seen` is the hash of what he read."""
    evaluation, state = lock_for("approve", evaluation_id, by)
    content = content_hash(evaluation, elements_of(evaluation))
    refuse_unread(seen, content)
    if by.employee:  # an HR administrator who is no employee approves without a signature of the line
        put_signature(evaluation, Signature.As.REVIEWER, content, by=by.employee, at=at)
    evaluation.state, evaluation.approved_by, evaluation.approved_at = state, by.employee, at
    evaluation.save(update_fields=["state", "approved_by", "approved_at"])
    record(
        "evaluation.approved",
        evaluation,
        by=by,
        at=at,
        after={"score": str(evaluation.score), "level": evaluation.level, "content": content},
    )
    return evaluation


@transaction.atomic
def release(evaluation_id, *, by, at):
    """Show the approved rating to the employee, who is asked to sign."""
    evaluation, state = lock_for("release", evaluation_id, by)
    evaluation.state, evaluation.released_at = state, at
    evaluation.save(update_fields=["state", "released_at"])
    record("evaluation.released", evaluation, by=by, at=at)
    mail.rating_released(evaluation)
    return evaluation
