"""Signing a set: what is ready in it, for whom, in which words, under which hash."""

from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from audit.services import record
from certification import permissions
from certification.fingerprint import award_form, canonical, digest, set_content
from certification.models import Certificate, CertifiedLine, Request
from certification.services.runs import (
    departments_of,
    level_names,
    lock_set,
    minimum_service_weight,
    who_signs,
)
from certification.sets import Authority, AwardSet, awards_in
from certification.standing import READY, compare, stand
from compensation.runs.proof import altered_parts
from look.formats import plural, record_date
from organization.bulk import tell_planner
from organization.models import the_county
from organization.refusal import Refused
from outbox.services import link, send


class SetChanged(Refused):
    """What the head read is not what would be signed."""


class Draft(NamedTuple):
    """What somebody would sign now. `own` is what he may not: his award, and that of whom he signs for."""

    award_set: AwardSet
    authority: Authority
    awards: list
    own: list
    title: str
    signed_for: str
    capacity: str
    statement: str
    content: str

    @property
    def hash(self):
        return digest(self.content)

    @property
    def excepted(self):
        return [award for award in self.awards if award.exception]

    def total(self, name):
        """The sum of a figure of the lines, in cents."""
        return sum(getattr(award.line, name) for award in self.awards)


def draft(award_set, chart, by, *, awards, county, levels):
    """The Draft of a set, by one who may sign it. `awards` is how the awards of the set `stand`, `levels` the
    `level_names` of its run.
    """
    authority = chart.authority(by, award_set.department)
    own, ready = [], []
    for award in awards:
        if award.state == READY:
            (own if authority.is_own(award.line.employee_id, by) else ready).append(award)
    title = title_of(by.employee, chart.on) or by.role_name
    signed_for = _signed_for(authority, chart.on)
    capacity = capacity_of(award_set.department, authority, chart)
    words = statement(ready, name=by.name, title=title, county=county.name, capacity=capacity)
    content = set_content(
        award_set,
        ready,
        county=str(county),
        statement=words,
        signed_by={"name": by.name, "title": title, "number": by.employee.number, "capacity": capacity},
        signed_for=_for(authority, signed_for),
        levels={str(number): name for number, name in levels.items()},
    )
    return Draft(award_set, authority, ready, own, title, signed_for, capacity, words, content)


def _for(authority, signed_for):
    delegation = authority.delegation
    return delegation and {
        "name": signed_for,
        "number": authority.principal.number,
        "delegation": delegation.words,
        "given": timezone.localdate(delegation.given_at).isoformat(),
        "last_day": delegation.last_day.isoformat(),
    }


def _signed_for(authority, on):
    """Name and title of the one for whom is signed; empty where by one's own right."""
    if not authority.delegation:
        return ""
    principal = authority.principal
    return ", ".join(filter(None, [principal.full_name, title_of(principal, on)]))


def capacity_of(department, authority, chart):
    """In what one capacity somebody signs, in words that follow "signing".

    His own right goes before a delegation: a delegate who becomes head signs as head from that day.
    """
    whose = f" for {department.name}, which has no head of its own" if chart.is_vacant(department) else ""
    if authority.delegation:
        given = record_date(authority.delegation.given_at)
        signed_for = _signed_for(authority, chart.on)
        return f"for {signed_for}, by a delegation of {given}{whose and f',{whose}'}"
    if headed := chart.headed_above(department):
        return f"as head of {headed.name}{whose}"
    return f"as County Judge{whose or ' for the heads of departments'}"


def statement(awards, *, name, title, county, capacity):
    """The words that are signed."""
    excepted = sum(award.exception is not None for award in awards)
    but = f", but for the {plural(excepted, 'award', 'awards')} by written exception" if excepted else ""
    return (
        f"I, {name}, {title} of {county}, signing {capacity}, certify that I have reviewed the "
        f"{plural(len(awards), 'award', 'awards')} in this set; that each rests on an evaluation of customer "
        f"service and of the work accomplished, signed and of record{but}; and that no award was "
        "made for any other reason."
    )


