"""What waits for payroll clerks: a batch with lump sums whose overtime nobody has worked out."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from organization.models import Assignment, PayCalendar
from organization.needs import Need
from overtime.models import Worksheet
from overtime.permissions import can_work
from payroll.models import Batch, BatchLine


def needs_of(person):
    """One for each batch with a lump sum of somebody who is not exempt, due on the next payday. One query.

    The payday is the first after the release (29 CFR 778.106: no later than the next regular payday).
    """
    if not can_work(person) or person.user is None:
        return []
    not_exempt = Assignment.objects.filter(employee=OuterRef("employee"), exempt=False)
    lumps = BatchLine.objects.filter(Exists(not_exempt), batch=OuterRef("pk"))
    lumps = lumps.exclude(element=BatchLine.Element.BASE)
    kept = Worksheet.objects.filter(batch=OuterRef("pk"), state=Worksheet.State.KEPT)
    calendar = PayCalendar.objects.order_by("pk")
    batches = Batch.objects.filter(Exists(lumps), ~Exists(kept), lump_total__gt=0).values(
        "number",
        "released_at",
        anchor=Subquery(calendar.values("anchor_on")[:1]),
        length=Subquery(calendar.values("length_days")[:1]),
        lag=Subquery(calendar.values("pay_lag_days")[:1]),
    )
    return [_to_work_out(batch, person.on) for batch in batches]


def _to_work_out(batch, on):
    due_on = payday_after(timezone.localdate(batch["released_at"]), batch)
    return Need(
        f"Work out the overtime on the lump sums of Batch {batch['number']}",
        "They raise the regular rate of the weeks in which they were earned.",
        reverse("overtime:new"),
        "Begin",
        "clock",
        due_on,
        is_late=bool(due_on and due_on < on),
    )


def payday_after(day, calendar):
    """The first payday after a day: a pay period's last day and the lag; None without a pay calendar."""
    if calendar["anchor"] is None:
        return None
    first = calendar["anchor"] + timedelta(calendar["length"] - 1 + calendar["lag"])
    return day + timedelta((first - day).days % calendar["length"] or calendar["length"])
