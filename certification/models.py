"""Certificates: a head signs that the awards of his people rest on evaluations of customer service.

A certificate holds the canonical text of what was signed. Whether it still holds is computed by comparing it
with the awards and ratings of today, never stored: nothing can be forgotten.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.triggers import settled, tracked


class Certificate(models.Model):
    """What one head signed for one department of one run. A later set of the department is a further one."""

    number = models.CharField(max_length=30, unique=True, help_text="such as CC-2027-01")
    run = models.ForeignKey("compensation.Run", on_delete=models.PROTECT, related_name="certificates")
    department = models.ForeignKey(
        "organization.Department",
        on_delete=models.PROTECT,
        null=True,
        related_name="certificates",
        help_text="empty for the awards of the heads themselves, certified by the County Judge",
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates"
    )
    signed_name = models.CharField(max_length=200)
    signed_title = models.CharField(max_length=160)
    signed_at = models.DateTimeField()
    statement = models.TextField()
    content = models.TextField(help_text="canonical JSON of the awards and the ratings they rest on")
    content_hash = models.CharField(max_length=64)
    awards = models.PositiveIntegerField()
    base_total = models.DecimalField(
        max_digits=14, decimal_places=2, help_text="merit on base pay, dollars a year"
    )
    lump_total = models.DecimalField(max_digits=14, decimal_places=2, help_text="paid once")

    class Meta:
        ordering = ["-signed_at"]
        triggers = settled()

    def __str__(self):
        return f"Certificate {self.number}"


class CertifiedLine(models.Model):
    """One award in a certificate."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("compensation.RunLine", on_delete=models.PROTECT, related_name="certified")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the award and its rating as signed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "line"], name="certified_line_once_a_certificate"),
        ]
        triggers = settled()

    def __str__(self):
        return f"{self.line} in {self.certificate}"


class Closing(models.Model):
    """An award of a fiscal year was released: from then on it is final, whatever later runs of the year say.

    A correction goes out as a difference (PAY-9).
    """

    line = models.OneToOneField("compensation.RunLine", on_delete=models.PROTECT, related_name="closing")
    fiscal_year = models.PositiveSmallIntegerField()
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "employee", "slot"], name="closing_once_a_year")
        ]
        triggers = settled()

    def __str__(self):
        return f"{self.line} is released"


class Voiding(models.Model):
    """That a certificate no longer holds, found by the comparison and told to the one who signed."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="voiding")
    found_at = models.DateTimeField()
    reasons = models.JSONField(help_text="a sentence for each award that changed")

    class Meta:
        triggers = settled()

    def __str__(self):
        return f"{self.certificate} is void"


class Request(models.Model):
    """HR asked for the awards of a department to be certified, or who was asked returned the set."""

    class State(models.TextChoices):
        ASKED = "asked", "With the head"
        RETURNED = "returned", "Returned to HR"

    run = models.ForeignKey(
        "compensation.Run", on_delete=models.CASCADE, related_name="certification_requests"
    )
    department = models.ForeignKey(
        "organization.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    returned_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "department"], nulls_distinct=False, name="certification_request_once"
            ),
            models.CheckConstraint(condition=Q(state__in=["asked", "returned"]), name="request_state_known"),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.department or 'Heads'}, {self.run}"
