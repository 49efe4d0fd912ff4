"""What the pages of an import show of it: columns, sums, problems, changes."""

from collections import Counter
from decimal import Decimal

from exchange.problems import Severity, told_together
from look import formats
from organization.forms.roster import OPTION_WORDS
from organization.roster import services
from organization.roster.comparison import LABELS, summary
from organization.roster.pay import to_the_cent

SHOWN = 50


def steps(at):
    words = ("File", "Check", "Applied")
    return [(word, "done" if i < at else "now" if i == at else "later") for i, word in enumerate(words)]


def columns_of(matching, table, comparison):
    """The columns as the page matches them, each with its first values, how sure it is, and a note."""
    notes = notes_of_columns(table, matching, comparison) if comparison else {}
    return [
        {
            "index": guess.header.index,
            "letter": guess.header.letter,
            "name": guess.header.name,
            "values": " · ".join(formats_short(value) for value in guess.first_values),
            "field": guess.field.name if guess.field else "",
            "confidence": str(guess.confidence),
            "note": guess.note or notes.get(guess.field.name if guess.field else "", ""),
        }
        for guess in matching.guesses
    ]


def notes_of_columns(table, matching, found):
    """What people would check first in a column: how many numbers, codes, titles; annual and hourly."""
    columns = matching.columns
    rows = found.file.rows
    notes = {}
    if "number" in columns:
        notes["number"] = f"{len({row.number for row in rows if row.number}):,} different values"
    kinds = {
        "department": found.departments,
        "department_name": found.departments,
        "job_title": found.jobs,
        "job_code": found.jobs,
        "fund": found.funds,
    }
    for name, new in kinds.items():
        if name in columns:
            count = len(set(table.column(columns[name])) - {""})
            notes[name] = f"{count:,} different, {f'{len(new):,} new' if new else 'all known'}"
    if columns.keys() & {"basis", "hourly_rate"}:
        counts = Counter(row.basis for row in rows)
        name = "basis" if "basis" in columns else "hourly_rate"
        notes[name] = f"Annual {counts['annual']:,}, hourly {counts['hourly']:,}"
    return notes


def formats_short(value):
    return value if len(value) <= 24 else f"{value[:23]}…"


def options_of(matching):
    return [
        (name, label, [(value, text, value == matching.options.get(name)) for value, text in words.items()])
        for name, (label, words) in OPTION_WORDS.items()
    ]


def comparison_context(found):
    sums = {name: to_the_cent(value) for name, value in found.sums.items()}
    counts = summary(found)
    problems = found.problems
    refused = [problem for problem in problems if problem.severity == Severity.REFUSED]
    looks = [problem for problem in problems if problem.severity == Severity.LOOK]
    names = names_of_rows(found, refused[:SHOWN])
    told_looks = told_together(looks)
    supervised = sum(1 for change in found.changes if "supervisor" in change.fields)
    return {
        "comparison": found,
        "counts": counts,
        "sums": sums,
        "refused": [(problem, names.get(problem.row, "")) for problem in refused[:SHOWN]],
        "refused_count": len(refused),
        "refused_rows": len(found.refused),
        "looks": told_looks[:SHOWN],
        "more_looks": len(told_looks) - SHOWN,
        "before_after": before_after(found, sums, counts),
        "agreement": agreement(found, sums),
        "by_field": [(label, people, to_the_cent(cost)) for label, people, cost in found.by_field],
        "changes_total": to_the_cent(sum((cost for _, _, cost in found.by_field), Decimal(0))),
        "added": [told_row(row) for row in found.additions[:12]],
        "gone": [person.name or person.number for person in found.separations[:12]],
        "supervisors": supervised,
        "supervisors_title": f"{people(supervised)} {'gets' if supervised == 1 else 'get'} a new supervisor",
        "hours": found.hours_per_year,
        "more_added": counts["added"] - 12,
        "added_key": people(counts["added"]),
        "gone_key": people(len(found.separations)),
        "looks_key": formats.plural(len(looks), "cell", "cells"),
        "unknown": found.unknown,
        "unknown_key": formats.plural(len({each.field for each in found.unknown}), "field", "fields"),
        "notes_key": formats.plural(len(found.file.notes), "note", "notes"),
        "new_names": new_names(found),
        "new_key": formats.number(len(found.departments) + len(found.jobs) + len(found.funds)),
        "acts": found.acts,
        "token": services.token_of(found),
    }


