"""What keeps a plan from being issued or a rating from being sent on: every problem at once, as values."""

from typing import NamedTuple

from django.utils import timezone

from evaluations.content import rating_of
from evaluations.models.template import Kind
from evaluations.scoring import HUNDRED, service_weight, total_weight
from organization.models import the_county


class Problem(NamedTuple):
    """One thing that is missing. HR can waive some, with a reason; `element_id` says where it is."""

    rule: str
    text: str
    element_id: int | None = None
    can_be_waived: bool = False


def minimum_service_weight(cycle=None, *, county=None):
    """What customer service must weigh at least, of 100: the county's minimum or the cycle's, if more."""
    county = (county or the_county()).minimum_service_weight
    return max(county, cycle.minimum_service_weight) if cycle else county


def problems_of_plan(elements, *, minimum):
    """Why these elements cannot be a plan (EVL-2). They have name, kind, weight, is_service and standard."""
    counted = [element for element in elements if element.kind != Kind.ADDITIONAL]
    problems = []
    if not any(element.kind == Kind.CRITICAL for element in counted):
        problems.append(Problem("critical", "No element is critical. Mark at least one."))
    if not any(element.is_service for element in counted):
        problems.append(Problem("service", "No element serves customers. Add or mark at least one."))
    total, service = total_weight(elements), service_weight(elements)
    if total != HUNDRED:
        problems.append(Problem("total", _total(total)))
    if service < minimum:
        problems.append(
            Problem(
                "service_weight",
                f"Customer service weighs {service:.2f}. The county asks for at least {minimum:.2f}.",
            )
        )
    for element in counted:
        if not element.standard.strip():
            problems.append(
                Problem(
                    "standard", f"{element.name} has no standard at level 3.", getattr(element, "pk", None)
                )
            )
        if not element.weight:
            problems.append(Problem("weight", f"{element.name} has no weight.", getattr(element, "pk", None)))
    return problems + [
        Problem("additional", f"{element.name} is additional, so its weight must be 0.00.", element.pk)
        for element in elements
        if element.kind == Kind.ADDITIONAL and element.weight
    ]


def _total(total):
    difference = HUNDRED - total
    if difference > 0:
        return f"The weights total {total:.2f}. Add {difference:.2f} here or elsewhere."
    return f"The weights total {total:.2f}. Take away {-difference:.2f} here or elsewhere."


def days_under_plan(evaluation, on):
    """Days of the cycle that the person has worked under the plan, up to a day or the end of the cycle."""
    if evaluation.plan_issued_at is None:
        return 0
    first = max(timezone.localdate(evaluation.plan_issued_at), evaluation.cycle.starts_on)
    return max(0, (min(on, evaluation.cycle.ends_on) - first).days)


def problems_of_rating(evaluation, elements, levels, *, has_progress_review, on):
    """Why this rating cannot be sent on yet (EVL-4, EVL-5).

    `elements` come from `content.elements_of`, `levels` maps numbers to levels of the scale. What HR has
    waived with a reason is no problem any more.
    """
    problems = []
    if not has_progress_review:
        due = evaluation.cycle.progress_due_on
        problems.append(
            Problem(
                "progress_review",
                f"No progress review is on record. It was due {due:%B} {due.day}, {due.year}.",
                can_be_waived=True,
            )
        )
    days, needed = days_under_plan(evaluation, on), evaluation.cycle.minimum_days
    if days < needed:
        problems.append(
            Problem(
                "minimum_period",
                f"{days} days under the plan so far. A rating needs {needed}.",
                can_be_waived=True,
            )
        )
    if evaluation.waiver_reason:
        problems = [problem for problem in problems if not problem.can_be_waived]
    for element in elements:
        problems += problems_of_element(element, levels, words_needed=evaluation.cycle.narrative_words)
    return problems


def problems_of_element(element, levels, *, words_needed):
    """What one element still lacks. An additional element may stay without a level."""
    rating = rating_of(element)
    if rating is None or rating.level is None:
        if element.kind == Kind.ADDITIONAL:
            return []
        return [Problem("not_rated", f"{element.name} has no level yet.", element.pk)]
    level = levels[rating.level]
    if not level.needs_narrative:
        return []
    problems = []
    words = count_words(rating.narrative)
    if words < words_needed:
        problems.append(
            Problem(
                "narrative",
                f"{element.name}: {words} of at least {words_needed} words for level {level.number}.",
                element.pk,
            )
        )
    if not element.evidence.all():
        problems.append(
            Problem("evidence", f"{element.name}: level {level.number} needs at least one fact.", element.pk)
        )
    return problems


def count_words(text):
    return len(text.split())
