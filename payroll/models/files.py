"""How payroll's file is laid out, and the letters of a batch as PDFs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.triggers import tracked


class FileLayout(models.Model):
    """A county's own layout of the payroll file; `document` is what `payroll.layouts.layout.parse` reads."""

    name = models.CharField(max_length=80, unique=True)
    document = models.JSONField()
    is_default = models.BooleanField(default=False, help_text="offered first on the page of a batch")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="file_layout_one_default"
            )
        ]
        triggers = tracked()

    def __str__(self):
        return self.name


class LetterFile(models.Model):
    """A part of the letters of a large batch as one PDF, made by a worker. It can be made again at any time.

    Its times are the clock's. `content` is empty until its letters are written and their pages set.
    """

    batch = models.ForeignKey("payroll.Batch", on_delete=models.CASCADE, related_name="letter_files")
    part = models.PositiveSmallIntegerField(help_text="from 1, by department and name")
    letters = models.PositiveIntegerField(help_text="in this part")
    first = models.CharField(max_length=300, help_text="whose letter begins it")
    last = models.CharField(max_length=300)
    queued_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0, help_text="letters written")
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["batch", "part"]
        constraints = [models.UniqueConstraint(fields=["batch", "part"], name="letter_file_part_once")]

    def __str__(self):
        return f"letters of {self.batch}, part {self.part}"
