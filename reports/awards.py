"""Every dollar explained (PAY-6): from a line to the order, the rules, the rating and the signature."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from certification.checks import missing_of
from certification.models import CertifiedLine, WrittenException
from certification.permissions import signed_by
from compensation.explaining import explain_line, staleness_of
from compensation.models import RunLine
from court.models import CourtAction
from court.tally import Tally
from look import formats
from payroll.models import BatchLine

SECTIONS = ("From old to new rate", "Pay in a year", "Paid once")


class Link(NamedTuple):
    """One link of the chain of proof, as components/chain.html takes it."""

    title: str
    text: str
    source: str
    waiting: bool = False


def lines_for(person):
    """Run lines that a person may read: by role, as head, and one's own once some of it is released."""
    lines = RunLine.objects.select_related(
        "run__plan__action",
        "run__plan__cycle__scale",
        "run__replaced_by",
        "employee",
        "department",
        "case__rating__evaluation",
        "case__assignment__job",
        "case__fund",
    )
    if person.sees_everyone:
        return lines
    others = Q(department__in=person.departments) | signed_by(person)
    if not person.employee_id:
        return lines.filter(others)
    # Of one's own line only what is released: all of it, as the page tells of all.
    released = Exists(BatchLine.objects.filter(line=OuterRef("pk")))
    own = Q(employee=person.employee_id) & (
        Q(closing__isnull=False) | Q(released, merit_value=0, lump_value=0)
    )
    return lines.filter((others & ~Q(employee=person.employee_id)) | own)


def explain(line):
    """Everything that the page shows of a line."""
    explained = explain_line(line)
    released = BatchLine.objects.filter(line=line).select_related("batch__action")
    released = released.defer("batch__content", "batch__action__document")
    sections = zip(SECTIONS, (explained.rate, explained.year, explained.once), strict=True)
    return {
        "sections": [(title, rows) for title, rows in sections if rows],
        "employer": explained.employer,
        "findings": explained.findings,
        "is_same_again": explained.is_same_again,
        "chain": _chain(line, explained.findings, released),
        "released": bool(released),
        "effective_on": explained.effective_on,
        "more": line.new_annual - line.old_annual,
        "elements": _elements(line.case.rating),
    }


def staleness(line, person):
    """Why the line no longer holds; None where it does, and for the person himself, who learns it from what
    is released.
    """
    if line.employee_id == person.employee_id and not person.sees_everyone:
        return None
    found = staleness_of(line)
    return found if found.is_stale else None


def _elements(rating):
    if rating is None:
        return []
    return list(rating.evaluation.elements.select_related("rating").order_by("position"))


def _chain(line, found, released):
    links = [*_order(line.run.plan), _plan(line.run), _eligible(found), _rating(line)]
    certified = (
        CertifiedLine.objects.filter(line=line)
        .select_related("certificate__voiding")
        .defer("certificate__content")
        .order_by("-certificate__signed_at")
        .first()
    )
    links += _exceptions(line)
    needs_certificate = bool(line.merit_value or line.lump_value)
    if certified is not None:
        certificate = certified.certificate
        holds = not hasattr(
            certificate, "voiding"
        )  # noted minutes after; what is so of the line stands above
        links.append(
            Link(
                f"Certified by the {certificate.signed_title}" if holds else "The certificate is void",
                f"{certificate.signed_name}, {formats.moment(certificate.signed_at)}"
                + (f", for {certificate.signed_for}" if certificate.signed_for else ""),
                f"Set {certificate.number}, seal {formats.hash_groups(certificate.content_hash)}",
                waiting=not holds,
            )
        )
    elif needs_certificate:
        links.append(Link("Not certified yet", "The head has not signed for this award.", "", waiting=True))
    for each in released:
        links.append(
            Link(
                "Released to payroll",
                f"{formats.record_date(each.batch.released_at)}, {each.batch}, line {each.number}, "
                f"{each.reason.lower()}",
                f"Order {each.batch.action.number}",
            )
        )
    if not released:
        links.append(Link("Not released yet", "", "", waiting=True))
    return links


def _exceptions(line):
    """Why the award is made although its rating lacks something."""
    rating = line.case.rating
    if rating is None or (rating.has_progress_review and rating.is_signed):
        return
    missing = missing_of(has_progress_review=rating.has_progress_review, is_signed=rating.is_signed)
    for each in WrittenException.objects.standing().filter(rating=rating):
        yield Link(
            f"By written exception, without {missing}",
            each.reason,
            f"{each.name}, {each.title}, {formats.record_date(each.written_at)}",
        )


def _order(plan):
    initiatives = CourtAction.objects.adopted().for_purpose("initiative")
    if plan.action is not None:
        initiatives = initiatives.filter(meeting_on__lte=plan.action.meeting_on)
    wanted = Q(pk__in=initiatives.order_by().values("pk")) | Q(pk=plan.action_id)
    orders = CourtAction.objects.with_votes().filter(wanted).defer("document")
    initiative = next((order for order in orders if order.purpose == "initiative"), None)  # the latest first
    if initiative is not None:
        yield Link("Customer-service initiative adopted", _meeting(initiative), f"Order {initiative.number}")
    if plan.action is None:
        yield Link("Plan not adopted yet", "The Court has not voted on it.", "", waiting=True)
        return
    before = ""
    if plan.cycle is not None and plan.action.meeting_on <= plan.cycle.starts_on:
        before = f"Before the service year began, {formats.record_date(plan.cycle.starts_on)}"
    adopted = next(order for order in orders if order.pk == plan.action_id)
    yield Link("Plan adopted by the Commissioners Court", _meeting(adopted), before)


def _meeting(action):
    tally = Tally(action.ayes, action.nays, present=None)
    item = f", item {action.agenda_item}" if action.agenda_item else ""
    return f"{formats.record_date(action.meeting_on)}{item}, order {action.number}. {tally.words}."


def _plan(run):
    return Link(
        f"{run} of {run.plan}",
        f"Frozen {formats.record_date(run.started_at)}, pay of {formats.record_date(run.plan.base_on)}",
        f"Result {formats.hash_groups(run.result_hash)}" if run.result_hash else "",
    )


def _eligible(found):
    rules = [finding for _, each in found for finding in each]
    failed = [finding.sentence for finding in rules if not finding.met]
    if failed:
        return Link("Not every rule is met", " ".join(dict.fromkeys(failed)), "", waiting=True)
    return Link(f"Eligible by all {len(rules)} rules", "", "")


def _rating(line):
    rating = line.case.rating
    if rating is None:
        return Link("No rating of record", "Merit and lump sums rest on one.", "", waiting=True)
    cycle = line.run.plan.cycle
    period = (
        f"{formats.record_date(cycle.starts_on)} to {formats.record_date(cycle.ends_on - timedelta(days=1))}"
    )
    return Link(
        f"Rating of record: {rating.score}, level {rating.level}",
        f"Service weight {rating.service_weight.normalize():f}, "
        f"{formats.plural(rating.evidence_count, 'piece', 'pieces')} of evidence. For {period}.",
        f"Of record {formats.record_date(rating.at)}, seal {formats.hash_groups(rating.content_hash)}",
    )
