"""A rating of record as one document: what its page says, with the signatures and the seal, on US Letter."""

from pathlib import Path

from evaluations.sheet import plain
from look import formats
from look.documents import pdf

MEANS = "SHA-256 of elements, weights, levels and signatures"


def pdf_of(shown, county, *, on):
    """The tagged PDF, bytes, of what the page of the evaluation shows to who asks; made on the day `on`."""
    evaluation, sheet, record = shown["evaluation"], shown["sheet"], shown["record"]
    employee, job = evaluation.employee, [evaluation.job.title] if evaluation.job else []
    data = {
        "county": str(county),
        "title": f"Rating of record of {employee.full_name}",
        "who": ", ".join([*job, evaluation.department.name, f"No. {employee.number}"]),
        "cycle": f"{evaluation.cycle}, {shown['period']}",
        "made": f"No. {employee.number} · {evaluation.cycle}, version {record.version} · made "
        f"{formats.record_date(on)}",
        "replaced": _replaced(evaluation),
        "score": f"{record.score} of 5",
        "level": _level(sheet),
        "facts": _facts(shown),
        "ledger": [
            (line["label"], line.get("note", ""), line["amount"], line.get("kind", ""))
            for line in sheet.ledger
        ],
        "sections": [
            (f"{section.letter}. {section.name}", section.weight, [_element(item) for item in section.items])
            for section in sheet.sections
        ],
        "summary": evaluation.summary,
        "own_summary": evaluation.self_summary if evaluation.self_submitted_at else "",
        "reviews": [
            (
                f"{formats.record_date(review.on)}, {review.by.full_name}: {review.get_progress_display()}",
                review.narrative,
            )
            for review in shown["reviews"]
        ],
        "signatures": [_signature(each) for each in shown["signatures"]],
        "seal": record.content_hash,
        "seal_means": MEANS,
    }
    return pdf(Path(__file__).parent / "typst" / "rating.typ", data)


def _replaced(evaluation):
    later = evaluation.superseded_by
    if later is None:
        return ""
    if later.state == "of_record":
        return f"A correction has replaced this version: version {later.version} is the rating of record."
    return (
        f"This version is being corrected by version {later.version}. Until that is signed it stays of"
        " record, and no new award rests on it."
    )


def _level(sheet):
    if sheet.score.decided_by:
        return f"{sheet.level.name}: {sheet.score.decided_by} is critical and at level 1"
    return f"{sheet.level.name} ({sheet.band})"


def _facts(shown):
    evaluation, record = shown["evaluation"], shown["record"]
    people = (("Supervisor", evaluation.rated_by), ("Reviewer", evaluation.approved_by))  # of that day
    return [
        ("Of record", f"{formats.record_date(record.at)}, version {record.version}"),
        *((label, person.full_name) for label, person in people if person),
        ("Service weight", f"{plain(record.service_weight)} of 100, at least {shown['minimum']}"),
        *([("Allowed by HR", evaluation.waiver_reason)] if evaluation.waiver_reason else []),
        *([("Correction", evaluation.correction_reason)] if evaluation.correction_reason else []),
    ]


def _element(item):
    own = ""
    if item.own and (item.own.level or item.own.narrative):
        level = f"{item.own_level.number} {item.own_level.name}. " if item.own_level else ""
        own = f"{level}{item.own.narrative}".strip()
    return {
        "name": item.element.name,
        "tags": item.tags,
        "level": f"{item.level.number} {item.level.name}" if item.level else "Not rated",
        "working": f"{item.weight} × {item.level.number} ÷ 100 = {item.points}" if item.points else "",
        "standard": item.element.standard,
        "narrative": item.rating.narrative if item.rating else "",
        "evidence": [_evidence(each) for each in item.evidence],
        "own": own,
    }


def _evidence(evidence):
    if evidence.entry:
        return evidence.entry.text, f"Journal, {formats.record_date(evidence.entry.on)}"
    return evidence.text, f"Stated as evidence {formats.record_date(evidence.at)}"


def _signature(each):
    """(who, what was said, when and of what)."""
    who = "not signed" if each.refused else each.by.full_name
    said = each.statement
    if each.comment:
        said += f" “{each.comment}”"
    if each.refused:
        said += f" Witness: {each.witness.full_name}."
    when = formats.moment(each.at)
    if each.struck_at:
        when += f". Struck {formats.moment(each.struck_at)}: {each.struck_reason}"
    else:
        when += f" · fingerprint of what was signed {formats.hash_groups(each.content_hash)}"
    return f"{each.get_signed_as_display()}: {who}", said, when
