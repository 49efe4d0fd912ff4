"""How many awards of a run stand where: counted by the database, for a hundred thousand as for ten."""

from typing import NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Sum, When

from certification.checks import find_problems
from certification.models import Withholding, WrittenException
from certification.standing import state_of, with_standing
from compensation.models import RunLine


class Group(NamedTuple):
    """Awards of one set that stand alike. `merit` and `lump` are their sums in cents."""

    run_id: int
    department_id: int | None  # None for the awards of the heads
    state: str
    awards: int
    merit: int
    lump: int
    is_excepted: bool  # by a written exception


class Rated(NamedTuple):
    """What of a rating of record can hold an award back."""

    level: int
    service_weight: object
    has_progress_review: bool
    is_signed: bool


def count(comparison, head_ids, *, minimum_service_weights, departments=None, without=()):
    """How the awards of its runs stand, as Groups: by `stand`'s rules, in one query however many there are.

    `minimum_service_weights` are those of each run (id). `without` leaves out the awards of employees (ids):
    nobody signs his own. Where ratings are alike in what can hold an award back, they are looked at once.
    """
    lines = RunLine.objects.awards().filter(run__in=comparison.runs)
    if departments is not None:
        lines = lines.filter(department__in=departments)
    if without:
        lines = lines.exclude(employee__in=without)
    excepted = WrittenException.objects.standing().filter(rating=OuterRef("case__rating"))
    withheld = Withholding.objects.standing().filter(line=OuterRef("pk"))
    stale = [key for key in comparison.stale if key]
    found = (
        with_standing(lines, comparison)
        .annotate(
            of=Case(When(employee__in=head_ids or [0], then=None), default=F("department_id")),
            is_covered=Case(When(covered_by=None, then=False), default=True),
            is_barred=Case(
                When(Exists(withheld), then=True), When(pk__in=stale or [0], then=True), default=False
            ),
            is_excepted=Exists(excepted),
        )
        .values_list(
            "run",
            "of",
            "is_final",
            "is_covered",
            "is_barred",
            "is_excepted",
            *(f"case__rating__{name}" for name in Rated._fields),
        )
        .annotate(Count("pk"), Sum("merit"), once=Sum(F("excess") + F("lump_sum")))
        .order_by()
    )
    return [
        Group(
            run,
            of,
            _state(is_final, is_covered, is_barred, is_excepted, facts, minimum_service_weights[run]),
            awards,
            int(merit),
            int(lump),
            is_excepted,
        )
        for run, of, is_final, is_covered, is_barred, is_excepted, *facts, awards, merit, lump in found
    ]


def _state(is_final, is_covered, is_barred, is_excepted, facts, minimum_service_weight):
    rating = Rated(*facts) if facts[0] is not None else None
    problems = is_barred or find_problems(
        rating, minimum_service_weight=minimum_service_weight, is_excepted=is_excepted
    )
    return state_of(is_final=is_final, is_covered=is_covered, problems=problems)
