"""Where every award of a run stands: ready, held back, certified or released. Computed by comparing."""

from collections import defaultdict
from typing import NamedTuple

from certification.checks import Problem, find_problems
from certification.fingerprint import award_form, canonical, digest
from certification.models import Certificate, CertifiedLine, Closing
from compensation.change_words import sentences
from compensation.facts import stale_cases

READY, HELD, CERTIFIED, RELEASED = "ready", "held", "certified", "released"


class Award(NamedTuple):
    """One award line and where it stands. `problems` is empty unless it is held back."""

    line: object
    state: str
    problems: list[Problem]
    certificate: Certificate | None


class Void(NamedTuple):
    """A certificate that no longer holds, with a sentence for each award that changed."""

    certificate: Certificate
    reasons: list[str]


class Comparison(NamedTuple):
    """What was signed of a run against what is so today, by line id; `voids` by certificate id.

    `released` are the awards of the fiscal year that are final: (employee id, slot), by whatever run.
    """

    stale: dict
    voids: dict
    signed: dict  # line id to the certificate that covers it and holds
    released: frozenset

    def is_released(self, line):
        return (line.employee_id, line.case.slot) in self.released


def compare(run, *, departments=None):
    """Compare a run with the facts of today, in three queries; only some departments (ids) if asked.

    A certificate is void once an award in it is not what was signed. Awards that were released are final and
    do not count. A certificate once found void stays void.
    """
    signed = CertifiedLine.objects.filter(certificate__run=run).select_related(
        "line__employee",
        "line__case__rating",
        "certificate__voiding",
        "certificate__department",
        "certificate__signed_by",
    )
    if departments is not None:
        # A certificate of the heads covers other departments too, and what changes there voids it as well.
        touching = CertifiedLine.objects.filter(certificate__run=run, line__department__in=departments)
        signed = signed.filter(certificate__in=touching.values("certificate"))
    signed = list(signed.order_by("line__number", "pk"))
    if departments is not None:
        departments = {*departments, *(each.line.department_id for each in signed)}
    stale = {case.line_id: case for case in stale_cases(run, departments=departments)}
    closed = Closing.objects.filter(fiscal_year=run.plan.fiscal_year)
    released = frozenset(closed.values_list("employee_id", "slot"))
    voids = _voids(signed, stale, released)
    holding = {each.line_id: each.certificate for each in signed if each.certificate_id not in voids}
    return Comparison(stale, voids, holding, released)


def _voids(signed, stale, released):
    reasons = defaultdict(list)
    certificates = {each.certificate_id: each.certificate for each in signed}
    for each in signed:
        if (each.line.employee_id, each.line.case.slot) in released:
            continue
        if each.line_id in stale:
            reasons[each.certificate_id].append(_why(each.line, stale[each.line_id]))
        elif each.fingerprint != digest(canonical(award_form(each.line))):
            reasons[each.certificate_id].append(f"The award of {each.line.employee} is not what was signed.")
    voids = {}
    for pk, certificate in certificates.items():
        recorded = getattr(certificate, "voiding", None)
        if recorded or pk in reasons:
            voids[pk] = Void(certificate, recorded.reasons if recorded else reasons[pk])
    return voids


def _why(line, stale):
    if stale.is_gone:
        return f"{line.employee} is no longer employed in the position on the day of the plan."
    return f"What the award of {line.employee} rests on changed. {' '.join(sentences(stale))}"


def stand(lines, comparison, *, minimum_service_weight):
    """Where each of these award lines stands: a list of Award, in the order of `lines`."""
    return [_award(line, comparison, minimum_service_weight) for line in lines]


def _award(line, comparison, minimum_service_weight):
    certificate = comparison.signed.get(line.pk)
    if comparison.is_released(line):
        return Award(line, RELEASED, [], certificate)
    if certificate is not None:
        return Award(line, CERTIFIED, [], certificate)
    problems = find_problems(
        line, stale=comparison.stale.get(line.pk), minimum_service_weight=minimum_service_weight
    )
    return Award(line, HELD if problems else READY, problems, None)
