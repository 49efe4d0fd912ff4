"""What of a run can be released now, and what waits, each with its reason (PAY-10).

The rule stands in one query. A page has its sums counted by the database and a release reads its lines, both
from there.
"""

from collections import Counter
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from django.db import connection

from certification.standing import compare
from compensation.conditions import conditions_of_run, prepared
from compensation.pay.dating import Dates, has_own_days
from payroll.once import ONCE
from payroll.paid import once_for
from payroll.ready import Ready

NOT_CERTIFIED = "The award is not certified."
CHANGED = "What it rests on changed after the pay run."
NOT_THERE = "No longer in this position on the day the pay begins."
NOT_THERE_ONCE = "No longer in this position on the day of the payment."
PAID_DIFFERENTLY_LATER = "The pay was changed by another act after the day of the plan."
SHOWN = 50


class Waiting(NamedTuple):
    """Somebody whose line waits, or a part of it."""

    number: str
    name: str
    department: str
    reason: str


class Standing(NamedTuple):
    """What a release of a run would hold now, in dollars, and what waits: by reason, and the first of it."""

    lines: int
    people: int
    base: Decimal  # rise of annual pay
    lump: Decimal  # paid once
    is_own: bool
    seen: str  # digest of all lines with all figures
    held: list[tuple[str, int]]
    waiting: list[Waiting]
    of_payments: int = 1  # in how many months what is paid once is paid; `lump` is the first payment

    @property
    def waiting_count(self):
        return sum(count for _, count in self.held)


# What a fiscal year has not paid yet, by whatever run.
_UNPAID = """
    paid AS (
        SELECT employee_id, slot, bool_or(covers_raise) AS raised, bool_or(covers_tenure) AS tenure,
            bool_or(covers_merit) AS merit, bool_or(element = 'LUMP') AS lump,
            bool_or(element = 'LONG') AS longevity
        FROM payroll_batchline WHERE fiscal_year = %(year)s GROUP BY employee_id, slot
    ),
    parts AS (
        SELECT l.id, l.case_id,
            (l.across_the_board <> 0 OR l.lift <> 0) AND p.raised IS NOT TRUE AS raises,
            l.tenure <> 0 AND p.tenure IS NOT TRUE AS tenure,
            l.merit <> 0 AND p.merit IS NOT TRUE AS merit,
            l.excess + l.lump_sum <> 0 AND p.lump IS NOT TRUE AS lump,
            l.longevity <> 0 AND p.longevity IS NOT TRUE AS longevity
        FROM compensation_runline l JOIN compensation_runcase c ON c.id = l.case_id
        LEFT JOIN paid p ON p.employee_id = c.employee_id AND p.slot = c.slot
        WHERE l.run_id = %(run)s
    ),
    unpaid AS (SELECT * FROM parts WHERE raises OR tenure OR merit OR lump OR longevity)
"""

