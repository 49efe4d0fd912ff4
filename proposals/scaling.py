"""Everybody's proposal scaled so that together they come to the pool, as far as everybody's limits allow."""

from compensation.pay import pools, proposing
from compensation.pay.case import Proposed


def scaled(rows, total):
    """(row, Proposed) for each row whose award is another one once they come to `total` cents together.

    Raises pools.BadPools where even the least of all come to more.
    """

    def costs(row, given):
        return proposing.cost(row.case._replace(proposed=given), row.plan)

    least = {row.case.number: costs(row, Proposed(row.room.gives, row.room.least)) for row in rows}
    most = {row.case.number: costs(row, Proposed(row.room.gives, row.room.most)) for row in rows}
    targets = pools.scale(total, {row.case.number: row.spent for row in rows}, least, most)
    found, left = {}, total - sum(row.spent for row in rows)
    moved = sorted((row for row in rows if targets[row.case.number] != row.spent), key=_number)
    for row in moved:
        found[row.id] = proposing.fit(row.case, row.plan, targets[row.case.number])
        left -= costs(row, found[row.id]) - row.spent
    for row in moved:  # the cents that a rounded rate left over
        spent = costs(row, found[row.id])
        more = proposing.fit(row.case, row.plan, spent + left) if left > 0 else found[row.id]
        left -= costs(row, more) - spent
        found[row.id] = more
    return [(row, found[row.id]) for row in moved if found[row.id] != row.case.proposed]


def _number(row):
    return row.case.number
