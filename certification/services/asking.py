"""HR asks for certificates; whoever signs a set can return it."""

from datetime import timedelta

from django.db import transaction

from audit.services import record
from certification import permissions
from certification.models import Request
from certification.services.runs import lock, lock_set, who_signs
from certification.sets import AwardSet, Signers, awards_in
from compensation.models import Run, RunLine
from compensation.services import replace_earlier
from look.formats import record_date
from organization.models import Department
from organization.refusal import Refused
from outbox.services import link, send

DAYS_TO_SIGN = 10


@transaction.atomic
def ask_to_certify(run_id, *, by, at, on):
    """Ask each head with awards in the run to certify them, the Judge for the heads. Returns how many.

    Only one run of a fiscal year can be with the heads: it is the one that will be paid. A later run takes
    the place of an earlier one; what was released of that stays released, and is not paid again.
    """
    if not permissions.can_ask(by):
        raise Refused("Only an HR administrator asks heads to certify.")
    run = lock(run_id)
    _withdraw_earlier(run, by=by, at=at)
    chart = Signers(on)
    departments = Department.objects.filter(run_lines__in=RunLine.objects.awards().filter(run=run)).distinct()
    sets = [AwardSet(run, department) for department in departments] + [AwardSet(run, None)]
    asked = 0
    for award_set in sets:
        if not awards_in(award_set, chart).exists():
            continue
        request, is_new = Request.objects.get_or_create(
            run=run,
            department=award_set.department,
            defaults={"asked_at": at, "due_on": on + timedelta(days=DAYS_TO_SIGN)},
        )
        if not is_new and request.state == Request.State.ASKED:
            continue
        request.state, request.returned_note, request.asked_at = Request.State.ASKED, "", at
        request.due_on = on + timedelta(days=DAYS_TO_SIGN)
        request.save(update_fields=["state", "returned_note", "asked_at", "due_on"])
        record("certification.set_asked", request, by=by, at=at, after={"due_on": str(request.due_on)})
        asked += 1
        _tell(award_set, chart, on, request)
    if not asked:
        raise Refused("Every head has been asked already.")
    record("certification.asked", run, by=by, at=at, after={"sets": asked})
    return asked


def _withdraw_earlier(run, *, by, at):
    if run.replaced_by:
        raise Refused(f"The heads have been asked about {run.replaced_by}. Only the latest run is paid.")
    replace_earlier(run)
    for other in Run.objects.filter(replaced_by=run, certification_requests__isnull=False).distinct():
        Request.objects.filter(run=other).delete()
        record("certification.withdrawn", other, by=by, at=at, reason=f"{run} takes its place.")


def _tell(award_set, chart, on, request):
    department = award_set.department
    page = link("certification:set", request.run.number, award_set.code)
    people = [*chart.principals(department), *(each.delegate for each in chart.delegates(department))]
    for employee in people:
        if employee.work_email:
            send(
                employee.work_email,
                f"Please certify the awards of {award_set.name}",
                f"{request.run} has awards for {award_set.name} that rest on your certificate.\n"
                f"Please read and sign them by {record_date(request.due_on)}:\n\n{page}",
                about="certification.asked",
            )


@transaction.atomic
def return_set(run_id, department_id, *, note, by, at):
    """The head sends the set back to HR, with the reason."""
    award_set, chart = lock_set(run_id, department_id, by)
    if not permissions.can_certify(by, award_set, chart):
        raise Refused(f"Only {who_signs(award_set, chart)} can return this set.")
    if not note.strip():
        raise Refused("Say what HR should look at.")
    found = Request.objects.select_for_update()
    request = found.filter(run=award_set.run, department=award_set.department).first()
    if request is None or request.state == Request.State.RETURNED:
        raise Refused("This set is not with you.")
    request.state, request.returned_note = Request.State.RETURNED, note.strip()
    request.save(update_fields=["state", "returned_note"])
    record("certification.returned", request, by=by, at=at, reason=note.strip())
