"""What was proposed under the version before, carried over to the sheets of a plan's next version (PAY-8).

A proposal goes to the sheet on which its person is now, where the new rules let it be made; one that does
not is named with the reason. A sheet that was with HR, or accepted, stays so where all of it went over and
nothing bars it. Else its head has it again.
"""

from collections import defaultdict
from typing import NamedTuple

from audit.services import record
from compensation.models import PayPlan, Proposal, ProposalSheet
from compensation.pay import proposing
from compensation.pay.pools import HEADS
from compensation.pay.proposed import write
from compensation.pay.written_rules import parse
from compensation.pooled import PooledPlan
from proposals.sheets import Sheet

COMPONENTS = {"merit": "merit", "lump_sum": "a lump sum"}
State = ProposalSheet.State


class Carried(NamedTuple):
    """What went over to a sheet; `refused` are sentences. `sheet` is None for what no sheet takes up."""

    sheet: ProposalSheet | None
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
    """Carry over what was proposed before to `sheets`, which were opened just now. Returns the `Carried`.

    What has been proposed under this plan already stays, and so do sheets that were there.
    """
    former = former_sheets(plan)
    moves = _moves(former, {sheet.department_id: sheet for sheet in sheets}, plan, by.on)
    Proposal.objects.bulk_create(_copy(each, sheet) for sheet, move in moves.items() for each in move.kept)
    pooled = PooledPlan(plan, on=by.on)
    for sheet in sheets:
        own = former.get(sheet.department_id)
        if own is not None or sheet in moves:
            _settle(sheet, own, moves[sheet], Sheet(sheet, on=by.on, pooled=pooled), by, at)
    return [Carried(sheet, len(move.kept), sorted(move.refused)) for sheet, move in moves.items()]


class _Move:
    """What goes to one sheet, what does not, and from which sheets it came."""

    def __init__(self):
        self.kept, self.refused, self.origins = [], [], set()


def _moves(former, opened, plan, on):
    """The `_Move` of each sheet that was opened, and of None, by sheet; `opened` are by department id."""
    pooled, moves = PooledPlan(plan, on=on), defaultdict(_Move)
    people = {each.employee_id: each for each in pooled.people() if each.slot == 1}
    there = set(plan.sheets.values_list("department", flat=True)) - opened.keys()
    done = set(Proposal.objects.filter(plan=plan, is_current=True).values_list("employee", flat=True))
    found = Proposal.objects.filter(sheet__in=former.values(), is_current=True).exclude(employee__in=done)
    was = next((parse(sheet.plan.rules).pools.component for sheet in former.values()), None)
    for each in found.select_related("employee", "sheet"):
        person = people.get(each.employee_id)
        place = each.sheet.department_id if person is None else _place(person)
        if place in there:
            continue  # it was looked at when that sheet opened
        move = moves[opened.get(place)]
        move.origins.add(former[each.sheet.department_id])
        if why := _why_not(person and person.case, each, was, pooled.ready):
            move.refused.append(f"{each.employee.full_name}, {write(each.proposed)}: {why}")
        elif place in opened and person and proposing.span(person.case, pooled.ready) is not None:
            move.kept.append(each)
    return moves


def _place(person):
    """The department on whose sheet somebody is; None for the heads."""
    return None if person.office == HEADS else person.department_id


def _why_not(case, proposal, was, ready):
    """Why a proposal can't be made under the new rules, as a sentence; empty where it can, or is a reason."""
    if proposal.proposed is None:
        return ""
    now = ready.rules.pools.component
    if was != now:
        return f"{COMPONENTS[was]} was proposed, and the plan now pays {COMPONENTS[now]} from the pools."
    if case is None or proposing.payroll(case, ready) is None:
        return "nobody proposes for this person any more."
    return proposing.problem(case._replace(proposed=proposal.proposed), ready)


def _copy(proposal, sheet):
    """The same proposal on another sheet: who made it, and when, stays."""
    kept = ("employee_id", "gives", "value", "reason", "by_id", "by_name", "at")
    return Proposal(sheet=sheet, plan_id=sheet.plan_id, **{name: getattr(proposal, name) for name in kept})


def _settle(stored, own, move, sheet, by, at):
    """The state of a sheet after what went over to it; `own` is that of its office in the version before."""
    origins = move.origins | ({own} if own else set())
    former = next(iter(origins)).plan
    state = _state(own, origins)
    bars = [f"Not carried over: {each}" for each in sorted(move.refused)]
    bars += [] if state == State.OPEN else sheet.what_bars_sending
    if bars:
        stored.state = State.RETURNED
        stored.note = f"{former} has a next version. {' '.join(bars)}"
    elif state != State.OPEN:
        stored.state, stored.sent_by_id, stored.sent_at = state, own.sent_by_id, own.sent_at
        if state == State.ACCEPTED:
            stored.accepted_by_id, stored.accepted_at = by.user_id, at
            stored.proposals.update(is_settled=True)
    stored.save()
    after = {"from": former.version, "proposals": len(move.kept), "refused": sorted(move.refused)}
    record("proposals.carried_over", stored, by=by, at=at, after=after)


def _state(own, origins):
    """With HR, or accepted, where all that goes into a sheet was; open for an office that had none."""
    if own is None or any(each.is_open for each in origins):
        return State.OPEN
    return State.ACCEPTED if all(each.state == State.ACCEPTED for each in origins) else State.SENT
