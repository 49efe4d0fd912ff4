from datetime import date

import pytest

from organization.person import Person
from organization.roster import columns, services
from tests.world import AT


@pytest.fixture
def import_text(db):
    """Import CSV text as of a day: gives (import, comparison)."""

    def act(
        text, on=date(2026, 9, 15), *, complete=False, leave_out=False, names=None, options=None, by=None
    ):
        by = by or Person.system(on)
        content = text.encode()
        table = services.read_file(content, "roster.csv")
        names = names or columns.guessed(table).names(table)
        kept = services.upload_roster(
            content, "roster.csv", as_of=on, complete=complete, names=names, options=options, by=by, at=AT
        )
        return services.apply_roster(kept.pk, leave_out=leave_out, by=by, at=AT)

    return act
