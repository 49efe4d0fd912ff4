"""The lump sums that a worksheet is about: those of a released batch, or of a run that may be released."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q, Sum

from compensation.models import Run, RunLine
from compensation.pay.regular_rate import standing_of
from compensation.pay.rules import Period
from compensation.pay.written_rules import parse
from organization.models import Assignment
from organization.refusal import Refused
from payroll.models import Batch, BatchLine


class Lump(NamedTuple):
    """What one person is paid once, in cents, over all his positions."""

    employee_id: int
    number: str
    name: str
    department: str
    fund: str
    cents: int
    hired_on: date | None
    separated_on: date | None


class Source(NamedTuple):
    """A run, with the batch that released the lump sums; `batch` is None for an estimate."""

    run: Run
    batch: Batch | None

    def __str__(self):
        return str(self.batch or self.run)

    @property
    def kind(self):
        return "batch" if self.batch else "run"

    @property
    def number(self):
        return (self.batch or self.run).number

    @property
    def key(self):
        return f"{self.kind}-{self.number}"


def sources():
    """What a worksheet can be made of, the latest first: batches with lump sums, then runs with some."""
    batches = Batch.objects.filter(lump_total__gt=0).select_related("run__plan").defer("content")
    runs = Run.objects.filter(state=Run.State.DONE, totals__lump__gt=0).select_related("plan")
    return [Source(batch.run, batch) for batch in batches] + [
        Source(run, None) for run in runs.order_by("-number")
    ]


def source_of(kind, number):
    """The batch or the run of this number. Raises Refused where there is none."""
    if kind == "batch":
        batch = Batch.objects.filter(number=number).select_related("run__plan").defer("content").first()
        if batch:
            return Source(batch.run, batch)
    else:
        run = Run.objects.filter(number=number, state=Run.State.DONE).select_related("plan").first()
        if run:
            return Source(run, None)
    raise Refused(f"There is no {kind} {number}.")


def period_of(run):
    """The service that the lump sums reward, both ends included: the plan's performance period.

    From its adoption on where only service from then on may be paid (Texas Constitution art. III §53).
    """
    period = parse(run.rules).performance_period
    return Period(max(period.starts_on, run.adopted_on or period.starts_on), period.ends_on)


def lumps_of(source):
    """The Lump of each person, by employee number."""
    if source.batch:
        lines = BatchLine.objects.filter(batch=source.batch).exclude(element=BatchLine.Element.BASE)
        rows = lines.values_list("line_id").annotate(cents=Sum("amount"))
        paid = {line: int(amount * 100) for line, amount in rows}
        lines = RunLine.objects.filter(pk__in=paid)
    else:
        lines = RunLine.objects.filter(run=source.run, lump__gt=0)
        paid = dict(lines.values_list("pk", "lump"))
    names = "employee__first_name", "employee__last_name", "employee__hired_on", "employee__separated_on"
    rows = lines.order_by("number", "case__slot").values_list(
        "pk", "employee_id", "number", "department__name", "case__fund__code", *names
    )
    found = {}
    for key, employee, number, department, fund, first, last, hired_on, separated_on in rows:
        name = f"{first} {last}".strip()
        before = found.get(number)
        cents = paid[key] + (before.cents if before else 0)
        found[number] = before._replace(cents=cents) if before else Lump(
            employee, number, name, department, fund or "", cents, hired_on, separated_on
        )  # fmt: skip
    return found


def standings(lumps, period):
    """Whether overtime is due to each, by employee id: as all his assignments of the period say."""
    lines = Assignment.objects.filter(employee__in=[lump.employee_id for lump in lumps.values()])
    lines = lines.filter(Q(ends_on=None) | Q(ends_on__gt=period.starts_on), starts_on__lte=period.ends_on)
    statuses = {}
    for employee, exempt in lines.values_list("employee_id", "exempt"):
        statuses.setdefault(employee, set()).add(exempt)
    return {lump.employee_id: standing_of(statuses.get(lump.employee_id, ())) for lump in lumps.values()}


def pays_percent_of_earnings(source):
    """Whether all that is paid once is a percent of total earnings, and so contains its overtime
    (29 CFR 778.210).
    """
    rule = parse(source.run.rules).lump_sum
    if rule is None or rule.gives != "earnings":
        return False
    others = Q(excess__gt=0) | Q(longevity__gt=0)
    return not RunLine.objects.filter(others, run=source.run).exists()
