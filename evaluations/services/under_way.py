"""What happens between plan and rating: progress reviews and the employee's own view."""

from django.db import transaction

from audit.services import record
from evaluations.models import Progress, ProgressReview
from evaluations.services.locking import lock_for, need_reason
from organization.refusal import Refused


@transaction.atomic
def add_progress_review(evaluation_id, *, on, progress, narrative, by, at):
    """Write down a talk about progress that was held on a day of the cycle up to today."""
    evaluation, _ = lock_for("review_progress", evaluation_id, by)
    if not evaluation.cycle.starts_on <= on <= by.on:
        raise Refused("The day of the review must lie in the period of the cycle and not in the future.")
    review = ProgressReview.objects.create(
        evaluation=evaluation,
        on=on,
        by=by.employee,
        progress=Progress(progress),
        narrative=need_reason(narrative, "what was said"),
    )
    record(
        "evaluation.progress_reviewed",
        evaluation,
        by=by,
        at=at,
        after={"on": on.isoformat(), "progress": review.progress},
    )
    return review


@transaction.atomic
def submit_self(evaluation_id, *, by, at):
    """Show the self-evaluation to the supervisor. It stays as it is from then on."""
    evaluation, _ = lock_for("write_self", evaluation_id, by)
    if evaluation.self_submitted_at:
        raise Refused("Your self-evaluation was sent already.")
    evaluation.self_submitted_at = at
    evaluation.save(update_fields=["self_submitted_at"])
    record("evaluation.self_submitted", evaluation, by=by, at=at)
    return evaluation
