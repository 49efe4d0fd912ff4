"""Proposing: one field, or many at once: from a file, or scaled to the pool."""

from typing import NamedTuple

from django.db import transaction

from audit.services import record
from compensation.models import Proposal
from compensation.pay import proposed as texts
from compensation.pay import proposing
from organization.refusal import Refused
from proposals.services.locking import open_sheet
from proposals.sheets import Sheet

LONGEST_REASON = 1_000


class Saved(NamedTuple):
    revision: int
    sheet: Sheet  # as it is now


class Conflict(NamedTuple):
    """Somebody else wrote this row since; `value` is what stands in the field, at `revision`."""

    value: str
    revision: int


@transaction.atomic
def save_field(sheet_id, employee_id, field, value, *, base, by, at):
    """Save one field of a row: `proposed` (3.25, $1,500 or nothing) or `reason`.

    `base` is the revision that the person saw. Returns `Saved`, or `Conflict` where somebody was faster.
    Raises Refused for what the plan does not let be proposed. A missing reason and an overspent pool are no
    obstacle here: they bar sending.
    """
    sheet = open_sheet(sheet_id, by)
    row = _row(sheet, employee_id)
    present = row.shown if field == "proposed" else row.reason
    given, reason = row.case.proposed, row.reason
    if field == "proposed":
        given = _read(value, row)
    else:
        reason = _reason(value)
    if (given, reason) == (row.case.proposed, row.reason):
        return Saved(row.revision, sheet)
    if base != row.revision:
        return Conflict(present, row.revision)
    _refuse_problem(row, given)
    written = _write(row, given, reason, by, at)
    return Saved(written.revision, sheet.anew())


@transaction.atomic
def take_over(sheet_id, entries, *, source, by, at, seen=None):
    """Propose for many at once, as a file or a pasted column says: all of it, or nothing.

    `entries` are pairs of an employee id and (Proposed or None, reason; None leaves the reason). `seen` are
    the revisions that the person saw, by employee id: where a row was written since, nothing is taken over.
    Returns how many rows changed.
    """
    sheet = open_sheet(sheet_id, by)
    changed = 0
    for employee_id, (given, reason) in entries:
        row = _row(sheet, employee_id)
        reason = row.reason if reason is None else _reason(reason)
        if (given, reason) != (row.case.proposed, row.reason):
            if seen is not None and seen.get(employee_id) != row.revision:
                name = row.employee.full_name
                raise Refused(f"{name} was proposed for meanwhile. Look at the sheet again.")
            _refuse_problem(row, given)
            _write(row, given, reason, by, at)
            changed += 1
    record("proposals.taken_over", sheet.stored, by=by, at=at, after={"people": changed}, reason=source)
    return changed


def _row(sheet, employee_id):
    row = sheet.row_of(employee_id)
    if row is None:
        raise Refused("This person is not on the sheet any more. Load the page again.")
    if row.is_own:
        raise Refused("Your own award is proposed one level up.")
    return row


def _read(value, row):
    """What was typed as a Proposed; None for an empty field."""
    if not value.strip():
        return None
    if row.room is None:
        raise Refused(f"Nothing can be proposed for {row.employee.full_name}.")
    try:
        return texts.read(value, row.room.gives)
    except ValueError as problem:
        raise Refused(str(problem)) from None


def _reason(value):
    reason = value.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(reason) > LONGEST_REASON:
        raise Refused(f"The reason has {len(reason):,} characters; {LONGEST_REASON:,} fit.")
    return reason


def _refuse_problem(row, given):
    problem = proposing.problem(row.case._replace(proposed=given), row.plan)
    if problem:
        raise Refused(f"{row.employee.full_name}: {problem}")


def _write(row, given, reason, by, at):
    """Write a row's proposal. One that was accepted once, or is another office's, stays as it was, and a new
    one follows it.
    """
    former = Proposal.objects.filter(pk=row.person.proposal_id).first()
    values = {
        "gives": given.gives if given else None,
        "value": given.value if given else None,
        "reason": reason,
        "revision": row.revision + 1,
        "by_id": by.user_id,
        "by_name": by.name,
        "at": at,
    }
    if former is not None and not former.is_settled and former.sheet_id == row.sheet.stored.pk:
        for name, value in values.items():
            setattr(former, name, value)
        former.save(update_fields=[*values])
        written = former
    else:
        if former is not None:
            former.is_current = False
            former.save(update_fields=["is_current"])
        sheet = row.sheet.stored
        written = Proposal.objects.create(plan_id=sheet.plan_id, sheet=sheet, employee_id=row.id, **values)
    record(
        "proposal.written",
        written,
        by=by,
        at=at,
        before={"proposed": row.shown},
        after={"proposed": texts.write(given) if given else "", "number": row.case.number},
        reason=reason,
    )
    return written
