"""What of a computed run no longer holds, and which way each change goes: a new run, or a difference."""

from itertools import islice
from typing import NamedTuple

from compensation import facts
from compensation.change_words import sentences
from organization.models import Employee
from payroll.after_release import paid_lines, released_runs
from payroll.readiness import count_unpaid

SHOWN = 10


class Row(NamedTuple):
    line_id: int | None
    name: str
    changes: list[str]
    run: int | None = None  # whose differences hold it


class Stale(NamedTuple):
    """`for_all` is said of the whole run; `held` waits for a new run, `paid` for a difference: the first of
    each and how many. `same_count` changed after they were paid and are paid the same. `settled` are the
    batches that put changes right, by number.
    """

    for_all: list[str]
    held: list[Row]
    held_count: int
    paid: list[Row]
    paid_count: int
    same_count: int
    settled: list[int]
    settled_count: int
    missing: int
    released: list  # runs of the fiscal year that have differences


def stale_of(run):
    """The Stale of a computed run, which comes with its plan.

    What is not paid of a run whose place another took is that one's to tell.
    """
    cases = facts.stale_cases(run)
    changes = {case.line_id: sentences(case) for case in cases if case.line_id}
    paid = paid_lines(run, changes, cases)
    released = list(released_runs(run.plan.fiscal_year))
    held = [] if run.replaced_by_id else [case for case in cases if case.line_id not in paid]
    waiting = [case for case in cases if case.line_id in paid and paid[case.line_id].changes_pay]
    settled = [each.batch for each in paid.values() if each.batch]
    held_rows, paid_rows = _rows(held, changes, paid), _rows(waiting, changes, paid)
    is_paid = bool(released) and not count_unpaid(run)
    return Stale(
        for_all=[] if run.replaced_by_id or is_paid else facts.what_changed_for_all(run),
        held=held_rows,
        held_count=len(held),
        paid=paid_rows,
        paid_count=len(waiting),
        same_count=len(paid) - len(waiting) - len(settled),
        settled=sorted(set(settled)),
        settled_count=len(settled),
        missing=0 if run.replaced_by_id else len(facts.people_not_in(run)),
        released=released,
    )


def _rows(cases, changes, paid):
    shown = list(islice(cases, SHOWN))
    names = Employee.objects.in_bulk([case.employee_id for case in shown])
    return [
        Row(
            case.line_id,
            names[case.employee_id].full_name,
            changes.get(case.line_id) or sentences(case),
            paid[case.line_id].run if case.line_id in paid else None,
        )
        for case in shown
    ]
