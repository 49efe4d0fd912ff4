"""Acts of three years for the history, in the order in which they happened."""

from audit.models import Entry
from synthetic.writing import copy_values

COLUMNS = (
    "at", "act", "actor_id", "actor_name", "actor_role", "subject_type", "subject_id", "subject_name",
    "after",
)  # fmt: skip


class Acts:
    """Collects what people did; `write` puts it into the history with the roles they had."""

    def __init__(self):
        self.found = []

    def add(self, act, at, human, role, subject_type, subject_id, subject_name, after=None):
        self.found.append(
            (
                at,
                act,
                human.user_pk,
                str(human),
                role,
                subject_type,
                str(subject_id),
                subject_name[:200],
                after,
            )
        )

    def write(self):
        self.found.sort(key=lambda row: (row[0], row[6], row[1]))
        copy_values(Entry, (*COLUMNS, "reason", "request_id"), ((*row, "", "") for row in self.found))
        self.found = []
