"""What waits for HR in pay: a plan to run, proposals to accept, an order that no draft rests on yet."""

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from compensation.accepted import proposes
from compensation.models import PayPlan, Run
from compensation.permissions import may_run
from compensation.plans.orders import orders_to_adopt
from court.models import CourtAction
from look.formats import record_date
from organization.needs import Need


def needs_of(person):
    """A plan stays here from its adoption until a run of it is computed, up to the end of its fiscal year."""
    if person.user is None or not may_run(person):
        return []
    waiting = list(_waiting(person))
    drafts = [plan for plan in waiting if plan.may_have_order]
    return [*(need for plan in waiting for need in _said(plan)), *_to_adopt(drafts, person.on)]


def _waiting(person):
    """Plans with proposals that heads sent, adopted ones without a run that wait for no head, and drafts
    while the Court has carried an order that no plan rests on yet. In one query.
    """
    run_of_it = Run.objects.filter(Q(state="done") | Q(state="running"), plan=OuterRef("pk"))
    of_the_day = Q(fiscal_year__gte=person.on.year)
    to_run = Q(state="adopted", base_on__lte=person.on) & of_the_day & ~Exists(run_of_it)
    orders = _unused(CourtAction.objects.adopted().for_purpose("pay_plan"), person.on)
    plans = PayPlan.objects.exclude(state="superseded").annotate(
        sent=Count("sheets", filter=Q(sheets__state="sent")),
        waiting=Count("sheets", filter=~Q(sheets__state="accepted") & Q(sheets__isnull=False)),
        may_have_order=Q(state="draft") & of_the_day & Exists(orders),
    )
    return plans.filter(to_run | Q(sent__gt=0) | Q(may_have_order=True))


def _unused(orders, on):
    return orders.filter(pay_plans=None, meeting_on__lte=on)


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


def _to_adopt(drafts, on):
    """Each order that no plan rests on yet: once, whichever of several drafts it adopts."""
    drafts_of = {}
    for plan in drafts:
        if order := _unused(orders_to_adopt(plan), on).first():
            drafts_of.setdefault(order, []).append(plan)
    return [_adopted_by(order, plans) for order, plans in drafts_of.items()]


def _adopted_by(order, drafts):
    if len(drafts) > 1:
        return Need(
            f"Adopt the plan that order {order.number} is about",
            f"{order.title}, {record_date(order.meeting_on)}. {len(drafts)} drafts are there; "
            "open the one on which the Court voted.",
            reverse("compensation:plans"),
            "Choose",
            "scale",
        )
    (plan,) = drafts
    page = reverse("compensation:plan_adopt", args=[plan.fiscal_year, plan.version])
    return Need(
        f"Adopt the pay plan of fiscal year {plan.fiscal_year}",
        f"Order {order.number} of {record_date(order.meeting_on)} rests on no plan yet.",
        f"{page}?action={order.pk}",
        "Read it",
        "scale",
    )
