"""The facts that pay rests on, as they stand now: one query, by which a run freezes them and is later
compared.

A rating of record belongs to the main job (slot 1): a second part-time job has no rating of its own. While
a correction is under way, the rating that it replaces does not count any more. Total earnings belong to that
job, too, and are a fact only where the plan pays a percent of them; the days of the last promotion and the
last merit raise only where the plan asks for them.
"""

from typing import NamedTuple

from django.db import connection

from compensation import accepted
from compensation.conditions import conditions_of, conditions_of_run
from compensation.models import PayPlan, Pool
from compensation.pay.written_rules import parse

# What `RunCase` keeps besides its keys, in the order of its columns, and how a changed one is called.
FACTS = {
    "number": "Employee number",
    "basis": "Pay basis",
    "rate": "Rate of pay",
    "hours_per_year": "Hours a year",
    "fte": "FTE",
    "kind": "Kind of employment",
    "pay_set_by": "Who sets the pay",
    "is_grant": "Paid from a grant",
    "grade": "Grade",
    "step": "Step",
    "hired_on": "Hire date",
    "in_position_since": "In the position since",
    "level": "Rating level",
    "score": "Rating score",
    "service_weight": "Service weight",
    "last_promotion_on": "Last promotion",
    "last_merit_on": "Last merit raise",
    "separated_on": "Separation date",
    "department": "Department code",
    "earnings": "Total earnings",
}
KEYS = {"department_id": "Department", "fund_id": "Fund", "rating_id": "Rating of record"}

# One row for each assignment in force on the day %(on)s, in the units of `compensation.pay`; with the ratings
# of the cycle %(cycle)s and the earnings of the cycle %(earnings)s, or none; with the last advancements up
# to that day, of the kinds %(advancements)s.
TODAY = """
    SELECT e.id AS employee_id, a.id AS assignment_id, a.department_id, a.fund_id, a.slot, r.id AS rating_id,
        e.number,
        a.basis,
        round(a.rate * CASE a.basis WHEN 'hourly' THEN 10000 ELSE 100 END)::bigint AS rate,
        a.hours_per_year,
        (a.fte * 10000)::integer AS fte,
        a.kind,
        a.pay_set_by,
        coalesce(f.is_grant, false) AS is_grant,
        nullif(a.grade, '') AS grade,
        a.step,
        e.hired_on,
        a.in_position_since,
        r.level,
        (r.score * 100)::integer AS score,
        (r.service_weight * 100)::integer AS service_weight,
        v.last_promotion_on,
        v.last_merit_on,
        e.separated_on,
        d.code AS department,
        (x.amount * 100)::bigint AS earnings
    FROM organization_assignment a
    JOIN organization_employee e ON e.id = a.employee_id
    JOIN organization_department d ON d.id = a.department_id
    LEFT JOIN organization_fund f ON f.id = a.fund_id
    LEFT JOIN (
        SELECT DISTINCT ON (o.employee_id) o.id, o.employee_id, o.level, o.score, o.service_weight
        FROM evaluations_ratingofrecord o JOIN evaluations_evaluation v ON v.id = o.evaluation_id
        WHERE o.cycle_id = %(cycle)s AND v.superseded_by_id IS NULL
        ORDER BY o.employee_id, o.version DESC
    ) r ON r.employee_id = e.id AND a.slot = 1
    LEFT JOIN compensation_earnings x
        ON x.employee_id = e.id AND x.cycle_id = %(earnings)s AND a.slot = 1
    LEFT JOIN (
        SELECT employee_id, max("on") FILTER (WHERE kind = 'promotion') AS last_promotion_on,
            max("on") FILTER (WHERE kind = 'merit') AS last_merit_on
        FROM organization_advancement
        WHERE kind = ANY(%(advancements)s::text[]) AND "on" <= %(on)s
        GROUP BY employee_id
    ) v ON v.employee_id = e.id
    WHERE a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on > %(on)s)
        AND (e.separated_on IS NULL OR e.separated_on > %(on)s)
"""

