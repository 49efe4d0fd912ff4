from django.conf import settings
from django.db import models
from django.db.models import Q


class ColumnMapping(models.Model):
    """Which column of a file is which field, kept under a name for the next import."""

    name = models.CharField(max_length=80, unique=True)
    columns = models.JSONField(help_text="field name to column header")
    options = models.JSONField(default=dict, help_text="how dates and rates are to be read")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class RosterImport(models.Model):
    """One roster file from upload to application. What it would change is computed, never stored half."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        DISCARDED = "discarded", "Discarded"

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    as_of = models.DateField(help_text="the day from which the file holds")
    complete = models.BooleanField(default=False, help_text="who is missing from it has separated")
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    left_out_rows = models.JSONField(default=list, help_text="bad rows that were left out by explicit choice")
    result = models.JSONField(default=dict, help_text="counts and sums, as read and as stored")
    asked = models.JSONField(default=dict, help_text="how a worker is to apply it: the task's own words")
    queued_at = models.DateTimeField(null=True, help_text="by the clock, as are the times of other work")
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often its task was queued")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "applying", "applied", "discarded"]),
                name="roster_import_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="applied") ^ Q(applied_at=None), name="roster_import_dated_once_applied"
            ),
        ]

    def __str__(self):
        return f"{self.file_name}, {self.get_state_display().lower()}"
