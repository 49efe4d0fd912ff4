"""Working out the pools of a plan, and opening the sheets of those who propose."""

from typing import NamedTuple

from django.db import transaction

from audit.services import record
from compensation.accepted import proposes
from compensation.models import Pool, ProposalSheet
from compensation.pay import pools
from compensation.plans.checks import plan_problems
from compensation.pooled import PooledPlan
from organization.refusal import Refused
from proposals import permissions
from proposals.mail import tell
from proposals.services.carrying import carry_over, waits_for_adoption
from proposals.services.locking import lock_plan
from proposals.sheets import HEADS

FIRST = "Please propose the awards of"


class Opened(NamedTuple):
    """How many who propose were asked to, and what was carried over from the version before."""

    asked: int
    carried: list


@transaction.atomic
def work_out_pools(plan_id, *, due_on, by, at):
    """Fix the pools of a plan from the payroll of today, and open a sheet for each office that proposes.

    Done again, it takes the place of the pools that there were; sheets and what is proposed stay. What was
    proposed under the version before is carried over to new sheets; where there is such a version, no sheet
    opens before the plan is adopted. Returns `Opened`.
    """
    if not permissions.may_work_out(by):
        raise Refused("Only an HR administrator works out pools.")
    plan = lock_plan(plan_id)
    if plan.rules.get("pools") is None:
        raise Refused(f"{plan} has no pools.")
    refused = [problem.message for problem in plan_problems(plan) if problem.severity == "refused"]
    if refused:
        raise Refused(f"The pools of {plan} can't be worked out. {' '.join(refused)}")
    pooled = PooledPlan(plan, on=by.on)
    members = pooled.members(pooled.people())
    try:
        found = pools.work_out(members, pooled.rules.pools)
    except pools.BadPools as problem:
        raise Refused(str(problem)) from None
    plan.pools.all().delete()
    Pool.objects.bulk_create(
        Pool(plan=plan, plan_revision=plan.revision, worked_out_at=at, **pool._asdict())
        for pool in found.values()
    )
    opens = proposes(plan.rules) and not waits_for_adoption(plan)
    is_new = _open_sheets(pooled, members, due_on) if opens else []
    total = sum(pool.amount for pool in found.values())
    after = {"pools": len(found), "cents": total, "due_on": due_on.isoformat()}
    record("pools.worked_out", plan, by=by, at=at, after=after)
    carried = carry_over(is_new, plan, by=by, at=at) if is_new else []
    known = {sheet.pk for sheet, *_ in carried if sheet}
    asked = 0
    for sheet in is_new:
        if not sheet.is_open:
            continue
        what = "Please look again at the awards of" if sheet.pk in known else FIRST
        tell(sheet, pooled.chart, by.on, what, "proposals.opened", note=sheet.note)
        asked += 1
    return Opened(asked, carried)


def _open_sheets(pooled, members, due_on):
    """Sheets for the offices with somebody to propose for; returns the new ones. Empty ones go."""
    small = pools.small_offices(members, pooled.rules.pools)
    offices = {member.office for member in members if member.payroll is not None}
    had = {sheet.department and sheet.department.code: sheet for sheet in _sheets(pooled.plan)}
    is_new = []
    for office in sorted(offices):
        code = None if office == HEADS else office
        sheet = had.pop(code, None)
        if sheet is None:
            sheet = ProposalSheet(plan=pooled.plan, department=code and pooled.chart.coded(code))
            is_new.append(sheet)
        sheet.is_small, sheet.due_on = office in small, due_on
        sheet.save()
    for sheet in had.values():
        if not sheet.proposals.exists():
            sheet.delete()
    return is_new


def _sheets(plan):
    return ProposalSheet.objects.filter(plan=plan).select_related("department")
