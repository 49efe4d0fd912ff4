from datetime import date, datetime

from celery import shared_task

from accounts.models import User
from organization.person import Person
from organization.refusal import Refused
from organization.roster import services, sweeping


@shared_task
def apply_roster(import_id, *, leave_out, seen, user_id, on, at):
    """Apply a large roster. Delivered twice it does nothing the second time."""
    by = Person(user=User.objects.get(pk=user_id), on=date.fromisoformat(on))
    try:
        services.apply_roster(
            import_id,
            leave_out=leave_out,
            seen=seen,
            begun="applying",
            by=by,
            at=datetime.fromisoformat(at),
        )
    except Refused as problem:
        services.give_up(import_id, str(problem))


@shared_task
def sweep_rosters():
    """Queue again what a lost task or a dead worker has left behind."""
    for import_id, asked in sweeping.left_behind():
        apply_roster.delay(import_id, **asked)
