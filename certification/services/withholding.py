"""Leaving one award out of a set, so that the others can be signed, and putting it back (PAY-9)."""

from django.db import transaction

from audit.services import record
from certification import permissions
from certification.checks import is_a_sentence
from certification.models import Withholding
from certification.services.exceptions import locked_award
from certification.standing import READY
from organization.refusal import Refused


@transaction.atomic
def withhold(run_id, department_id, line_id, *, reason, by, at):
    """Leave an award that is ready out of what is signed, with the reason. Returns the Withholding."""
    award = _locked_award(run_id, department_id, line_id, by)
    if award.state != READY:
        raise Refused("Only an award that is ready to be signed is left out.")
    if not is_a_sentence(reason):
        raise Refused("Write the reason as a sentence. HR reads it.")
    made = Withholding.objects.create(
        line=award.line, reason=reason.strip(), withheld_by=by.user, name=by.name, withheld_at=at
    )
    record("award.left_out", made, by=by, at=at, after={"number": award.line.number}, reason=made.reason)
    return made


@transaction.atomic
def put_back(run_id, department_id, line_id, *, by, at):
    """Take an award that was left out into the set again."""
    award = _locked_award(run_id, department_id, line_id, by)
    if award.withheld is None:
        raise Refused("This award is not left out.")
    award.withheld.withdrawn_at = at
    award.withheld.save(update_fields=["withdrawn_at"])
    record("award.put_back", award.withheld, by=by, at=at, after={"number": award.line.number})


def _locked_award(run_id, department_id, line_id, by):
    what = "or a delegate, decides what is signed"
    return locked_award(run_id, department_id, line_id, by, may=permissions.can_withhold, what=what)[2]
