"""What late corrections change of released pay, and who signs for it (PAY-12)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from audit.triggers import settled


class Difference(models.Model):
    """What the plan gives one position on corrected facts, after it was released otherwise (PAY-12).

    `case` and `award` are those of `compensation.pay`, as computed. The first correction of a position in a
    fiscal year has turn 1, a correction of that 2.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    employee = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, related_name="differences"
    )
    slot = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()
    line = models.ForeignKey(
        "compensation.RunLine",
        on_delete=models.PROTECT,
        related_name="differences",
        help_text="by which it was released",
    )
    reasons = ArrayField(models.TextField(), help_text="sentences: what was corrected")
    case = models.JSONField()
    award = models.JSONField(null=True, help_text="null: not in this position on the plan's day")
    lump_total = models.DecimalField(
        max_digits=12, decimal_places=2, help_text="paid once in all, after it, but for longevity"
    )
    longevity_total = models.DecimalField(
        max_digits=12, decimal_places=2, help_text="longevity in all, after it"
    )
    certificate = models.ForeignKey(
        "payroll.DifferenceCertificate",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="by which it went out, where one was needed",
    )
    rating = models.ForeignKey(
        "evaluations.RatingOfRecord",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="that the award rests on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "employee", "slot", "turn"], name="difference_turn_once"
            )
        ]
        triggers = settled()

    def __str__(self):
        return f"difference {self.turn} of {self.line}"


class DifferenceCertificate(models.Model):
    """A head's signature that a corrected award is earned; it holds while the difference has this digest."""

    line = models.ForeignKey(
        "compensation.RunLine", on_delete=models.PROTECT, related_name="difference_certificates"
    )
    digest = models.CharField(max_length=64)
    statement = models.TextField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=120)
    signed_title = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField()
    exception = models.ForeignKey(
        "certification.WrittenException", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "digest"], name="difference_certified_once")]
        triggers = settled()

    def __str__(self):
        return f"certificate of a difference of {self.line}"


class CorrectedSet(models.Model):
    """The corrected awards of a department that wait for a signature; of the heads where it is None.

    Found by comparing, every few minutes and after each act, so that home pages need not compare.
    """

    run = models.ForeignKey("compensation.Run", on_delete=models.CASCADE, related_name="corrected_sets")
    department = models.ForeignKey(
        "organization.Department", on_delete=models.CASCADE, null=True, related_name="+"
    )
    employees = ArrayField(models.BigIntegerField(), help_text="whose each is, for nobody signs his own")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "department"], nulls_distinct=False, name="corrected_set_once"
            )
        ]

    def __str__(self):
        return f"corrected awards of {self.department or 'the heads'}, {self.run}"
