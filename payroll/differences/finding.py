"""What late corrections change of pay that was released: found by computing again (PAY-12).

The same plan version, schedule and base date; only the facts are those of today. A part of pay that was
never released and still waits is no difference: a later run pays it.
"""

import json
from decimal import Decimal
from hashlib import sha256

from django.core.serializers.json import DjangoJSONEncoder

from compensation.change_words import sentences
from compensation.conditions import conditions_of_run, prepared
from compensation.facts import stale_cases
from compensation.models import RunLine
from compensation.pay.calculation import award as compute
from compensation.pay.case import PayCase, Proposed
from compensation.pay.dating import Given, dates_of
from compensation.pay.monthly import share_of
from compensation.records import read_award as award_of
from compensation.records import read_case
from organization.models import Assignment
from payroll.differences.found import Found, Once, Standing, read_award, stored_case
from payroll.differences.moved import MOVED, TWO_DAYS, moved_stages, not_put_right, rates_from, says_it
from payroll.differences.signatures import with_signatures
from payroll.models import BatchLine, Difference
from payroll.once import ONCE
from payroll.paid import find_paid
from payroll.stages import ALL, Stage, count_settled, days_changed, days_of, stages_of

PAID_DIFFERENTLY = "The pay was changed by another act since. Correct it on the employee’s page."
REVERTED = "The facts are again those of the pay run."


def find_differences(run):
    """The Found of a run that released something, by employee number; who has none is not listed.

    A dozen queries, however many people.
    """
    if not run.batches.exists():
        return []
    found, earlier = _compare(run, stale_cases(run))
    return with_signatures(run, _with_rates(found, earlier))


def find_changed_pay(run, cases):
    """The positions, (employee id, slot), that `find_differences` lists for a run.

    `cases` are its stale ones; with those of one line the answer holds for that line.

    Three queries, where nothing was corrected before two.
    """
    lines = [each.line for each in _compare(run, cases)[0]]
    return {(line.employee_id, line.case.slot) for line in lines}


def find_changed_totals(run, cases):
    """Those of the positions whose payments to come are others than was released, with the element of each;
    `cases` as there.
    """
    return {
        (each.line.employee_id, each.line.case.slot, once.element)
        for each in _compare(run, cases)[0]
        for once in each.once
        if once.changes_total
    }


def _compare(run, cases):
    """The Found of a run by its stale cases, not signed for yet; the last Difference by position."""
    stale = {case.line_id: case for case in cases if case.line_id}
    paid = find_paid(run, list(stale))
    lines = RunLine.objects.select_related("case__fund", "employee", "department")
    lines = lines.in_bulk([each.line_id for each in paid])
    plan = prepared(conditions_of_run(run))
    earlier = _earlier(run, paid)
    found = []
    for each in paid:
        line = lines[each.line_id]
        before = earlier.get((line.employee_id, line.case.slot))
        one = _difference(line, each, stale.get(line.pk), plan, before)
        if one.base or one.once_differs or one.moved:
            found.append(one)
    return not_put_right(found), earlier


def _earlier(run, paid):
    """The last Difference of each position that has one."""
    if not any(each.turn for each in paid):
        return {}
    rows = Difference.objects.filter(fiscal_year=run.plan.fiscal_year).order_by("turn")
    return {(each.employee_id, each.slot): each for each in rows}


def _difference(line, paid, stale, plan, earlier):
    case = corrected(read_case(line.case), stale)
    is_gone = bool(stale and stale.is_gone)
    award = None if is_gone else compute(case, plan)
    released = paid.raised, paid.tenure, paid.merit
    settled = count_settled(line, released)
    stages = stages_of(award, step=case.step)[:settled] if award else []
    base_was, base_is = _base(line, paid, award, stages)
    dates = dates_of(case, plan, award or Given())
    before = read_award(earlier.award) if earlier else award_of(line)
    days = days_changed(award, before, dates, settled) if award else days_of(released, dates)[:1]
    days = _of_who_stays(days, case.separated_on)
    former = stored_case(earlier.case) if earlier else read_case(line.case)
    former_dates = dates_of(former, plan, before or Given())
    moved = moved_stages(award, before, dates, former_dates, settled)
    moved = () if says_it(days, moved) else tuple(moved)
    stopped = TWO_DAYS if len(set(days)) > 1 else MOVED if moved else ""
    wanted = rates_from([*days, *(each.on for each in moved)], stages, dates) if stopped else ()
    last = stages[-1] if stages else Stage(0, None, 0)
    covers = [bool(stage.cents) for stage in stages]
    lump = paid.once[BatchLine.Element.LUMP].is_released
    earned = _earned(award, merit=settled == ALL, lump=lump or not line.awarded_once)
    was_paid = _earned(before, merit=paid.merit, lump=lump)
    found = Found(
        line=line,
        turn=paid.turn + 1,
        reasons=sentences(stale) if stale else [REVERTED],
        case=case,
        award=award,
        base_was=base_was,
        base_is=base_is,
        once=tuple(_once(each, line, paid, award, plan, dates) for each in ONCE.values()),
        base_on=next(iter(days or [each.on for each in moved]), dates.merit_on or dates.raise_on),
        covers=(*covers, *[False] * (ALL - len(covers))),
        assignment_id=None,
        rate=last.rate,
        step=last.step,
        needs_certificate=earned > was_paid,
        digest="",
        problems=[],
        stopped=stopped,
        moved=moved,
        wanted=tuple(sorted(wanted)),
        merit_was=_merit_day(former_dates) if paid.merit and before and before.merit else None,
        merit_is=_merit_day(dates) if len(covers) == ALL and covers[-1] else None,
        rating_id=_rating_id(line, stale),
    )
    return found._replace(digest=_digest(found))


