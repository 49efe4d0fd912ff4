"""Accepted proposals as what a run rests on: frozen beside its cases, and compared with those of today.

Asked only of plans whose heads propose: a run of any other plan pays nothing for it.
"""

from typing import NamedTuple

from django.db import connection

# What was accepted for the person of a case, in his main job; whose sheet it is on does not matter any more.
FOR_CASES = """
    SELECT c.id AS case_id, p.id, p.gives, p.value
    FROM compensation_runcase c
    JOIN compensation_proposal p ON p.employee_id = c.employee_id AND p.plan_id = %(plan)s
    JOIN compensation_proposalsheet s ON s.id = p.sheet_id
    WHERE c.run_id = %(run)s AND c.slot = 1
        AND s.state = 'accepted' AND p.is_current AND p.is_settled AND p.gives IS NOT NULL
"""
FREEZE = f"""
    UPDATE compensation_runcase c SET proposal_id = f.id, proposed_gives = f.gives, proposed_value = f.value
    FROM ({FOR_CASES}) f WHERE c.id = f.case_id
"""  # noqa: S608
# Of the case c and its part p: those of some departments, or one, where only these are asked for.
OF_SOME = """
    (%(departments)s::bigint[] IS NULL OR p.department_id = ANY(%(departments)s))
    AND (%(case)s::bigint IS NULL OR c.id = %(case)s)
"""
_CHANGED_FROM = f"""
    FROM compensation_runcase c
    JOIN compensation_runpart p ON p.id = c.part_id
    LEFT JOIN compensation_runline l ON l.case_id = c.id
    LEFT JOIN ({FOR_CASES}) f ON f.case_id = c.id
    WHERE c.run_id = %(run)s AND c.proposal_id IS DISTINCT FROM f.id
        AND {OF_SOME}
"""
STALE = f"""
    SELECT c.id, l.id, c.employee_id, c.number, c.basis,
        c.proposed_gives, c.proposed_value, f.gives, f.value
    {_CHANGED_FROM}
    ORDER BY c.id
"""
CHANGED_LINES = f"(SELECT l.id {_CHANGED_FROM})"


class Changed(NamedTuple):
    """A case whose accepted proposal is another one now; each side is (in what, value), or two Nones."""

    case_id: int
    line_id: int | None
    employee_id: int
    number: str
    basis: str
    before: tuple
    after: tuple


def proposes(rules):
    """Whether heads propose under stored rules."""
    return rules.get("proposals") is not None


def freeze(run):
    """Write beside each case of a run what is accepted for the person."""
    if proposes(run.rules):
        with connection.cursor() as cursor:
            cursor.execute(FREEZE, {"run": run.pk, "plan": run.plan_id})


def changed(run, *, departments=None, case=None):
    """Every `Changed` case of a run, in order."""
    if not proposes(run.rules):
        return []
    values = {"run": run.pk, "plan": run.plan_id, "departments": departments, "case": case}
    with connection.cursor() as cursor:
        cursor.execute(STALE, values)
        return [Changed(*row[:5], tuple(row[5:7]), tuple(row[7:])) for row in cursor.fetchall()]