# Departments by code, people by number, at most %(size)s in a part; the order does not depend on the locale.
FREEZE = f"""
    WITH placed AS (
        SELECT today.*,
            (row_number() OVER (PARTITION BY department ORDER BY today.number COLLATE "C", today.slot) - 1)
                / %(size)s AS piece
        FROM ({TODAY}) today
    ),
    numbered AS (
        SELECT placed.*, dense_rank() OVER (ORDER BY department COLLATE "C", piece) AS part_number FROM placed
    ),
    parts AS (
        INSERT INTO compensation_runpart
            (run_id, number, department_id, state, people, queued_at, totals, inputs_hash, result_hash)
        SELECT %(run)s, part_number, department_id, 'waiting', count(*), clock_timestamp(), '{{}}', '', ''
        FROM numbered GROUP BY part_number, department_id ORDER BY part_number
        RETURNING id, number
    )
    INSERT INTO compensation_runcase
        (run_id, part_id, employee_id, assignment_id, rating_id, fund_id, slot, {", ".join(FACTS)})
    SELECT %(run)s, parts.id, employee_id, assignment_id, rating_id, fund_id, slot,
        {", ".join(f"numbered.{name}" for name in FACTS)}
    FROM numbered JOIN parts ON parts.number = part_number
    ORDER BY part_number, numbered.number COLLATE "C", slot
"""  # noqa: S608 - put together from the constants above


def asked(plan, rules):
    """What `TODAY` asks for a plan by its rules, parsed."""
    return asked_by(rules, on=plan.base_on, cycle_id=plan.cycle_id, earned_in=plan.cycle_id)


def asked_by(rules, *, on, cycle_id, earned_in):
    """What `TODAY` asks by rules on a day: ratings of one cycle, and earnings of the period of another, if
    the rules pay a percent of them.
    """
    return {
        "on": on,
        "cycle": cycle_id,
        "earnings": earned_in if rules.pays_earnings else None,
        "advancements": list(rules.advancements),
    }


def is_anybody_employed(plan):
    """Whether there is anybody whose facts a run of the plan would freeze."""
    with connection.cursor() as cursor:
        none = {"cycle": None, "earnings": None, "advancements": []}
        cursor.execute(f"SELECT EXISTS ({TODAY})", {"on": plan.base_on, **none})
        return cursor.fetchone()[0]


def freeze(run, *, part_size):
    """Write the run's parts and cases from the facts as they stand now in one statement. Returns the number
    of cases.
    """
    with connection.cursor() as cursor:
        cursor.execute(FREEZE, asked(run.plan, parse(run.rules)) | {"run": run.pk, "size": part_size})
        return cursor.rowcount


class Change(NamedTuple):
    """One fact that is not what the run froze; both in the units of `RunCase`, the keys as ids."""

    fact: str
    before: object
    after: object


class StaleCase(NamedTuple):
    """A case whose facts have changed since. `line_id` is None until it is computed; gone means not
    employed there.
    """

    case_id: int
    line_id: int | None
    employee_id: int
    number: str
    basis: str  # of the frozen rate
    is_gone: bool
    changes: tuple[Change, ...]


_KEPT = {"department_id": "p.department_id"} | {
    name: f"c.{name}" for name in ("fund_id", "rating_id", *FACTS)
}
# A department is known by its key; by its code go only rules that name one, and nothing else rests on it.
_KEPT["department"] = "CASE WHEN %(by_code)s THEN c.department ELSE t.department END"
# Where some cases are asked for, the facts of their people alone: a head's page does not read the county.
_TODAY_OF_CASES = f"""{TODAY}
        AND (%(departments)s::bigint[] IS NULL AND %(case)s::bigint IS NULL OR e.id IN (
            SELECT c.employee_id FROM compensation_runcase c JOIN compensation_runpart p ON p.id = c.part_id
            WHERE c.run_id = %(run)s AND {accepted.OF_SOME}
        ))
"""  # noqa: S608
_STALE_FROM = f"""
    FROM compensation_runcase c
    JOIN compensation_runpart p ON p.id = c.part_id
    LEFT JOIN compensation_runline l ON l.case_id = c.id
    LEFT JOIN today t ON t.employee_id = c.employee_id AND t.slot = c.slot
    WHERE c.run_id = %(run)s AND {accepted.OF_SOME}
        AND ({", ".join(_KEPT.values())}) IS DISTINCT FROM ({", ".join(f"t.{name}" for name in _KEPT)})
"""
_STALE = f"""
    WITH today AS ({_TODAY_OF_CASES})
    SELECT c.id, l.id, c.employee_id, c.number, c.basis, t.employee_id IS NULL,
        {", ".join(f"{kept}, t.{name}" for name, kept in _KEPT.items())}
    {_STALE_FROM}
    ORDER BY c.id
"""
_STALE_LINES = f"(WITH today AS ({_TODAY_OF_CASES}) SELECT l.id {_STALE_FROM})"


