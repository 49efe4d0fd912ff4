"""Between the head and HR: sent, sent back, accepted."""

from django.db import transaction

from audit.services import record
from compensation.models import Proposal, ProposalSheet
from organization.chart import Chart
from organization.refusal import Refused
from proposals import permissions
from proposals.mail import tell
from proposals.services.locking import lock_sheet, open_sheet
from proposals.sheets import Sheet


@transaction.atomic
def send_sheet(sheet_id, *, by, at):
    """Hand a sheet to HR. Refused while a pool is overspent or a reason is missing."""
    sheet = open_sheet(sheet_id, by)
    _refuse_what_bars(sheet)
    stored = sheet.stored
    stored.state, stored.note, stored.sent_by_id, stored.sent_at = "sent", "", by.user_id, at
    stored.save(update_fields=["state", "note", "sent_by", "sent_at"])
    after = {pool.name: pool.used for pool in sheet.pools}
    record("proposals.sent", stored, by=by, at=at, after=after)


@transaction.atomic
def send_back(sheet_id, note, *, by, at):
    """Give a sheet back to its head with a word on why; what was accepted is not any more."""
    if not permissions.may_settle(by):
        raise Refused("Only an HR administrator sends proposals back.")
    if not note.strip():
        raise Refused("Write what the head should look at.")
    stored = lock_sheet(sheet_id)
    if stored.is_open:
        raise Refused(f"The {stored} are with the head already.")
    stored.state, stored.note = ProposalSheet.State.RETURNED, note.strip()
    stored.accepted_by, stored.accepted_at = None, None
    stored.save(update_fields=["state", "note", "accepted_by", "accepted_at"])
    record("proposals.sent_back", stored, by=by, at=at, reason=stored.note)
    tell(
        stored,
        Chart(by.on),
        by.on,
        "Please look again at the awards of",
        "proposals.sent_back",
        note=stored.note,
    )


@transaction.atomic
def accept_sheets(sheet_ids, *, by, at):
    """Accept sheets that were sent: what they propose stays as it is, and a run pays it. Returns them."""
    if not permissions.may_settle(by):
        raise Refused("Only an HR administrator accepts proposals.")
    accepted = []
    for sheet_id in sheet_ids:
        stored = lock_sheet(sheet_id)
        if stored.state != ProposalSheet.State.SENT:
            raise Refused(f"The {stored} are not with HR: {stored.get_state_display().lower()}.")
        sheet = Sheet(stored, on=by.on)
        _refuse_what_bars(sheet)
        stored.state, stored.accepted_by_id, stored.accepted_at = "accepted", by.user_id, at
        stored.save(update_fields=["state", "accepted_by", "accepted_at"])
        _settle(sheet)
        record("proposals.accepted", stored, by=by, at=at)
        accepted.append(stored)
    return accepted


def _settle(sheet):
    """What the sheet shows stays as it is, also for people who were on another one when it was proposed."""
    shown = [person.proposal_id for person in sheet.people if person.proposal_id]
    Proposal.objects.filter(pk__in=shown, is_settled=False).update(sheet=sheet.stored, is_settled=True)


def _refuse_what_bars(sheet):
    if sheet.is_out_of_date:
        raise Refused("The plan was changed. HR works its pools out again first.")
    if bars := sheet.what_bars_sending:
        raise Refused(" ".join(bars))
