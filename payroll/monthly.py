"""The monthly payments of what is paid once that follow the first: which are due, and which come (PAY-10).

The first payment of a line goes out with its run. The others follow by that line, whatever became of the run
since: what the plan was then counts, and the award as the last difference left it. A payment is due from the
first day of its month on, and only for who holds the position on its day.
"""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef

from compensation.facts import stale_cases
from compensation.models import Run
from compensation.pay.monthly import Payment, payments_of
from payroll.differences.finding import find_changed_totals
from payroll.models import Batch
from payroll.paid import PAID_ONCE
from payroll.readiness import SHOWN, Waiting

LEFT = "Left before the day of the payment, so it is not paid."
BEING_CORRECTED = "What it rests on was corrected. The difference is released first."


class Due(NamedTuple):
    """A line of which payments follow; `payments` are those that are due. Cents a year."""

    line_id: int
    employee_id: int
    number: str
    slot: int
    first_name: str
    last_name: str
    department: str
    fund: str
    old_annual: int
    new_annual: int
    new_hourly: int | None
    element: str
    once_for: str
    total: int  # what is paid once, in all
    paid: list[int]  # numbers of the payments that are released
    of: int
    first_on: date
    held_from: list[date]  # when the position is held, from the day of the first payment on
    held_until: list[date]
    payments: tuple[Payment, ...] = ()

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}".strip()

    def waits(self, reason):
        return Waiting(self.number, self.name, self.department, reason)


class Month(NamedTuple):
    """The payments of one day that are still to come: how many, and how much, in dollars."""

    on: date
    count: int
    amount: Decimal


class Standing(NamedTuple):
    """What a release would hold on a day, in dollars, what waits, and what comes in later months."""

    lines: int
    people: int
    lump: Decimal
    is_own: bool
    seen: str
    held: list[tuple[str, int]]
    waiting: list[Waiting]
    due: list[Month]
    later: list[Month]

    @property
    def later_amount(self):
        return sum((each.amount for each in self.later), Decimal(0))

    @property
    def later_count(self):
        return sum(each.count for each in self.later)


class Sorted(NamedTuple):
    """What is due, its digest, who waits, and the payments that come later."""

    due: list[Due]
    digest: str
    waiting: list[Waiting]
    later: list[Payment]


# `held` where and while somebody holds the position; the last day of all stands for no end.
_BEGUN = f"""
    WITH {PAID_ONCE},
    begun AS (
        SELECT o.*, r.number AS run_number, l.number, l.old_annual, l.department_id, l.case_id,
            coalesce(o.of_payments, (r.rules ->> 'monthly_payments')::integer) AS of,
            (
                SELECT range_agg(
                    daterange(greatest(a.starts_on, o.first_on), least(a.ends_on, e.separated_on))
                )
                FROM organization_assignment a JOIN organization_employee e ON e.id = a.employee_id
                WHERE a.employee_id = o.employee_id AND a.slot = o.slot
                    AND (a.ends_on IS NULL OR a.ends_on > o.first_on)
                    AND (e.separated_on IS NULL OR e.separated_on > greatest(a.starts_on, o.first_on))
            ) AS held
        FROM paid_once o
        JOIN compensation_runline l ON l.id = o.line_id
        JOIN compensation_run r ON r.id = l.run_id
        WHERE r.id = ANY(%(runs)s) AND o.total > 0
    ),
    following AS (
        SELECT b.*, ARRAY(SELECT lower(h) FROM unnest(b.held) h) AS held_from,
            ARRAY(SELECT coalesce(upper(h), '9999-12-31') FROM unnest(b.held) h) AS held_until
        FROM begun b WHERE b.of > 1 AND cardinality(b.numbers) < b.of
    )
"""  # noqa: S608 - put together from constants

_LINES = f"""
    {_BEGUN}
    SELECT f.line_id, f.employee_id, f.number, f.slot, e.first_name, e.last_name, d.name,
        coalesce(u.code, ''), f.old_annual, f.new_annual, f.new_hourly, f.element,
        f.once_for, f.total,
        f.numbers, f.of, f.first_on, f.held_from, f.held_until
    FROM following f
    JOIN compensation_runcase c ON c.id = f.case_id
    JOIN organization_employee e ON e.id = f.employee_id
    JOIN organization_department d ON d.id = f.department_id
    LEFT JOIN organization_fund u ON u.id = c.fund_id
    ORDER BY f.number, f.slot, f.element DESC
"""  # noqa: S608

