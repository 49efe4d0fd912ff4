from celery import shared_task

from compensation import computing


@shared_task
def compute_part(part_id):
    computing.compute_part(part_id)


@shared_task
def sweep_runs():
    """Queue again what a lost task or a dead worker has left behind."""
    for part_id in computing.left_behind():
        compute_part.delay(part_id)
