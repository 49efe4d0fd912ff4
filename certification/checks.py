"""What holds an award back from certification (PAY-9): computed, never ticked.

Everything is found at once, so that a head can settle it in one pass. A missing progress review or signature
alone can be overcome by a written exception; nothing else can.
"""

from typing import NamedTuple

from compensation.change_words import sentences
from compensation.pay.rules import LOWEST_EARNING_LEVEL

LEAST_WORDS = 5
EXCEPTABLE = ("progress_review", "signature")


class Problem(NamedTuple):
    code: str
    title: str
    text: str
    cure: str


def find_problems(rating, *, minimum_service_weight, stale=None, is_excepted=False, withheld=None):
    """The problems of one award, all of them.

    `withheld` is the Withholding by which whoever signs leaves it out, or None.
    `rating` is the RatingOfRecord it rests on or None, `stale` its StaleCase or None,
    `minimum_service_weight` of 100; `is_excepted`: a written exception stands for the rating.
    """
    found = (
        _rating_missing(rating),
        _level(rating),
        _service_weight(rating, minimum_service_weight),
        _changed(stale),
        _progress_review(rating),
        _signature(rating),
        _withheld(withheld),
    )
    return [problem for problem in found if problem and not (is_excepted and problem.code in EXCEPTABLE)]


def can_be_excepted(problems):
    """Whether a written exception would overcome all of these problems."""
    return bool(problems) and all(problem.code in EXCEPTABLE for problem in problems)


def missing_of(*, has_progress_review, is_signed):
    """What an exception is about, in words that follow "without"; empty where nothing is missing."""
    missing = [] if has_progress_review else ["a progress review"]
    return " and ".join(missing if is_signed else [*missing, "the employee's signature"])


def _rating_missing(rating):
    if rating is None:
        return Problem(
            "no_rating",
            "No rating of record.",
            "Merit and lump sums rest on one.",
            "Finish the evaluation, then ask HR to run again.",
        )
    return None


def _level(rating):
    if rating is not None and rating.level < LOWEST_EARNING_LEVEL:
        return Problem(
            "level",
            f"Rated at level {rating.level}.",
            "Nothing is paid below fully successful.",
            "Ask HR to look at the pay plan.",
        )
    return None


def _service_weight(rating, minimum):
    if rating is None or rating.service_weight >= minimum:
        return None
    if not rating.service_weight:
        return Problem(
            "no_service",
            "The evaluation has no service element.",
            f"The county asks for a service weight of at least {minimum:.0f} of 100.",
            "Ask HR to step the evaluation back and amend the plan.",
        )
    return Problem(
        "service_weight",
        f"Service elements weigh {rating.service_weight:.2f} of 100.",
        f"The county asks for at least {minimum:.0f}.",
        "Ask HR to step the evaluation back and amend the plan.",
    )


def _changed(stale):
    if stale is None:
        return None
    if stale.is_gone:
        return Problem(
            "gone",
            "No longer employed in this position on the day of the plan.",
            "The run still counts it.",
            "Ask HR to run again.",
        )
    if any(change.fact in ("rating_id", "level", "score", "service_weight") for change in stale.changes):
        title = "The rating changed after the pay run."
    else:
        title = "What the award rests on changed after the pay run."
    return Problem("changed", title, " ".join(sentences(stale)), "Ask HR to run again.")


def _progress_review(rating):
    if rating is not None and not rating.has_progress_review:
        return Problem(
            "progress_review",
            "No progress review is on record.",
            "It was due before the rating.",
            "Whoever signs can write an exception.",
        )
    return None


def _signature(rating):
    if rating is not None and not rating.is_signed:
        return Problem(
            "signature",
            "The employee has not signed.",
            "A refusal can be recorded with a witness.",
            "Ask the supervisor for the signature or the refusal.",
        )
    return None


def _withheld(withheld):
    if withheld is None:
        return None
    return Problem(
        "withheld",
        f"Left out of the set by {withheld.name}.",
        withheld.reason,
        "Whoever signs can put it back; HR can look at the award.",
    )


def is_a_sentence(text):
    """Whether a reason in writing says anything: it is kept for whoever reads the certificate in years."""
    return len(text.split()) >= LEAST_WORDS
