"""What HR alone may do to an evaluation, each with a reason that stays."""

from django.db import transaction

from audit.services import record
from evaluations import mail
from evaluations.models import Element, Evidence, ProgressReview, Rating, SelfRating
from evaluations.services.locking import lock_for, need_reason
from evaluations.services.ratings import unrate
from evaluations.states import State
from organization.refusal import Refused


@transaction.atomic
def waive(evaluation_id, *, reason, by, at):
    """Allow a rating without a progress review, or before the minimum period (EVL-4)."""
    evaluation, _ = lock_for("waive", evaluation_id, by)
    evaluation.waiver_reason = need_reason(reason)
    evaluation.save(update_fields=["waiver_reason"])
    record("evaluation.waived", evaluation, by=by, at=at, reason=evaluation.waiver_reason)
    return evaluation


@transaction.atomic
def step_back(evaluation_id, *, reason, by, at):
    """Move the form back by one state. Signatures are struck only when their content changes (EVL-10)."""
    evaluation, state = lock_for("step_back", evaluation_id, by)
    reason, before = need_reason(reason), {"state": evaluation.state}
    changed = ["state"]
    if evaluation.state == State.RATED:
        changed += unrate(evaluation, state)
    elif evaluation.state == State.APPROVED:
        evaluation.approved_by, evaluation.approved_at = None, None
        changed += ["approved_by", "approved_at"]
    elif evaluation.state == State.RELEASED:
        evaluation.released_at = None
        changed += ["released_at"]
    elif evaluation.state == State.UNDER_WAY:
        evaluation.acknowledged_at, evaluation.not_acknowledged = None, ""
        changed += ["acknowledged_at", "not_acknowledged"]
    evaluation.state, evaluation.returned_note = state, reason
    evaluation.save(update_fields=[*changed, "returned_note"])
    record(
        "evaluation.stepped_back",
        evaluation,
        by=by,
        at=at,
        before=before,
        after={"state": evaluation.state},
        reason=reason,
    )
    return evaluation


@transaction.atomic
def correct(evaluation_id, *, reason, by, at):
    """Begin a new version of a rating of record, with all that was written; returns the new evaluation.

    The rating of record stays in force until the new version is of record too.
    """
    old, _ = lock_for("correct", evaluation_id, by)
    new = type(old).objects.create(
        cycle=old.cycle,
        employee=old.employee,
        version=old.version + 1,
        department_id=old.department_id,
        job_id=old.job_id,
        description_id=old.description_id,
        template_id=old.template_id,
        state=State.UNDER_WAY,
        plan_issued_at=old.plan_issued_at,
        acknowledged_at=old.acknowledged_at,
        not_acknowledged=old.not_acknowledged,
        self_submitted_at=old.self_submitted_at,
        self_summary=old.self_summary,
        summary=old.summary,
        waiver_reason=old.waiver_reason,
        correction_reason=need_reason(reason),
    )
    old.superseded_by = new
    old.save(update_fields=["superseded_by"])
    _copy_elements(old, new)
    ProgressReview.objects.bulk_create(
        ProgressReview(evaluation=new, **_fields(review, "on", "by_id", "progress", "narrative"))
        for review in old.progress_reviews.all()
    )
    record("evaluation.correction_begun", new, by=by, at=at, reason=new.correction_reason)
    new.rater_id = old.rater_id
    mail.correction_begun(new, by)
    return new


@transaction.atomic
def withdraw_correction(evaluation_id, *, reason, by, at):
    """Drop a correction that nobody has signed yet; the version before holds again, and is returned."""
    new, _ = lock_for("withdraw_correction", evaluation_id, by)
    reason = need_reason(reason)
    if new.signatures.exists():
        raise Refused(
            "The correction was signed already. What is signed is never deleted; finish it instead."
        )
    old = new.supersedes
    old.superseded_by = None
    old.save(update_fields=["superseded_by"])
    record("evaluation.correction_withdrawn", old, by=by, at=at, reason=reason)
    new.delete()
    return old


def _copy_elements(old, new):
    elements = list(old.elements.all())
    texts = ["section", "position", "name", "kind", "nature", "is_service", "weight", "standard", "anchors"]
    copies = Element.objects.bulk_create(Element(evaluation=new, **_fields(one, *texts)) for one in elements)
    copy_of = {one.pk: copy for one, copy in zip(elements, copies, strict=True)}
    levels = ["level", "level_revision", "narrative", "narrative_revision", "saved_at"]
    for model, more in ((Rating, ["by_id"]), (SelfRating, [])):
        model.objects.bulk_create(
            model(element=copy_of[row.element_id], **_fields(row, *levels, *more))
            for row in model.objects.filter(element__in=elements)
        )
    Evidence.objects.bulk_create(
        Evidence(element=copy_of[row.element_id], **_fields(row, "entry_id", "text", "by_id", "at"))
        for row in Evidence.objects.filter(element__in=elements)
    )


def _fields(row, *names):
    return {name: getattr(row, name) for name in names}
