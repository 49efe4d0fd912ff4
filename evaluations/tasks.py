from celery import shared_task

from evaluations.services import filling
from organization import clock


@shared_task
def fill_cycle(cycle_id):
    filling.fill_cycle(cycle_id, on=clock.today(), at=clock.now())
