from celery import shared_task

from compensation.models import RunPart
from compensation.runs import computing, freezing

SECONDS = 120  # well below the task's time limit; then another task goes on
HELPERS = 8  # worker processes that share a run, at most


@shared_task
def compute_run(run_id):
    """Freeze what a run rests on, and work on its parts. Each worker that takes such a task helps; one too
    many finds nothing to do.
    """
    if freezing.freeze_run(run_id):
        queue(run_id)
    if not computing.compute_run(run_id, seconds=SECONDS):
        compute_run.delay(run_id)


def queue(run_id):
    """Ask for workers: as many as could be of use. What gets lost on the way is swept up later."""
    parts = RunPart.objects.filter(run=run_id).exclude(state=RunPart.State.DONE).count()
    for _ in range(min(HELPERS, parts or 1)):
        compute_run.delay(run_id)


@shared_task
def sweep_runs():
    """Queue again what a lost task or a dead worker has left behind."""
    for run_id in computing.left_behind():
        compute_run.delay(run_id)
