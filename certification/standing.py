"""Where every award of a run stands: ready, held back, certified or released. Computed by comparing."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Subquery

from certification.checks import Problem, can_be_excepted, find_problems
from certification.fingerprint import FINGERPRINT, JOINS
from certification.models import Certificate, CertifiedLine, Closing, Withholding, WrittenException
from compensation.change_words import sentences
from compensation.facts import stale_cases, stale_lines
from compensation.models import RunLine

READY, HELD, CERTIFIED, RELEASED = "ready", "held", "certified", "released"


class Award(NamedTuple):
    """One award line and where it stands. `problems` is empty unless it is held back."""

    line: object
    state: str
    problems: list[Problem]
    certificate: Certificate | None
    exception: WrittenException | None = None
    can_be_excepted: bool = False
    withheld: Withholding | None = None


class Void(NamedTuple):
    """A certificate that no longer holds, with a sentence for each award that changed."""

    certificate: Certificate
    reasons: list[str]


@dataclass(frozen=True, eq=False)
class Comparison:
    """What was signed of a run against what is so today.

    `stale` by line id; `certificates` and those of them that no longer hold, `voids`, by certificate id.
    """

    run: object
    stale: dict
    certificates: dict
    voids: dict

    @cached_property
    def signed(self):
        """Ids of the lines that a certificate covers which holds."""
        lines = CertifiedLine.objects.filter(certificate__in=self.holding)
        return frozenset(lines.values_list("line_id", flat=True))

    @property
    def runs(self):
        return [self.run]

    @property
    def holding(self):
        """Ids of the certificates that hold."""
        return [pk for pk in self.certificates if pk not in self.voids] or [0]


def compare(run, *, departments=None):
    """Compare a run with the facts of today, in five queries at most; only some departments (ids) if asked.

    A certificate is void once an award in it is not what was signed. Awards that were released are final and
    do not count. A certificate once found void stays void.
    """
    found = Certificate.objects.filter(run=run).defer("content")
    if departments is not None:
        touching = CertifiedLine.objects.filter(certificate__run=run, line__department__in=departments)
        # A certificate of the heads covers other departments too, and what changes there voids it as well.
        of_heads = CertifiedLine.objects.filter(certificate=OuterRef("pk"), certificate__department=None)
        found = found.filter(pk__in=touching.values("certificate")).annotate(
            elsewhere=ArraySubquery(of_heads.values("line__department").distinct())
        )
    certificates = found.select_related("voiding", "department", "signed_by").in_bulk()
    if departments is not None:
        departments = {*departments, *(key for each in certificates.values() for key in each.elsewhere)}
    stale = _stale(run, departments)
    return Comparison(run, stale, certificates, _voids(run, certificates, stale))


class Glance(NamedTuple):
    """A Comparison of some runs for a count: certificates that became void count as holding until that is
    noted, which takes minutes.
    """

    runs: list
    stale: set
    holding: object


def glance(runs, *, departments=None):
    """Compare by the voids that are noted, in one query however many runs there are."""
    noted = Certificate.objects.filter(run__in=runs, voiding=None)
    return Glance(runs, stale_lines(runs, departments=departments), noted.values("pk"))


def _stale(run, departments):
    return {case.line_id: case for case in stale_cases(run, departments=departments)}


# Signed awards, not final yet, that are stale or not what was signed.
_CHANGED = f"""
    SELECT s.certificate_id, s.line_id
    FROM certification_certifiedline s
    JOIN compensation_runline l ON l.id = s.line_id
    JOIN compensation_runcase c ON c.id = l.case_id
    {JOINS}
    WHERE s.certificate_id = ANY(%(certificates)s) AND NOT EXISTS (
            SELECT FROM certification_closing f
            WHERE f.fiscal_year = %(year)s AND f.employee_id = l.employee_id AND f.slot = c.slot
        )
        AND (s.line_id = ANY(%(stale)s::bigint[]) OR s.fingerprint <> {FINGERPRINT})
    ORDER BY l.number, s.id
