"""What was proposed under the version before, carried over to the sheets of a plan's next version (PAY-8).

A proposal goes over where the new rules let it be made; one that does not is named with the reason. A sheet
that was with HR, or accepted, stays so where all of it went over and nothing bars it. Else its head has it
again.
"""

from typing import NamedTuple

from audit.services import record
from compensation.models import PayPlan, Proposal, ProposalSheet
from compensation.pay import proposing
from compensation.pay.proposed import write
from compensation.pay.written_rules import parse
from compensation.pooled import PooledPlan
from proposals.sheets import Sheet

COMPONENTS = {"merit": "merit", "lump_sum": "a lump sum"}


class Carried(NamedTuple):
    """What became of the sheet of the version before, `former`; `refused` are sentences.

    `sheet` is None where nobody takes part in that office any more.
    """

    sheet: ProposalSheet | None
    former: ProposalSheet
    count: int
    refused: list


def former_sheets(plan):
    """The sheets of the last version before this one that had any, by department id."""
    sheets = ProposalSheet.objects.filter(plan__fiscal_year=plan.fiscal_year, plan__version__lt=plan.version)
    last = sheets.order_by("-plan__version").values("plan")[:1]
    found = ProposalSheet.objects.filter(plan__in=last).select_related("plan", "department")
    return {sheet.department_id: sheet for sheet in found}


def waits_for_adoption(plan):
    """Whether sheets open only once the plan is adopted: till then heads propose on those of the version
    before, and what they still propose there goes over as well.
    """
    return plan.state != PayPlan.State.ADOPTED and bool(former_sheets(plan))


def carry_over(sheets, plan, *, by, at):
    """Carry over what was proposed on the sheets of the same offices before. Returns the `Carried`."""
    former = former_sheets(plan)
    pooled = PooledPlan(plan, on=by.on)
    people = {each.employee_id: each.case for each in pooled.people() if each.slot == 1}
    carried = [
        _carry(sheet, former[sheet.department_id], people, pooled.ready)
        for sheet in sheets
        if sheet.department_id in former
    ]
    gone = [former[key] for key in former if not plan.sheets.filter(department=key).exists()]
    pooled = PooledPlan(plan, on=by.on)
    for each in carried:
        _settle(each, Sheet(each.sheet, on=by.on, pooled=pooled), by, at)
    return carried + [Carried(None, each, 0, _all_of(each)) for each in gone]


def _carry(sheet, former, people, ready):
    """From the sheet on which it was proposed to that of the same office, wherever the person is now."""
    kept, refused = [], []
    for each in former.proposals.filter(is_current=True).select_related("employee"):
        case = people.get(each.employee_id)
        if why := _why_not(case, each, former, ready):
            refused.append(f"{each.employee.full_name}, {write(each.proposed)}: {why}")
        elif case is not None and proposing.span(case, ready) is not None:
            kept.append(_copy(each, sheet))
    Proposal.objects.bulk_create(kept)
    return Carried(sheet, former, len(kept), sorted(refused))


def _all_of(former):
    """Every proposal of an office that has no sheet any more, with the reason."""
    found = former.proposals.filter(is_current=True, gives__isnull=False).select_related("employee")
    why = f"nobody of {former.name} takes part under these rules"
    return sorted(f"{each.employee.full_name}, {write(each.proposed)}: {why}." for each in found)


def _why_not(case, proposal, former, ready):
    """Why a proposal can't be made under the new rules, as a sentence; empty where it can, or is a reason."""
    if proposal.proposed is None:
        return ""
    was, now = parse(former.plan.rules).pools.component, ready.rules.pools.component
    if was != now:
        return f"{COMPONENTS[was]} was proposed, and the plan now pays {COMPONENTS[now]} from the pools."
    if case is None or proposing.payroll(case, ready) is None:
        return "nobody proposes for this person any more."
    return proposing.problem(case._replace(proposed=proposal.proposed), ready)


def _copy(proposal, sheet):
    """The same proposal on another sheet: who made it, and when, stays."""
    kept = ("employee_id", "gives", "value", "reason", "by_id", "by_name", "at")
    return Proposal(sheet=sheet, plan_id=sheet.plan_id, **{name: getattr(proposal, name) for name in kept})


def _settle(carried, sheet, by, at):
    stored, former = carried.sheet, carried.former
    bars = [f"Not carried over: {each}" for each in carried.refused]
    bars += [] if former.is_open else sheet.what_bars_sending
    if not former.is_open and not bars:
        stored.state, stored.sent_by_id, stored.sent_at = former.state, former.sent_by_id, former.sent_at
        if former.state == ProposalSheet.State.ACCEPTED:
            stored.accepted_by_id, stored.accepted_at = by.user_id, at
            stored.proposals.update(is_settled=True)
    elif bars:
        stored.state = ProposalSheet.State.RETURNED
        stored.note = f"{former.plan} has a next version. {' '.join(bars)}"
    stored.save()
    after = {"from": former.plan.version, "proposals": carried.count, "refused": carried.refused}
    record("proposals.carried_over", stored, by=by, at=at, after=after)
