"""The people of a plan with pools: who is paid from which, and what that costs (PAY-8)."""

from collections import Counter
from functools import cached_property
from typing import NamedTuple

from django.db import connection

from compensation.accepted import proposes
from compensation.conditions import conditions_of, conditions_of_run, prepared
from compensation.facts import FACTS, TODAY, asked
from compensation.models import Pool, ProposalSheet
from compensation.pay import pools, proposing
from compensation.pay.case import PayCase, Proposed
from organization.chart import Chart

PEOPLE = f"""
    SELECT today.employee_id, today.assignment_id, today.department_id, coalesce(f.code, ''), today.slot,
        e.sort_key,
        p.id, p.sheet_id, p.revision, p.reason, coalesce(p.gives IS NOT NULL AND NOT p.is_settled, false),
        p.gives, p.value,
        {", ".join(f"today.{name}" for name in FACTS)}
    FROM ({TODAY}) today
    JOIN organization_employee e ON e.id = today.employee_id
    LEFT JOIN organization_fund f ON f.id = today.fund_id
    LEFT JOIN compensation_proposal p
        ON p.employee_id = today.employee_id AND p.plan_id = %(plan)s AND p.is_current AND today.slot = 1
    WHERE (
            %(departments)s::bigint[] IS NULL
            OR today.department_id = ANY(%(departments)s)
            OR f.code = ANY(%(funds)s)
        )
        AND (%(people)s::bigint[] IS NULL OR today.employee_id = ANY(%(people)s))
    ORDER BY today.number COLLATE "C", today.slot
"""  # noqa: S608 - put together from constants
FROZEN = f"""
    SELECT c.employee_id, c.assignment_id, part.department_id, coalesce(f.code, ''), c.slot,
        '', c.proposal_id, NULL, 0, '', waiting.id IS NOT NULL, c.proposed_gives, c.proposed_value,
        {", ".join(f"c.{name}" for name in FACTS)}
    FROM compensation_runcase c
    JOIN compensation_runpart part ON part.id = c.part_id
    LEFT JOIN organization_fund f ON f.id = c.fund_id
    LEFT JOIN compensation_proposal waiting
        ON waiting.employee_id = c.employee_id AND waiting.plan_id = %(plan)s AND waiting.is_current
        AND waiting.gives IS NOT NULL AND NOT waiting.is_settled AND c.slot = 1
    WHERE c.run_id = %(run)s
    ORDER BY c.id
"""  # noqa: S608


class Pooled(NamedTuple):
    """One person as the plan finds him today, with what is proposed for him now, accepted or not."""

    employee_id: int
    assignment_id: int
    department_id: int
    office: str  # the department's code, or that of the heads
    fund: str
    slot: int
    sort_key: str
    proposal_id: int | None
    sheet_id: int | None  # on which it was proposed
    revision: int
    reason: str
    waits: bool  # what is proposed for him was not accepted yet
    case: PayCase


def office_of(case, *, is_head):
    """The office that proposes for a person: the department's code, or that of the heads."""
    return pools.HEADS if is_head else case.department


def member_of(case, office, fund, slot, *, payroll):
    """A person as `pools.work_out` takes him; a small office is counted by main jobs that no one is elected
    to.
    """
    is_staff = case.kind != "elected" and slot == 1
    return pools.Member(office, fund, case.is_grant, is_staff, payroll)


def name_of(key, department_name):
    """A pool as people call it: the office, its fund, a grant. `department_name` gives that of a code, or
    None.
    """
    kind, _, rest = key.partition(":")
    if kind == "fund":
        return f"Fund {rest}" if rest else "No fund"
    if key == pools.SMALL:
        return "Small offices"
    code, _, fund = rest.partition("/")
    name = department_name(code) or "Heads of departments"
    return f"{name}, fund {fund}" if fund else name


