"""Writing acts down."""

from audit.models import Entry
from audit.request_id import current_request_id


def record(act, subject, *, by, at, before=None, after=None, reason="", role=""):
    """Write one act into the history, in the transaction of the act itself.

    `act` is noun.verb in the past, such as "evaluation.signed". `by` is a Person, or has its
    user_id, name and role_name. `before` and `after` are small JSON-ready dicts of what changed; `at` is the
    county's time.
    """
    return Entry.objects.create(
        at=at,
        act=act,
        actor_id=by.user_id,
        actor_name=by.name,
        actor_role=role or by.role_name,
        subject_type=subject._meta.db_table,
        subject_id=str(subject.pk),
        subject_name=str(subject)[:200],
        before=before,
        after=after,
        reason=reason,
        request_id=current_request_id(),
    )
