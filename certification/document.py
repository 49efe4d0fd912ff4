"""A certificate as its reader sees it: read from the text that was signed, and from nothing else."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from certification.checks import missing_of
from look import formats
from look.documents import pdf

SIGNER = ("name", "title", "number", "capacity")
PRINCIPAL = ("name", "number", "delegation", "given", "last_day")


class SignedAward(NamedTuple):
    """One award as it was signed: cents, and the rating by which it was made."""

    number: str
    slot: int
    name: str
    job: str
    department: str
    level: str
    score: str
    service_weight: str
    evidence: int
    merit: int
    lump: int
    exception: dict | None  # by, title, reason, at, without
    form: dict  # all that was signed of it


class Document(NamedTuple):
    number: str
    county: str
    set_name: str
    run: int
    plan: str
    order: str
    ordered_on: date
    statement: str
    signed_by: dict  # as SIGNER
    signed_for: dict | None  # as PRINCIPAL; the name with the title
    signed_at: datetime
    seal: str
    awards: list[SignedAward]

    @property
    def merit(self):
        return sum(award.merit for award in self.awards)

    @property
    def lump(self):
        return sum(award.lump for award in self.awards)

    @property
    def excepted(self):
        return [award for award in self.awards if award.exception]


def document_of(certificate):
    """The Document of a Certificate; None where its text was altered so that it cannot be read any more."""
    try:
        said = json.loads(certificate.content)
        return Document(
            number=certificate.number,
            county=said["county"],
            set_name=said["set"]["name"],
            run=said["run"],
            plan=said["plan"],
            order=said["order"]["number"],
            ordered_on=date.fromisoformat(said["order"]["on"]),
            statement=said["statement"],
            signed_by={name: said["signed_by"][name] for name in SIGNER},
            signed_for=said["signed_for"] and {name: said["signed_for"][name] for name in PRINCIPAL},
            signed_at=certificate.signed_at,
            seal=certificate.content_hash,
            awards=[
                _award(each, said["levels"])
                for each in sorted(said["awards"], key=lambda each: each["sort_key"])
            ],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _award(said, levels):
    form = said["award"]
    rating = form["rating"]
    exception = form["exception"] and {
        **form["exception"],
        "at": datetime.fromisoformat(said["excepted_at"]),
        "without": missing_of(has_progress_review=rating["progress_review"], is_signed=rating["signed"]),
    }
    return SignedAward(
        number=form["number"],
        slot=form["slot"],
        name=said["name"],
        job=said["job"],
        department=said["department"],
        level=levels.get(str(rating["level"]), f"Level {rating['level']}"),
        score=rating["score"],
        service_weight=rating["service_weight"].removesuffix(".00"),
        evidence=rating["evidence"],
        merit=int(form["merit"]),
        lump=int(form["excess"]) + int(form["lump_sum"]),
        exception=exception,
        form=form,
    )


def pdf_of(document, *, stands, on):
    """The certificate as a tagged PDF, bytes. `stands` says whether it holds on the day `on`."""
    cents = formats.money_from_cents
    signature = f"{document.signed_by['name']}, {document.signed_by['title']}"
    data = {
        "county": document.county,
        "number": document.number,
        "set": document.set_name,
        "facts": [
            ("Pay run", f"{document.run}, {document.plan}"),
            ("Order", f"{document.order} of {formats.record_date(document.ordered_on)}"),
            ("Awards", _totals(document)),
        ],
        "statement": document.statement,
        "signature": signature,
        "capacity": document.signed_by["capacity"],
        "signed_at": formats.moment(document.signed_at),
        "delegation": document.signed_for and document.signed_for["delegation"],
        "awards": [
            (
                award.name,
                f"No. {award.number}, {award.job or award.department}",
                f"{award.score} {award.level}",
                award.service_weight,
                str(award.evidence),
                cents(award.merit),
                cents(award.lump) if award.lump else "none",
                bool(award.exception),
            )
            for award in document.awards
        ],
        "total": [
            formats.plural(len(document.awards), "award", "awards"),
            cents(document.merit),
            cents(document.lump),
        ],
        "exceptions": [
            (
                award.name,
                f"Without {award.exception['without']}.",
                award.exception["reason"],
                f"{award.exception['by']}, {award.exception['title']}, "
                f"{formats.record_date(award.exception['at'])}",
            )
            for award in document.excepted
        ],
        "seal": document.seal,
        "stands": f"As of {formats.record_date(on)}: {stands}",
    }
    return pdf(Path(__file__).parent / "typst" / "certificate.typ", data)


def _totals(document):
    excepted = f", {len(document.excepted)} by written exception" if document.excepted else ""
    awards = formats.plural(len(document.awards), "award", "awards")
    merit, lump = map(formats.money_from_cents, (document.merit, document.lump))
    return f"{awards}{excepted}: {merit} a year, {lump} paid once"
