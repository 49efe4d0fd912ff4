"""What becomes of a change after the pay it touches was released: for the page of any run of the year."""

from typing import NamedTuple

from compensation.facts import stale_cases
from compensation.models import Run, RunLine
from payroll.differences.finding import find_changed_pay
from payroll.models import BatchLine, Difference
from payroll.readiness import find_unpaid

PLAN = ("plan__action", "plan__cycle")


class PaidLine(NamedTuple):
    """A changed line of which its fiscal year pays nothing more. The rest goes out as a difference.

    `run` is the number of the run whose differences hold it; `batch` that of the one which put right just
    this change, None where none has yet. `changes_pay`: whether those differences list its position.
    """

    run: int
    batch: int | None
    changes_pay: bool


def released_runs(fiscal_year):
    """The runs of a fiscal year that released something, the first one first: each has differences."""
    return (
        Run.objects.filter(plan__fiscal_year=fiscal_year, batches__isnull=False).distinct().order_by("number")
    )


def is_paid(line, *, has_begun):
    """Whether the year pays nothing more of a run line; `has_begun`: it has released pay to anybody."""
    return has_begun and not find_unpaid(line.run, [line.pk])


def changes_pay(line, cases, released):
    """Whether differences list the position of a paid line; `cases` are the stale ones of its run, `released`
    what the year released to the position, the last at the end.
    """
    if not released:
        run = released_runs(line.run.plan.fiscal_year).select_related(*PLAN).last()
    elif released[-1].line_id == line.pk:
        run = line.run
    else:
        run = Run.objects.select_related(*PLAN).get(lines=released[-1].line_id)
    held = cases if run == line.run else stale_cases(run)
    return (line.employee_id, line.case.slot) in find_changed_pay(run, held)


def paid_lines(run, changes, cases):
    """The PaidLines among the changed lines of a run, by line id; `changes` are its sentences by line id,
    `cases` its stale cases.

    Empty before the first batch of the fiscal year: until then a new run takes up every change. Five queries,
    and four to compare each run whose differences hold a change that no batch put right.
    """
    last = released_runs(run.plan.fiscal_year).last()
    if last is None or not changes:
        return {}
    paid = set(changes) - find_unpaid(run, changes)
    lines = RunLine.objects.filter(pk__in=paid).values_list("pk", "employee_id", "case__slot")
    positions = {pk: (employee_id, slot) for pk, employee_id, slot in lines}
    of_year = {"fiscal_year": run.plan.fiscal_year, "employee__in": {key for key, _ in positions.values()}}
    released = BatchLine.objects.filter(**of_year).order_by("batch__number", "number")
    released = released.values_list("employee_id", "slot", "line__run__number")
    runs = {(employee_id, slot): number for employee_id, slot, number in released}
    differences = Difference.objects.filter(**of_year).order_by("turn")
    differences = differences.values_list("employee_id", "slot", "reasons", "batch_lines__batch__number")
    latest = {(employee_id, slot): rest for employee_id, slot, *rest in differences}

    def read(pk, position):
        reasons, batch = latest.get(position, (None, None))
        return PaidLine(runs.get(position, last.number), batch if reasons == changes[pk] else None, False)

    found = {pk: read(pk, position) for pk, position in positions.items()}
    open_runs = {each.run for each in found.values() if each.batch is None}
    differing = {
        (each.number, position)
        for each in released_runs(run.plan.fiscal_year).select_related(*PLAN).filter(number__in=open_runs)
        for position in find_changed_pay(each, cases if each == run else stale_cases(each))
    }
    return {
        pk: each._replace(changes_pay=each.batch is None and (each.run, positions[pk]) in differing)
        for pk, each in found.items()
    }
