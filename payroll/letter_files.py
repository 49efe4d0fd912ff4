"""All letters of a batch as one PDF: a small batch at once, a large one by a worker.

The letters of people who share a department lie together, by name. A task may be lost, come twice or die: who
works moves the file along, and one that has not moved for long is taken up again when somebody asks for it.
"""

from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from payroll.difference_letters import letter_of
from payroll.letters import find_lines, frame_of, pdf_of
from payroll.models import Batch, BatchLine, LetterFile

AT_ONCE = 100  # letters for which one can wait: about a second
CHUNK = 200
STILL = timedelta(minutes=15)  # while the pages are set nothing moves


def is_small(batch):
    return batch.people_count <= AT_ONCE


def is_moving(letter_file):
    """Whether a worker is at it, or it was queued not long ago."""
    return max(letter_file.queued_at, letter_file.moved_at or letter_file.queued_at) > still()


def make(batch_id):
    """Write the file that was asked for, if nobody does so already."""
    mine = LetterFile.objects.filter(batch=batch_id, content=None)
    free = mine.filter(Q(moved_at=None) | Q(moved_at__lt=still()))
    if not free.update(moved_at=Now(), done=0):
        return
    batch = _found(batch_id)
    content = pdf_of_batch(batch, moved=lambda count: mine.update(done=F("done") + count, moved_at=Now()))
    mine.update(content=content)


def pdf_of_batch(batch, moved=lambda count: None):
    """The PDF, bytes; `moved` is told of each so many letters that are written."""
    return pdf_of(letters_of(batch, moved), title=f"Letters of {batch}")


def letters_of(batch, moved=lambda count: None):
    """The letters of a batch, which comes with its run and plan: by department and name, one a run line."""
    frame = frame_of(batch)
    ordered = batch.lines.order_by("line__department__name", "employee__sort_key", "line", "number")
    wanted = list(dict.fromkeys(ordered.values_list("line", flat=True)))
    letters = []
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        lines = {line: [] for line in chunk}
        for each in find_lines(BatchLine.objects.filter(batch=batch, line__in=chunk)):
            lines[each.line_id].append(each)
        letters += [letter_of(lines[line], frame) for line in chunk]
        moved(len(chunk))
    return letters


def _found(batch_id):
    found = Batch.objects.select_related("run__plan__cycle__scale").defer("content")
    return found.get(pk=batch_id)


def still():
    return timezone.now() - STILL
