from celery import shared_task

from compensation import computing

SECONDS = 120  # well below the task's time limit; then another task goes on


@shared_task
def compute_run(run_id):
    """Work on a run's parts. Each worker that takes such a task helps; one too many finds nothing to do."""
    if not computing.compute_run(run_id, seconds=SECONDS):
        compute_run.delay(run_id)


@shared_task
def sweep_runs():
    """Queue again what a lost task or a dead worker has left behind."""
    for run_id in computing.left_behind():
        compute_run.delay(run_id)
