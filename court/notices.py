"""Which notice of an elected officer's pay counts at a meeting (Texas Local Government Code 152.013)."""

from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from court.models import NoticedPay


class Noticed(NamedTuple):
    number: str  # of the employee
    proposed: Decimal  # dollars a year: the most that the notice allows


def is_in_time(published_on, meeting_on, days):
    """Whether it was published before that day before the meeting: for `days` of 10, eleven days or more."""
    return published_on < meeting_on - timedelta(days=days)


def last_day_to_publish(meeting_on, days):
    return meeting_on - timedelta(days=days + 1)


def in_time(meeting_on, *, days, since):
    """What published notices allow each officer at a meeting, as `Noticed`; the later publication counts.

    A notice for an earlier meeting since the day `since` still holds where the meeting was put off. Without
    `meeting_on` each notice is held against the meeting that it names.
    """
    said = NoticedPay.objects.filter(notice__corrected_by=None, notice__meeting_on__gt=since)
    if meeting_on is not None:
        said = said.filter(notice__meeting_on__lte=meeting_on)
    rows = said.order_by("notice__published_on", "notice_id").values_list(
        "employee__number", "proposed_salary", "notice__published_on", "notice__meeting_on"
    )
    found = {
        number: Noticed(number, proposed)
        for number, proposed, published_on, named in rows
        if is_in_time(published_on, meeting_on or named, days)
    }
    return list(found.values())
