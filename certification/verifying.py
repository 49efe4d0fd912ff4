"""Checking a certificate years later, from what is stored of it (PAY-9).

Three questions, apart: is what was signed unaltered; does the certificate stand; what is different today.
"""

import json
from typing import NamedTuple

from audit.models import Entry
from certification.document import Document, document_of
from certification.fingerprint import award_form, canonical, digest
from certification.history import State, reasons_of, state_of
from certification.models import Certificate
from certification.services import departments_of
from certification.sets import AwardSet
from certification.standing import compare, exceptions_for
from compensation.change_words import sentences
from compensation.models import RunLine
from look import formats

# Of the record, beside what its text says.
LASTING = ("number", "run_id", "department_id", "signed_by_id", "delegation_id")


class Check(NamedTuple):
    """One comparison: `passed` or not, and what was found, in a sentence."""

    code: str
    passed: bool
    title: str
    text: str


class Difference(NamedTuple):
    """What is not the same today of one award that was signed."""

    number: str
    name: str
    sentences: list[str]


class Verdict(NamedTuple):
    """`document` is what the stored text says; None where it cannot be read."""

    certificate: Certificate
    document: Document | None
    checks: list[Check]
    state: str
    reasons: list[str]
    differences: list[Difference]

    @property
    def is_unaltered(self):
        return all(check.passed for check in self.checks)


def verify(certificate):
    """The Verdict on a Certificate that was loaded with its content, and annotated with `closed`."""
    document = document_of(certificate)
    lines = {
        (line.number, line.case.slot): line
        for line in RunLine.objects.filter(certified__certificate=certificate).select_related(
            "case__rating", "employee"
        )
    }
    award_set = AwardSet(certificate.run, certificate.department)
    comparison = compare(certificate.run, departments=departments_of(award_set))
    void = comparison.voids.get(certificate.pk)
    return Verdict(
        certificate=certificate,
        document=document,
        checks=_checks(certificate, document),
        state=state_of(certificate, void=void),
        reasons=reasons_of(certificate, void),
        differences=_differences(document, lines, comparison) if document else [],
    )


def stands(verdict):
    """Whether the certificate stands, in a sentence."""
    if not verdict.is_unaltered:
        return "Nothing can rest on it: what is stored of it is not what was signed."
    if verdict.state == State.VOID:
        return f"It no longer holds. {' '.join(verdict.reasons)}"
    if verdict.state == State.RELEASED:
        return "It stands: its awards were released, and are final."
    if verdict.state == State.REPLACED:
        return "It is not paid: the heads were asked about a later run of the year."
    return "It stands: nothing that it rests on has changed."


def _checks(certificate, document):
    found = digest(certificate.content)
    same = found == certificate.content_hash
    checks = [
        Check(
            "seal",
            same,
            "Signed text",
            "The seal of the stored text is the one that was signed."
            if same
            else f"The stored text has the seal {formats.hash_groups(found)}, and "
            f"{formats.hash_groups(certificate.content_hash)} was signed.",
        )
    ]
    if document is None:
        return [*checks, Check("readable", False, "Reading it", "The stored text cannot be read any more.")]
    return [*checks, _columns(certificate, document), _lines(certificate, document), _history(certificate)]


def _columns(certificate, document):
    kept = {
        "statement": (certificate.statement, document.statement),
        "name": (certificate.signed_name, document.signed_by["name"]),
        "title": (certificate.signed_title, document.signed_by["title"]),
        "for whom": (certificate.signed_for, (document.signed_for or {}).get("name", "")),
        "number of awards": (certificate.awards, len(document.awards)),
        "number of exceptions": (certificate.exceptions, len(document.excepted)),
        "merit a year": (round(certificate.base_total * 100), document.merit),
        "paid once": (round(certificate.lump_total * 100), document.lump),
    }
    wrong = [name for name, (column, text) in kept.items() if column != text]
    return Check(
        "record",
        not wrong,
        "Statement, names and totals",
        f"Not as in the signed text: {', '.join(wrong)}." if wrong else "The record says what was signed.",
    )


def _lines(certificate, document):
    """The fingerprints by which a later change is found, and whose they are, against the text."""
    kept = sorted(certificate.lines.values_list("line__number", "line__case__slot", "fingerprint"))
    signed = sorted((award.number, award.slot, digest(canonical(award.form))) for award in document.awards)
    return Check(
        "awards",
        kept == signed,
        "Each award",
        f"The {formats.plural(len(signed), 'award is', 'awards are')} on record as they were signed."
        if kept == signed
        else "The awards on record are not those of the signed text.",
    )


def _history(certificate):
    """The history is sealed apart: whoever alters a certificate would have to alter it, too."""
    entries = Entry.objects.about(certificate)
    entry = entries.filter(act="certificate.signed").first()
    written = entries.filter(act="row.inserted").values_list(*(f"after__{name}" for name in LASTING)).first()
    agrees = (
        entry is not None
        and (entry.after or {}).get("hash") == certificate.content_hash
        and entry.actor_name == certificate.signed_name
        and entry.at == certificate.signed_at
        and written == tuple(getattr(certificate, name) for name in LASTING)
    )
    if agrees:
        text = f"Signed {formats.moment(entry.at)} by {entry.actor_name}, with the same seal."
    else:
        text = "The history does not tell of this signature with this number, set, seal, name and time."
    return Check("history", agrees, "History", text)


def _differences(document, lines, comparison):
    exceptions = exceptions_for(line.case.rating for line in lines.values())
    found = []
    for award in document.awards:
        line = lines.get((award.number, award.slot))
        said = _of_award(award, line, comparison, exceptions)
        if said:
            found.append(Difference(award.number, award.name, said))
    return found


def _of_award(award, line, comparison, exceptions):
    if line is None:
        return ["Its line is not in the run any more."]
    said = []
    today = json.loads(canonical(award_form(line, exceptions.get(line.case.rating_id))))
    if today["exception"] != award.form["exception"]:
        said.append("The exception that was signed is no longer the one on record.")
    changed = sorted(name for name in today if today[name] != award.form.get(name) and name != "exception")
    if changed:
        said.append(f"The line of the run differs: {', '.join(name.replace('_', ' ') for name in changed)}.")
    if stale := comparison.stale.get(line.pk):
        said += sentences(stale)
    if line.employee.full_name != award.name:
        said.append(f"The name is now {line.employee.full_name}.")
    return said


def as_json(verdict):
    """The Verdict as plain values."""
    certificate = verdict.certificate
    return {
        "certificate": certificate.number,
        "unaltered": verdict.is_unaltered,
        "seal": certificate.content_hash,
        "signed_by": f"{certificate.signed_name}, {certificate.signed_title}",
        "signed_for": certificate.signed_for or None,
        "signed_at": certificate.signed_at,
        "awards": certificate.awards,
        "exceptions": certificate.exceptions,
        "checks": [check._asdict() for check in verdict.checks],
        "state": verdict.state,
        "stands": stands(verdict),
        "differences": [each._asdict() for each in verdict.differences],
    }
