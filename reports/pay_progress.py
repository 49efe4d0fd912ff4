"""How far the pay of a fiscal year is, from the order of the Court to the payroll file, for home pages.

Counted, never compared line by line: what a certificate still covers today stands on the page of the run.
"""

from typing import NamedTuple

from django.db.models import Count

from certification.models import CertifiedLine
from compensation.models import PayPlan, Run
from look import formats
from organization.models import Role
from payroll.checks import orders_for
from payroll.models import Batch
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
    links = [_adopted(plan), _computed(plan, run)]
    if run is not None:
        batches = Batch.objects.filter(run__plan__fiscal_year=plan.fiscal_year).order_by("number")
        batches = list(batches.defer("content").select_related("action"))
        links += [_certified(run), _ordered(run, batches), _released(batches)]
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
    )


def _computed(plan, run):
    if run is None:
        return Link(
            "Not computed yet",
            f"HR runs the plan on the base pay of {formats.record_date(plan.base_on)}.",
            "",
            waiting=True,
        )
    awards = formats.plural(run.totals.get("awarded", 0), "award", "awards")
    return Link(
        "Computed",
        f"{formats.plural(run.people, 'position', 'positions')}, {awards}",
        f"{run} of {formats.record_date(run.finished_at)}",
    )


def _certified(run):
    if not run.totals.get("awarded"):
        return Link("No award needs a certificate", "The raise is the same for everyone.", "")
    if not run.sets:
        return Link("Not certified yet", "HR has not asked the heads.", "", waiting=True)
    signed = CertifiedLine.objects.filter(certificate__run=run, certificate__voiding=None)
    signed = signed.aggregate(count=Count("line", distinct=True))["count"]
    return Link(
        "Certified",
        f"{signed:,} of {formats.plural(run.totals['awarded'], 'award', 'awards')} signed by their heads",
        "",
        waiting=not signed,
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
        "Release ordered by the Court", order.title, f"{order} of {formats.record_date(order.meeting_on)}"
    )


def _released(batches):
    if not batches:
        return Link("Nothing is released yet", "", "", waiting=True)
    base = sum(batch.base_total for batch in batches)
    lump = sum(batch.lump_total for batch in batches)
    return Link(
        "Released to payroll",
        f"{formats.money(base)} a year and {formats.money(lump)} paid once",
        ", ".join(f"{batch} of {formats.record_date(batch.released_at)}" for batch in batches),
    )
