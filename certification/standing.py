"""Where every award of a run stands: ready, held back, certified or released. Computed by comparing."""

from collections import defaultdict
from typing import NamedTuple

from certification.checks import Problem, find_problems, words_of_changes
from certification.fingerprint import award_form, canonical, digest
from certification.models import Certificate, CertifiedLine, Closing
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


def voids_of(run, *, departments=None):
    """The certificates of a run that do not hold, computed by comparing what was signed with what is.

    Awards that were released are final and do not count. A certificate once found void stays void.
    """
    certificates = Certificate.objects.filter(run=run).select_related("voiding", "department", "run__plan")
    signed = (
        CertifiedLine.objects.filter(certificate__run=run, line__closing=None)
        .select_related("line__employee", "line__case__rating", "line__department")
        .order_by("line__number")
    )
    if departments is not None:
        signed = signed.filter(line__department__in=departments)
    stale = {case.line_id: case for case in stale_cases(run, departments=departments)}
    reasons = defaultdict(list)
    for each in signed:
        if each.line_id in stale:
            reasons[each.certificate_id].append(_why(each.line, stale[each.line_id]))
        elif each.fingerprint != digest(canonical(award_form(each.line))):
            reasons[each.certificate_id].append(f"The award of {each.line.employee} is not what was signed.")
    found = {}
    for certificate in certificates:
        recorded = getattr(certificate, "voiding", None)
        if recorded or certificate.pk in reasons:
            found[certificate.pk] = Void(
                certificate, recorded.reasons if recorded else reasons[certificate.pk]
            )
    return found


def _why(line, stale):
    if stale.is_gone:
        return f"{line.employee} is no longer employed in the position on the day of the plan."
    return f"What the award of {line.employee} rests on changed. {words_of_changes(stale.changes)}"


def stand(run, lines, *, minimum_service_weight, departments=None):
    """Where each of these award lines stands: a list of Award, in the order of `lines`.

    `departments` (ids) narrows the comparison with the facts of today; the lines must be of them.
    """
    lines = list(lines)
    stale = {case.line_id: case for case in stale_cases(run, departments=departments)}
    void = voids_of(run, departments=departments)
    released = set(Closing.objects.filter(line__run=run).values_list("line_id", flat=True))
    signed = {
        each.line_id: each.certificate
        for each in CertifiedLine.objects.filter(certificate__run=run)
        .exclude(certificate__in=void)
        .select_related("certificate")
    }
    return [
        _award(line, stale.get(line.pk), released, signed, minimum_service_weight=minimum_service_weight)
        for line in lines
    ]


def _award(line, stale, released, signed, *, minimum_service_weight):
    certificate = signed.get(line.pk)
    if line.pk in released:
        return Award(line, RELEASED, [], certificate)
    if certificate is not None:
        return Award(line, CERTIFIED, [], certificate)
    problems = find_problems(line, stale=stale, minimum_service_weight=minimum_service_weight)
    return Award(line, HELD if problems else READY, problems, None)


def certified_line_ids(run):
    """Ids of award lines that a certificate which holds covers: what payroll may release."""
    return set(
        CertifiedLine.objects.filter(certificate__run=run)
        .exclude(certificate__in=voids_of(run))
        .values_list("line_id", flat=True)
    )
