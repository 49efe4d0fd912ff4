"""What waits for HR in pay: a plan to run, proposals to accept, an order that no draft rests on yet."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
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
    waiting = list(_waiting(person))
    drafts = [plan for plan in waiting if plan.state == "draft" and plan.order_number]
    return [*(need for plan in waiting for need in _said(plan)), *_to_adopt(drafts)]


def _waiting(person):
    """Plans with proposals that heads sent, adopted ones without a run that wait for no head, and drafts for
    which the Court has carried an order that no plan rests on yet. In one query.
    """
    run_of_it = Run.objects.filter(Q(state="done") | Q(state="running"), plan=OuterRef("pk"))
    of_the_day = Q(fiscal_year__gte=person.on.year)
    to_run = Q(state="adopted", base_on__lte=person.on) & of_the_day & ~Exists(run_of_it)
    order = CourtAction.objects.adopted().for_purpose("pay_plan")
    order = order.filter(pay_plans=None, meeting_on__lte=person.on)
    plans = PayPlan.objects.exclude(state="superseded").annotate(
        sent=Count("sheets", filter=Q(sheets__state="sent")),
        waiting=Count("sheets", filter=~Q(sheets__state="accepted") & Q(sheets__isnull=False)),
        order_id=Subquery(order.values("pk")[:1]),
        order_number=Subquery(order.values("number")[:1]),
        order_title=Subquery(order.values("title")[:1]),
        order_of=Subquery(order.values("meeting_on")[:1]),
    )
    to_adopt = Q(state="draft", order_number__isnull=False) & of_the_day
    return plans.filter(to_run | Q(sent__gt=0) | to_adopt)


def _said(plan):
    if plan.sent and proposes(plan.rules):
        yield _to_accept(plan)
    elif plan.state == "adopted" and not (plan.waiting and proposes(plan.rules)):
        yield _to_run(plan)


def _to_accept(plan):
    sheets = "One sheet of proposals waits" if plan.sent == 1 else f"{plan.sent} sheets of proposals wait"
    return Need(
        f"Look at the proposals for fiscal year {plan.fiscal_year}",
        f"{sheets} to be accepted or sent back.",
        reverse("proposals:plan", args=[plan.fiscal_year, plan.version]),
        "Look",
        "wallet",
    )


def _to_run(plan):
    return Need(
        f"Run the pay plan of fiscal year {plan.fiscal_year}",
        f"{plan.title}, adopted. Base pay is that of {record_date(plan.base_on)}.",
        reverse("compensation:plan", args=[plan.fiscal_year, plan.version]),
        "Open the plan",
        "calculator",
    )


def _to_adopt(drafts):
    """The order that no plan rests on yet: once, whichever of several drafts it adopts."""
    if not drafts:
        return
    first, *others = drafts
    if others:
        yield Need(
            f"Adopt the plan that order {first.order_number} is about",
            f"{first.order_title}, {record_date(first.order_of)}. {len(drafts)} drafts are there; "
            "open the one on which the Court voted.",
            reverse("compensation:plans"),
            "Choose",
            "scale",
        )
        return
    page = reverse("compensation:plan_adopt", args=[first.fiscal_year, first.version])
    yield Need(
        f"Adopt the pay plan of fiscal year {first.fiscal_year}",
        f"Order {first.order_number} of {record_date(first.order_of)} rests on no plan yet.",
        f"{page}?action={first.order_id}",
        "Read it",
        "scale",
    )
