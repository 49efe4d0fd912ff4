from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.triggers import tracked
from organization.dated import DatedQuerySet, LastDay, ends_after_start, no_overlap


class Role(models.TextChoices):
    """Roles that are granted. Employee, supervisor, reviewer and head follow from the reporting line."""

    HR = "hr", "HR administrator"
    BUDGET = "budget", "Budget officer"
    COURT_CLERK = "court_clerk", "Court clerk"
    PAYROLL = "payroll", "Payroll clerk"
    TRAINING = "training", "Training coordinator"
    AUDITOR = "auditor", "Auditor"
    JUDGE = "judge", "County Judge"
    IMPACT = "impact", "Adverse-impact analyst"


class RoleGrant(LastDay, models.Model):
    """A role that someone holds for a time, in the whole county or in one department."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=12, choices=Role)
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_grant_role_known"),
            ends_after_start("role_grant_ends_after_start"),
            no_overlap("user", "role", name="role_grant_county_once", condition=Q(department__isnull=True)),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
