"""How far the pay of a fiscal year is, from the order of the Court to the payroll file, for home pages.

Counted, never compared line by line: what a certificate still covers today stands on the page of the run.
"""

from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse

from certification import permissions as certification
from certification.models import CertifiedLine
from compensation.accepted import proposes
from compensation.audience import PAY_OFFICES
from compensation.models import PayPlan, ProposalSheet, Run
from look import formats
from organization.models import Role
from payroll.checks import orders_for
from payroll.models import Batch
from payroll.permissions import can_read
from reports.award_chain import Link

READERS = (Role.HR, Role.PAYROLL, Role.BUDGET, Role.AUDITOR, Role.COURT_CLERK, Role.JUDGE)


class PayProgress(NamedTuple):
    fiscal_year: int
    plan: PayPlan
    run: Run | None
    links: list[Link]


def pay_progress(person):
    """The pay of the latest year whose plan the Court adopted, for those who move it. Six queries at most."""
    if not person.has_role(*READERS):
        return None
    plan = (
        PayPlan.objects.filter(state=PayPlan.State.ADOPTED)
        .select_related("action")
        .order_by("-fiscal_year")
        .first()
    )
    if plan is None:
        return None
    run = _run_of(plan)
    links = [_adopted(plan), _computed(run, person) if run else _to_compute(plan, person)]
    if run is not None:
        batches = Batch.objects.filter(run__plan__fiscal_year=plan.fiscal_year).order_by("number")
        batches = list(batches.defer("content").select_related("action"))
        links += [_certified(run, person), _ordered(run, batches), _released(batches, person)]
    return PayProgress(plan.fiscal_year, plan, run, links)


def _run_of(plan):
    """The run that the heads were asked about, else the latest one."""
    runs = Run.objects.filter(plan=plan, state=Run.State.DONE).select_related("plan__action")
    runs = runs.annotate(sets=Count("certification_requests"))
    return max(runs, key=lambda run: (run.sets > 0, run.number), default=None)


def _adopted(plan):
    order = plan.action
    return Link(
        "Plan adopted by the Court",
        f"{plan.title}, {plan}",
        f"{order} of {formats.record_date(order.meeting_on)}" if order else "",
        url=reverse("compensation:plan", args=[plan.fiscal_year, plan.version]),
    )


def _to_compute(plan, person):
    """A run of the plan; before it what its heads propose, where any of that is not accepted yet."""
    sheets = plan.sheets.aggregate(
        all=Count("pk"), accepted=Count("pk", filter=Q(state=ProposalSheet.State.ACCEPTED))
    )
    if proposes(plan.rules) and sheets["accepted"] < sheets["all"]:
        return Link(
            "Heads propose",
            f"{sheets['accepted']:,} of {formats.plural(sheets['all'], 'sheet', 'sheets')} accepted by HR",
            waiting=True,
            url=_for(person, PAY_OFFICES, "proposals:plan", plan.fiscal_year, plan.version),
        )
    base_on = formats.record_date(plan.base_on)
    return Link("Not computed yet", f"HR runs the plan on the base pay of {base_on}.", waiting=True)


def _for(person, roles, page, *args):
    """The address of a page for those who may come to it; nothing for others."""
    return reverse(page, args=args) if person.has_role(*roles) else ""


def _computed(run, person):
    awards = formats.plural(run.totals.get("awarded", 0), "award", "awards")
    return Link(
        "Computed",
        f"{formats.plural(run.people, 'position', 'positions')}, {awards}",
        f"{run} of {formats.record_date(run.finished_at)}",
        url=_for(person, PAY_OFFICES, "compensation:run", run.number),
    )


def _certified(run, person):
    if not run.totals.get("awarded"):
        return Link("No award needs a certificate", "The raise is the same for everyone.", "")
    if not run.sets:
        page = _for(person, certification.READERS, "certification:run", run.number)
        return Link("Not certified yet", "HR has not asked the heads.", waiting=True, url=page)
    signed = CertifiedLine.objects.filter(certificate__run=run, certificate__voiding=None)
    signed = signed.aggregate(count=Count("line", distinct=True))["count"]
    return Link(
        "Certified",
        f"{signed:,} of {formats.plural(run.totals['awarded'], 'award', 'awards')} signed by their heads",
        waiting=not signed,
        url=_for(person, certification.READERS, "certification:run", run.number),
    )


def _ordered(run, batches):
    order = batches[-1].action if batches else orders_for(run).first()
    if order is None:
        return Link(
            "No order of release yet",
            "Payroll releases nothing before the Court has voted and the court clerk has recorded the order.",
            "",
            waiting=True,
        )
    return Link(
        "Release ordered by the Court",
        order.title,
        f"{order} of {formats.record_date(order.meeting_on)}",
        url=reverse("court:action", args=[order.number]),
    )


def _released(batches, person):
    if not batches:
        return Link("Nothing is released yet", "", "", waiting=True)
    base = sum(batch.base_total for batch in batches)
    lump = sum(batch.lump_total for batch in batches)
    return Link(
        "Released to payroll",
        f"{formats.money(base)} a year and {formats.money(lump)} paid once",
        ", ".join(f"{batch} of {formats.record_date(batch.released_at)}" for batch in batches),
        url=reverse("payroll:batch", args=[batches[-1].number]) if can_read(person) else "",
    )
