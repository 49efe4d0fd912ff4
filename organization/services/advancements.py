"""Promotions and merit raises put on record: by HR, and by a release of pay. Rosters do so themselves."""

from django.db import IntegrityError, transaction

from audit.services import record
from organization.dated import A_DAY
from organization.models import Advancement
from organization.refusal import Refused
from organization.services.people import change_assignment, day, locked

A_YEAR = 366 * A_DAY


@transaction.atomic
def add_advancement(employee_id, kind, on, *, reason, by, at):
    """Put a promotion or a merit raise of somebody on record, by HR. Raises `Refused`."""
    employee = locked(employee_id, by)
    made = Advancement(employee=employee, kind=kind, on=on, source=Advancement.Source.HR, note=reason[:200])
    _save(made, by)
    record("advancement.added", employee, by=by, at=at, after=_told(made), reason=reason)
    return made


@transaction.atomic
def advance(employee_id, kind, changes, *, on, reason, by, at):
    """A change of what somebody does or earns that is a promotion or a merit raise. Raises `Refused`."""
    made = change_assignment(employee_id, changes, on=on, reason=reason, by=by, at=at)
    add_advancement(employee_id, kind, on, reason=reason, by=by, at=at)
    return made


@transaction.atomic
def correct_advancement(advancement_id, kind, on, *, reason, by, at):
    """Put right what an advancement was and when. It is HR's from then on. Raises `Refused`."""
    found = _locked(advancement_id, by)
    before = _told(found)
    if (found.kind, found.on) == (kind, on):
        raise Refused("Nothing is different from what is on record.")
    found.kind, found.on, found.source, found.note = kind, on, Advancement.Source.HR, reason[:200]
    _save(found, by)
    record(
        "advancement.corrected",
        found.employee,
        by=by,
        at=at,
        before=before,
        after=_told(found),
        reason=reason,
    )
    return found


@transaction.atomic
def remove_advancement(advancement_id, *, reason, by, at):
    """Take one that never was off the record; the history keeps it. Raises `Refused`."""
    found = _locked(advancement_id, by)
    record("advancement.removed", found.employee, by=by, at=at, before=_told(found), reason=reason)
    found.delete()


def put_released(days, *, instead_of=(), note):
    """Put merit raises on record whose pay was released: (employee id, day) each.

    `instead_of` are those that earlier releases had put there, where a late correction changes pay; those
    that stay, and what HR has put right since, are left alone. Within the transaction and the act of the
    release. Three queries.
    """
    days, before = set(days), set(instead_of)
    if gone := before - days:
        mine = Advancement.objects.filter(
            kind=Advancement.Kind.MERIT,
            source=Advancement.Source.RELEASE,
            employee__in={employee_id for employee_id, _ in gone},
        )
        wrong = [each.pk for each in mine if (each.employee_id, each.on) in gone]
        Advancement.objects.filter(pk__in=wrong).delete()
    told = {(employee_id, Advancement.Kind.MERIT.value, on) for employee_id, on in days - before}
    Advancement.objects.put(told, source=Advancement.Source.RELEASE, note=note)


def _locked(advancement_id, by):
    found = Advancement.objects.select_related("employee").get(pk=advancement_id)
    locked(found.employee_id, by)
    found.refresh_from_db(fields=["kind", "on"])
    return found


def _save(advancement, by):
    if advancement.on > by.on + A_YEAR:
        raise Refused(f"{day(advancement.on)} is more than a year ahead.")
    try:
        with transaction.atomic():
            advancement.save()
    except IntegrityError:
        kind = advancement.get_kind_display().lower()
        raise Refused(
            f"A {kind} of {advancement.employee} on {day(advancement.on)} is on record already."
        ) from None


def _told(advancement):
    return {"what": advancement.get_kind_display(), "on": advancement.on.isoformat()}
