"""The hash chain over the history, which makes a later change of it detectable.

Entries are sealed in batches some seconds after they were written, so that nobody who acts waits for it.
A link's hash covers the hash before it and every column of its entry. Whoever owns the database can write the
chain anew from there on; that shows once a head that was kept outside (printed, mailed) is looked for.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.db import connection, transaction

SEALING = 7_205_520  # the advisory lock: two sealers at once would fork the chain
BEFORE_THE_FIRST = "0" * 64
COLUMNS = (
    "id", "at", "written_at", "act", "actor_id", "actor_name", "actor_role", "subject_type", "subject_id",
    "subject_name", "before", "after", "reason", "request_id", "transaction",
)  # fmt: skip
# Moments as microseconds and documents as text: the same whatever the time zone or settings of the session.
MOMENTS, DOCUMENTS = ("at", "written_at"), ("before", "after")


def _canonical(column: str) -> str:
    if column in MOMENTS:
        return f"(extract(epoch FROM e.{column}) * 1000000)::bigint"
    return f"e.{column}::text" if column in DOCUMENTS else f"e.{column}"


DIGEST = (
    "encode(sha256(convert_to(jsonb_build_array("
    + ", ".join(_canonical(column) for column in COLUMNS)
    + ")::text, 'UTF8')), 'hex')"
)
NOT_SEALED = "NOT EXISTS (SELECT FROM audit_link l WHERE l.entry_id = e.id)"


class State(NamedTuple):
    """How far the chain reaches. `head` is the hash of the last link; moments are the clock's."""

    links: int
    head: str
    last_entry_id: int | None
    sealed_at: datetime | None
    not_sealed: int
    oldest_not_sealed_at: datetime | None


class Verification(NamedTuple):
    """`problem` is empty for an unbroken chain, else a sentence on the first thing that is wrong."""

    links: int
    head: str
    problem: str
    broken_position: int | None
    broken_entry_id: int | None


class _Row(NamedTuple):
    position: int
    entry_id: int
    hash: str
    digest: str | None  # None where the entry is gone


def next_hash(previous: str, digest: str) -> str:
    """SHA-256 over the hex of the hash before and the hex of the entry's digest, in hex."""
    return sha256(f"{previous}{digest}".encode()).hexdigest()


@transaction.atomic
def seal(*, limit: int = 10_000) -> int:
    """Append links for the entries that have none, oldest first; returns how many (0: all are sealed).

    An entry whose transaction commits after younger ones were sealed gets its link then: the chain's order is
    that of the positions, which have no gaps.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
        cursor.execute("SELECT position, hash FROM audit_link ORDER BY position DESC LIMIT 1")
        position, previous = cursor.fetchone() or (0, BEFORE_THE_FIRST)
        cursor.execute(
            f"SELECT e.id, {DIGEST} FROM audit_entry e WHERE {NOT_SEALED} ORDER BY e.id LIMIT %s",  # noqa: S608
            [limit],
        )
        entries = cursor.fetchall()
        hashes = []
        for _, digest in entries:
            previous = next_hash(previous, digest)
            hashes.append(previous)
        cursor.execute(
            "INSERT INTO audit_link (position, entry_id, hash) "
            "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[])",
            [
                list(range(position + 1, position + 1 + len(entries))),
                [entry_id for entry_id, _ in entries],
                hashes,
            ],
        )
    return len(entries)


def state(*, exactly: bool = True) -> State:
    """With `exactly=False` only what is younger than the last sealed entry counts as not sealed: quick."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, hash, entry_id, sealed_at FROM audit_link ORDER BY position DESC LIMIT 1"
        )
        last = cursor.fetchone() or (0, BEFORE_THE_FIRST, None, None)
        cursor.execute(
            f"SELECT count(*), min(e.written_at) FROM audit_entry e WHERE e.id > %s AND {NOT_SEALED}",  # noqa: S608
            [0 if exactly else last[2] or 0],
        )
        return State(*last, *cursor.fetchone())


def verify(*, head: str = "") -> Verification:
    """Compute the whole chain again and compare. `head` is a hash kept outside that must be in the chain."""
    links, previous, head_found = 0, BEFORE_THE_FIRST, not head
    rows = _rows()
    for row in rows:
        if problem := _problem(row, links + 1, previous, rows):
            return Verification(links, previous, problem, links + 1, row.entry_id)
        links, previous = links + 1, row.hash
        head_found = head_found or row.hash == head
    if not head_found:
        problem = (
            "The chain does not contain the head that you kept: its end was cut off, or it was written anew."
        )
        return Verification(links, previous, problem, None, None)
    return Verification(links, previous, "", None, None)


def _problem(row: _Row, position: int, previous: str, following: Iterator[_Row]) -> str:
    """What is wrong with the link that should stand at `position`, or nothing."""
    if row.position != position:
        return f"Link {position} is missing: the next one after it is {row.position}."
    if row.digest is None:
        return f"Entry {row.entry_id} is missing, which link {position} seals."
    expected = next_hash(previous, row.digest)
    if row.hash == expected:
        return ""
    after = next(following, None)
    if after and after.digest and after.hash == next_hash(row.hash, after.digest):
        return f"Entry {row.entry_id} was changed after link {position} sealed it."
    if after and after.digest and after.hash == next_hash(expected, after.digest):
        return f"Link {position} was changed; entry {row.entry_id} and what follows agree without it."
    return f"Link {position} does not fit entry {row.entry_id}: from here on much was changed or reordered."


def _rows() -> Iterator[_Row]:
    """All links with the digest of what their entries are now, streamed."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT l.position, l.entry_id, l.hash, CASE WHEN e.id IS NOT NULL THEN {DIGEST} END "  # noqa: S608
            "FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id ORDER BY l.position"
        )
        while rows := cursor.fetchmany(5_000):
            yield from map(_Row._make, rows)
