"""The certificates of one set in a fiscal year: which were signed, why one fell, which one took its place."""

from typing import NamedTuple

from django.db.models import Count, Q

from audit.models import Entry
from certification.models import Certificate, CertifiedLine, Request
from certification.standing import compare


class State:
    HOLDS, RELEASED, VOID, REPLACED = "certified", "released", "void", "superseded"


WORDS = {
    State.HOLDS: "Holds",
    State.RELEASED: "Released",
    State.VOID: "Void",
    State.REPLACED: "Another run took its place",
}


class Record(NamedTuple):
    """One certificate of a set. `renewed_by`: (number, how many of its awards) signed again since."""

    certificate: Certificate
    state: str
    reasons: list[str]
    renewed_by: list[tuple[str, int]]

    @property
    def word(self):
        return WORDS[self.state]


def history_of(run, department):
    """The Records of a set, the latest first, over all runs of its fiscal year; a constant number of queries.

    What changed is compared for `run`; of earlier runs, which are not paid, what was noted counts.
    """
    certificates = list(
        Certificate.objects.filter(run__plan__fiscal_year=run.plan.fiscal_year, department=department)
        .defer("content")
        .select_related("run", "voiding", "signed_by", "delegation")
        .annotate(closed=Count("lines", filter=Q(lines__line__closing__isnull=False)))
        .order_by("-signed_at", "-pk")
    )
    if not certificates:
        return []
    voids = compare(run, departments=[department.pk] if department else None).voids
    awards = _awards(certificates)
    return [
        Record(
            each,
            state_of(each, void=voids.get(each.pk)),
            reasons_of(each, voids.get(each.pk)),
            _renewals(each, certificates, awards),
        )
        for each in certificates
    ]


TURNS = {"certification.set_asked": "Asked by HR", "certification.returned": "Returned to HR"}


class Turn(NamedTuple):
    """A set went from HR to who signs it, or back, with `note`."""

    word: str
    by: str
    at: object
    note: str


def turns_of(award_set):
    """How the set went to and fro, the latest first; the Request itself tells only how it stands."""
    request = Request.objects.filter(run=award_set.run, department=award_set.department).first()
    if request is None:
        return []
    entries = Entry.objects.about(request).filter(act__in=TURNS).order_by("-pk")
    return [Turn(TURNS[each.act], each.actor_name, each.at, each.reason) for each in entries]


def state_of(certificate, *, void):
    """How a certificate stands. `void` is its Void if any; `closed` counts its awards that are final."""
    if void is not None or hasattr(certificate, "voiding"):
        return State.VOID
    if certificate.closed and certificate.closed == certificate.awards:
        return State.RELEASED
    return State.REPLACED if certificate.run.replaced_by_id and not certificate.closed else State.HOLDS


def reasons_of(certificate, void):
    if void is not None:
        return void.reasons
    return certificate.voiding.reasons if hasattr(certificate, "voiding") else []


def _awards(certificates):
    """(employee, slot) of each award by certificate id."""
    rows = CertifiedLine.objects.filter(certificate__in=certificates)
    found = {each.pk: set() for each in certificates}
    for pk, *award in rows.values_list("certificate", "line__employee", "line__case__slot"):
        found[pk].add(tuple(award))
    return found


def _renewals(certificate, certificates, awards):
    """Later certificates with awards of the same people, oldest first."""
    later = [
        (each.number, len(awards[each.pk] & awards[certificate.pk]))
        for each in reversed(certificates)
        if (each.signed_at, each.pk) > (certificate.signed_at, certificate.pk)
    ]
    return [(number, again) for number, again in later if again]
