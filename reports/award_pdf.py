"""An award explained as one document: what its page says, from the result down, on US Letter."""

from pathlib import Path

from look import formats
from look.documents import pdf

MET = {True: "Met", False: "Not met", None: "Not known"}


def pdf_of(line, explained, county, *, on):
    """The tagged PDF, bytes. `explained` comes from `awards.explain`; `on` is the day it is made."""
    job = line.case.assignment.job
    data = {
        "county": str(county),
        "title": f"How {line.employee.full_name}’s pay was worked out",
        "who": f"{f'{job.title}, ' if job else ''}{line.department.name}, No. {line.number}",
        "run": f"{line.run}, {line.run.plan}",
        "made": f"No. {line.number} · {line.run} · made {formats.record_date(on)}",
        "figures": explained["figures"],
        "sections": [
            (title, [(row.label, row.formula, row.text, row.kind) for row in rows])
            for title, rows in explained["sections"]
        ],
        "what_if": explained["what_if"],
        "problems": [
            *_stale(explained["stale"]),
            *_corrected(explained["correction"]),
            *(" ".join((each.title, each.text, each.cure)) for each in explained["problems"]),
        ],
        "findings": [
            (component, [(MET[each.met], each.sentence, each.cure) for each in found])
            for component, found in explained["findings"]
        ],
        "rating": explained["rating"] and _rating(explained["rating"]),
        "employer": [(label, formats.money_from_cents(cents)) for label, cents in explained["employer"]],
        "chain": [(link.title, link.text, link.source) for link in explained["chain"]],
        "check": _check(explained["is_same_again"]),
        "policy": explained["policy"],
    }
    return pdf(Path(__file__).parent / "typst" / "award.typ", data)


def _rating(evidence):
    return {
        "facts": evidence.facts,
        "elements": [
            (
                each.name + (", service" if each.is_service else ""),
                f"{each.weight}",
                "" if each.level is None else f"{each.level}",
                each.points,
            )
            for each in evidence.elements
        ],
        "sum": f"{evidence.points} ÷ {evidence.weight}, rounded to two decimals, is the score: "
        f"{evidence.rating.score}."
        if evidence.points
        else "",
    }


def _stale(stale):
    """That the line no longer holds, and which way what changed goes."""
    if stale is None:
        return
    title = "Changed after it was paid." if stale.is_paid else "No longer as it was computed."
    way = "goes out as a difference" if stale.is_paid else "waits for a new run"
    end = f"What is not paid yet {way}." if stale.changes_pay else "It changes no pay."
    yield " ".join([title, *stale.run, *stale.line, end])


def _corrected(correction):
    """What stands first of an award that a difference corrected."""
    if correction is None:
        return
    said, batch = ["Corrected after it was released.", *correction.last.reasons], correction.batch
    said.append(f"{batch} of {formats.record_date(batch.released_at)} released the difference.")
    if certificate := correction.last.certificate:
        said.append(f"Certified by {certificate.signed_name}, {formats.record_date(certificate.signed_at)}.")
    yield " ".join(said)


def _check(is_same_again):
    if is_same_again:
        return "Computed once more from the frozen inputs, no figure differs."
    return "Computed once more from the frozen inputs, a figure differs. Tell an operator."