def stale_cases(run, *, departments=None, case=None):
    """The cases of a run whose facts are not what they were (PAY-5), in order; of some departments (ids), or
    of one case (id), if asked.

    What is true on the plan's day counts: pay that begins later changes nothing here, a correction of the
    past does.
    """
    values = _of_run(run, departments, case)
    with connection.cursor() as cursor:
        cursor.execute(_STALE, values)
        found = []
        for case_id, line_id, employee_id, number, basis, is_gone, *pairs in cursor.fetchall():
            both = zip(_KEPT, pairs[::2], pairs[1::2], strict=True)
            changes = () if is_gone else tuple(Change(f, a, b) for f, a, b in both if a != b)
            found.append(StaleCase(case_id, line_id, employee_id, number, basis, is_gone, changes))
    return _with_proposals(found, accepted.changed(run, departments=values["departments"], case=case))


def stale_lines(runs, *, departments=None):
    """Ids of the lines of runs that `stale_cases` would name, in one query for all of them."""
    with connection.cursor() as cursor:
        asked_of = []
        for run in runs:
            values = _of_run(run, departments, None)
            texts = [_STALE_LINES, *([accepted.CHANGED_LINES] if accepted.proposes(run.rules) else [])]
            asked_of += [cursor.mogrify(text, values).decode() for text in texts]
        if not asked_of:
            return set()
        cursor.execute(" UNION ALL ".join(asked_of))
        return {line_id for (line_id,) in cursor.fetchall() if line_id}


def _of_run(run, departments, case):
    return asked(run.plan, parse(run.rules)) | {
        "run": run.pk,
        "plan": run.plan_id,
        "departments": None if departments is None else list(departments),
        "case": case,
        "by_code": _names_departments(run.rules),
    }


def _with_proposals(found, proposals):
    """The stale cases, and those whose accepted proposal is another one."""
    if not proposals:
        return found
    by_id = {each.case_id: each for each in found}
    for each in proposals:
        stale = by_id.get(each.case_id) or StaleCase(*each[:5], is_gone=False, changes=())
        change = Change("proposal", each.before, each.after)
        by_id[each.case_id] = stale._replace(changes=(*stale.changes, change))
    return [by_id[case_id] for case_id in sorted(by_id)]


def _names_departments(rules):
    """Whether written rules name a department by its code: members of a group, or a pool of its own."""
    if isinstance(rules, dict):
        named = any(rules.get(key) for key in ("department", "departments"))
        return named or any(map(_names_departments, rules.values()))
    return isinstance(rules, list) and any(map(_names_departments, rules))


def what_changed_for_all(run):
    """Sentences on what makes the whole run stale: the plan's rules, the schedule, the calendar (PAY-5)."""
    kept, now = conditions_of_run(run), conditions_of(run.plan)
    found = []
    if run.plan.state == PayPlan.State.SUPERSEDED:
        found.append(f"{run.plan} was superseded by a later version.")
    if kept.rules != now.rules:
        found.append(f"The rules of {run.plan} were changed after the run.")
    found += _changed_schedules(kept.schedules, now.schedules)
    if kept.adopted_on != now.adopted_on:
        found.append("The plan was adopted after the run, and service counts from the adoption on.")
    if kept.noticed != now.noticed:
        found.append("The published notices of elected officers’ pay changed after the run.")
    if (kept.pay_anchor_on, kept.pay_period_days) != (now.pay_anchor_on, now.pay_period_days):
        found.append("The pay calendar was changed after the run.")
    if kept.rules.get("pools") and run.frozen_at and _pools_worked_out_since(run):
        found.append("The pools of the plan were worked out again after the run.")
    return found


def _pools_worked_out_since(run):
    return Pool.objects.filter(plan=run.plan, worked_out_at__gt=run.frozen_at).exists()


def _changed_schedules(kept, now):
    before, after = ({each["code"]: each for each in tables} for tables in (kept, now))
    codes = dict.fromkeys([*before, *after])
    return [
        f"The schedule {code} was changed after the run."
        for code in codes
        if before.get(code) != after.get(code)
    ]


_NOT_IN_RUN = f"""
    SELECT today.employee_id FROM ({TODAY}) today
    WHERE NOT EXISTS (
        SELECT FROM compensation_runcase c
        WHERE c.run_id = %(run)s AND c.employee_id = today.employee_id AND c.slot = today.slot
    )
    ORDER BY today.number COLLATE "C"
"""  # noqa: S608


def people_not_in(run):
    """Ids of employees who would be in the run if it were frozen now: they came to light since."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_IN_RUN, asked(run.plan, parse(run.rules)) | {"run": run.pk})
        return [employee_id for (employee_id,) in cursor.fetchall()]