def draft_now(award_set, chart, by):
    """The Draft of a set as it stands now."""
    county = the_county()
    awards = stand(
        awards_in(award_set, chart),
        compare(award_set.run, departments=departments_of(award_set)),
        minimum_service_weight=minimum_service_weight(award_set.run, county),
    )
    levels = level_names(award_set.run)
    return draft(award_set, chart, by, awards=awards, county=county, levels=levels)


@transaction.atomic
def certify(run_id, department_id, *, by, at, seen_hash):
    """Sign what is ready in a set; what is held back stays for a later one (PAY-9). Returns the Certificate.

    `department_id` is None for the heads' own awards. `seen_hash` is the hash of what the person read: if the
    set has changed since, SetChanged is raised and nothing is signed.
    """
    award_set, chart = lock_set(run_id, department_id, by)
    run = award_set.run
    if not permissions.can_certify(by, award_set, chart):
        raise Refused(f"Only {who_signs(award_set, chart)} can sign this set.")
    request = Request.objects.filter(run=run, department=award_set.department).first()
    if request is None:
        raise Refused("HR has not asked for this certificate yet.")
    if request.state == Request.State.RETURNED:
        raise Refused("This set was returned to HR. It can be signed once HR has asked for it anew.")
    signing = draft_now(award_set, chart, by)
    if altered_parts(run, departments=departments_of(award_set)):
        raise Refused(f"Lines of {run} are not what was computed. Nothing was signed; tell an operator.")
    if not signing.awards and signing.own:
        raise Refused("Only your own award is left in this set, or that of the one for whom you sign.")
    if not signing.awards:
        raise SetChanged("No award is ready to be signed. Somebody may have signed this set just now.")
    if signing.hash != seen_hash:
        raise SetChanged("The set changed while you were reading. Nothing was signed; look at it again.")
    certificate = _write(signing, by, at)
    record(
        "certificate.signed",
        certificate,
        by=by,
        at=at,
        role=signing.title,
        after={
            "set": award_set.name,
            "awards": len(signing.awards),
            "hash": certificate.content_hash,
            **({"exceptions": certificate.exceptions} if certificate.exceptions else {}),
            **({"signed_for": certificate.signed_for} if certificate.signed_for else {}),
        },
    )
    _tell_principal(signing, certificate)
    return certificate


def _write(signing, by, at):
    certificate = Certificate.objects.create(
        number=_next_number(signing.award_set),
        run=signing.award_set.run,
        department=signing.award_set.department,
        signed_by=by.user,
        signed_name=by.name,
        signed_title=signing.title,
        delegation=signing.authority.delegation,
        signed_for=signing.signed_for,
        signed_at=at,
        statement=signing.statement,
        content=signing.content,
        content_hash=signing.hash,
        awards=len(signing.awards),
        exceptions=len(signing.excepted),
        base_total=_dollars(signing.total("merit")),
        lump_total=_dollars(signing.total("awarded_once")),
    )
    CertifiedLine.objects.bulk_create(
        CertifiedLine(
            certificate=certificate,
            line=award.line,
            fingerprint=digest(canonical(award_form(award.line, award.exception))),
        )
        for award in signing.awards
    )
    tell_planner(CertifiedLine)
    return certificate


def _tell_principal(signing, certificate):
    delegation = signing.authority.delegation
    if delegation and delegation.principal.work_email:
        awards = plural(certificate.awards, "award", "awards")
        send(
            delegation.principal.work_email,
            f"{certificate} was signed for you",
            f"{certificate.signed_name} certified {awards} of {signing.award_set.name} for you. "
            f"What was signed is here:\n\n{link('certification:certificate', certificate.number)}",
            about="certificate.signed_for",
        )


def title_of(employee, on):
    """County Clerk, County Judge, ...: the job of an employee on a day; empty where none is on record."""
    line = employee.assignments.in_force(on).filter(slot=1).select_related("job").first()
    return line.job.title if line and line.job else ""


def _next_number(award_set):
    prefix = f"{(award_set.code or 'heads').upper()}-{award_set.run.plan.fiscal_year}"
    known = Certificate.objects.filter(number__startswith=f"{prefix}-").values_list("number", flat=True)
    last = max((int(number.rpartition("-")[2]) for number in known), default=0)
    return f"{prefix}-{last + 1:02d}"


def _dollars(cents):
    return Decimal(cents).scaleb(-2)
