"""Every dollar explained (PAY-6): from a line to the order, the rules, the rating and the signature."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef

from certification.checks import find_problems
from certification.models import Withholding, WrittenException
from certification.services import minimum_service_weight
from compensation.change_words import sentences as sentences_of
from compensation.explaining import explain_line, staleness_of
from compensation.facts import stale_cases
from compensation.pay.monthly import in_words
from compensation.pay.policy import sentences
from evaluations.models import Evaluation
from look import formats
from payroll.after_release import changes_pay, is_paid, released_runs
from payroll.once import ONCE
from payroll.reading import readable_awards
from reports.award_chain import chain_of
from reports.award_corrections import correction_of, links_of, released_of
from reports.award_rating import evidence_of

RELEASED = "What was released, in all"
SECTIONS = ("From old to new rate", "Pay in a year", "Paid once", "Longevity pay")


class Alternative(NamedTuple):
    """One fact changed, and what it would have given: as printed."""

    words: str
    new_annual: str
    paid_once: str
    difference: str


def lines_for(person):
    """Run lines that a person may read, with what the page needs of each."""
    evaluations = Evaluation.objects.visible_to(person).filter(pk=OuterRef("case__rating__evaluation"))
    lines = readable_awards(person).annotate(
        reads_evaluation=Exists(evaluations),
        year_has_begun=Exists(released_runs(OuterRef("run__plan__fiscal_year"))),
        is_withheld=Exists(Withholding.objects.standing().filter(line=OuterRef("pk"))),
    )
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
    """Everything that the page and its PDF say of a line from `lines_for`, from the result down.

    Of a line that differences corrected, the result is the award as it stands; its chain has both.
    """
    released = released_of(line)
    first, correction = explain_line(line), correction_of(line, released)
    explained = correction.explained or first if correction else first
    excepted = _exception(line.case.rating)
    rating, exception, reads_evaluation = line.case.rating, excepted, line.reads_evaluation
    if correction and correction.rating != rating:
        rating, exception, reads_evaluation = _new_evidence(correction, person)
    own = [each for each in released if each.line_id == line.pk]
    is_paid = any(each.covers_merit or each.element == "LUMP" for each in own)
    chain = chain_of(line, first, own, excepted, person)
    ledgers = explained.rate, explained.year, explained.once, explained.longevity
    sections = zip(SECTIONS, ledgers, strict=True)
    if correction:
        shown = list(sections) if correction.explained else []
        sections = [(RELEASED, correction.rows), *shown]
    return {
        "figures": _corrected_figures(line, correction) if correction else _figures(explained, own),
        "correction": correction,
        "sections": [(title, rows) for title, rows in sections if rows],
        "what_if": [_alternative(each, explained.award) for each in explained.what_if],
        "findings": explained.findings,
        "rating": evidence_of(rating, exception, with_elements=reads_evaluation),
        "problems": [] if is_paid or chain.is_certified else _problems(line, excepted, county),
        "chain": [*chain.links, *(links_of(correction, line, person) if correction else ())],
        "policy": sentences(
            explained.plan.rules, effective_on=explained.plan.effective_on, base_on=line.run.plan.base_on
        ),
        "employer": explained.employer,
        "is_same_again": first.is_same_again and explained.is_same_again,
        "released": bool(own),
        "stale": _staleness(line, person, released, correction),
    }


def _new_evidence(correction, person):
    """(its rating, the exception by which that counts, whether the person may read its evaluation)."""
    rating, certificate = correction.rating, correction.last.certificate
    if rating is None:
        return None, None, False
    reads = Evaluation.objects.visible_to(person).filter(pk=rating.evaluation_id).exists()
    return rating, certificate and certificate.exception, reads


class Staleness(NamedTuple):
    """Why a line no longer holds, as `compensation.explaining.Staleness` says it; `is_paid`: a difference
    corrects what changed, no new run does, or nothing where it does not change pay (`changes_pay`).
    """

    run: list[str]
    line: list[str]
    later: object
    is_paid: bool
    changes_pay: bool = True


def _staleness(line, person, released, correction):
    """The Staleness of a line; None where it holds, or a difference has put right what changed. The person
    himself learns it from what is released.
    """
    if line.employee_id == person.employee_id and not person.sees_everyone:
        return None
    if is_paid(line, has_begun=line.year_has_begun):
        cases = stale_cases(line.run, case=line.case_id)
        changed = [sentence for case in cases for sentence in sentences_of(case)]
        if not changed or (correction and correction.last.reasons == changed):
            return None
        return Staleness([], changed, None, is_paid=True, changes_pay=changes_pay(line, cases, released))
    found = staleness_of(line)
    return Staleness(*found, is_paid=False) if found.is_stale else None


def _corrected_figures(line, correction):
    """(label, amount, note) of a corrected award: what was released in all."""
    explained = correction.explained
    if explained is None:
        held = formats.money_from_cents(line.old_annual)
        return [
            ("Pay a year", held, "not in this position on the day of the plan"),
            ("Paid once", formats.money(correction.paid_once), "in all"),
        ]
    pay, more, *once = _figures(explained)
    return [pay, more, *((label, cents, f"in all, {day}" if day else "") for label, cents, day in once)]


def _figures(explained, released=()):
    """(label, amount, note) of what comes out, each with the day from which it counts; `released` are the
    batch lines that went out of it so far.
    """
    dates, award = explained.dates, explained.award
    more = award.new_annual - award.old_annual
    days = {
        day
        for day, cents in (
            (dates.raise_on, award.across_the_board + award.lift),
            (dates.tenure_on, award.tenure),
            (dates.merit_on, award.merit),
        )
        if cents and day
    }
    from_days = formats.listed([formats.record_date(day) for day in sorted(days)]) if days else ""
    hourly = "" if award.new_hourly is None else f"{formats.rate(award.new_hourly)} an hour"
    cents = formats.money_from_cents
    from_when = f"from {from_days}" if more else "base pay stays as it is"
    out = sum(each.amount for each in released if each.element == "BASE")
    if 0 < out * 100 < more:
        from_when += f"; {formats.money(out)} of it is released, the rest waits"
    return [
        ("New pay a year", cents(award.new_annual), hourly),
        ("More each year", cents(more), from_when),
        *_paid_once(award, dates, explained.rules.monthly_payments),
    ]


def _paid_once(award, dates, count):
    """What is paid once, longevity by itself: (label, amount, from when)."""
    given = [each for each in ONCE.values() if each.cents(award)]
    for once in given or [ONCE["LUMP"]]:
        cents, when = once.cents(award), ""
        if cents:
            day = formats.record_date(once.on(dates))
            when = f"as of {day}" if count == 1 else f"in {in_words(cents, count)}, from {day} on"
        yield once.label, formats.money_from_cents(cents), when


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
        withheld=Withholding.objects.standing().filter(line=line).first() if line.is_withheld else None,
    )
