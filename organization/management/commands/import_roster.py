"""manage.py import_roster FILE: people, assignments, departments and heads from a CSV or XLSX file."""

from pathlib import Path

from django.db import transaction

from exchange.problems import Severity, told_together
from organization.commands import ActCommand
from organization.models import ColumnMapping
from organization.refusal import Refused
from organization.roster import columns, services
from organization.roster.comparison import compare, summary


class Command(ActCommand):
    help = (
        "Import a roster. All of it or nothing, unless --leave-out-bad-rows. The columns are those of "
        "--mapping; without it they are guessed, and refused where the guess is unsure."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="a CSV or XLSX file")
        parser.add_argument("--mapping", metavar="NAME|FILE", help="a saved mapping, or a JSON file with one")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, and keep nothing")
        parser.add_argument(
            "--complete", action="store_true", help="who is missing from the file has separated"
        )
        parser.add_argument(
            "--leave-out-bad-rows", action="store_true", help="apply the rest; the choice is recorded"
        )
        parser.add_argument(
            "--supervisors",
            type=Path,
            metavar="FILE",
            help="a second file that names supervisors by employee number, or heads by department",
        )

    def act(
        self, *, by, at, on, file, mapping, dry_run, complete, leave_out_bad_rows, supervisors, **options
    ):
        names, settings = mapping_of(mapping)
        common = {"on": on, "leave_out": leave_out_bad_rows, "by": by, "at": at}
        with transaction.atomic():
            result = import_file(file, names=names, settings=settings, complete=complete, **common)
            if supervisors:
                second = import_file(supervisors, names=None, settings=None, complete=False, **common)
                result["supervisors"] = second
            if dry_run:
                transaction.set_rollback(True)
        result["dry_run"] = dry_run
        if dry_run:  # no import of this number is there afterwards
            for each in (result, result.get("supervisors", {})):
                each.pop("import", None)
        return result

    def lines(self, result):
        yield from told(result)
        if "supervisors" in result:
            yield "Second file:"
            yield from (f"  {line}" for line in told(result["supervisors"]))
        if result.get("dry_run"):
            yield "This was a dry run: nothing was kept."


