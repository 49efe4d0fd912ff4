"""The plan: what will be rated, at which weight, against which standard."""

from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from audit.services import record
from evaluations import mail
from evaluations.checks import minimum_service_weight, problems_of_plan
from evaluations.content import digest
from evaluations.models import Element, LibraryElement
from evaluations.scoring import service_weight
from evaluations.services.locking import NotReady, lock_for, need_reason
from organization.refusal import Refused


class Row(NamedTuple):
    """One element as typed. `pk` is None for a new one, which takes its anchors `from_library`."""

    pk: int | None
    section: str
    name: str
    kind: str
    nature: str
    is_service: bool
    weight: Decimal
    standard: str
    from_library: int | None = None


FIELDS = ["section", "name", "kind", "nature", "is_service", "weight", "standard", "position"]


class PlanChanged(Refused):
    """Somebody saved another version of the plan meanwhile."""


def plan_digest(elements):
    """What the plan says now, to notice that it changed while somebody was typing."""
    return digest(
        [[str(getattr(element, field)) for field in ["pk", *FIELDS]] for element in elements if element.pk]
    )


@transaction.atomic
def save_plan(evaluation_id, rows, *, base, by, at):
    """Replace the plan's elements with `rows`, in their order; those not among them go.

    `base` is the `plan_digest` that the person began with. A plan may be saved while it is still incomplete.
    """
    evaluation, _ = lock_for("edit_plan", evaluation_id, by)
    present = list(evaluation.elements.all())
    if base != plan_digest(present):
        raise PlanChanged(
            "The plan was changed in another window meanwhile. Yours is below; nothing is lost."
        )
    write_rows(Element, {"evaluation": evaluation}, present, rows)
    record("evaluation.plan_saved", evaluation, by=by, at=at, after={"elements": len(rows)})
    return evaluation


def write_rows(model, parent, present, rows):
    """Make the elements of a plan or template those rows. Anchors stay, or come from the library."""
    kept = {element.pk: element for element in present}
    wanted = {row.pk for row in rows if row.pk}
    if unknown := wanted - set(kept):
        raise Refused(f"An element is not part of this any more ({unknown.pop()}). Load the page again.")
    library = LibraryElement.objects.in_bulk([row.from_library for row in rows if row.from_library])
    rows = sorted(rows, key=lambda row: [other.section for other in rows].index(row.section))
    model.objects.filter(**parent).exclude(pk__in=wanted).delete()
    model.objects.filter(**parent).update(position=F("position") + 1000)  # so that no two share one meanwhile
    changed, new = [], []
    for position, row in enumerate(rows, start=1):
        element = kept.get(row.pk) or model(**parent)
        for field, value in (row._asdict() | {"position": position}).items():
            if field in FIELDS:
                setattr(element, field, value)
        if row.pk is None and row.from_library in library:
            element.anchors = library[row.from_library].anchors
        (changed if row.pk else new).append(element)
    model.objects.bulk_update(changed, FIELDS)
    model.objects.bulk_create(new)


@transaction.atomic
def issue_plan(evaluation_id, *, by, at):
    """Give the plan to the employee to acknowledge. Refused with all that EVL-2 finds missing."""
    evaluation, state = lock_for("issue_plan", evaluation_id, by)
    elements = list(evaluation.elements.all())
    problems = problems_of_plan(elements, minimum=minimum_service_weight(evaluation.cycle))
    if problems:
        raise NotReady("The plan cannot be issued yet.", problems)
    evaluation.state = state
    # A plan that HR took back to be put right still counts from the day on which the person first had it.
    evaluation.plan_issued_at = evaluation.plan_issued_at or at
    evaluation.save(update_fields=["state", "plan_issued_at"])
    weight = f"{service_weight(elements):.2f}"
    record("evaluation.plan_issued", evaluation, by=by, at=at, after={"service_weight": weight})
    mail.plan_to_acknowledge(evaluation, by)
    return evaluation


@transaction.atomic
def take_back_plan(evaluation_id, *, by, at):
    evaluation, state = lock_for("take_back_plan", evaluation_id, by)
    evaluation.state = state
    evaluation.save(update_fields=["state"])
    record("evaluation.plan_taken_back", evaluation, by=by, at=at)
    return evaluation


@transaction.atomic
def acknowledge_plan(evaluation_id, *, by, at):
    """The employee has read the plan. That begins the work under it."""
    evaluation, state = lock_for("acknowledge_plan", evaluation_id, by)
    evaluation.state, evaluation.acknowledged_at, evaluation.not_acknowledged = state, at, ""
    evaluation.save(update_fields=["state", "acknowledged_at", "not_acknowledged"])
    record("evaluation.plan_acknowledged", evaluation, by=by, at=at)
    return evaluation


@transaction.atomic
def begin_unacknowledged(evaluation_id, *, reason, by, at):
    """Go on although the employee did not acknowledge the plan: on leave, say, or he declined."""
    evaluation, state = lock_for("begin_unacknowledged", evaluation_id, by)
    evaluation.state, evaluation.not_acknowledged = state, need_reason(reason)
    evaluation.save(update_fields=["state", "not_acknowledged"])
    record("evaluation.begun_unacknowledged", evaluation, by=by, at=at, reason=evaluation.not_acknowledged)
    return evaluation
