from datetime import date, timedelta

import pytest

from evaluations.models import JournalEntry
from evaluations.services import journal
from organization.refusal import Refused
from tests.world import AT, ON


def entry(world, author, about, *, shared=False, on=date(2026, 6, 4)):
    return journal.add_entry(
        world.employees[about].pk, on=on, text="A fact.", shared=shared, by=world.person(author), at=AT
    )


def test_supervisors_reviewers_and_oneself_may_write(world):
    for author in ("denise", "stephen", "marisol"):
        entry(world, author, "marisol")

    assert JournalEntry.objects.count() == 3


@pytest.mark.parametrize("author", ["quang", "ruth", "miguel", "grace"])
def test_others_may_not(world, author):
    with pytest.raises(Refused):
        entry(world, author, "marisol")


def test_private_entries_are_seen_by_their_writer_alone(world):
    entry(world, "denise", "marisol")

    seen = {key: JournalEntry.objects.visible_to(world.person(key)).count() for key in world.users}

    assert {key for key, count in seen.items() if count} == {"denise"}


def test_shared_entries_are_seen_by_the_person_and_the_supervisor(world):
    entry(world, "marisol", "marisol", shared=True)

    seen = {key: JournalEntry.objects.visible_to(world.person(key)).count() for key in world.users}

    assert {key for key, count in seen.items() if count} == {"marisol", "denise"}


def test_sharing_is_the_writers_act(world):
    note = entry(world, "denise", "marisol")

    with pytest.raises(Refused):
        journal.share_entry(note.pk, by=world.person("stephen"), at=AT)
    journal.share_entry(note.pk, by=world.person("denise"), at=AT)

    assert JournalEntry.objects.visible_to(world.person("marisol")).get() == note


def test_the_future_is_not_written_down(world):
    with pytest.raises(Refused, match="future"):
        entry(world, "denise", "marisol", on=ON + timedelta(days=1))
