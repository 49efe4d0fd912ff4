"""Acts of three years for the history, in the order in which they happened."""

from audit.models import Entry
from synthetic.writing import copy_in


class Acts:
    """Collects what people did; `write` puts it into the history with the roles they had."""

    def __init__(self):
        self.found = []

    def add(self, act, at, human, role, subject_type, subject_id, subject_name, after=None, reason=""):
        self.found.append(
            Entry(
                at=at,
                act=act,
                actor_id=human.user_pk if human else None,
                actor_name=str(human) if human else "County HR",
                actor_role=role,
                subject_type=subject_type,
                subject_id=str(subject_id),
                subject_name=subject_name[:200],
                before=None,
                after=after,
                reason=reason,
                request_id="",
            )
        )

    def write(self):
        self.found.sort(key=lambda entry: (entry.at, entry.subject_id, entry.act))
        copy_in(Entry, self.found, without=("written_at", "transaction"))
        self.found = []
