"""Written exceptions: why an award is made without a progress review or a signature (PAY-9)."""

from django.db import transaction

from audit.services import record
from certification import permissions
from certification.checks import is_a_sentence, missing_of
from certification.models import Request, WrittenException
from certification.services.runs import departments_of, lock_set, minimum_service_weight, who_signs
from certification.services.signing import title_of
from certification.sets import awards_in
from certification.standing import RELEASED, compare, stand
from organization.models import the_county
from organization.refusal import Refused

FINAL = "This award is released, and with it the exception is final."


def award_of_line(award_set, chart, line_id):
    """The award of a line as it stands, or None where it is not in the set."""
    lines = awards_in(award_set, chart).filter(pk=line_id)
    comparison = compare(award_set.run, departments=departments_of(award_set))
    minimum = minimum_service_weight(award_set.run, the_county())
    return next(iter(stand(lines, comparison, minimum_service_weight=minimum)), None)


@transaction.atomic
def write_exception(run_id, department_id, line_id, *, reason, by, at):
    """Write why an award is made although something is missing. Returns the WrittenException.

    Refused unless a missing progress review or signature is all that holds the award back.
    """
    award_set, _, award = _locked_award(run_id, department_id, line_id, by)
    about = {"run": award_set.run.number, "number": award.line.number}
    return except_rating(award.line.case.rating, award, reason=reason, about=about, by=by, at=at)


def except_rating(rating, award, *, reason, about, by, at):
    """Write the exception for a rating on which an award rests: that of a run, or one corrected later.

    `award` says whether it has an `exception` and `can_be_excepted`; `about` goes into the history. Who may
    is asked before. Returns the WrittenException.
    """
    if award.exception is not None:
        raise Refused("An exception is written for this award already.")
    if not award.can_be_excepted:
        raise Refused(
            "An exception can stand for a missing progress review or signature, and for nothing else that "
            "holds an award back."
        )
    if not is_a_sentence(reason):
        raise Refused("Write the reason as a sentence. It is signed and kept with the award.")
    exception = WrittenException.objects.create(
        rating=rating,
        reason=reason.strip(),
        written_by=by.user,
        name=by.name,
        title=title_of(by.employee, by.on) or by.role_name,
        written_at=at,
    )
    missing = missing_of(has_progress_review=rating.has_progress_review, is_signed=rating.is_signed)
    record(
        "exception.written",
        exception,
        by=by,
        at=at,
        after=about | {"without": missing},
        reason=exception.reason,
    )
    return exception


@transaction.atomic
def withdraw_exception(run_id, department_id, line_id, *, by, at):
    """Take an exception back before the award is released: a certificate that counts on it is void then."""
    _, _, award = _locked_award(run_id, department_id, line_id, by)
    if award.exception is None:
        raise Refused("There is no exception for this award.")
    if award.state == RELEASED:
        raise Refused(FINAL)
    take_back(award.exception, by=by, at=at)


def take_back(exception, *, by, at):
    """Mark an exception as withdrawn; that it may be is asked before."""
    exception = WrittenException.objects.select_for_update().get(pk=exception.pk)
    exception.withdrawn_at = at
    exception.save(update_fields=["withdrawn_at"])
    record("exception.withdrawn", exception, by=by, at=at, before={"reason": exception.reason})


def _locked_award(run_id, department_id, line_id, by):
    what = "or whom a delegation allows it, writes an exception here"
    return locked_award(run_id, department_id, line_id, by, may=permissions.can_except, what=what)


def locked_award(run_id, department_id, line_id, by, *, may, what):
    """(AwardSet, Signers, Award) of a set that HR has asked for, for whoever `may` act on the award now.

    `may` is of `permissions`; `what` says in words what only the signer does.
    """
    award_set, chart = lock_set(run_id, department_id, by)
    award = award_of_line(award_set, chart, line_id)
    if award is None:
        raise Refused("This award is not in the set.")
    if not may(by, award_set, chart, award.line.employee_id):
        raise Refused(f"Only {who_signs(award_set, chart)}, {what}; nobody does for himself.")
    if not Request.objects.filter(run=award_set.run, department=award_set.department).exists():
        raise Refused("HR has not asked for this certificate yet.")
    return award_set, chart, award
