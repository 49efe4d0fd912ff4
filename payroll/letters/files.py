"""All letters of a batch as PDF: a small batch as one file at once, a large one in parts, by workers.

The letters of people who share a department lie together, by name. A part is small enough for its task to end
long before the time limit. A task may be lost, come twice or die: who works moves the part along, and one
that has not moved for long is taken up again when somebody asks for it. Parts are removed after a month, as
they can be made again.
"""

from datetime import timedelta

from django.db.models import F, Q, Sum
from django.db.models.functions import Now
from django.utils import timezone

from payroll.differences.letters import letter_of
from payroll.letters.letter import find_lines, frame_of, pdf_of
from payroll.models import Batch, BatchLine, LetterFile

AT_ONCE = 100  # letters for which one can wait: about a second
PART = 1_000  # letters: a minute of work, of the ten that a task has
CHUNK = 200
STILL = timedelta(minutes=5)  # while the pages are set nothing moves
KEPT = timedelta(days=30)


def is_small(batch):
    return batch.people_count <= AT_ONCE


def is_moving(letter_file):
    """Whether a worker is at it, or it was queued not long ago."""
    return max(letter_file.queued_at, letter_file.moved_at or letter_file.queued_at) > still()


def plan_parts(batch):
    """The parts of a large batch, not stored yet."""
    people = _ordered(batch).values_list("line", "line__department__name", "employee__sort_name")
    lines = list(dict.fromkeys(people))
    parts = [lines[start : start + PART] for start in range(0, len(lines), PART)]
    return [
        LetterFile(
            batch=batch,
            part=number,
            letters=len(part),
            first=_whose(*part[0][1:]),
            last=_whose(*part[-1][1:]),
            queued_at=timezone.now(),
        )
        for number, part in enumerate(parts, 1)
    ]


def _whose(department, name):
    return f"{department}: {name}"


def make(file_id):
    """Write the part that was asked for, if nobody does so already."""
    mine = LetterFile.objects.filter(pk=file_id, content=None)
    free = mine.filter(Q(moved_at=None) | Q(moved_at__lt=still()))
    if not free.update(moved_at=Now(), done=0):
        return
    part = LetterFile.objects.defer("content").get(pk=file_id)
    before = LetterFile.objects.filter(batch=part.batch_id, part__lt=part.part)
    start = before.aggregate(letters=Sum("letters", default=0))["letters"]
    batch = Batch.objects.select_related("run__plan__cycle__scale").defer("content").get(pk=part.batch_id)
    letters = letters_of(
        batch,
        within=slice(start, start + part.letters),
        moved=lambda count: mine.update(done=F("done") + count, moved_at=Now()),
    )
    mine.update(content=pdf_of(letters, title=f"Letters of {batch}, part {part.part}"))


def pdf_of_batch(batch):
    """All letters of a small batch as one PDF, bytes."""
    return pdf_of(letters_of(batch), title=f"Letters of {batch}")


def letters_of(batch, *, within=slice(None), moved=lambda count: None):
    """The letters of a batch, which comes with its run and plan: by department and name, one a run line.

    `within` is which of them; `moved` is told of each so many letters that are written.
    """
    frame = frame_of(batch)
    wanted = list(dict.fromkeys(_ordered(batch).values_list("line", flat=True)))[within]
    letters = []
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        lines = {line: [] for line in chunk}
        for each in find_lines(BatchLine.objects.filter(batch=batch, line__in=chunk)):
            lines[each.line_id].append(each)
        letters += [letter_of(lines[line], frame) for line in chunk]
        moved(len(chunk))
    return letters


def _ordered(batch):
    return batch.lines.order_by("line__department__name", "employee__sort_key", "line", "number")


def remove_old():
    """Take away the parts of batches of which none was asked for in the last month. Returns how many."""
    young = LetterFile.objects.filter(queued_at__gte=timezone.now() - KEPT).values("batch")
    removed, _ = LetterFile.objects.exclude(batch__in=young).delete()
    return removed


def still():
    return timezone.now() - STILL
