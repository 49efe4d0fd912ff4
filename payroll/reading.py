"""Whose award a person may read, with all that explains it."""

from django.db.models import Exists, OuterRef, Q

from certification.permissions import signed_by
from compensation.models import RunLine
from payroll.models import BatchLine


def readable_awards(person):
    """Run lines that a person may read: by role, as head, as who signs for them, and one's own once all of
    it is released.
    """
    lines = RunLine.objects.all()
    if person.sees_everyone:
        return lines
    others = Q(department__in=person.departments) | signed_by(person)
    if not person.employee_id:
        return lines.filter(others)
    # Of one's own line only what is released: all of it, as the page tells of all.
    released = Exists(BatchLine.objects.filter(line=OuterRef("pk")))
    own = Q(employee=person.employee_id) & (
        Q(closing__isnull=False) | Q(released, merit_value=0, lump_value=0)
    )
    return lines.filter((others & ~Q(employee=person.employee_id)) | own)


def with_readable(batch_lines, person):
    """Adds `is_explained`: whether the page that explains the line is open to the person."""
    return batch_lines.annotate(is_explained=Exists(readable_awards(person).filter(pk=OuterRef("line"))))
