"""The word to release pay, and what becomes of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from audit.triggers import tracked


class Release(models.Model):
    """A clerk's word to release pay of a run, and what became of it: a worker writes the batch.

    Where a line of that clerk is in it, another clerk gives the second word first.
    """

    class Kind(models.TextChoices):
        READY = "ready", "What is ready"
        DIFFERENCES = "differences", "Differences"
        PAYMENTS = "payments", "Monthly payments"

    class State(models.TextChoices):
        ASKED = "asked", "Waits for the second word"
        GOES_ON = "goes_on", "Being released"
        RELEASED = "released", "Released"
        REFUSED = "refused", "Not released"

    run = models.ForeignKey("compensation.Run", on_delete=models.PROTECT, related_name="releases")
    action = models.ForeignKey("court.CourtAction", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State)
    seen = models.CharField(max_length=64, help_text="digest of what was ready when it was asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="who gave the second word, where one was needed",
    )
    given_at = models.DateTimeField(null=True)
    batch = models.OneToOneField("payroll.Batch", on_delete=models.PROTECT, null=True, related_name="release")
    problem = models.TextField(blank=True, help_text="why nothing was released")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.READY)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=F("asked_by")),
                name="release_second_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "goes_on"], batch=None, problem="")
                | Q(state="released", batch__isnull=False, problem="")
                | Q(state="refused", batch=None) & ~Q(problem=""),
                name="release_ends_in_batch_or_reason",
            ),
            models.UniqueConstraint(
                fields=["run"], condition=Q(state__in=["asked", "goes_on"]), name="release_one_at_a_time"
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"release of {self.run}"

    @property
    def page(self):
        """The name of the page on which it is asked for."""
        return f"payroll:{'run' if self.kind == self.Kind.READY else self.kind}"

    @property
    def word_by(self):
        """Whose word the batch goes out on: that of the second clerk where there is one."""
        return self.given_by or self.asked_by

    @property
    def word_at(self):
        return self.given_at or self.asked_at


class ReleaseWork(models.Model):
    """How far the worker is. Its times are the clock's, not the county's, as those of `RunPart`."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="work")
    queued_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="rows written")
    total = models.PositiveIntegerField(help_text="rows to write, about")

    def __str__(self):
        return f"work on the {self.release}"

    @property
    def shown(self):
        """Rows done, never more than there are: how many assignments are succeeded is known at the end."""
        return min(self.done, self.total)
