"""What waits for HR in pay: a plan to run, proposals to accept, an order that no draft rests on yet."""

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from compensation.accepted import proposes
from compensation.models import PayPlan, Run
from compensation.permissions import may_run
from court.models import CourtAction
from look.formats import record_date
from organization.needs import Need


def needs_of(person):
    """A plan stays here from its adoption until a run of it is computed, up to the end of its fiscal year."""
    if person.user is None or not may_run(person):
        return []
    return [*_plans_to_go_on(person), *_plans_to_adopt(person)]


def _plans_to_go_on(person):
    """Plans with proposals that heads sent, and adopted ones without a run that wait for no head."""
    run_of_it = Run.objects.filter(Q(state="done") | Q(state="running"), plan=OuterRef("pk"))
    to_run = Q(state="adopted", base_on__lte=person.on, fiscal_year__gte=person.on.year) & ~Exists(run_of_it)
    sent = Count("sheets", filter=Q(sheets__state="sent"))
    waiting = Count("sheets", filter=~Q(sheets__state="accepted") & Q(sheets__isnull=False))
    plans = PayPlan.objects.exclude(state="superseded").annotate(sent=sent, waiting=waiting)
    for plan in plans.filter(to_run | Q(sent__gt=0)):
        yield from _go_on(plan)


def _go_on(plan):
    if plan.sent and proposes(plan.rules):
        sheets = "One sheet of proposals waits" if plan.sent == 1 else f"{plan.sent} sheets of proposals wait"
        yield Need(
            f"Look at the proposals for fiscal year {plan.fiscal_year}",
            f"{sheets} to be accepted or sent back.",
            reverse("proposals:plan", args=[plan.fiscal_year, plan.version]),
            "Look",
            "wallet",
        )
    elif not (plan.waiting and proposes(plan.rules)):
        yield Need(
            f"Run the pay plan of fiscal year {plan.fiscal_year}",
            f"{plan.title}, adopted. Base pay is that of {record_date(plan.base_on)}.",
            reverse("compensation:plan", args=[plan.fiscal_year, plan.version]),
            "Open the plan",
            "calculator",
        )


def _plans_to_adopt(person):
    """Drafts of a year for which the Court has carried an order that no plan rests on yet."""
    orders = list(
        CourtAction.objects.adopted()
        .for_purpose("pay_plan")
        .filter(pay_plans=None, meeting_on__lte=person.on)
    )
    if not orders:
        return
    for plan in PayPlan.objects.filter(state="draft", fiscal_year__gte=person.on.year):
        yield Need(
            f"Adopt the pay plan of fiscal year {plan.fiscal_year}",
            f"{orders[0]} of {record_date(orders[0].meeting_on)} rests on no plan yet.",
            reverse("compensation:plan", args=[plan.fiscal_year, plan.version]),
            "Open the plan",
            "scale",
        )
