"""Saving while somebody types: field by field, each counting its saves, so that nothing is lost (EVL-6)."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from evaluations.models import Rating, SelfRating
from evaluations.services.locking import lock_for
from organization.refusal import Refused

MOST_CHARACTERS = 20_000


class Saved(NamedTuple):
    revision: int
    at: datetime


class Conflict(NamedTuple):
    """Another tab or person has saved this field since; `value` is what stands there, at `revision`."""

    value: object
    revision: int


@transaction.atomic
def save_rating(evaluation_id, *, element_id=None, field, value, base, by, at):
    """Save one field of the rater's draft: `level` or `narrative` of an element, or the `summary`.

    `base` is the revision that the person saw. Returns `Saved`, or `Conflict` where somebody was faster.
    """
    evaluation, _ = lock_for("rate", evaluation_id, by)
    if field == "summary":
        return _save(evaluation, "summary", value, base, at)
    rating = _row(Rating, evaluation, element_id, {"by": by.employee})
    result = _save(rating, field, value, base, at, levels=_levels(evaluation))
    if isinstance(result, Saved) and rating.by_id != by.employee_id:
        Rating.objects.filter(pk=rating.pk).update(by=by.employee_id)  # the new supervisor has taken it over
    return result


@transaction.atomic
def save_self(evaluation_id, *, element_id=None, field, value, base, by, at):
    """Save one field of the self-evaluation: `level` or `narrative` of an element, or `self_summary`."""
    evaluation, _ = lock_for("write_self", evaluation_id, by)
    if evaluation.self_submitted_at:
        raise Refused("Your self-evaluation was sent already. It stays as it was.")
    if field == "self_summary":
        return _save(evaluation, "self_summary", value, base, at)
    return _save(
        _row(SelfRating, evaluation, element_id, {}), field, value, base, at, levels=_levels(evaluation)
    )


def _row(model, evaluation, element_id, defaults):
    element = evaluation.elements.filter(pk=element_id).first()
    if element is None:
        raise Refused("This element is not part of the plan any more. Load the page again.")
    return model.objects.get_or_create(element=element, defaults=defaults)[0]


def _levels(evaluation):
    return set(evaluation.cycle.scale.levels.values_list("number", flat=True))


def _save(row, field, value, base, at, *, levels=()):
    value = _level(value, levels) if field == "level" else _text(value)
    present, revision = getattr(row, field), getattr(row, f"{field}_revision")
    if present == value:
        return Saved(revision, at)  # a repeated delivery, or both wrote the same
    if base != revision:
        return Conflict(present, revision)
    setattr(row, field, value)
    setattr(row, f"{field}_revision", revision + 1)
    changed = [field, f"{field}_revision"]
    if hasattr(row, "saved_at"):
        row.saved_at = at
        changed.append("saved_at")
    row.save(update_fields=changed)
    return Saved(revision + 1, at)


def _level(value, levels):
    if value in (None, ""):
        return None
    level = next((level for level in levels if str(level) == str(value)), None)
    if level is None:
        raise Refused(f"{value} is not a level of the scale.")
    return level


def _text(value):
    if len(value) > MOST_CHARACTERS:
        raise Refused(f"The text has {len(value):,} characters; {MOST_CHARACTERS:,} fit.")
    return value.replace("\r\n", "\n").replace("\x00", "")
