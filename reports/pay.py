"""One's own pay: what it is, how it came about, and what was released."""

from decimal import Decimal

from look.charts import pay_history
from organization.models import Assignment
from payroll.models import BatchLine
from payroll.reading import with_readable


def my_pay(person, county):
    """What the page of one's own pay shows: the assignment of today, the chart, released lines."""
    history = list(
        Assignment.objects.filter(employee=person.employee_id, slot=1)
        .select_related("job", "department", "fund")
        .with_annual_pay(county.hours_per_year)
        .order_by("starts_on")
    )
    today = [
        each
        for each in history
        if each.starts_on <= person.on and (not each.ends_on or each.ends_on > person.on)
    ]
    changes = [
        (each.starts_on, each.annual_pay, each.job.title if each.job else "")
        for before, each in zip([None, *history], history, strict=False)
        if before is None or before.annual_pay != each.annual_pay
    ]
    return {
        "assignment": today[0] if today else None,
        "annual": _cents(today[0].annual_pay) if today else None,
        "history": list(reversed(history)),
        "chart": pay_history(
            "Your base pay", "Dollars a year, since the first record", changes, until=person.on
        )
        if len(changes) > 1
        else None,
        "released": with_readable(BatchLine.objects.filter(employee=person.employee_id), person)
        .select_related("batch__run__plan")
        .defer("batch__content")
        .order_by("-batch__number", "number"),
    }


def _cents(amount):
    return Decimal(amount).quantize(Decimal("0.01"))
