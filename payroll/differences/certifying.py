"""Heads sign that a corrected award which is higher than released was earned (PAY-9 for PAY-12).

Who signs is who signs the certificates of the department; nobody signs an award of his own. What is lower
takes nothing that was certified further, and needs no signature.
"""

from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from audit.services import record
from certification import permissions as certification
from certification.services import FINAL, capacity_of, except_rating, take_back, title_of
from certification.sets import AwardSet, Signers
from compensation.models import Run
from look import formats
from organization.refusal import Refused
from outbox.services import link, send
from payroll import permissions
from payroll.checks import ReleaseChanged
from payroll.differences.finding import find_differences
from payroll.differences.found import Found
from payroll.differences.waiting import note_waiting, set_of, waits_for_signer
from payroll.models import BatchLine, DifferenceCertificate


class ToSign(NamedTuple):
    """A corrected award that a person signs: in what capacity, and whether he may write its exception."""

    found: Found
    capacity: str
    may_except: bool

    @property
    def line(self):
        return self.found.line

    @property
    def exception(self):
        return self.found.exception

    @property
    def statement(self):
        but = ", but for what the written exception names" if self.exception else ""
        return (
            f"Signing {self.capacity}, I certify that this award, as corrected, is earned by performance "
            f"that the rating of record shows, with service to customers a part of it{but}."
        )


def to_sign(run, person):
    """The `ToSign` of a run that need the signature of this person, with and without problems."""
    return [each for each in to_answer_for(run, person) if not each.found.certificate]


def to_answer_for(run, person):
    """Those, and what he or another signed for the same people and is not released yet."""
    chart, capacities, mine = Signers(person.on), {}, []
    for each in find_differences(run):
        department = set_of(each.line, chart)
        authority = chart.authority(person, department) if each.needs_certificate else None
        if authority is None or authority.is_own(each.line.employee_id, person):
            continue
        if department not in capacities:
            capacities[department] = capacity_of(department, authority, chart)
        may_except = certification.can_except(person, AwardSet(run, department), chart, each.line.employee_id)
        mine.append(ToSign(each, capacities[department], may_except))
    return mine


def _locked(run_id):
    runs = Run.objects.select_for_update(of=("self",)).select_related("plan__action", "plan__cycle")
    return runs.get(pk=run_id)


@transaction.atomic
def ask_to_certify(run_id, *, by, at):
    """Write to each who has corrected awards to sign. Returns how many were written to."""
    if not permissions.can_ask_heads(by):
        raise Refused("Only HR administrators and payroll clerks ask for signatures.")
    run = _locked(run_id)
    chart, asked, found = Signers(by.on), {}, find_differences(run)
    for each in filter(waits_for_signer, found):
        if signer := chart.certifier(set_of(each.line, chart)):
            asked.setdefault(signer, []).append(each)
    for signer, waiting in asked.items():
        if signer.work_email:
            awards = formats.plural(len(waiting), "corrected award waits", "corrected awards wait")
            send(
                signer.work_email,
                f"{awards} for your signature",
                f"What a pay rests on was corrected after it was released. {awards} for your signature:\n\n"
                f"{link('payroll:certify_differences', run.number)}",
                about="difference.asked",
            )
    note_waiting(run, found, chart)
    record("difference.asked", run, by=by, at=at, after={"people": sorted(map(str, asked))})
    return len(asked)


def ready_to_sign(mine):
    return [each for each in mine if not each.found.problems]


def seen_of(mine):
    """The digest of what would be signed."""
    said = "".join(f"{each.found.digest}{each.statement}" for each in ready_to_sign(mine))
    return sha256(said.encode()).hexdigest()


@transaction.atomic
def certify_differences(run_id, *, by, at, seen):
    """Sign every corrected award that is ready and one's to sign. Returns how many.

    Raises ReleaseChanged where they are not what was read, Refused where none is.
    """
    run = _locked(run_id)
    mine = to_sign(run, by)
    ready = ready_to_sign(mine)
    if not ready:
        raise Refused("No corrected award waits for your signature.")
    if seen_of(mine) != seen:
        raise ReleaseChanged("What you would sign changed while you were reading. Nothing was signed.")
    title = title_of(by.employee, by.on)
    for each in ready:
        signed = DifferenceCertificate.objects.create(
            line=each.line,
            digest=each.found.digest,
            statement=each.statement,
            signed_by=by.user,
            signed_name=by.name,
            signed_title=title,
            signed_at=at,
            exception=each.exception,
        )
        after = {"line": each.line.pk, "turn": each.found.turn, "hash": each.found.digest}
        after |= {"capacity": each.capacity}
        record("difference.certified", signed, by=by, at=at, after=after, reason=" ".join(each.found.reasons))
    note_waiting(run)
    return len(ready)


def find_to_except(run, line_id, person):
    """The ToSign of a line whose exception the person may write; None where there is none."""
    mine = (each for each in to_answer_for(run, person) if each.line.pk == line_id and each.may_except)
    return next(mine, None)


@transaction.atomic
def write_exception(run_id, line_id, *, reason, by, at):
    """Write why a corrected award is certified although something is missing, as for a first one."""
    run = _locked(run_id)
    mine = _to_except(run, line_id, by)
    about = {"run": run.number, "number": mine.line.number, "corrected": True}
    except_rating(mine.found.rating, mine.found, reason=reason, about=about, by=by, at=at)
    note_waiting(run)


@transaction.atomic
def withdraw_exception(run_id, line_id, *, by, at):
    """Take an exception back before anything that rests on it is released."""
    run = _locked(run_id)
    mine = _to_except(run, line_id, by)
    if mine.exception is None:
        raise Refused("There is no exception for this award.")
    paid = BatchLine.objects.filter(employee=mine.line.employee_id, fiscal_year=run.plan.fiscal_year)
    if paid.filter(batch__released_at__gte=mine.exception.written_at).exists():
        raise Refused(FINAL)
    take_back(mine.exception, by=by, at=at)
    note_waiting(run)


def _to_except(run, line_id, by):
    mine = find_to_except(run, line_id, by)
    if mine is None:
        raise Refused(
            "Only who signs this award, or whom a delegation allows it, writes or withdraws an exception "
            "here; nobody does for himself."
        )
    return mine
