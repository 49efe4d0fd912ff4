"""The acts of an import: upload, match the columns, apply, discard."""

import hashlib
import json

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from audit.services import record
from exchange.reading import read_table
from exchange.tables import UnreadableFile
from organization.bulk import tell_planner
from organization.models import Advancement, Assignment, ColumnMapping, Employee, RosterImport
from organization.permissions import may_import_roster
from organization.refusal import NotYours, Refused
from organization.roster import columns
from organization.roster.comparison import compare, summary
from organization.roster.pay import to_the_cent
from organization.roster.writing import stored_pay, write

LOCK = 5_190_411  # one import is applied at a time
BACKGROUND_FROM = 2 * 2**20  # bytes, about 20,000 rows
NOT_YOURS = "Only an HR administrator can import a roster."


class ChangedSince(Refused):
    """What the import would do is not what was shown."""


def read_file(content, file_name):
    """The table in a file. Raises `Refused`."""
    try:
        return read_table(content, file_name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None


def matching_of(roster_import, table):
    """The columns of an import as they were matched, or guessed where nobody has matched them."""
    if roster_import.columns:
        return columns.matched(table, roster_import.columns, roster_import.options)
    return columns.guessed(table)


def preview(roster_import):
    """(table, matching, Comparison or None where the columns do not suffice). Writes nothing."""
    table = read_file(bytes(roster_import.content), roster_import.file_name)
    matching = matching_of(roster_import, table)
    if matching.problem():
        return table, matching, None
    return table, matching, compare(table, matching, on=roster_import.as_of, complete=roster_import.complete)


def token_of(found):
    """A short digest of what an import would do, to notice that it has become something else."""
    told = json.dumps([summary(found), sorted(found.refused)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@transaction.atomic
def upload_roster(content, file_name, *, as_of, complete=False, names=None, options=None, by, at):
    """Keep a roster file for checking. Nothing of it is applied.

    `names` (field to column) and `options` match the columns; without them the last import with the same
    columns does, else they are guessed. Raises `Refused`.
    """
    if not may_import_roster(by):
        raise NotYours(NOT_YOURS)
    table = read_file(content, file_name)
    if names is None:
        names, options = as_last_time(table)
    if names:
        columns.matched(table, names, options or {})
    roster_import = RosterImport.objects.create(
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        as_of=as_of,
        complete=complete,
        columns=names or {},
        options=options or {},
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )
    record(
        "roster.uploaded",
        roster_import,
        by=by,
        at=at,
        after={"as_of": as_of.isoformat(), "complete": complete},
    )
    return roster_import


def as_last_time(table):
    """The matching of the last applied import, if this file has every column of it."""
    last = RosterImport.objects.filter(state="applied").exclude(columns={}).defer("content").first()
    if last:
        try:
            columns.matched(table, last.columns, last.options)
        except Refused:
            return None, None
        return last.columns, last.options
    return None, None


@transaction.atomic
def match_columns(import_id, names, options, *, as_of, complete, by, at):
    """Decide which column fills which field, and what the file is of. Raises `Refused`."""
    roster_import = waiting(import_id, by)
    table = read_file(bytes(roster_import.content), roster_import.file_name)
    columns.matched(table, names, options)
    before = {"columns": roster_import.columns, "complete": roster_import.complete}
    roster_import.columns, roster_import.options = names, options
    roster_import.as_of, roster_import.complete = as_of, complete
    roster_import.save(update_fields=["columns", "options", "as_of", "complete"])
    after = {"columns": names, "complete": complete, "as_of": as_of.isoformat()}
    record("roster.columns_matched", roster_import, by=by, at=at, before=before, after=after)
    return roster_import


@transaction.atomic
def apply_roster(import_id, *, leave_out=False, seen=None, begun=RosterImport.State.UPLOADED, by, at):
    """Write what the roster changes: all of it, or, as an explicit choice that is kept, all but its bad rows.

    `seen` is the `token_of` the comparison that the person looked at. Returns the import, whose `result` is
    the `summary` with the sum as stored, and the comparison. Raises `Refused`; `ChangedSince` where it would
    do otherwise than was seen.
    """
    roster_import = waiting(import_id, by, state=begun)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    table, matching, found = preview(roster_import)
    if found is None:
        raise Refused(matching.problem())
    if seen and seen != token_of(found):
        raise ChangedSince("The county’s records have changed since you looked. Look at the changes again.")
    refuse_bad_rows(found, leave_out)
    refuse_blind_separations(found, roster_import.complete)
    try:
        with transaction.atomic():
            written = write(found, roster_import.file_name)
            tell_planner(Advancement, Employee, Assignment)
    except ProtectedError:
        raise Refused(
            f"Somebody whose assignment began on {roster_import.as_of} has a record that rests on it. "
            "Import the file as of a later day."
        ) from None
    except IntegrityError as problem:
        raise Refused(f"The file contradicts the county’s records: {problem}".strip()) from None
    stored = to_the_cent(stored_pay(written.assignments))
    result = summary(found)
    result["sums"]["stored"] = str(stored)
    if result["sums"]["stored"] != result["sums"]["read"]:
        raise Refused(f"Read {result['sums']['read']} but stored {stored}. Nothing was kept.")
    roster_import.columns = matching.names(table)
    roster_import.state, roster_import.applied_by_id, roster_import.applied_at = "applied", by.user_id, at
    roster_import.left_out_rows = sorted(found.refused)
    roster_import.result = result
    roster_import.save(
        update_fields=["columns", "state", "applied_by", "applied_at", "left_out_rows", "result"]
    )
    after = {name: value for name, value in result.items() if name not in ("by_field", "unknown")}
    after["left_out_rows"] = roster_import.left_out_rows
    record("roster.applied", roster_import, by=by, at=at, after=after)
    return roster_import, found


def is_large(roster_import):
    """Whether applying it takes so long that it is done in the background."""
    return len(roster_import.content) > BACKGROUND_FROM


@transaction.atomic
def begin_to_apply(import_id, asked, *, by):
    """Mark a large import as one that is being applied, before a task does it as it is `asked` to."""
    roster_import = waiting(import_id, by)
    roster_import.state, roster_import.result = RosterImport.State.APPLYING, {}
    roster_import.asked, roster_import.queued_at, roster_import.tries = asked, timezone.now(), 1
    roster_import.save(update_fields=["state", "result", "asked", "queued_at", "tries"])


@transaction.atomic
def give_up(import_id, problem):
    """Put an import that could not be applied back to be checked, with the reason."""
    found = RosterImport.objects.filter(pk=import_id, state=RosterImport.State.APPLYING)
    found.update(state=RosterImport.State.UPLOADED, result={"problem": problem})


def refuse_bad_rows(found, leave_out):
    refused = sorted(found.refused)
    if not refused or (leave_out and len(refused) < len(found.file.table.rows)):
        return
    if leave_out:
        raise Refused("Every row of the file is refused, so there is nothing to apply.")
    count = f"{len(refused):,} rows have cells" if len(refused) > 1 else "One row has a cell"
    raise Refused(f"{count} that cannot be taken. Mend the file, or leave the bad rows out.")


def refuse_blind_separations(found, complete):
    """With rows left out whose person cannot be told, nobody can be declared gone."""
    if not complete or not found.refused:
        return
    told = {row.at for row in found.file.rows if row.number}
    if found.refused - told:
        raise Refused(
            "The file is declared complete, but it cannot be told whose rows are left out. Mend those rows, "
            "or import the file as not complete."
        )


@transaction.atomic
def discard_roster(import_id, *, by, at):
    """Put an import away without applying it. Raises `Refused`."""
    roster_import = waiting(import_id, by)
    roster_import.state = "discarded"
    roster_import.save(update_fields=["state"])
    record("roster.discarded", roster_import, by=by, at=at)
    return roster_import


@transaction.atomic
def save_mapping(name, names, options, *, by, at):
    """Keep a matching of columns under a name, in place of one of that name."""
    if not may_import_roster(by):
        raise NotYours(NOT_YOURS)
    mapping, _ = ColumnMapping.objects.update_or_create(
        name=name, defaults={"columns": names, "options": options}
    )
    record("mapping.saved", mapping, by=by, at=at, after={"columns": names, "options": options})
    return mapping


@transaction.atomic
def delete_mapping(mapping_id, *, by, at):
    if not may_import_roster(by):
        raise NotYours(NOT_YOURS)
    mapping = ColumnMapping.objects.select_for_update().get(pk=mapping_id)
    record("mapping.deleted", mapping, by=by, at=at, before={"columns": mapping.columns})
    mapping.delete()


def waiting(import_id, by, state=RosterImport.State.UPLOADED):
    """The import, locked, if it is in this state, in which it can be changed. Raises `Refused`."""
    if not may_import_roster(by):
        raise NotYours(NOT_YOURS)
    roster_import = RosterImport.objects.select_for_update().get(pk=import_id)
    if roster_import.state != state:
        raise ChangedSince(f"This import is {roster_import.get_state_display().lower()} already.")
    return roster_import