# A rate that begins after the plan's day and is neither the frozen one nor one that a batch has released is
# that of another act.
_STANDING = f"""
    WITH {_UNPAID},
    signed AS (
        SELECT DISTINCT line_id FROM certification_certifiedline WHERE certificate_id = ANY(%(holding)s)
    ),
    there AS (
        SELECT DISTINCT employee_id, slot FROM organization_assignment
        WHERE starts_on <= %(effective_on)s AND (ends_on IS NULL OR ends_on > %(effective_on)s)
    ),
    later AS (
        SELECT DISTINCT l.id AS line_id FROM compensation_runline l
        JOIN compensation_runcase c ON c.id = l.case_id
        JOIN organization_assignment a ON a.employee_id = c.employee_id AND a.slot = c.slot
        WHERE l.run_id = %(run)s AND a.starts_on > %(base_on)s
            AND round(a.rate * CASE a.basis WHEN 'hourly' THEN 10000 ELSE 100 END)::bigint
                NOT IN (l.old_rate, l.lifted_rate, l.tenure_rate)
    ),
    held AS (
        SELECT u.*, s.line_id IS NULL AND (l.merit_value <> 0 OR l.lump_value <> 0) AS is_unsigned,
            CASE
                WHEN u.id = ANY(%(stale)s::bigint[]) THEN %(changed)s
                WHEN t.employee_id IS NULL THEN %(not_there)s
                WHEN d.line_id IS NOT NULL THEN %(paid_differently)s
            END AS reason
        FROM unpaid u
        JOIN compensation_runline l ON l.id = u.id
        JOIN compensation_runcase c ON c.id = u.case_id
        LEFT JOIN signed s ON s.line_id = u.id
        LEFT JOIN there t ON t.employee_id = c.employee_id AND t.slot = c.slot
        LEFT JOIN later d ON d.line_id = u.id
    ),
    parted AS (
        SELECT id, case_id, raises AND reason IS NULL AS raises, tenure AND reason IS NULL AS tenure,
            merit AND reason IS NULL AND NOT is_unsigned AS merit,
            lump AND reason IS NULL AND NOT is_unsigned AS lump, longevity AND reason IS NULL AS longevity,
            CASE WHEN reason IS NOT NULL THEN reason
                WHEN is_unsigned AND (merit OR lump) THEN %(not_certified)s END AS reason
        FROM held
    ),
    standing AS MATERIALIZED (
        SELECT p.id AS line_id, l.employee_id, l.number, c.slot,
            p.raises, p.tenure, p.merit, p.lump, p.longevity,
            p.merit OR l.merit = 0 AS is_final,
            CASE WHEN p.raises THEN l.old_annual WHEN p.tenure THEN l.new_annual - l.merit - l.tenure
                ELSE l.new_annual - l.merit END AS before,
            CASE WHEN p.merit OR l.merit = 0 THEN l.new_annual
                ELSE l.new_annual - l.merit END AS after,
            (l.excess + l.lump_sum + %(payments)s - 1) / %(payments)s AS lump_amount,
            (l.longevity + %(payments)s - 1) / %(payments)s AS longevity_amount,
            {once_for("l.lump_value")} AS once_for,
            l.old_annual, l.new_annual, c.basis,
            CASE WHEN p.merit OR l.merit = 0 THEN l.new_rate ELSE l.tenure_rate END AS rate,
            CASE WHEN p.merit OR l.merit = 0 THEN l.new_step
                ELSE l.tenure_step END AS step,
            l.new_annual - l.merit - l.tenure AS after_raise, l.lifted_rate AS raise_rate,
            c.step AS raise_step, l.new_annual - l.merit AS after_tenure, l.tenure_rate, l.tenure_step,
            l.new_hourly, c.hours_per_year,
            c.assignment_id, e.first_name, e.last_name, d.name AS department,
            coalesce(f.code, '') AS fund, l.old_rate,
            c.hired_on, c.in_position_since, c.grade, c.kind, c.pay_set_by, c.department AS department_code,
            l.excess <> 0 AND l.merit_value <> 0 AS passes_maximum,
            l.tenure_rate > l.lifted_rate AS by_years, p.reason
        FROM parted p
        JOIN compensation_runline l ON l.id = p.id
        JOIN compensation_runcase c ON c.id = p.case_id
        JOIN organization_employee e ON e.id = l.employee_id
        JOIN organization_department d ON d.id = l.department_id
        LEFT JOIN organization_fund f ON f.id = c.fund_id
    ),
    ready AS (SELECT {", ".join(Ready._fields[:-2])} FROM standing
        WHERE raises OR tenure OR merit OR lump OR longevity)
"""  # noqa: S608 - put together from constants

_READY = f"{_STANDING} SELECT ready.*, ready::text FROM ready ORDER BY number, slot"  # noqa: S608

_SUMS = f"""
    {_STANDING}
    SELECT
        count(*) FILTER (WHERE raises OR tenure OR merit) + count(*) FILTER (WHERE lump)
            + count(*) FILTER (WHERE longevity),
        count(DISTINCT employee_id),
        coalesce(sum(after - before) FILTER (WHERE raises OR tenure OR merit), 0),
        coalesce(sum(lump_amount) FILTER (WHERE lump), 0)
            + coalesce(sum(longevity_amount) FILTER (WHERE longevity), 0),
        coalesce(bool_or(employee_id = %(reader)s), false),
        encode(
            sha256(convert_to(coalesce(string_agg(ready::text, '' ORDER BY number, slot), ''), 'UTF8')), 'hex'
        ),
        (SELECT coalesce(json_agg(json_build_array(reason, count) ORDER BY count DESC, reason), '[]') FROM (
            SELECT reason, count(*) AS count FROM standing WHERE reason IS NOT NULL GROUP BY reason) why),
        (SELECT coalesce(json_agg(json_build_array(number, name, department, reason)), '[]') FROM (
            SELECT number, trim(first_name || ' ' || last_name) AS name, department, reason FROM standing
            WHERE reason IS NOT NULL ORDER BY number, slot LIMIT {SHOWN}) first)
    FROM ready
"""  # noqa: S608

_COUNT = f"WITH {_UNPAID} SELECT count(*) FROM unpaid"  # noqa: S608
_WHICH = f"WITH {_UNPAID} SELECT id FROM unpaid WHERE id = ANY(%(lines)s::bigint[])"  # noqa: S608


