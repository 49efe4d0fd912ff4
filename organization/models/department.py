from django.db import models
from django.db.models import F, Q

from audit.triggers import tracked
from organization.dated import DatedQuerySet, LastDay, ends_after_start, no_overlap


class Fund(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    is_grant = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.name}"


class Department(models.Model):
    class Kind(models.TextChoices):
        APPOINTED = "appointed", "Department with an appointed head"
        ELECTED = "elected", "Elected office"
        COURT = "court", "Court-supervised department"
        GRANT = "grant", "Grant program"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.APPOINTED)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    fund = models.ForeignKey(
        Fund, on_delete=models.PROTECT, null=True, blank=True, related_name="departments"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["appointed", "elected", "court", "grant"]), name="department_kind_known"
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="department_not_its_own_parent"),
        ]

    def __str__(self):
        return self.name


class Headship(LastDay, models.Model):
    """Who heads a department or office, for a time."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="headships")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="headships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            no_overlap("department", name="headship_one_at_a_time"),
            ends_after_start("headship_ends_after_start"),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.employee} heads {self.department}"
