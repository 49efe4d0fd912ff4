"""Total earnings of a performance period put on record, from a file of payroll's."""

from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from audit.services import record
from compensation.earnings_files import read_earnings_file
from compensation.models import Earnings
from compensation.permissions import may_import_earnings
from evaluations.models import Cycle
from look.formats import plural
from organization.models import Employee
from organization.refusal import NotYours, Refused


class Imported(NamedTuple):
    """What a file put on record: people, of them new and changed, their dollars, and rows left out."""

    people: int
    added: int
    changed: int
    total: Decimal
    left_out: int


@transaction.atomic
def import_earnings(content, file_name, *, cycle_id, by, at, named=None, without_unknown=False):
    """Put the earnings of a file on record for the period of a cycle: all of it or nothing.

    Rows of people who are not on the roster are refused like others, or left out `without_unknown`. The same
    file again changes nothing. Returns what was Imported.
    """
    if not may_import_earnings(by):
        raise NotYours("Only Human Resources or a payroll clerk puts earnings on record.")
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    people = dict(Employee.objects.values_list("number", "pk"))
    file = read_earnings_file(content, file_name, known=people, named=named)
    _refuse(file, without_unknown)
    stored = {each.employee_id: each for each in Earnings.objects.filter(cycle=cycle)}
    added, changed = [], []
    for number, amount in file.amounts.items():
        known = stored.get(people[number])
        if known is None:
            added.append(Earnings(cycle=cycle, employee_id=people[number], amount=amount))
        elif known.amount != amount:
            known.amount = amount
            changed.append(known)
    Earnings.objects.bulk_create(added, batch_size=2_000)
    Earnings.objects.bulk_update(changed, ["amount"], batch_size=2_000)
    left_out = len(file.unknown)
    found = Imported(len(file.amounts), len(added), len(changed), sum(file.amounts.values()), left_out)
    after = {"file": file_name, "hash": sha256(content).hexdigest(), **found._asdict()}
    record("earnings.imported", cycle, by=by, at=at, after=after | {"total": str(found.total)})
    return found


def _refuse(file, without_unknown):
    """Raise Refused with every row that can't be used in its details, if there is one."""
    problems = [*file.problems, *(() if without_unknown else file.unknown)]
    if not problems and not file.amounts:
        raise Refused("The file has no row with earnings.")
    if problems:
        problems.sort(key=lambda problem: problem.row)
        rows = plural(len(problems), "row", "rows")
        details = {
            "refusals": [
                {"row": p.row, "column": p.column, "value": p.value, "reason": p.reason, "sentence": str(p)}
                for p in problems
            ]
        }
        raise Refused(f"{rows} can’t be used: {problems[0]} Nothing was kept.", details=details)