def names_of_rows(found, problems):
    wanted = {problem.row for problem in problems}
    return {
        row.at: ", ".join(filter(None, (row.name, row.number))) for row in found.file.rows if row.at in wanted
    }


def new_names(found):
    """What the file brings besides people: (kind, the first names)."""
    kinds = (("Departments", found.departments), ("Jobs", found.jobs), ("Funds", found.funds))
    return [(label, told_names(list(names.values()))) for label, names in kinds if names]


def told_names(names):
    more = f" and {len(names) - 12:,} more" if len(names) > 12 else ""
    return "; ".join(names[:12]) + more


def told_row(row):
    return ", ".join(filter(None, (row.name or row.number or f"row {row.at:,}", row.job_title)))


def before_after(found, sums, counts):
    lines = [
        line(
            f"In County HR on {formats.record_date(found.file.on)}",
            sums["before"],
            people(found.people_before),
            formats.money,
        )
    ]
    parts = (
        ("additions", counts["added"], "addition", "additions"),
        ("separations", counts["gone"] + counts["positions_ended"], "separation", "separations"),
        ("changes", counts["changed"], "change", "changes"),
    )
    for name, count, one, several in parts:
        if count:
            lines.append(line(formats.plural(count, one, several), sums[name]))
    label = f"In County HR when applied, {people(found.people_after)}"
    lines.append(line(label, sums["after"], "", formats.money) | {"kind": "total"})
    return lines


def agreement(found, sums):
    """The file's own sum against the one above; nothing where the file tells of no pay."""
    lines = [line("In the file", sums["read"], "the rows that are taken", formats.money)]
    if sums["others"]:
        lines.append(line("People who are not in the file, or whose rows stay out", sums["others"]))
    lines.append(line("Agrees with the sum above", sums["after"], "", formats.money) | {"kind": "total"})
    return lines


def line(label, amount, note="", write=formats.signed):
    return {"label": label, "note": note, "amount": write(amount)}


def people(count):
    return formats.plural(count, "person", "people")


def told_changes(found, kind):
    """(row or None, who, number, what) of one kind."""
    if kind == "added":
        return [(row.at, row.name or "No name", row.number, row.job_title or "") for row in found.additions]
    if kind == "gone":
        gone = [(None, person.name or "No name", person.number, "Separates") for person in found.separations]
        return gone + [(None, person.name, person.number, "A position ends") for person in found.ended]
    return [
        (
            change.row.at,
            change.known.name or "No name",
            change.known.number,
            "; ".join(
                f"{LABELS.get(name, name)}: {shown(before)} to {shown(after)}"
                for name, (before, after) in change.fields.items()
            ),
        )
        for change in found.changes
    ]


def shown(value):
    if value in (None, ""):
        return "nothing"
    if hasattr(value, "year"):
        return formats.short_date(value)
    return f"{value.normalize():,f}" if hasattr(value, "normalize") else str(value)


def done_context(found):
    result = found.result or {}
    sums = {name: Decimal(value) for name, value in result.get("sums", {}).items()}
    context = {"found": found, "result": result, "steps": steps(3 if result else 1)}
    if result:
        context["before_after"] = [
            line("In County HR before", sums["before"], people(result["people_before"]), formats.money),
            line("Additions", sums["additions"]),
            line("Separations", sums["separations"]),
            line("Changes", sums["changes"]),
            line(f"In County HR after, {people(result['people_after'])}", sums["after"], "", formats.money)
            | {"kind": "total"},
        ]
        context["stored"] = [
            line("Read from the file", sums["read"], "the rows that were taken", formats.money),
            line("Stored for them", sums["stored"], "added up from what is kept", formats.money),
            line("Difference", sums["stored"] - sums["read"], "", formats.money) | {"kind": "total"},
        ]
    return context
