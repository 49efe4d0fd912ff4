"""The letter that explains to one person each figure of what was released (PAY-10), for page and PDF."""

from datetime import timedelta
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from django.db.models import Prefetch

from certification.models import CertifiedLine
from compensation.conditions import conditions_of_run, prepared
from compensation.pay.explain import ledger
from compensation.pay.monthly import in_words
from compensation.records import read_award, read_case
from look import formats
from look.documents import pdf
from organization.models import the_county
from payroll.models import BatchLine
from payroll.once import ONCE


class Row(NamedTuple):
    """One line of the letter's ledger, as printed."""

    label: str
    working: str
    amount: str
    kind: str  # "", "subtotal" or "total"


class Table(NamedTuple):
    title: str
    rows: list[Row]


class Letter(NamedTuple):
    county: str
    date: str
    name: str
    job: str
    department: str
    title: str
    opening: str
    tables: list[Table]
    closing: list[str]
    signatures: list[tuple[str, str]]
    reference: str


BEFORE_TAXES = "What is paid once is before taxes and your retirement deposit."
DISAGREE = "If a figure looks wrong, write to Human Resources within 30 days. You do not need a form."
SECTIONS = {
    "rate": "Your rate of pay",
    "year": "Your pay in a year",
    "once": "What is paid once",
    "longevity": "Longevity pay",
}
OF_ELEMENT = {
    BatchLine.Element.BASE: SECTIONS["year"],
    BatchLine.Element.LUMP: SECTIONS["once"],
    BatchLine.Element.LONGEVITY: SECTIONS["longevity"],
}


class Frame(NamedTuple):
    """What all letters of a batch share."""

    county: str
    plan: object  # made ready as the run kept it
    levels: dict  # names by number


def frame_of(batch):
    """The Frame of a Batch, which comes with its run and plan."""
    cycle = batch.run.plan.cycle
    levels = dict(cycle.scale.levels.values_list("number", "name")) if cycle else {}
    return Frame(str(the_county()), prepared(conditions_of_run(batch.run)), levels)


def find_lines(batch_lines):
    """A queryset of BatchLines with all that a letter needs of each."""
    certified = CertifiedLine.objects.select_related("certificate").defer("certificate__content")
    certified = Prefetch("line__certified", certified.order_by("-certificate__signed_at"))
    return (
        batch_lines.prefetch_related("employee__batch_lines", certified)
        .select_related(
            "batch__run__plan__action",
            "batch__run__plan__cycle__scale",
            "batch__released_by",
            "batch__action",
            "line__case__rating",
            "line__case__assignment__job",
            "line__department",
            "employee",
            "difference__certificate__exception",
        )
        .defer("batch__content", "batch__action__document", "batch__run__plan__action__document")
    )


def write_letter(lines, frame):
    """The letter for one person's lines in one batch (from `find_lines`); they are of one run line."""
    first = lines[0]
    line, run = first.line, first.batch.run
    bases = [each for each in lines if each.element == BatchLine.Element.BASE]
    once = [each for each in lines if each.element != BatchLine.Element.BASE]
    waits = bool(waiting_sections(first))
    return Letter(
        **head_of(first, frame),
        title=f"Your pay from {formats.record_date(first.effective_on)}",
        opening=_opening(line, run, bases, once, frame.levels),
        tables=[_short(each) for each in lines] if waits else _tables(line, frame.plan, run),
        closing=_closing(bases, once, waits),
        signatures=signatures_of(line, first.batch),
    )


def head_of(first, frame):
    """What each letter says of whom it is for and where it comes from, by the first of its lines."""
    line, batch, run = first.line, first.batch, first.batch.run
    return {
        "county": frame.county,
        "date": formats.record_date(batch.released_at),
        "name": first.employee.full_name,
        "job": line.case.assignment.job.title if line.case.assignment.job else "",
        "department": line.department.name,
        "reference": (
            f"Order {batch.action.number} · Plan {run.plan} · {run}, batch {batch.number}, "
            f"line {first.number} · Seal {formats.hash_groups(batch.content_hash)}"
        ),
    }


def waiting_sections(first):
    """The sections of the ledger of a line of which a part was not released by the batch of the letter.

    What counts is the position in its fiscal year: another run of it may have released a part.
    """
    line, key = first.line, (first.fiscal_year, first.slot)
    released = [
        each
        for each in first.employee.batch_lines.all()
        if (each.fiscal_year, each.slot) == key and each.batch_id <= first.batch_id
    ]
    parts = (
        (("rate", "year"), line.across_the_board + line.lift, attrgetter("covers_raise")),
        (("rate", "year"), line.tenure, attrgetter("covers_tenure")),
        (("rate", "year"), line.merit, attrgetter("covers_merit")),
        (("once",), line.awarded_once, lambda each: each.element == BatchLine.Element.LUMP),
        (("longevity",), line.longevity, lambda each: each.element == BatchLine.Element.LONGEVITY),
    )
    return {
        section
        for sections, cents, is_released in parts
        if cents and not any(map(is_released, released))
        for section in sections
    }


