import threading

import pytest
from django.db import connection

from audit import chain
from audit.models import Entry, Link


def test_entries_are_sealed_in_order_and_without_gaps(write):
    entries = write(5)

    assert [chain.seal(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert list(Link.objects.values_list("position", "entry_id")) == [
        (position, entry.pk) for position, entry in enumerate(entries, start=1)
    ]


def test_the_digest_covers_every_column():
    assert {field.column for field in Entry._meta.concrete_fields} == set(chain.COLUMNS)


def test_an_untouched_chain_verifies(sealed, link_of):
    assert chain.verify() == chain.Verification(5, link_of(sealed[-1]).hash, "", None, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "none"),
        ("actor_name", "Somebody Else"),
        ("after", '{"step": 9}'),
        ("at", "2026-09-15 15:00:00.000001+00"),
        ("before", "null"),  # JSON's null is not SQL's
    ],
)
def test_a_changed_entry_is_named(sealed, tamper, column, value):
    tamper(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, sealed[2].pk)  # noqa: S608

    found = chain.verify()

    assert (found.links, found.broken_position, found.broken_entry_id) == (2, 3, sealed[2].pk)
    assert found.problem == f"Entry {sealed[2].pk} was changed after link 3 sealed it."


def test_the_digest_does_not_depend_on_the_time_zone_of_the_session(sealed):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kathmandu'")
    assert chain.verify().problem == ""


def test_a_deleted_entry_is_named(sealed, tamper):
    tamper("DELETE FROM audit_entry WHERE id = %s", sealed[1].pk)
    assert chain.verify().problem == f"Entry {sealed[1].pk} is missing, which link 2 seals."


def test_a_deleted_link_is_named(sealed, tamper):
    tamper("DELETE FROM audit_link WHERE position = 2")
    assert chain.verify().problem == "Link 2 is missing: the next one after it is 3."


def test_a_changed_link_is_named(sealed, tamper):
    tamper("UPDATE audit_link SET hash = %s WHERE position = 4", "0" * 64)
    assert chain.verify().problem == (
        f"Link 4 was changed; entry {sealed[3].pk} and what follows agree without it."
    )


def test_reordered_links_are_found(sealed, tamper):
    tamper("UPDATE audit_link SET position = 100 WHERE position = 2")
    tamper("UPDATE audit_link SET position = 2 WHERE position = 3")
    tamper("UPDATE audit_link SET position = 3 WHERE position = 100")
    assert chain.verify().problem == (
        f"Link 2 does not fit entry {sealed[2].pk}: from here on much was changed or reordered."
    )


def test_a_tail_that_was_cut_shows_only_against_a_kept_head(sealed, tamper, link_of):
    head = link_of(sealed[-1]).hash
    tamper("DELETE FROM audit_link WHERE position = 5")
    tamper("DELETE FROM audit_entry WHERE id = %s", sealed[-1].pk)

    assert chain.verify().problem == ""
    assert chain.verify(head=head).problem == (
        "The chain does not contain the head that you kept: its end was cut off, or it was written anew."
    )


def test_a_kept_head_is_found_after_the_chain_has_grown(sealed, link_of):
    head = link_of(sealed[-1]).hash
    Entry.objects.create(at=sealed[0].at, act="plan.closed", subject_type="plan", subject_id="1")
    chain.seal()

    assert chain.verify(head=head).problem == ""


def test_the_state_tells_how_much_is_not_sealed(sealed):
    Entry.objects.create(at=sealed[0].at, act="plan.closed", subject_type="plan", subject_id="1")

    state = chain.state()

    assert (state.links, state.last_entry_id, state.not_sealed) == (5, sealed[-1].pk, 1)
    assert state.oldest_not_sealed_at == Entry.objects.first().written_at


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_do_not_fork_the_chain():
    Entry.objects.bulk_create(
        Entry(at="2026-09-15T15:00Z", act="plan.closed", subject_type="plan", subject_id=str(number))
        for number in range(200)
    )

    def seal_all():
        while chain.seal(limit=7):
            pass
        connection.close()

    sealers = [threading.Thread(target=seal_all) for _ in range(3)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()

    assert chain.verify()._replace(head="") == chain.Verification(200, "", "", None, None)
