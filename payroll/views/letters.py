"""The letters of a batch, one by one and all together, and the working of a difference."""

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render

from accounts.audience import for_signed_in
from organization.audience import for_roles
from payroll import permissions, services
from payroll.differences.letters import letter_of
from payroll.letters import files as letter_files
from payroll.letters import letter as letters
from payroll.models import Batch, BatchLine, LetterFile
from payroll.permissions import READERS
from payroll.reading import readable_awards


@for_roles(*READERS)
def letters_of_batch(request, number):
    """All letters of a large batch: how far the file is, and the file. A small one has them at once."""
    found = _batch_of_letters(request, number)
    if letter_files.is_small(found):
        return redirect("payroll:letters_pdf", number)
    if request.method == "POST":
        services.ask_for_letters(found, by=request.person, at=request.at)
        return redirect("payroll:letters", number)
    return render(request, "payroll/letters.html", _letters_page(found))


@for_roles(*READERS)
def letters_progress(request, number):
    """The part of the page that moves; a file that stands still is asked for again."""
    found = _batch_of_letters(request, number)
    page = _letters_page(found)
    if page["is_done"] or not page["parts"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    services.ask_for_letters(found, by=request.person, at=request.at)
    return render(request, "payroll/letters.html#progress", page)


@for_roles(*READERS)
def letters_pdf(request, number):
    """All letters of a small batch as one PDF, made now."""
    found = _batch_of_letters(request, number)
    if not letter_files.is_small(found):
        return redirect("payroll:letters", number)
    services.note_letters(found, by=request.person, at=request.at)
    return _pdf(letter_files.pdf_of_batch(found), f"letters-batch-{found.number:04d}")


@for_roles(*READERS)
def letters_part(request, number, part):
    """A part of the letters of a large batch: the file that a worker made."""
    found = _batch_of_letters(request, number)
    made = LetterFile.objects.filter(batch=found, part=part, content__isnull=False).first()
    if made is None:
        return redirect("payroll:letters", number)
    services.note_letters(found, by=request.person, at=request.at, part=part)
    return _pdf(bytes(made.content), f"letters-batch-{found.number:04d}-part-{part:02d}")


def _batch_of_letters(request, number):
    batches = Batch.objects.visible_to(request.person).defer("content")
    return get_object_or_404(batches.select_related("run__plan__cycle__scale"), number=number)


def _letters_page(found):
    parts = LetterFile.objects.filter(batch=found).defer("content")
    is_done = ExpressionWrapper(Q(content__isnull=False), BooleanField())
    parts = list(parts.annotate(is_done=is_done))
    return {
        "batch": found,
        "parts": parts,
        "is_done": bool(parts) and all(part.is_done for part in parts),
        "done": sum(part.done for part in parts),
        "days": letter_files.KEPT.days,
    }


def _pdf(content, name):
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _letter(request, number, line_id):
    lines = _lines(request, number, line_id)
    return letter_of(lines, letters.frame_of(lines[0].batch))


def _lines(request, number, line_id):
    released = BatchLine.objects.visible_to(request.person).filter(batch__number=number, line=line_id)
    return get_list_or_404(letters.find_lines(released))


@for_signed_in
def letter(request, number, line_id):
    """For the person himself, his head, and who reads pay by role."""
    lines = _lines(request, number, line_id)
    shown = {
        "letter": letter_of(lines, letters.frame_of(lines[0].batch)),
        "is_difference": lines[0].difference is not None,
        "number": number,
        "line_id": line_id,
        "is_explained": readable_awards(request.person).filter(pk=line_id).exists(),
    }
    return render(request, "payroll/letter.html", shown)


@for_signed_in
def letter_pdf(request, number, line_id):
    letter = _letter(request, number, line_id)
    return _pdf(letters.pdf_of([letter], title=letter.title), f"letter-{number}-{line_id}")


@for_signed_in
def difference_working(request, number, line_id):
    """How a difference was worked out, from the corrected facts; for whoever reads its letter."""
    lines = _lines(request, number, line_id)
    if lines[0].difference is None:
        raise Http404
    letter = letter_of(lines, letters.frame_of(lines[0].batch))
    shown = {
        "first": lines[0],
        "difference": lines[0].difference,
        "certificate": lines[0].difference.certificate,
        "letter": letter,
        "tables": [table._replace(title=letters.of_anybody(table.title)) for table in letter.tables],
        "is_explained": readable_awards(request.person).filter(pk=line_id).exists(),
        "reads_batch": permissions.can_read(request.person),
    }
    return render(request, "payroll/difference_working.html", shown)
