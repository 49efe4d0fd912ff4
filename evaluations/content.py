"""What an evaluation says, in one canonical form: signatures stand under it, the record is hashed from it."""

import json
from hashlib import sha256

from django.db.models import Prefetch

from evaluations.models import Element, Evidence


def elements_of(evaluation, **annotations):
    """The elements in order, each with its rating, self-rating and evidence: two queries."""
    evidence = Evidence.objects.select_related("entry").order_by("at", "pk")
    return list(
        Element.objects.filter(evaluation=evaluation)
        .annotate(**annotations)
        .select_related("rating", "self_rating")
        .prefetch_related(Prefetch("evidence", evidence))
        .order_by("position")
    )


def rating_of(element):
    """The rating of an element, or None: nothing is chosen beforehand."""
    return getattr(element, "rating", None)


def content_of(evaluation, elements):
    """Elements, weights, levels, narratives, evidence and the closing words, ready for JSON."""
    return {
        "employee": evaluation.employee.number,
        "cycle": evaluation.cycle.name,
        "version": evaluation.version,
        "elements": [_element(element) for element in elements],
        "summary": evaluation.summary,
    }


def content_hash(evaluation, elements):
    """SHA-256 of what the rating says, in hexadecimal: what a signature stands under."""
    return digest(content_of(evaluation, elements))


def record_hash(evaluation, elements, signatures, score, level):
    """SHA-256 of the rating of record: the content, the result and the signatures in force."""
    return digest(
        content_of(evaluation, elements)
        | {
            "score": str(score),
            "level": level,
            "signatures": [
                {
                    "as": signature.signed_as,
                    "by": signature.by.number,
                    "at": signature.at.isoformat(),
                    "refused": signature.refused,
                    "witness": signature.witness.number if signature.witness else None,
                    "comment": signature.comment,
                    "of": signature.content_hash,
                }
                for signature in signatures
            ],
        }
    )


def digest(value):
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _element(element):
    rating = rating_of(element)
    return {
        "section": element.section,
        "name": element.name,
        "kind": element.kind,
        "nature": element.nature,
        "service": element.is_service,
        "standard": element.standard,
        "weight": f"{element.weight:.2f}",
        "level": rating.level if rating else None,
        "narrative": rating.narrative if rating else "",
        "evidence": [
            {"on": item.entry.on.isoformat(), "text": item.entry.text} if item.entry else {"text": item.text}
            for item in element.evidence.all()
        ],
    }
