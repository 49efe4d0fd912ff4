"""The chain of proof of an award: the order, the plan, the rules, the rating, the signature, the release."""

from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from certification.checks import missing_of
from certification.models import CertifiedLine
from compensation.audience import PAY_OFFICES, PLAN_READERS
from compensation.pay import money
from compensation.pay.pools import key_of
from compensation.pay.proposed import write
from compensation.pooled import PooledPlan, office_of
from court.models import CourtAction
from court.tally import Tally
from look import formats
from payroll.models import BatchLine
from payroll.permissions import can_read
from reports.award_links import Link, exception_link, rating_link


class Chain(NamedTuple):
    links: list[Link]
    is_certified: bool  # by a certificate that stands


def chain_of(line, explained, released, exception, person):
    """The Chain of a line for a person, the oldest link first; `released` are its batch lines. What a
    difference adds to it stands in `award_corrections`.
    """
    links = [*_order(line.run.plan), _plan(line.run, person), _eligible(explained.findings)]
    links += [_rating(line), *_exception(line.case.rating, exception), *_proposal(line, explained, person)]
    certified = (
        CertifiedLine.objects.filter(line=line)
        .select_related("certificate__voiding")
        .defer("certificate__content")
        .order_by("-certificate__signed_at")
        .first()
    )
    holds = certified is not None and not hasattr(certified.certificate, "voiding")
    if certified is not None:
        links.append(_certificate(certified.certificate, holds, person))
    elif line.merit_value or line.lump_value:
        links.append(Link("Not certified yet", "The head has not signed for this award.", waiting=True))
    links += [_release(each, person) for each in released if not each.difference_id]
    if not released:
        links.append(Link("Not released yet", "", waiting=True))
    return Chain(links, holds)


def _order(plan):
    initiatives = CourtAction.objects.adopted().for_purpose("initiative")
    if plan.action is not None:
        initiatives = initiatives.filter(meeting_on__lte=plan.action.meeting_on)
    wanted = Q(pk__in=initiatives.order_by().values("pk")) | Q(pk=plan.action_id)
    orders = CourtAction.objects.with_votes().filter(wanted).defer("document")
    initiative = next((order for order in orders if order.purpose == "initiative"), None)  # the latest first
    if initiative is not None:
        yield _of_court("Customer-service initiative adopted", initiative, f"Order {initiative.number}")
    if plan.action is None:
        yield Link("Plan not adopted yet", "The Court has not voted on it.", waiting=True)
        return
    before = ""
    if plan.cycle is not None and plan.action.meeting_on <= plan.cycle.starts_on:
        before = f"Before the service year began, {formats.record_date(plan.cycle.starts_on)}"
    adopted = next(order for order in orders if order.pk == plan.action_id)
    yield _of_court("Plan adopted by the Commissioners Court", adopted, before)


def _of_court(title, action, source):
    tally = Tally(action.ayes, action.nays, present=None)
    item = f", item {action.agenda_item}" if action.agenda_item else ""
    text = f"{formats.record_date(action.meeting_on)}{item}, order {action.number}. {tally.words}."
    return Link(title, text, source, url=reverse("court:action", args=[action.number]))


def _plan(run, person):
    plan, page = run.plan, ""
    if person.has_role(*PAY_OFFICES):
        page = reverse("compensation:run", args=[run.number])
    elif person.has_role(*PLAN_READERS):
        page = reverse("compensation:plan", args=[plan.fiscal_year, plan.version])
    return Link(
        f"{run} of {plan}",
        f"Frozen {formats.record_date(run.frozen_at)}, pay of {formats.record_date(plan.base_on)}",
        f"Result {formats.hash_groups(run.result_hash)}" if run.result_hash else "",
        url=page,
    )


def _eligible(found):
    rules = [finding for _, each in found for finding in each]
    failed = [finding.sentence for finding in rules if not finding.met]
    if failed:
        return Link("Not every rule is met", " ".join(dict.fromkeys(failed)), waiting=True)
    return Link(f"Eligible by all {len(rules)} rules", "")


def _rating(line):
    rating = line.case.rating
    if rating is None:
        return Link("No rating of record", "Merit and lump sums rest on one.", waiting=True)
    return rating_link(rating, line.run.plan.cycle)


def _exception(rating, exception):
    if exception is not None:
        missing = missing_of(has_progress_review=rating.has_progress_review, is_signed=rating.is_signed)
        yield exception_link(exception, missing)


def _proposal(line, explained, person):
    """Who proposed what and why; what the pool had, for who reads more than an award of his own."""
    proposal = line.case.proposal
    if proposal is None:
        return
    sheet = proposal.sheet
    accepted = f", accepted {formats.record_date(sheet.accepted_at)}" if sheet.accepted_at else ""
    yield Link(
        f"Proposed: {write(line.case.proposed)}" if line.case.proposed else "Nothing proposed",
        proposal.reason or "By the guideline of the plan; no reason was asked for.",
        f"{proposal.by_name}, {formats.record_date(proposal.at)}{accepted}",
    )
    if explained.plan.rules.pools and person.sees_everyone:
        yield from _pool(line, explained.plan)


def _pool(line, ready):
    """The pool from which the award is paid. One of few people would tell an employee of the others."""
    # Whoever proposed: the run held it against the pool of the office that the person was in by then.
    pooled = PooledPlan(line.run.plan, on=localdate(line.run.frozen_at), ready=ready)
    office = office_of(line.case, is_head=line.employee_id in pooled.chart.head_ids)
    fund = line.case.fund.code if line.case.fund else ""
    key = key_of(office, fund, line.case.is_grant, pooled.rules.pools, pooled.small)
    if pool := pooled.stored.get(key):
        yield Link(
            f"Paid from the pool of {pooled.name(key)}",
            f"{money.dollars(pool.amount)} for {formats.plural(pool.people, 'person', 'people')}",
            pool.formula,
        )


def _certificate(certificate, holds, person):
    # A certificate found void minutes after; what is so of the line stands above.
    reads = person.sees_everyone or certificate.signed_by_id == person.user_id
    return Link(
        f"Certified by the {certificate.signed_title}" if holds else "The certificate is void",
        f"{certificate.signed_name}, {formats.moment(certificate.signed_at)}"
        + (f", for {certificate.signed_for}" if certificate.signed_for else ""),
        f"Certificate {certificate.number}, seal {formats.hash_groups(certificate.content_hash)}",
        waiting=not holds,
        url=reverse("certification:certificate", args=[certificate.number]) if reads else "",
    )


def _release(each, person):
    reads = can_read(person)
    how = "a year" if each.element == BatchLine.Element.BASE else "once"
    return Link(
        f"Released to payroll: {formats.signed(each.amount)} {how}",
        f"{formats.record_date(each.batch.released_at)}, {each.batch}, line {each.number}, "
        f"{each.reason.lower()}, from {formats.record_date(each.effective_on)}",
        f"Order {each.batch.action.number}",
        url=reverse("payroll:batch", args=[each.batch.number]) if reads else "",
    )
