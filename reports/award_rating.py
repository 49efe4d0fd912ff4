"""The rating of record behind an award with its evidence: elements and weights, review, signatures."""

from decimal import Decimal
from typing import NamedTuple

from certification.checks import missing_of
from evaluations.models import Signature
from evaluations.scoring import part_of, score_of
from look import formats


class Element(NamedTuple):
    name: str
    is_service: bool
    level: int | None
    weight: Decimal
    points: str  # weight × level, of 100


class Evidence(NamedTuple):
    """What a rating rests on. `elements` is empty for who may not read the evaluation itself."""

    rating: object
    facts: list[tuple[str, str]]
    elements: list[Element]
    points: str
    weight: Decimal
    evaluation_id: int | None  # to lead to it, for who may read it


def evidence_of(rating, exception, *, with_elements):
    """The Evidence of a rating of record; None without one. Elements are for who may read the evaluation."""
    if rating is None:
        return None
    evaluation = rating.evaluation
    facts = [
        ("Rating of record", f"{rating.score}, level {rating.level}, of {formats.record_date(rating.at)}"),
        ("Service elements", f"weigh {rating.service_weight.normalize():f} of 100"),
        ("Evidence", formats.plural(rating.evidence_count, "piece", "pieces")),
        ("Progress review", _progress(rating)),
        *_signatures(rating),
    ]
    if exception is not None:
        missing = missing_of(has_progress_review=rating.has_progress_review, is_signed=rating.is_signed)
        who = f"{exception.name}, {exception.title}, {formats.record_date(exception.written_at)}"
        facts.append((f"Written exception, without {missing}", f"{exception.reason} {who}"))
    if not with_elements:
        return Evidence(rating, facts, [], "", Decimal(0), None)
    parts = [
        (each, part_of(each, each.rating.level if hasattr(each, "rating") else None))
        for each in evaluation.elements.select_related("rating").order_by("position")
    ]
    elements = [
        Element(each.name, each.is_service, part.level, each.weight, _points(part)) for each, part in parts
    ]
    summed = score_of([part for _, part in parts], [(2, Decimal(0))])
    points = f"{summed.points:.2f}" if summed.points else ""
    return Evidence(rating, facts, elements, points, summed.weight, evaluation.pk)


def _points(part):
    if part.level is None:
        return "not rated"
    if not part.counts:
        return "does not count"
    return f"{part.weight * part.level:.2f}"


def _progress(rating):
    """When it was held and by whom."""
    if not rating.has_progress_review:
        return "None is on record"
    reviews = rating.evaluation.progress_reviews.select_related("by")
    held = [f"{formats.record_date(each.on)}, by {each.by.full_name}" for each in reviews]
    return "; ".join(held) or "On record"


def _signatures(rating):
    """(as whom, who and when) of each signature that stands; the employee's is told where it is missing."""
    found = rating.evaluation.signatures.filter(struck_at=None).select_related("by", "witness").order_by("at")
    told = []
    for each in found:
        words = f"{each.by.full_name}, {formats.record_date(each.at)}"
        if each.refused:
            words = f"Refused, witnessed by {each.witness.full_name}, {formats.record_date(each.at)}"
        told.append((f"Signature of the {each.get_signed_as_display().lower()}", words))
    if not any(each.signed_as == Signature.As.EMPLOYEE for each in found):
        told.append(
            ("Signature of the employee", "On record" if rating.is_signed else "The employee has not signed")
        )
    return told