class PooledPlan:
    """A plan with pools, made ready once for everything that is asked of it. `on` says who heads what."""

    def __init__(self, plan, *, on, ready=None):
        self.plan, self.on = plan, on
        self.ready = ready or prepared(conditions_of(plan))
        self.rules = self.ready.rules
        self.chart = Chart(on)

    @cached_property
    def stored(self):
        """The pools as they were worked out, by key."""
        return {pool.key: pool for pool in Pool.objects.filter(plan=self.plan)}

    @cached_property
    def small(self):
        """Codes of the small offices, as they were when the pools were worked out."""
        if not self.rules.pools.small_together:
            return frozenset()
        sheets = list(
            ProposalSheet.objects.filter(plan=self.plan).values_list("department__code", "is_small")
        )
        if not sheets or not proposes(self.plan.rules):
            return pools.small_offices(self._staff(), self.rules.pools)
        return frozenset(code for code, is_small in sheets if is_small)

    def people(self, *, departments=None, funds=(), employees=None):
        """Everybody employed on the day of the base pay, or those of some departments and of funds by their
        codes, or some employees.
        """
        values = asked(self.plan, self.rules) | {
            # What was proposed before the rules changed counts for nothing.
            "plan": self.plan.pk if proposes(self.plan.rules) else None,
            "departments": None if departments is None else list(departments),
            "funds": list(funds),
            "people": None if employees is None else list(employees),
        }
        return self._read(PEOPLE, values)

    def sharing(self, keys):
        """Everybody who may be paid from those of the pools that several offices share."""
        small = self.small if pools.SMALL in keys else ()
        funds = [key.removeprefix("fund:") for key in keys if key.startswith("fund:")]
        departments = [each.pk for each in self.chart.departments.values() if each.code in small]
        return self.people(departments=departments, funds=funds) if departments or funds else []

    def _read(self, query, values):
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return [self._person(row) for row in cursor.fetchall()]

    def _person(self, row):
        employee_id, assignment_id, department_id, fund, slot, sort_key, *given = row
        proposal_id, sheet_id, revision, reason, waits, gives, value, *facts = given
        case = PayCase(**dict(zip(FACTS, facts, strict=True)))
        if gives is not None:
            case = case._replace(proposed=Proposed(gives, value))
        office = office_of(case, is_head=employee_id in self.chart.head_ids)
        written = (proposal_id, sheet_id, revision or 0, reason or "", waits)
        who = (employee_id, assignment_id, department_id, office, fund, slot, sort_key)
        return Pooled(*who, *written, case)

    def members(self, people):
        """The same people as `pools.work_out` takes them."""
        return [
            member_of(
                each.case, each.office, each.fund, each.slot, payroll=proposing.payroll(each.case, self.ready)
            )
            for each in people
        ]

    def _staff(self):
        """Everybody as the staff of an office is counted, which asks for nobody's payroll."""
        return [
            member_of(each.case, each.office, each.fund, each.slot, payroll=None) for each in self.people()
        ]

    def worked_out(self):
        """The pools as they would be worked out now, from the payroll of today, by key. Raises BadPools."""
        return pools.work_out(self.members(self.people()), self.rules.pools)

    def key(self, person):
        return pools.key_of(person.office, person.fund, person.case.is_grant, self.rules.pools, self.small)

    def used(self, people):
        """What the component costs, in cents by pool."""
        used = Counter()
        for person in people:
            if spent := proposing.cost(person.case, self.ready):
                used[self.key(person)] += spent
        return used

    def name(self, key):
        """A pool as people call it."""
        return name_of(key, self._department_name)

    def _department_name(self, code):
        department = self.chart.coded(code)
        return department and department.name


class PooledRun(PooledPlan):
    """The same of what a run froze: its own facts, proposals and conditions."""

    def __init__(self, run, *, on):
        super().__init__(run.plan, on=on, ready=prepared(conditions_of_run(run)))
        self.run = run

    def people(self):
        """Everybody whom the run pays."""
        return self._read(FROZEN, {"run": self.run.pk, "plan": self.plan.pk})
