"""Large rosters that nobody applies although somebody was asked to.

The database says what is to be done: a task may be lost, come twice or die. Who works holds the import's
lock, and leaves nothing behind where he dies; the scheduler queues again what nobody works on.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organization.models import RosterImport
from organization.roster import services

STILL = timedelta(seconds=15)  # queued so long ago, and nobody is at it: the task is lost
TRIES = 5
BROKE_OFF = f"It was tried {TRIES} times and broke off each time, so nothing was applied. Tell an operator."


@transaction.atomic
def left_behind():
    """(id, asked) of imports whose task was lost or whose worker died; whoever asks queues them again."""
    lost = RosterImport.objects.select_for_update(skip_locked=True).defer("content")
    lost = lost.filter(state=RosterImport.State.APPLYING, queued_at__lt=timezone.now() - STILL)
    found = []
    for each in lost:
        if each.tries >= TRIES:
            services.give_up(each.pk, BROKE_OFF)
            continue
        each.queued_at, each.tries = timezone.now(), each.tries + 1
        each.save(update_fields=["queued_at", "tries"])
        found.append((each.pk, each.asked))
    return found