def _of_who_stays(days, separated_on):
    """The days but for those after the first on which he has left: one line ends all pay that came later."""
    return days[:1] + [day for day in days[1:] if separated_on is None or day < separated_on]


def _once(once, line, paid, award, plan, dates):
    """What is paid once of an element: as the plan gives it of the payments made and owed so far, and in all.

    Where the plan pays one sum, that is all. What waits to be released is no difference.
    """
    element, on, released, given = once.element, once.on(dates), paid.once[once.element], once.cents(award)
    if once.cents(line) and not released.is_released:
        return Once(element, on, released.cents, released.cents, total_now=released.cents)
    count, so_far = released.of_payments or plan.rules.monthly_payments, given
    if count > 1:
        so_far = sum(share_of(given, number, count) for number in released.numbers)
    return Once(element, on, released.cents, so_far, count, released.total or 0, given)


def _merit_day(dates):
    return dates.merit_on or dates.raise_on


def _rating_id(line, stale):
    changes = stale.changes if stale else ()
    return next((each.after for each in changes if each.fact == "rating_id"), line.case.rating_id)


def _earned(award, *, merit, lump):
    """What is earned by rating, in cents: of merit and what is paid once those that are asked for.

    What was computed and never released was signed by nobody, so it is asked for as nothing.
    """
    if not award or not (award.merit_value or award.lump_value):
        return 0
    return award.merit * merit + award.awarded_once * lump


def _base(line, paid, award, stages):
    """Base pay a year: as it was released, and as the plan gives it. Alike where none was to be released."""
    if award is None:
        return (paid.base, line.old_annual) if paid.base is not None else (0, 0)
    rise = sum(stage.cents for stage in stages)
    if not stages or (paid.base is None and not rise):
        return 0, 0
    return award.old_annual if paid.base is None else paid.base, award.old_annual + rise


def corrected(case, stale):
    """A frozen PayCase with the facts of today put in their places."""
    if stale is None:
        return case
    changed = {each.fact: each.after for each in stale.changes if each.fact in PayCase._fields}
    proposal = next((each.after for each in stale.changes if each.fact == "proposal"), None)
    if proposal is not None:
        changed["proposed"] = None if proposal[0] is None else Proposed(*proposal)
    return case._replace(**changed)


def _digest(found):
    pay = found.base_was, found.base_is, found.once, found.base_on
    said = [found.line.pk, found.turn, found.case, found.award, *pay]
    return sha256(json.dumps(said, cls=DjangoJSONEncoder).encode()).hexdigest()


def _with_rates(found, earlier):
    """Each with the assignment whose rate changes; stopped where that has another pay than was released."""
    employees = [each.line.employee_id for each in found]
    held = {}
    for each in Assignment.objects.filter(employee__in=employees).order_by("starts_on"):
        held.setdefault((each.employee_id, each.slot), []).append(each)
    return [_with_rate(each, held, earlier) for each in found]


def _with_rate(found, held, earlier):
    if not found.base or found.award is None:
        return found
    key = found.line.employee_id, found.line.case.slot
    mine = held.get(key, ())
    later = [each for each in mine if each.ends_on is None or each.ends_on > found.base_on]
    now = next((each for each in later if each.starts_on <= found.base_on), None)
    if now is None:
        return found
    before = read_award(earlier[key].award) if key in earlier else found.line
    kept = {found.case.rate}
    for each in (found.line, before or found.line):
        kept |= {each.old_rate, each.lifted_rate, each.tenure_rate, each.new_rate}
    units = 10_000 if now.basis == "hourly" else 100
    rates = {int(each.rate * units) for each in later}
    if rates == {found.rate}:
        return found
    if not rates <= kept or now.basis != found.case.basis:
        return found._replace(stopped=found.stopped or PAID_DIFFERENTLY)
    return found._replace(assignment_id=now.pk)


def sum_up(run, *, reader=None):
    """The Standing of the differences of a run; `is_own` where the employee (id) is among the ready ones."""
    found = find_differences(run)
    ready = [each for each in found if not each.waits]
    return Standing(
        ready=ready,
        waiting=[each for each in found if each.waits],
        lines=sum(bool(each.base) + len(each.once_differs) for each in ready),
        people=len({each.line.employee_id for each in ready}),
        base=Decimal(sum(each.base for each in ready)).scaleb(-2),
        lump=Decimal(sum(each.lump for each in ready)).scaleb(-2),
        is_own=any(each.line.employee_id == reader for each in ready),
        seen=sha256("".join(each.digest for each in ready).encode()).hexdigest(),
    )
