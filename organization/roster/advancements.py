"""Promotions and merit raises that a roster brings: a later one is put on record beside the earlier ones.

An earlier one than a roster had told is a correction and takes its place. What HR or a release of pay has put
on record stays: `comparison.stays_on_record`.
"""

from organization.models import Advancement
from organization.roster.state import ADVANCED

ROSTER = Advancement.Source.ROSTER


def write_advancements(found, employees, note):
    """Write what the rows of a comparison say of them; `employees` are ids by number, `note` tells the file.

    Three queries.
    """
    told = {
        (employees[row.number], kind.value, day)
        for row in found.additions
        for name, kind in ADVANCED.items()
        if (day := getattr(row, name))
    }
    wrong = {}  # employee id and kind: since when no roster has told right
    for change in found.changes:
        for name in ADVANCED.keys() & change.fields.keys():
            before, after = change.fields[name]
            told.add((change.known.employee_id, ADVANCED[name].value, after))
            if before and after < before:
                wrong[change.known.employee_id, ADVANCED[name]] = after
    _take_back(wrong, found.file.on)
    Advancement.objects.put(told, source=ROSTER, note=note)


def _take_back(wrong, on):
    if not wrong:
        return
    mine = Advancement.objects.filter(
        source=ROSTER, on__lte=on, employee__in={employee_id for employee_id, _ in wrong}
    )
    gone = [each.pk for each in mine if each.on > wrong.get((each.employee_id, each.kind), on)]
    Advancement.objects.filter(pk__in=gone).delete()
