"""What bars a run of a plan with pools (PAY-8).

What waits to be settled is known at once. Whether a pool is overspent takes an award for each person of the
county: a page asks for it apart, and a run is held to what it froze before anything of it counts.
"""

from compensation.accepted import proposes
from compensation.models import Pool, ProposalSheet
from compensation.pay import money, proposing
from compensation.pay.rules import Problem
from compensation.pooled import PooledPlan
from look import formats

NAMED = 3  # of the pools that are overspent; the page of pools has them all


def has_pools(plan):
    return plan.rules.get("pools") is not None


def what_waits(plan):
    """Every `Problem` that must be settled before anything is added up, with its cure; none for plans
    without pools.
    """
    if not has_pools(plan):
        return []
    stored = set(Pool.objects.filter(plan=plan).values_list("plan_revision", flat=True))
    if not stored:
        message = "The pools of the plan are not worked out yet. Do so on the page of its pools."
        return [Problem("pools", "pools worked out", message)]
    if stored != {plan.revision}:
        message = "The plan was changed after its pools were worked out. Work them out again."
        return [Problem("pools", "pools of these rules", message)]
    if proposes(plan.rules) and (waiting := _not_accepted(plan)):
        return [Problem("proposals", "proposals accepted", waiting)]
    return []


def what_bars_a_run(plan, *, on):
    """Every `Problem` for which a plan can't be run as the county stands today: takes seconds in a large
    one.
    """
    if not has_pools(plan):
        return []
    return what_waits(plan) or what_does_not_fit(PooledPlan(plan, on=on))


def what_does_not_fit(pooled):
    """Pools that are overspent, proposals outside of the limits and those that no accepted sheet showed, of a
    `PooledPlan` or a `PooledRun`.
    """
    people = pooled.people()
    return [
        *_overspent(pooled, pooled.used(people)),
        *_out_of_limits(pooled, people),
        *_never_accepted(pooled, people),
    ]


def _overspent(pooled, used):
    """Pools of which more is used than there is: the farthest over first, and the others counted."""
    there = {key: pooled.stored[key].amount if key in pooled.stored else 0 for key in used}
    over = sorted(
        (key for key in used if used[key] > there[key]), key=lambda key: (there[key] - used[key], key)
    )
    if not over:
        return
    said = [
        f"The pool of {pooled.name(key)} is overspent by {money.dollars(used[key] - there[key])}:"
        f" {money.dollars(used[key])} of {money.dollars(there[key])}."
        for key in over[:NAMED]
    ]
    if others := over[NAMED:]:
        said.append(f"{formats.plural(len(others), 'other pool is', 'other pools are')} overspent, too.")
    if pooled.rules.proposals:
        said.append("Send a sheet back, or work the pools out again.")
    else:
        said.append("Change the pools or what the table gives, then work the pools out again.")
    yield Problem("pools", "no pool overspent", " ".join(said))


def _not_accepted(plan):
    sheets = ProposalSheet.objects.filter(plan=plan).select_related("department").order_by("department__name")
    if not sheets:
        return (
            "The heads have no sheets under this plan yet. Once it is adopted, work its pools out again: "
            "that opens them."
        )
    names = [sheet.name for sheet in sheets if sheet.state != ProposalSheet.State.ACCEPTED]
    if not names:
        return ""
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return (
        f"{formats.plural(len(names), 'sheet', 'sheets')} of proposals not accepted yet: {shown}. "
        "Ask the heads to send them, then accept them."
    )


def _out_of_limits(pooled, people):
    """Accepted proposals that the rules would not let be made now. Who takes no part any more, such as one
    who has left since, is paid nothing, and stands on no sheet on which a head could take it back.
    """
    bad = [
        each
        for each in people
        if each.case.proposed
        and proposing.problem(each.case, pooled.ready)
        and proposing.payroll(each.case, pooled.ready) is not None
    ]
    if bad:
        numbers = ", ".join(each.case.number for each in bad[:5])
        message = (
            f"{formats.plural(len(bad), 'proposal', 'proposals')} outside of what heads may propose "
            f"(employee {numbers}). Send the sheets back."
        )
        yield Problem("proposals", "proposals within the limits", message)


def _never_accepted(pooled, people):
    """Proposals for people who came to a sheet after it was accepted: nobody looked at them there."""
    bad = [each for each in people if each.waits and proposing.payroll(each.case, pooled.ready) is not None]
    if bad:
        numbers = ", ".join(each.case.number for each in bad[:NAMED])
        offices = ", ".join(sorted({pooled.name(f"office:{each.office}") for each in bad})[:NAMED])
        message = (
            f"{formats.plural(len(bad), 'proposal was', 'proposals were')} never accepted: the people"
            f" (employee {numbers}) came to another sheet meanwhile. Send back that of {offices}; where there"
            " is none yet, work the pools out again."
        )
        yield Problem("proposals", "proposals accepted", message)
