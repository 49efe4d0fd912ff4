"""What leaves the house: numbered batches for payroll, each line once, and the letters that explain them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.triggers import settled, tracked


class Batch(models.Model):
    """A file for payroll. The bytes are kept, so that it can be downloaded again exactly as it was."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "Release"
        DIFFERENCE = "difference", "Difference"

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REGULAR)
    run = models.ForeignKey("compensation.Run", on_delete=models.PROTECT, related_name="batches")
    action = models.ForeignKey("court.CourtAction", on_delete=models.PROTECT, related_name="batches")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    lines_count = models.PositiveIntegerField()
    people_count = models.PositiveIntegerField()
    base_total = models.DecimalField(max_digits=14, decimal_places=2, help_text="rise of annual pay")
    lump_total = models.DecimalField(max_digits=14, decimal_places=2)
    content = models.BinaryField(help_text="the CSV, as downloaded")
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["regular", "difference"]), name="batch_kind_known")
        ]
        triggers = settled(without=["content"])

    def __str__(self):
        return f"Batch {self.number}"


class BatchLine(models.Model):
    class Element(models.TextChoices):
        BASE = "BASE", "Base pay"
        LUMP = "LUMP", "Lump sum"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    line = models.ForeignKey("compensation.RunLine", on_delete=models.PROTECT, related_name="batch_lines")
    element = models.CharField(max_length=4, choices=Element)
    effective_on = models.DateField()
    old_annual = models.DecimalField(max_digits=12, decimal_places=2)
    new_annual = models.DecimalField(max_digits=12, decimal_places=2)
    new_hourly = models.DecimalField(max_digits=10, decimal_places=4)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_line_number_once"),
            models.UniqueConstraint(fields=["line", "element"], name="batch_line_paid_once"),
        ]
        triggers = settled()

    def __str__(self):
        return f"line {self.number} of {self.batch}"


class SecondRelease(models.Model):
    """Leave of a second payroll clerk for a batch that holds the first one's own line."""

    run = models.ForeignKey("compensation.Run", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=models.F("asked_by")),
                name="second_release_by_another",
            )
        ]
        triggers = tracked()

    def __str__(self):
        return f"second release for {self.run}"
