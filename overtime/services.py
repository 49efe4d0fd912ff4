"""Acts on worksheets: upload, match columns, keep, discard."""

from hashlib import sha256

from django.db import IntegrityError, transaction

from audit.services import record
from exchange.reading import read_table
from exchange.tables import UnreadableFile
from look.formats import plural
from organization.refusal import NotYours, Refused
from overtime import columns, permissions
from overtime.models import Worksheet, WorksheetPerson
from overtime.sources import Source, period_of
from overtime.working import refuse_method, work_out

PROBLEMS_KEPT = 300


def read_file(content, file_name):
    """The table of a file. Raises Refused with a sentence for whoever chose it."""
    try:
        return read_table(content, file_name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None


@transaction.atomic
def upload(source, content, file_name, *, method, complete, by, at):
    """Keep an overtime file as a draft, its columns guessed, and work it out if they are clear."""
    if not permissions.can_work(by):
        raise NotYours("Only a payroll clerk makes a worksheet.")
    refuse_method(source, method)
    table = read_file(content, file_name)
    period = period_of(source.run)
    worksheet = Worksheet.objects.create(
        run=source.run,
        batch=source.batch,
        method=method,
        complete=complete,
        first_day=period.starts_on,
        last_day=period.ends_on,
        file_name=file_name[-200:],
        content=content,
        content_hash=sha256(content).hexdigest(),
        made_by=by.user,
        made_at=at,
    )
    after = {"of": str(source), "method": method, "file": file_name, "hash": worksheet.content_hash}
    record("overtime.uploaded", worksheet, by=by, at=at, after=after)
    _work(worksheet, table, columns.guessed(table))
    return worksheet


@transaction.atomic
def match(worksheet_id, names, *, method, complete, by, with_comp_time=True):
    """Work a draft out anew with columns as a person matched them: field to column name."""
    worksheet = _draft(worksheet_id, by)
    refuse_method(Source(worksheet.run, worksheet.batch), method)
    table = read_file(bytes(worksheet.content), worksheet.file_name)
    worksheet.method, worksheet.complete, worksheet.with_comp_time = method, complete, with_comp_time
    _work(worksheet, table, columns.matched(table, names))
    return worksheet


def _work(worksheet, table, matching):
    """Write the draft's people and sums. Columns that are not clear leave it empty, for a person to match."""
    worksheet.people.all().delete()
    worksheet.columns = {field: table.headers[index].name for field, index in matching.columns.items()}
    worksheet.notes = list(table.notes)
    worksheet.problems, worksheet.refused_rows, worksheet.unused_rows = [], 0, 0
    worksheet.lump_total = worksheet.additional_total = worksheet.comp_time_total = 0
    worksheet.by_method = {}
    if not matching.problem():
        source = Source(worksheet.run, worksheet.batch)
        work = work_out(
            source,
            table,
            matching.columns,
            method=worksheet.method,
            complete=worksheet.complete,
            with_comp_time=worksheet.with_comp_time,
        )
        WorksheetPerson.objects.bulk_create(
            (_person(worksheet, each) for each in work.results), batch_size=2_000
        )
        worksheet.problems = [_told(each) for each in work.hours.problems[:PROBLEMS_KEPT]]
        worksheet.refused_rows, worksheet.unused_rows = work.hours.refused, work.hours.unused
        computed = work.computed()
        worksheet.lump_total = sum(each.lump.cents for each in computed)
        worksheet.additional_total = sum(each.additional for each in computed)
        worksheet.comp_time_total = sum(share.of_comp_time for each in computed for share in each.shares)
        worksheet.by_method = {
            name: sum(each.by_method[place] for each in computed)
            for place, name in enumerate(("weeks", "hours"))
        }
    worksheet.save()


def _told(problem):
    return {
        "row": problem.row,
        "letter": problem.letter,
        "column": problem.column,
        "sentence": str(problem),
        "mend": problem.mend,
        "severity": problem.severity,
    }


def _person(worksheet, result):
    lump, shares = result.lump, result.shares
    return WorksheetPerson(
        worksheet=worksheet,
        batch=worksheet.batch,
        employee_id=lump.employee_id,
        number=lump.number,
        name=lump.name,
        department=lump.department,
        fund=lump.fund,
        lump=lump.cents,
        standing=result.standing,
        note=result.note,
        hours=sum(share.week.hours for share in shares),
        overtime=sum(share.week.overtime for share in shares),
        additional=result.additional,
        weeks=[
            [share.week.ends_on.isoformat(), *share.week[1:], share.part, share.additional]
            for share in shares
        ],
    )


@transaction.atomic
def keep(worksheet_id, *, without_refused, by, at):
    """Settle a draft of a released batch, so that payroll can pay what it gives.

    Rows that were refused stay out only where the clerk says so: whose row is refused is not worked out.
    """
    worksheet = _draft(worksheet_id, by)
    if not permissions.can_keep(by, worksheet):
        raise NotYours("It pays yourself, so another payroll clerk keeps it.")
    if worksheet.batch is None:
        raise Refused("This is an estimate of a run. Make a worksheet of the batch once it is released.")
    if not worksheet.people.filter(standing=WorksheetPerson.Standing.COMPUTED).exists():
        raise Refused("Nobody is worked out in it, so there is nothing to keep.")
    if worksheet.refused_rows and not without_refused:
        raise Refused(
            f"{plural(worksheet.refused_rows, 'row was', 'rows were')} refused. Mend the file, or say that"
            " what was refused is left out."
        )
    try:
        with transaction.atomic():
            worksheet.people.update(is_kept=True)
    except IntegrityError:
        raise Refused(
            "Somebody kept a worksheet of this batch just now. Discard this one and upload again."
        ) from None
    worksheet.state, worksheet.kept_by, worksheet.kept_at = Worksheet.State.KEPT, by.user, at
    worksheet.save(update_fields=["state", "kept_by", "kept_at"])
    after = {
        "batch": worksheet.batch.number,
        "method": worksheet.method,
        "with_comp_time": worksheet.with_comp_time,
        "additional_cents": worksheet.additional_total,
        "refused_rows": worksheet.refused_rows,
        "file_hash": worksheet.content_hash,
    }
    record("overtime.kept", worksheet, by=by, at=at, after=after)
    return worksheet


@transaction.atomic
def discard(worksheet_id, *, by, at):
    worksheet = _draft(worksheet_id, by)
    record("overtime.discarded", worksheet, by=by, at=at, before={"file": worksheet.file_name})
    worksheet.delete()


def _draft(worksheet_id, by):
    if not permissions.can_work(by):
        raise NotYours("Only a payroll clerk changes a worksheet.")
    found = Worksheet.objects.select_for_update(of=("self",)).select_related("run__plan", "batch")
    worksheet = found.defer("batch__content").filter(pk=worksheet_id).first()
    if worksheet is None:
        raise Refused("This worksheet was discarded by somebody else.")
    if worksheet.is_kept:
        raise Refused("This worksheet is kept and stays as it is.")
    return worksheet


def note_download(worksheet, what, *, by, at):
    """Write down who took the file."""
    record("overtime.downloaded", worksheet, by=by, at=at, after={"file": what})