def mapping_of(given):
    """(field to column, options) of a saved mapping or a JSON file; (None, None) where none is given."""
    if not given:
        return None, None
    path = Path(given)
    if path.suffix.lower() == ".json" or path.is_file():
        try:
            return columns.read_json(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as problem:
            raise Refused(f"The mapping {given} cannot be read: {problem}.") from None
    kept = ColumnMapping.objects.filter(name__iexact=given).first()
    if kept is None:
        there = ", ".join(ColumnMapping.objects.values_list("name", flat=True)) or "none"
        raise Refused(f"There is no saved mapping “{given}” and no such file. Saved mappings: {there}.")
    return kept.columns, kept.options


def import_file(path, *, names, settings, on, complete, leave_out, by, at):
    """Upload and apply one file. Raises `Refused`, with everything that was found in its details."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise Refused(f"{path} cannot be read: {problem.strerror}.") from None
    table = services.read_file(content, path.name)
    matching = columns.matched(table, names, settings) if names else columns.guessed(table)
    doubts = unsure(matching.unsure(table))
    if doubts or matching.problem():
        raise Refused(doubts or matching.problem(), details=columns_of(table, matching))
    try:
        roster_import = services.upload_roster(
            content,
            path.name,
            as_of=on,
            complete=complete,
            names=matching.names(table),
            options=settings or {},
            by=by,
            at=at,
        )
        applied, found = services.apply_roster(roster_import.pk, leave_out=leave_out, by=by, at=at)
    except Refused as problem:
        found = compare(table, matching, on=on, complete=complete)
        raise Refused(str(problem), details=report_of(path, table, matching, found)) from None
    return report_of(path, table, matching, found) | {
        "import": applied.pk,
        "annual_pay_stored": applied.result["sums"]["stored"],
        "left_out_rows": applied.left_out_rows,
    }


def unsure(guesses):
    """The sentence that asks about columns; empty if there is nothing to ask."""
    doubts = "; ".join(f"{guess.header.name} as {guess.field.label} ({guess.note})" for guess in guesses)
    if not doubts:
        return ""
    return (
        f"The columns cannot be told for sure: {doubts}. Name the columns to read with --mapping; "
        "those not named are left out."
    )


def columns_of(table, matching):
    """Which column was read as what, and which were left out."""
    return {
        "columns": matching.names(table),
        "columns_read": [
            {
                "column": guess.header.name,
                "letter": guess.header.letter,
                "field": guess.field.name,
                "label": guess.field.label,
                "note": guess.note,
            }
            for guess in matching.guesses
            if guess.field
        ],
        "columns_not_used": [
            {"column": guess.header.name, "letter": guess.header.letter, "note": guess.note}
            for guess in matching.unused()
        ],
    }


def report_of(path, table, matching, found):
    counts = summary(found)
    problems = [problem_of(problem) for problem in found.problems if problem.severity == Severity.REFUSED]
    looks = [problem for problem in found.problems if problem.severity == Severity.LOOK]
    return {
        "file": path.name,
        "as_of": found.file.on,
        "rows_read": counts["rows"],
        "people_added": counts["added"],
        "people_changed": counts["changed"],
        "people_gone": counts["gone"],
        "people_unchanged": counts["unchanged"],
        "heads_changed": counts["heads"],
        "annual_pay_read": counts["sums"]["read"],
        "annual_pay_before": counts["sums"]["before"],
        "annual_pay_after": counts["sums"]["after"],
        "refusals": problems,
        "to_look_at": [problem_of(problem) for problem in looks],
        "to_look_at_in_short": told_together(looks),
        "unknown": [
            {
                "field": each.field,
                "label": each.label,
                "people": each.count,
                "reason": each.reason,
                "first_rows": each.rows,
                "sentence": str(each),
            }
            for each in found.unknown
        ],
        "notes": list(found.file.notes),
        **columns_of(table, matching),
    }


def problem_of(problem):
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason,
        "mend": problem.mend,
        "sentence": str(problem),
    }


def told(report):
    """A report in plain text."""
    if "columns_read" in report:
        read = "; ".join(f"{each['column']} as {each['label']}" for each in report["columns_read"])
        yield f"Columns read: {read or 'none'}"
        unused = "; ".join(each["column"] for each in report["columns_not_used"])
        yield f"Columns not used: {unused or 'none'}"
    if "rows_read" not in report:
        return
    yield f"{report['file']}: {report['rows_read']:,} rows read, as of {report['as_of']:%B %-d, %Y}"
    yield (
        f"People: {report['people_added']:,} added, {report['people_changed']:,} changed, "
        f"{report['people_gone']:,} gone, {report['people_unchanged']:,} as they were"
    )
    if report["heads_changed"]:
        yield f"Heads of departments: {report['heads_changed']:,} changed"
    yield f"Annual pay as read:   ${with_commas(report['annual_pay_read'])}"
    if "annual_pay_stored" in report:
        yield f"Annual pay as stored: ${with_commas(report['annual_pay_stored'])}"
        yield f"Annual pay of all:    ${with_commas(report['annual_pay_after'])}"
    for unknown in report["unknown"]:
        yield f"Unknown: {unknown['sentence']}"
    for note in report["notes"]:
        yield f"Note: {note}"
    refusals = [f"{problem['sentence']} {problem['mend']}".strip() for problem in report["refusals"]]
    for kind, sentences in (("Refused", refusals), ("Look at", report["to_look_at_in_short"])):
        yield from (f"{kind}: {sentence}" for sentence in sentences[:SHOWN])
        if len(sentences) > SHOWN:
            yield f"{kind}: {len(sentences) - SHOWN:,} more; --json tells all."
    if report.get("left_out_rows"):
        rows = report["left_out_rows"]
        yield f"Left out, as chosen: {'1 row' if len(rows) == 1 else f'{len(rows):,} rows'}"


SHOWN = 100


def with_commas(text):
    """Dollars as text, with commas."""
    whole, _, cents = text.partition(".")
    return f"{int(whole):,}.{cents}"
