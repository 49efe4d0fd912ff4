"""Acts on files of groups. The history learns of each, and never what stands in a file."""

from django.db import transaction

from audit.services import record
from impact import reading
from impact.models import GroupFile
from impact.permissions import can_read
from organization.refusal import NotYours, Refused


@transaction.atomic
def upload(content, file_name, *, characteristic, smallest_group, ratio_percent, by, at):
    """Keep who is in which group, all rows or none; where the columns are not clear, the file until they are.

    Raises Refused with every bad row.
    """
    if not can_read(by):
        raise NotYours("Only who is named for the adverse-impact report uploads groups.")
    table = reading.read_file(content, file_name)
    columns = reading.clear_columns(reading.guessed(table))
    groups = reading.read_groups(table, columns) if columns else {}
    file = GroupFile.objects.create(
        characteristic=characteristic,
        groups=groups,
        people=len(groups),
        content=None if columns else content,
        smallest_group=smallest_group,
        ratio_percent=ratio_percent,
        file_name=file_name[-200:],
        uploaded_by=by.user,
        uploaded_at=at,
    )
    after = {"people": len(groups), "smallest_group": smallest_group, "ratio_percent": ratio_percent}
    record("impact.uploaded", file, by=by, at=at, after=after)
    return file


@transaction.atomic
def match(file_id, columns, *, by, at):
    """Read a file by the columns that a person chose, field to index, and keep the file itself no longer.

    Raises Refused with every bad row; the file is then as it was.
    """
    if not can_read(by):
        raise NotYours("Only who is named for the adverse-impact report reads groups.")
    file = GroupFile.objects.select_for_update(of=("self",)).waiting().filter(pk=file_id).first()
    if file is None:
        raise Refused("The columns of this file are matched already.")
    groups = reading.read_groups(reading.read_file(bytes(file.content), file.file_name), columns)
    file.groups, file.people, file.content = groups, len(groups), None
    file.save(update_fields=["groups", "people", "content"])
    record("impact.matched", file, by=by, at=at, after={"people": file.people})


@transaction.atomic
def delete(file_id, *, by, at):
    """Delete a file of groups: nothing of it is left but that it was there."""
    if not can_read(by):
        raise NotYours("Only who is named for the adverse-impact report deletes groups.")
    file = GroupFile.objects.select_for_update(of=("self",)).filter(pk=file_id).first()
    if file is not None:
        record("impact.deleted", file, by=by, at=at, before={"people": file.people})
        file.delete()


def note_opened(file, run, measure, *, by, at, downloaded=False):
    """Write down who saw the report."""
    act = "impact.downloaded" if downloaded else "impact.opened"
    record(act, file, by=by, at=at, after={"run": run.number, "measure": measure})