def count_unpaid(run):
    """How many lines of a run have a part that its fiscal year has not paid yet."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"run": run.pk, "year": run.plan.fiscal_year})
        return cursor.fetchone()[0]


def find_unpaid(run, lines):
    """Those of the lines (ids) of a run that have a part which its fiscal year has not paid yet."""
    with connection.cursor() as cursor:
        cursor.execute(_WHICH, {"run": run.pk, "year": run.plan.fiscal_year, "lines": list(lines)})
        return {line_id for (line_id,) in cursor.fetchall()}


def sum_up(run, *, reader=None):
    """The Standing of a computed run, counted by the database; `is_own` where the employee (id) is in it.

    What was released in the same fiscal year, by whatever run, is in neither part. Where the plan has days of
    its own for merit, the days of each person are worked out, and the sums with them.
    """
    plan = prepared(conditions_of_run(run))
    values = _values(run, plan)
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, values | {"reader": reader})
        lines, people, base, lump, is_own, seen, held, waiting = cursor.fetchone()
    waiting = [Waiting(*each) for each in waiting]
    found = Standing(
        lines, people, _dollars(base), _dollars(lump), is_own, seen, [tuple(each) for each in held], waiting
    )
    found = found._replace(of_payments=values["payments"])
    return _summed(found, *_read(values, plan), reader) if has_own_days(plan) else found


def _summed(standing, ready, digest, gone, reader):
    parts = [part for each in ready for part in each.by_day]
    rises = [part.after - part.before for part in parts if part.changes_base]
    once = [payment.cents for each in ready for _, payment in each.first_payments]
    held = Counter(dict(standing.held)) + Counter(each.reason for each in gone)
    return standing._replace(
        lines=len(rises) + len(once),
        people=len({each.employee_id for each in ready}),
        base=_dollars(sum(rises)),
        lump=_dollars(sum(once)),
        is_own=any(each.employee_id == reader for each in ready),
        seen=digest,
        held=held.most_common(),
        waiting=[*standing.waiting, *gone][:SHOWN],
    )


def find_ready(run):
    """What is ready, by employee number, and its digest: that of `sum_up`. Few queries, however many."""
    plan = prepared(conditions_of_run(run))
    ready, digest, _ = _read(_values(run, plan), plan)
    return ready, digest


def _read(values, plan):
    """(Ready lines with their days, their digest, who waits because he will have left when merit begins)."""
    digest, ready = sha256(), []
    with connection.cursor() as cursor:
        cursor.execute(_READY, values)
        for *row, text in cursor.fetchall():
            digest.update(text.encode())
            ready.append(Ready._make((*row, None, values["payments"])))
    if not has_own_days(plan):
        on = Dates(*[plan.effective_on] * 4)
        return [each._replace(dates=on) for each in ready], digest.hexdigest(), []
    ready = [each.dated(plan) for each in ready]
    tenure_gone, merit_gone = (_gone_by(_later(ready, stage)) for stage in ("tenure", "merit"))
    digest.update(repr([sorted(tenure_gone), sorted(merit_gone)]).encode())
    waiting = [_waiting(each, NOT_THERE) for each in ready if each.line_id in tenure_gone | merit_gone]
    left = {
        once.part: _gone_by({each.line_id: once.on(each.dates) for each in ready if getattr(each, once.part)})
        for once in ONCE.values()
    }
    digest.update(repr([sorted(lines) for lines in left.values()]).encode())
    of_any = set().union(*left.values())
    waiting += [_waiting(each, NOT_THERE_ONCE) for each in ready if each.line_id in of_any]
    ready = [
        each._replace(**{part: False for part, lines in left.items() if each.line_id in lines})
        for each in ready
    ]
    kept = [
        each.without("tenure", "merit")
        if each.line_id in tenure_gone
        else each.without("merit")
        if each.line_id in merit_gone
        else each
        for each in ready
    ]
    return [each for each in kept if each.changes_base or each.pays_once], digest.hexdigest(), waiting


def _later(ready, stage):
    """The days of a stage of base pay that counts later than the raise, by line id."""
    return {
        each.line_id: each.day_of(stage)
        for each in ready
        if getattr(each, stage) and each.day_of(stage) != each.dates.raise_on
    }


def _waiting(each, reason):
    name = f"{each.first_name} {each.last_name}".strip()
    return Waiting(each.number, name, each.department, reason)


_GONE_BY = """
    SELECT l.id FROM unnest(%(lines)s::bigint[], %(days)s::date[]) AS later (line_id, day)
    JOIN compensation_runline l ON l.id = later.line_id
    JOIN compensation_runcase c ON c.id = l.case_id
    WHERE NOT EXISTS (
        SELECT FROM organization_assignment a JOIN organization_employee e ON e.id = a.employee_id
        WHERE a.employee_id = c.employee_id AND a.slot = c.slot
            AND a.starts_on <= later.day AND (a.ends_on IS NULL OR a.ends_on > later.day)
            AND (e.separated_on IS NULL OR e.separated_on > later.day)
    )
"""


def _gone_by(days):
    """Of lines with a day each (by id) those whose position nobody holds on that day."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE_BY, {"lines": list(days), "days": list(days.values())})
        return {line_id for (line_id,) in cursor.fetchall()}


def _dollars(cents):
    return Decimal(int(cents)).scaleb(-2)


def _values(run, plan):
    comparison = compare(run)
    return {
        "run": run.pk,
        "year": run.plan.fiscal_year,
        "holding": comparison.holding,
        "stale": [line_id for line_id in comparison.stale if line_id],
        "payments": plan.rules.monthly_payments,
        "base_on": run.plan.base_on,
        "effective_on": plan.effective_on,
        "changed": CHANGED,
        "not_there": NOT_THERE,
        "paid_differently": PAID_DIFFERENTLY_LATER,
        "not_certified": NOT_CERTIFIED,
    }