# What of each person is in payments, of all his positions and elements. Many share all of it, so that home
# pages read a few rows.
_ALIKE = f"""
    {_BEGUN},
    theirs AS (
        SELECT run_number, employee_id, jsonb_agg(
            jsonb_build_array(least(total, of), numbers, of, first_on, held_from, held_until)
            ORDER BY slot, element
        ) AS sums
        FROM following GROUP BY run_number, employee_id
    )
    SELECT run_number, sums, count(*) FROM theirs GROUP BY run_number, sums
"""  # noqa: S608


def runs_in_months():
    """The runs that released something in a fiscal year of which a plan pays in months what is paid once.

    Payments go on by the run that released or corrected them last, though its version pays one sum.
    """
    released = Exists(Batch.objects.filter(run=OuterRef("pk")))
    years = Run.objects.filter(released, rules__monthly_payments__gt=1).values("plan__fiscal_year")
    runs = Run.objects.filter(released, plan__fiscal_year__in=years)
    return runs.select_related("plan").order_by("number")


def _read(sql, runs):
    values = {"runs": [run.pk for run in runs], "years": list({run.plan.fiscal_year for run in runs})}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _has_come(payment, on):
    return (payment.on.year, payment.on.month) <= (on.year, on.month)


def _holds(held_from, held_until, day):
    return any(start <= day < end for start, end in zip(held_from, held_until, strict=True))


def _sort(run, on):
    lines = [Due(*row) for row in _read(_LINES, [run])]
    corrected = find_changed_totals(run, stale_cases(run)) if lines else set()
    due, waiting, later = [], [], []
    for each in lines:
        now, comes, left = _following(each, on)
        later += comes
        if left:
            waiting.append(each.waits(LEFT))
        if now and (each.employee_id, each.slot, each.element) in corrected:
            waiting.append(each.waits(BEING_CORRECTED))
        elif now:
            due.append(each._replace(payments=now))
    said = repr(
        [(each.line_id, each.element, each.payments, each.old_annual, each.new_annual) for each in due]
    )
    return Sorted(due, sha256(said.encode()).hexdigest(), waiting, later)


def _following(each, on):
    """The payments of a line that are not released: (due, later, not paid to who has left by their day)."""
    now, later, left = [], [], []
    for payment in payments_of(each.total, each.first_on, each.of):
        if payment.number in each.paid:
            continue
        if not _holds(each.held_from, each.held_until, payment.on):
            left += [payment] if _has_come(payment, on) else []
        else:
            (now if _has_come(payment, on) else later).append(payment)
    return tuple(now), later, left


def find_due(run, *, on):
    """The Due of a run on a day, by employee number, and their digest: that of `sum_up`."""
    found = _sort(run, on)
    return found.due, found.digest


def sum_up(run, *, on, reader=None):
    """The Standing of the monthly payments of a run on a day; `is_own` where the employee (id) has one."""
    found = _sort(run, on)
    payments = [payment for each in found.due for payment in each.payments]
    return Standing(
        lines=len(payments),
        people=len({each.employee_id for each in found.due}),
        lump=_dollars(sum(payment.cents for payment in payments)),
        is_own=any(each.employee_id == reader for each in found.due),
        seen=found.digest,
        held=Counter(each.reason for each in found.waiting).most_common(),
        waiting=found.waiting[:SHOWN],
        due=_by_day(payments),
        later=_by_day(found.later),
    )


def _by_day(payments):
    counts, cents = Counter(), Counter()
    for payment in payments:
        counts[payment.on] += 1
        cents[payment.on] += payment.cents
    return [Month(on, counts[on], _dollars(cents[on])) for on in sorted(counts)]


def count_due(on):
    """For home pages: (run, people with a payment that is due, the earliest day of those) of each run."""
    runs = {run.number: run for run in runs_in_months()}
    if not runs:
        return []
    people, days = Counter(), {}
    for number, sums, count in _read(_ALIKE, runs.values()):
        due = [day for each in json.loads(sums) for day in _days_due(on, *each)]
        if due:
            people[number] += count
            days[number] = min(*due, days.get(number, due[0]))
    return [(runs[number], people[number], days[number]) for number in sorted(people)]


def _days_due(on, cents, paid, of, first_on, held_from, held_until):
    """The days of the payments of a sum that are due; of a cent each, as only their days are asked for."""
    first_on, *held = (date.fromisoformat(each) for each in (first_on, *held_from, *held_until))
    spans = held[: len(held_from)], held[len(held_from) :]
    for payment in payments_of(cents, first_on, of):
        if payment.number not in paid and _has_come(payment, on) and _holds(*spans, payment.on):
            yield payment.on


def _dollars(cents):
    return Decimal(cents).scaleb(-2)
