"""Everybody's proposal scaled so that together they come to the pool, as far as everybody's limits allow.

What somebody can be given goes in steps: a cent a year, or more where an hourly rate has four decimals. So
some cents may stay in the pool, never more than the smallest step that anybody could still take.
"""

from compensation.pay import money, pools, proposing
from compensation.pay.case import Proposed
from organization.refusal import Refused
from proposals.reading import Entry


def scale_sheet(sheet):
    """Entries that make what is proposed come to what is left in each pool, each with the reason it needs.

    What comes out are dollars, shared by largest remainder. What the steps of hourly rates leave over goes to
    whoever can still take it; the rest, less than anybody's next step, stays. Raises Refused.
    """
    by_key = {}
    for row in sheet.rows:
        if row.may_be_proposed:
            by_key.setdefault(sheet.pooled.key(row.person), []).append(row)
    found = []
    for key, rows in sorted(by_key.items()):
        ids = {row.id for row in rows}
        others = sum(
            row.spent for row in sheet.rows if row.id not in ids and sheet.pooled.key(row.person) == key
        )
        amount = sheet.pooled.stored[key].amount if key in sheet.pooled.stored else 0
        try:
            proposals = scaled(rows, amount - others - sheet.others.get(key, 0))
        except pools.BadPools as problem:
            raise Refused(f"{sheet.pooled.name(key)}: {problem}") from None
        found += [Entry(row, given, row.reason or "Scaled to the pool.") for row, given in proposals]
    return found


def scaled(rows, total):
    """(row, Proposed) for each row whose award is another one once they come to `total` cents together.

    Raises pools.BadPools where even the least of all come to more.
    """
    least = {row.case.number: _costs(row, Proposed(row.room.gives, row.room.least)) for row in rows}
    most = {row.case.number: _costs(row, Proposed(row.room.gives, row.room.most)) for row in rows}
    targets = pools.scale(total, {row.case.number: row.spent for row in rows}, least, most)
    found, spent, left = {}, {row.id: row.spent for row in rows}, total - sum(row.spent for row in rows)

    def give(row, target):
        nonlocal left
        given = proposing.fit(row.case, row.plan, target)
        costs = _costs(row, given)
        if costs != spent[row.id]:
            found[row.id] = given
            left -= costs - spent[row.id]
            spent[row.id] = costs

    for row in rows:
        if targets[row.case.number] != row.spent:
            give(row, targets[row.case.number])
    # What steps left over goes to those who lack most of their part, to anybody whose next step fits.
    for row in sorted(rows, key=lambda row: (spent[row.id] - targets[row.case.number], row.case.number)):
        if left > 0 and 0 < spent[row.id] < most[row.case.number]:
            give(row, spent[row.id] + left)
    return [(row, found[row.id]) for row in rows if row.id in found and found[row.id] != row.case.proposed]


SMALL = 100  # cents: only so little can be what steps leave


def why_left(rows, left):
    """Why `left` cents stay in a pool, as a sentence; empty for more, or where somebody's next step fits."""
    if not 0 < left < SMALL:
        return ""
    steps = []
    for row in rows:
        step = _next_step(row)
        if step and step <= left:
            return ""
        steps += [step] if step else []
    said = f"The {money.dollars(left)} that is left can be given to nobody here: "
    if not steps:
        return f"{said}whoever shares in it has the most that may be proposed."
    return (
        f"{said}pay rises in steps, such as of an hourly rate of four decimals, and the smallest next one "
        f"costs {money.dollars(min(steps))}."
    )


def _next_step(row):
    """What the smallest rise above a row's award costs, in cents; None for who has nothing, or the most."""
    if not row.may_be_proposed or not row.spent:
        return None
    if row.spent >= _costs(row, Proposed(row.room.gives, row.room.most)):
        return None
    given = proposing.largest(row.case, row.plan, row.spent)
    return _costs(row, Proposed("amount", given.value + 1)) - row.spent


def _costs(row, given):
    return proposing.cost(row.case._replace(proposed=given), row.plan)
