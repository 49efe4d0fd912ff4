"""Applying a large roster in the background."""

from kombu.exceptions import OperationalError

from organization import tasks
from organization.refusal import Refused
from organization.roster import services


def apply_later(import_id, *, leave_out, seen, by, at):
    """Have a worker apply the import. What stands in its way is told in the import's `result`.

    Raises `Refused`, also where no worker can be reached.
    """
    asked = {"user_id": by.user_id, "on": by.on.isoformat(), "at": at.isoformat()}
    asked |= {"leave_out": leave_out, "seen": seen}
    services.begin_to_apply(import_id, asked, by=by)
    try:
        tasks.apply_roster.delay(import_id, **asked)
    except OperationalError:
        problem = "The background worker cannot be reached, so nothing was applied. Try again in a minute."
        services.give_up(import_id, problem)
        raise Refused(problem) from None