"""  # noqa: S608 - put together from constants


def _voids(run, certificates, stale):
    voids = {
        pk: Void(certificate, certificate.voiding.reasons)
        for pk, certificate in certificates.items()
        if hasattr(certificate, "voiding")
    }
    asked = [pk for pk in certificates if pk not in voids]
    changed = _changed(asked, run.plan.fiscal_year, stale) if asked else []
    if not changed:
        return voids
    lines = RunLine.objects.select_related("employee", "case").in_bulk([line for _, line in changed])
    ratings = [line.case.rating_id for line in lines.values()]
    excepted = dict(
        WrittenException.objects.filter(rating__in=ratings)
        .order_by("written_at")
        .values_list("rating", "withdrawn_at")
    )
    for pk, line_id in changed:
        line = lines[line_id]
        void = voids.setdefault(pk, Void(certificates[pk], []))
        void.reasons.append(_why(line, stale.get(line_id), excepted.get(line.case.rating_id)))
    return voids


def _changed(certificates, fiscal_year, stale):
    """(certificate id, line id) of each award that is not what was signed, by employee number."""
    values = {"certificates": certificates, "year": fiscal_year, "stale": [key for key in stale if key]}
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, values)
        return cursor.fetchall()


def _why(line, stale, withdrawn_at):
    if stale is None and withdrawn_at is not None:
        return f"The written exception for {line.employee} was withdrawn."
    if stale is None:
        return f"The award of {line.employee} is not what was signed."
    if stale.is_gone:
        return f"{line.employee} is no longer employed in the position on the day of the plan."
    return f"What the award of {line.employee} rests on changed. {' '.join(sentences(stale))}"


def with_standing(lines, comparison):
    """Add to a queryset of award lines `is_final`, and `covered_by`: the id of a certificate that holds."""
    final = Closing.objects.filter(
        fiscal_year=_fiscal_year(comparison.runs),
        employee=OuterRef("employee"),
        slot=OuterRef("case__slot"),
    )
    covered = CertifiedLine.objects.filter(line=OuterRef("pk"), certificate__in=comparison.holding)
    return lines.annotate(
        is_final=Exists(final), covered_by=Subquery(covered.order_by("-pk").values("certificate")[:1])
    )


def _fiscal_year(runs):
    """That of a line, which is known where all lines are of one run."""
    return runs[0].plan.fiscal_year if len(runs) == 1 else OuterRef("run__plan__fiscal_year")


def stand(lines, comparison, *, minimum_service_weight):
    """Where each of these award lines stands: a list of Award, in the order of the queryset `lines`."""
    found = list(with_standing(lines, comparison))
    exceptions = exceptions_for(line.case.rating for line in found)
    withheld = {
        each.line_id: each
        for each in Withholding.objects.standing().filter(line__run=comparison.run, line__in=found)
    }
    return [_award(line, comparison, minimum_service_weight, exceptions, withheld) for line in found]


def exceptions_for(ratings):
    """The exceptions that stand for ratings of record (or None), by rating id: asked for only where a rating
    lacks something.
    """
    lacking = [each.pk for each in ratings if each and not (each.has_progress_review and each.is_signed)]
    if not lacking:
        return {}
    return {each.rating_id: each for each in WrittenException.objects.standing().filter(rating__in=lacking)}


def _award(line, comparison, minimum_service_weight, exceptions, withheld):
    exception = exceptions.get(line.case.rating_id)
    problems = find_problems(
        line.case.rating,
        stale=comparison.stale.get(line.pk),
        minimum_service_weight=minimum_service_weight,
        is_excepted=exception is not None,
        withheld=withheld.get(line.pk),
    )
    state = state_of(is_final=line.is_final, is_covered=line.covered_by is not None, problems=problems)
    certificate = comparison.certificates.get(line.covered_by)
    held = problems if state == HELD else []
    return Award(line, state, held, certificate, exception, can_be_excepted(held), withheld.get(line.pk))


def state_of(*, is_final, is_covered, problems):
    """What is released stays so, and what is signed for has nothing to be asked any more."""
    if is_final:
        return RELEASED
    if is_covered:
        return CERTIFIED
    return HELD if problems else READY
