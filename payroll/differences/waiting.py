"""Which corrected awards wait for a signature, kept for home pages: comparing takes too long for them."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction

from certification.sets import Signers
from compensation.models import Run
from organization import clock
from payroll.differences.finding import find_differences
from payroll.models import CorrectedSet

LOOKED_AT = timedelta(days=731)  # since the last release of a run: what a grievance puts right comes in time


def set_of(line, chart):
    """The department whose signer answers for the award of a line; None for a head's own, one level up."""
    return None if line.employee_id in chart.head_ids else chart.departments[line.department_id]


def waits_for_signer(found):
    """Whether a signature, or first the exception of who signs, is all that is missing."""
    if not found.needs_certificate or found.certificate:
        return False
    return not found.problems or found.can_be_excepted


def note_waiting(run, found=None, chart=None):
    """Keep whose corrected awards of each department wait: as `find_differences` finds them now."""
    chart = chart or Signers(clock.today())
    found = find_differences(run) if found is None else found
    waiting = defaultdict(list)
    for each in filter(waits_for_signer, found):
        department = set_of(each.line, chart)
        waiting[department and department.pk].append(each.line.employee_id)
    with transaction.atomic():
        CorrectedSet.objects.filter(run=run).delete()
        CorrectedSet.objects.bulk_create(
            CorrectedSet(run=run, department_id=key, employees=mine) for key, mine in waiting.items()
        )


def note_all():
    """Look at every run that released something not long ago."""
    since = clock.now() - LOOKED_AT
    runs = Run.objects.filter(batches__released_at__gte=since).distinct()
    for run_id in runs.values_list("pk", flat=True):
        with transaction.atomic():
            run = Run.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=run_id)
            if found := run.select_related("plan__action", "plan__cycle").first():
                note_waiting(found)
