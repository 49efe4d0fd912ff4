"""Heads sign that a corrected award which is higher than released was earned (PAY-9 for PAY-12).

Who signs is who signs the certificates of the department; nobody signs an award of his own. What is lower
takes nothing that was certified further, and needs no signature.
"""

from hashlib import sha256

from django.db import transaction

from audit.services import record
from certification.sets import Signers
from compensation.models import Run
from look import formats
from organization.models import Employee
from organization.refusal import Refused
from outbox.services import link, send
from payroll import permissions
from payroll.checks import ReleaseChanged
from payroll.differences import find_differences
from payroll.models import DifferenceCertificate

STATEMENT = (
    "I certify that the awards below, as corrected, are earned by performance that the ratings of record "
    "show, and that service to customers is a part of it."
)


def to_sign(run, person):
    """The Found of a run that need the signature of this person, with and without problems."""
    chart = Signers(person.on)
    return [
        each
        for each in find_differences(run)
        if each.needs_certificate and not each.certificate and signs(person, each.line, chart)
    ]


def signs(person, line, chart):
    """Whether a person signs for the award of a line: a head's own goes one level up."""
    if line.employee_id == person.employee_id:
        return False
    department = None if line.employee_id in chart.head_ids else line.department
    return chart.authority(person, department) is not None


def _locked(run_id):
    runs = Run.objects.select_for_update(of=("self",)).select_related("plan__action", "plan__cycle")
    return runs.get(pk=run_id)


@transaction.atomic
def ask_to_certify(run_id, *, by, at):
    """Write to each who has corrected awards to sign. Returns how many were written to."""
    if not permissions.can_ask_heads(by):
        raise Refused("Only HR administrators and payroll clerks ask for signatures.")
    run = _locked(run_id)
    chart, asked = Signers(by.on), {}
    for each in ready_to_sign(find_differences(run)):
        if each.needs_certificate and not each.certificate:
            department = None if each.line.employee_id in chart.head_ids else each.line.department
            if signer := chart.certifier(department):
                asked.setdefault(signer, []).append(each)
    for signer, found in asked.items():
        if signer.work_email:
            awards = formats.plural(len(found), "corrected award waits", "corrected awards wait")
            send(
                signer.work_email,
                f"{awards} for your signature",
                f"What a pay rests on was corrected after it was released. {awards} for your signature:\n\n"
                f"{link('payroll:certify_differences', run.number)}",
                about="difference.asked",
            )
    record("difference.asked", run, by=by, at=at, after={"people": sorted(map(str, asked))})
    return len(asked)


def ready_to_sign(found):
    return [each for each in found if not each.problems]


def seen_of(found):
    """The digest of what would be signed."""
    return sha256("".join(each.digest for each in ready_to_sign(found)).encode()).hexdigest()


@transaction.atomic
def certify_differences(run_id, *, by, at, seen):
    """Sign every corrected award that is ready and one's to sign. Returns how many.

    Raises ReleaseChanged where they are not what was read, Refused where none is.
    """
    run = _locked(run_id)
    found = to_sign(run, by)
    ready = ready_to_sign(found)
    if not ready:
        raise Refused("No corrected award waits for your signature.")
    if seen_of(found) != seen:
        raise ReleaseChanged("What you would sign changed while you were reading. Nothing was signed.")
    employee = Employee.objects.get(pk=by.employee_id)
    job = employee.assignments.in_force(by.on).filter(slot=1).select_related("job").first()
    title = job.job.title if job and job.job else ""
    for each in ready:
        signed = DifferenceCertificate.objects.create(
            line=each.line,
            digest=each.digest,
            statement=STATEMENT,
            signed_by=by.user,
            signed_name=by.name,
            signed_title=title,
            signed_at=at,
        )
        after = {"line": each.line.pk, "turn": each.turn, "hash": each.digest}
        record("difference.certified", signed, by=by, at=at, after=after, reason=" ".join(each.reasons))
    return len(ready)