def _opening(line, run, bases, once, levels):
    said = []
    rating = line.case.rating
    if rating is not None and run.plan.cycle is not None:
        cycle = run.plan.cycle
        level = levels.get(rating.level)
        starts_on, last_day = cycle.starts_on, cycle.ends_on - timedelta(days=1)
        said.append(
            f"Your evaluation for {formats.record_date(starts_on)} to {formats.record_date(last_day)} was "
            f"rated “{(level or f'level {rating.level}').lower()}”, with a score of {rating.score} of 5."
        )
    under = "Under the pay plan that the Commissioners Court adopted,"
    if len(bases) == 1:
        said.append(f"{under} your pay becomes {formats.money(bases[0].new_annual)} a year.")
    elif bases:
        steps = (
            f"{formats.money(each.new_annual)} a year from {formats.record_date(each.effective_on)}"
            for each in bases
        )
        said.append(f"{under} your pay becomes {formats.listed(steps)}.")
    if once:
        also = "You also receive" if bases else f"{under} you receive"
        days = {each.effective_on for each in bases}
        several = len(days | {each.effective_on for each in once}) > 1
        sums = (_sum(each, line, says_day=several and each.effective_on not in days) for each in once)
        said.append(f"{also} {' and '.join(sums)}.")
    return " ".join([*said, "This is how it was worked out."])


def of_longevity(each):
    """What to say after the dollars of a line of longevity pay; nothing of another sum."""
    return " of longevity pay" if each.element == BatchLine.Element.LONGEVITY else ""


def _sum(each, line, *, says_day):
    """A sum that is paid once, in words."""
    day, of = formats.record_date(each.effective_on), of_longevity(each)
    if each.of_payments > 1:
        cents = ONCE[each.element].cents(line)
        months = in_words(cents, each.of_payments)
        return f"{formats.money_from_cents(cents)}{of} in {months}, the first on {day}"
    return f"{formats.money(each.amount)}{of or ' once'}{f' on {day}' if says_day else ''}"


def _tables(line, plan, run):
    return tables_of(ledger(read_case(line.case), read_award(line), plan, base_on=run.plan.base_on))


def tables_of(lines, without=frozenset()):
    """The ledger of an award as the tables of a letter; `without` are sections that it leaves out."""
    tables = []
    for section, title in SECTIONS.items():
        if section in without:
            continue
        rows = [
            Row(each.label, each.formula, each.text, "" if each.kind in ("start", "add") else each.kind)
            for each in lines
            if each.section == section
        ]
        if rows:
            tables.append(Table(title, rows))
    return tables


def of_anybody(title):
    """A title of a letter's table where somebody else reads it: "Pay in a year" for "Your pay in a year"."""
    said = title.replace("your ", "").removeprefix("Your ")
    return said[:1].upper() + said[1:]


def _short(each):
    """What one released line does, without how it was computed."""
    if each.element != BatchLine.Element.BASE:
        return Table(OF_ELEMENT[each.element], [Row(each.reason, "", formats.money(each.amount), "total")])
    rows = [
        Row("Pay in a year before", "", formats.money(each.old_annual), ""),
        Row(each.reason, "", formats.signed(each.amount), ""),
        Row("New pay in a year", "", formats.money(each.new_annual), "total"),
    ]
    return Table(SECTIONS["year"], rows)


def _closing(bases, once, waits):
    said = [
        f"From {formats.record_date(base.effective_on)} your hourly rate is {formats.rate(base.new_hourly)}."
        for base in bases
        if base.new_hourly is not None
    ]
    if waits:
        said.append("A part of your pay is not released yet. Another letter will explain it.")
    if once:
        said += [*more_payments(once), BEFORE_TAXES]
    return [*said, DISAGREE]


def more_payments(once):
    """What to say of the monthly payments after these; nothing of the last of a sum, or one sum."""
    more = {(each.of_payments - each.payment, of_longevity(each)) for each in once}
    if len({count for count, _ in more}) == 1:  # alike, they are told at once
        more = {(count, " of each" if len(more) > 1 else "") for count, _ in more}
    for count, of in sorted(more, key=itemgetter(1)):
        if count:
            follow = formats.plural(count, f"payment{of} follows", f"payments{of} follow")
            yield f"{follow}, one each month, while you hold the position on the day of the payment."


def signatures_of(line, batch):
    """Who certified an award and who released it: (name and title, what and when) each."""
    signed = []
    certified = next(iter(line.certified.all()), None)  # the latest first, see `find_lines`
    if certified is not None:
        certificate = certified.certificate
        signed.append(
            (
                f"{certificate.signed_name}, {certificate.signed_title}",
                f"Certified {formats.record_date(certificate.signed_at)}"
                + (f" for {certificate.signed_for}" if certificate.signed_for else ""),
            )
        )
    signed.append((batch.released_by.name, f"Released {formats.record_date(batch.released_at)}"))
    return signed


def pdf_of(letters, *, title):
    """Letters as one tagged PDF, bytes: each begins on a page of its own and counts its own pages."""
    written = [
        letter._asdict()
        | {
            "tables": [
                each._asdict() | {"rows": [row._asdict() for row in each.rows]} for each in letter.tables
            ]
        }
        for letter in letters
    ]
    data = {"title": title, "county": letters[0].county, "letters": written}
    return pdf(Path(__file__).parent / "typst" / "letter.typ", data)
