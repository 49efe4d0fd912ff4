"""Which orders of the Commissioners Court can adopt a pay plan (PAY-2, PAY-3)."""

from compensation.models import PayPlan
from compensation.pay.written_rules import parse
from compensation.plans.checks import A_YEAR
from court.models import CourtAction

WHICH_ORDERS = (
    "one about a pay plan that was carried, that adopted no other year’s plan, and that was voted on between "
    "the year before the rated service and the end of the fiscal year."
)


def orders_to_adopt(plan):
    """The Court's orders that can adopt a plan, `WHICH_ORDERS` says them.

    A lump sum is adopted before the service that it pays for (Texas Constitution art. III §53), which may be
    two years before the fiscal year; an order of a year before that was about another plan.
    """
    rules = parse(plan.rules)
    others = PayPlan.objects.exclude(fiscal_year=plan.fiscal_year).exclude(action=None)
    return (
        CourtAction.objects.adopted()
        .for_purpose("pay_plan")
        .filter(
            meeting_on__gt=rules.performance_period.starts_on - A_YEAR,
            meeting_on__lte=rules.fiscal_year.ends_on,
        )
        .exclude(pk__in=others.values("action"))
        .defer("document")
    )
