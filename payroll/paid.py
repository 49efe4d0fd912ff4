"""What fiscal years have released, by position: for differences and monthly payments."""

from typing import NamedTuple

from django.db import connection

from payroll.once import ONCE


def once_for(lump_value):
    """SQL of what a lump sum is paid once for: by rating; else it is a raise above the maximum."""
    return f"CASE WHEN {lump_value} <> 0 THEN 'rating' ELSE 'maximum' END"


def _left(figure):
    """SQL of a figure of an award as the run computed it, or as the last difference left it."""
    return f"CASE WHEN d.id IS NULL THEN l.{figure} ELSE coalesce((d.award ->> '{figure}')::bigint, 0) END"


# By position and element: the line that released it last, in which payments, of how many, from which day on,
# and how much it is in all. What differences pay is in no payment.
PAID_ONCE = f"""
    paid_once AS (
        SELECT b.fiscal_year, b.employee_id, b.slot, b.element, b.line_id, b.numbers, b.of_payments,
            b.first_on,
            CASE b.element WHEN 'LONG' THEN {_left("longevity")}
                ELSE {_left("excess")} + {_left("lump_sum")} END AS total,
            CASE b.element WHEN 'LONG' THEN 'years' ELSE {once_for(_left("lump_value"))} END AS once_for,
            coalesce((d.award ->> 'new_annual')::bigint, l.new_annual) AS new_annual,
            CASE WHEN d.award IS NULL THEN l.new_hourly
                ELSE (d.award ->> 'new_hourly')::bigint END AS new_hourly
        FROM (
            SELECT fiscal_year, employee_id, slot, element,
                (array_agg(line_id ORDER BY id DESC))[1] AS line_id,
                array_remove(array_agg(payment), NULL) AS numbers, max(of_payments) AS of_payments,
                (array_agg(effective_on ORDER BY id))[1] AS first_on, max(difference_id) AS difference_id
            FROM payroll_batchline WHERE fiscal_year = ANY(%(years)s) AND element <> 'BASE'
            GROUP BY fiscal_year, employee_id, slot, element
        ) b
        JOIN compensation_runline l ON l.id = b.line_id
        LEFT JOIN payroll_difference d ON d.id = b.difference_id
    )
"""  # noqa: S608 - put together from constants


class PaidOnce(NamedTuple):
    """What the fiscal year has released to a position of one element that is paid once; cents."""

    is_released: bool
    cents: int
    numbers: list[int]  # of the monthly payments, those that are owed
    of_payments: int | None
    total: int | None  # in all, with the payments that come


class Paid(NamedTuple):
    """What the fiscal year has released to the position of a line; cents. `once` by element."""

    line_id: int
    raised: bool
    tenure: bool
    merit: bool
    base: int | None
    turn: int
    once: dict[str, PaidOnce]


def _owed(once):
    """SQL of the numbers of payments; one made to who turns out to have left by its day is not owed."""
    return f"""
        SELECT coalesce(array_agg(b.payment), '{{}}') FROM payroll_batchline b
        WHERE b.fiscal_year = {once}.fiscal_year AND b.employee_id = {once}.employee_id
            AND b.slot = {once}.slot AND b.element = {once}.element AND b.payment IS NOT NULL AND EXISTS (
                SELECT FROM organization_assignment a JOIN organization_employee e ON e.id = a.employee_id
                WHERE a.employee_id = b.employee_id AND a.slot = b.slot
                    AND a.starts_on <= b.effective_on AND (a.ends_on IS NULL OR a.ends_on > b.effective_on)
                    AND (e.separated_on IS NULL OR e.separated_on > b.effective_on)
            )
    """  # noqa: S608


def _columns(element):
    """SQL of the PaidOnce of an element, joined under its own name."""
    name = element.lower()
    return f"""
        coalesce(p.has_{name}, false), (coalesce(p.of_{name}, 0) * 100)::bigint,
        coalesce(CASE WHEN {name}.of_payments > 1 THEN ({_owed(name)}) END, {name}.numbers, '{{}}'),
        {name}.of_payments, {name}.total
    """


def _sums(element):
    """SQL of whether an element was released to a position, and how much of it, in dollars."""
    name, is_one = element.lower(), f"b.element = '{element}'"
    return f"""
        bool_or({is_one}) AS has_{name}, coalesce(sum(b.amount) FILTER (WHERE {is_one}), 0) AS of_{name}
    """


def _join(element):
    name = element.lower()
    return f"""
        LEFT JOIN paid_once {name} ON {name}.employee_id = c.employee_id AND {name}.slot = c.slot
            AND {name}.element = '{element}'
    """


# Each position by its last line that was released; whoever got nothing, by the last run that released any.
_PAID = f"""
    WITH {PAID_ONCE},
    paid AS (
        SELECT b.employee_id, b.slot, bool_or(b.covers_raise) AS raised,
            bool_or(b.covers_tenure) AS tenure, bool_or(b.covers_merit) AS merit,
            {", ".join(map(_sums, ONCE))},
            (array_agg(b.new_annual ORDER BY t.number DESC, b.number DESC)
                FILTER (WHERE b.element = 'BASE'))[1] AS base,
            (array_agg(b.line_id ORDER BY t.number DESC, b.number DESC))[1] AS line_id
        FROM payroll_batchline b JOIN payroll_batch t ON t.id = b.batch_id
        WHERE b.fiscal_year = %(year)s GROUP BY b.employee_id, b.slot
    ),
    turns AS (
        SELECT employee_id, slot, max(turn) AS turn FROM payroll_difference
        WHERE fiscal_year = %(year)s GROUP BY employee_id, slot
    )
    SELECT l.id, coalesce(p.raised, false), coalesce(p.tenure, false), coalesce(p.merit, false),
        (p.base * 100)::bigint, coalesce(u.turn, 0), {", ".join(map(_columns, ONCE))}
    FROM compensation_runline l JOIN compensation_runcase c ON c.id = l.case_id
    LEFT JOIN paid p ON p.employee_id = c.employee_id AND p.slot = c.slot
    LEFT JOIN turns u ON u.employee_id = c.employee_id AND u.slot = c.slot
    {"".join(map(_join, ONCE))}
    WHERE l.run_id = %(run)s AND (l.id = ANY(%(stale)s::bigint[]) OR u.turn > 0)
        AND coalesce(p.line_id = l.id, %(run)s = (
            SELECT t.run_id FROM payroll_batch t JOIN compensation_run r ON r.id = t.run_id
            JOIN compensation_payplan n ON n.id = r.plan_id
            WHERE n.fiscal_year = %(year)s ORDER BY r.number DESC LIMIT 1))
    ORDER BY l.number, c.slot
"""  # noqa: S608 - put together from constants


def find_paid(run, stale):
    """The Paid of the stale lines (ids) of a run, and of those that differences corrected, by number."""
    year = run.plan.fiscal_year
    with connection.cursor() as cursor:
        cursor.execute(_PAID, {"run": run.pk, "year": year, "years": [year], "stale": stale})
        return [_paid(row) for row in cursor.fetchall()]


def _paid(row):
    first, parts = len(Paid._fields) - 1, len(PaidOnce._fields)
    once = (PaidOnce(*row[place : place + parts]) for place in range(first, len(row), parts))
    return Paid(*row[:first], dict(zip(ONCE, once, strict=True)))
