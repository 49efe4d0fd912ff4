from celery import shared_task

from certification import services
from certification.models import Certificate
from compensation.models import Run
from organization import clock
from organization.person import Person


@shared_task
def find_voids():
    """Note certificates that no longer hold, and tell those who signed, the same day (PAY-9)."""
    open_ones = Certificate.objects.filter(voiding=None, lines__line__closing=None)
    runs = Run.objects.filter(certificates__in=open_ones).distinct()
    for run_id in runs.values_list("pk", flat=True):
        services.note_voids(run_id, by=Person.system(clock.today()), at=clock.now())
