"""Every dollar explained (PAY-6): from a line to the order, the rules, the rating and the signature."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef

from certification.checks import find_problems
from certification.models import WrittenException
from certification.services import minimum_service_weight
from compensation.explaining import explain_line, staleness_of
from compensation.pay.policy import sentences
from evaluations.models import Evaluation
from look import formats
from payroll.models import BatchLine
from payroll.reading import readable_awards
from reports.award_chain import chain_of
from reports.award_rating import evidence_of

SECTIONS = ("From old to new rate", "Pay in a year", "Paid once")


class Alternative(NamedTuple):
    """One fact changed, and what it would have given: as printed."""

    words: str
    new_annual: str
    paid_once: str
    difference: str


def lines_for(person):
    """Run lines that a person may read, with what the page needs of each."""
    evaluations = Evaluation.objects.visible_to(person).filter(pk=OuterRef("case__rating__evaluation"))
    lines = readable_awards(person).annotate(reads_evaluation=Exists(evaluations))
    return lines.select_related(
        "run__plan__action",
        "run__plan__cycle__scale",
        "run__replaced_by",
        "employee",
        "department",
        "case__rating__evaluation",
        "case__assignment__job",
        "case__fund",
        "case__proposal__sheet__department",
    )


def explain(line, person, county):
    """Everything that the page and its PDF say of a line from `lines_for`, from the result down."""
    explained = explain_line(line)
    released = BatchLine.objects.filter(line=line).select_related("batch__action")
    released = list(released.defer("batch__content", "batch__action__document"))
    exception = _exception(line.case.rating)
    chain = chain_of(line, explained, released, exception, person)
    sections = zip(SECTIONS, (explained.rate, explained.year, explained.once), strict=True)
    return {
        "figures": _figures(line, explained),
        "sections": [(title, rows) for title, rows in sections if rows],
        "what_if": [_alternative(each, explained.award) for each in explained.what_if],
        "findings": explained.findings,
        "rating": evidence_of(line.case.rating, exception, with_elements=line.reads_evaluation),
        "problems": _problems(line, exception, county) if not released and not chain.is_certified else [],
        "chain": chain.links,
        "policy": sentences(
            explained.plan.rules, effective_on=explained.plan.effective_on, base_on=line.run.plan.base_on
        ),
        "employer": explained.employer,
        "is_same_again": explained.is_same_again,
        "released": bool(released),
    }


def staleness(line, person):
    """Why the line no longer holds; None where it does, and for the person himself, who learns it from what
    is released.
    """
    if line.employee_id == person.employee_id and not person.sees_everyone:
        return None
    found = staleness_of(line)
    return found if found.is_stale else None


def _figures(line, explained):
    """(label, amount, note) of what comes out, each with the day from which it counts."""
    dates, award = explained.dates, explained.award
    more = line.new_annual - line.old_annual
    days = {
        day
        for day, cents in (
            (dates.raise_on, award.across_the_board + award.lift),
            (dates.merit_on, award.merit),
        )
        if cents and day
    }
    from_days = " and ".join(formats.record_date(day) for day in sorted(days))
    hourly = f"{formats.rate(line.new_hourly)} an hour" if line.new_hourly is not None else ""
    once = f"as of {formats.record_date(dates.once_on)}" if line.lump and dates.once_on else ""
    cents = formats.money_from_cents
    return [
        ("New pay a year", cents(line.new_annual), hourly),
        ("More each year", cents(more), f"from {from_days}" if more else "base pay stays as it is"),
        ("Paid once", cents(line.lump), once),
    ]


def _alternative(each, award):
    cents = formats.money_from_cents
    by_year, once = each.award.new_annual - award.new_annual, each.award.lump - award.lump
    words = [
        f"{cents(abs(more))} {'more' if more > 0 else 'less'} {how}"
        for more, how in ((by_year, "a year"), (once, "once"))
        if more
    ]
    return Alternative(each.words, cents(each.award.new_annual), cents(each.award.lump), ", ".join(words))


def _exception(rating):
    """The standing exception by which an award is made although its rating lacks something."""
    if rating is None or (rating.has_progress_review and rating.is_signed):
        return None
    return WrittenException.objects.standing().filter(rating=rating).first()


def _problems(line, exception, county):
    """What holds an award back from certification, each with its cure; what changed since is told apart."""
    if not (line.merit_value or line.lump_value):
        return []
    return find_problems(
        line.case.rating,
        minimum_service_weight=minimum_service_weight(line.run, county),
        is_excepted=exception is not None,
    )
