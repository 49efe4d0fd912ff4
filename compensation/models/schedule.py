from django.db import models
from django.db.models import F, Q

from audit.triggers import tracked
from organization.dated import DatedQuerySet, ends_after_start, no_overlap


class Schedule(models.Model):
    """A table of grades and steps in force for a time. Amounts are full-time dollars a year, or an hour
    by `basis`.
    """

    name = models.CharField(max_length=120)
    code = models.CharField(
        max_length=20, default="GENERAL", help_text="the same for every year's version of one table"
    )
    basis = models.CharField(
        max_length=6, choices=[("annual", "Annual"), ("hourly", "Hourly")], default="annual"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    action = models.ForeignKey(
        "court.CourtAction", on_delete=models.PROTECT, null=True, blank=True, related_name="schedules"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            no_overlap("code", name="schedule_one_at_a_time"),
            ends_after_start("schedule_ends_after_start"),
            models.CheckConstraint(condition=Q(basis__in=["annual", "hourly"]), name="schedule_basis_known"),
        ]
        triggers = tracked()

    def __str__(self):
        return self.name

    def open_grades(self):
        """The codes of the grades without a maximum."""
        return list(self.grades.filter(maximum=None).values_list("code", flat=True))


class Grade(models.Model):
    """A range. A step table has a minimum and maximum that are its first and last step; an open range has no
    maximum, and a midpoint only where the county states one.
    """

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="grades")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(help_text="order in the table")
    minimum = models.DecimalField(max_digits=12, decimal_places=4)
    midpoint = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    maximum = models.DecimalField(max_digits=12, decimal_places=4, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "code"], name="grade_once"),
            models.CheckConstraint(
                condition=Q(minimum__gt=0, minimum__lte=F("midpoint"), midpoint__lte=F("maximum"))
                | Q(minimum__gt=0, maximum=None, midpoint=None)
                | Q(minimum__gt=0, maximum=None, midpoint__gte=F("minimum")),
                name="grade_minimum_midpoint_maximum_in_order",
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return self.code


class Step(models.Model):
    grade = models.ForeignKey(Grade, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=4)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["grade", "number"], name="step_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="step_amount_positive"),
        ]
        triggers = tracked()

    def __str__(self):
        return f"step {self.number}"
