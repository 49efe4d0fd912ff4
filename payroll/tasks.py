from celery import shared_task

from payroll import releasing
from payroll.differences import waiting as difference_waiting
from payroll.letters import files as letter_files


@shared_task
def carry_out(release_id):
    """Write the batch of a release. Delivered twice it does nothing the second time."""
    releasing.carry_out(release_id)


@shared_task
def sweep_releases():
    """Queue again what a lost task or a dead worker has left behind."""
    for release_id in releasing.left_behind():
        carry_out.delay(release_id)


@shared_task
def find_corrected():
    """Find corrected awards that wait for a signature, for the home pages of who signs."""
    difference_waiting.note_all()


@shared_task
def write_letters(file_id):
    """Make the PDF of a part of the letters of a batch. Delivered twice it is made once."""
    letter_files.make(file_id)


@shared_task
def remove_old_letters():
    """Take away files of letters after a month: they can be made again."""
    letter_files.remove_old()
