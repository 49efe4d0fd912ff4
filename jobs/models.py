"""Job descriptions, versioned. A published one is never edited; the next version supersedes it."""

from django.db import models
from django.db.models import Q, Sum

from audit.triggers import tracked
from organization.models import Assignment


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    HR_REVIEW = "hr_review", "With HR"
    HEAD_APPROVAL = "head_approval", "With the head"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


class JobDescriptionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What is or was in force is for everyone; drafts are for HR, auditors and heads with the job."""
        settled = Q(state__in=[State.PUBLISHED, State.SUPERSEDED])
        if person.has_role("hr", "auditor"):
            return self
        held = Assignment.objects.in_force(person.on).filter(department__in=person.departments)
        return (
            self.filter(settled | Q(job__in=held.values("job"))) if person.is_head else self.filter(settled)
        )

    def published(self):
        return self.filter(state=State.PUBLISHED)

    def with_service_emphasis(self):
        """Adds `service_emphasis`: percent of time in duties that serve customers, 0 to 100."""
        return self.annotate(
            service_emphasis=Sum("duties__percent", filter=Q(duties__is_service=True), default=0)
        )


class JobDescription(models.Model):
    job = models.ForeignKey("organization.Job", on_delete=models.PROTECT, related_name="descriptions")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=14, choices=State, default=State.DRAFT)
    summary = models.TextField()
    service_skills = models.TextField(help_text="what someone in this job must know how to do for customers")
    service_accomplishments = models.TextField(help_text="what customers get from it")
    qualifications = models.TextField(blank=True)
    physical_demands = models.TextField(blank=True)
    exempt = models.BooleanField(null=True, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    published_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, null=True, related_name="+"
    )
    returned_note = models.TextField(blank=True, help_text="why HR or the head gave it back")

    objects = JobDescriptionQuerySet.as_manager()

    class Meta:
        ordering = ["job__title", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["job", "version"], name="job_description_version_once"),
            models.UniqueConstraint(
                fields=["job"], condition=Q(state="published"), name="job_description_published_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_description_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["published", "superseded"]) ^ Q(published_on=None),
                name="job_description_dated_once_published",
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.job}, version {self.version}"


class Duty(models.Model):
    description = models.ForeignKey(JobDescription, on_delete=models.CASCADE, related_name="duties")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    percent = models.DecimalField(
        max_digits=5, decimal_places=2, help_text="of the time; all total exactly 100"
    )
    is_service = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["description", "position"], name="duty_position_once"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="duty_percent_of_100"),
        ]

    def __str__(self):
        return self.text


class Acknowledgement(models.Model):
    """An employee has read the description of his job."""

    description = models.ForeignKey(JobDescription, on_delete=models.PROTECT, related_name="acknowledgements")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["description", "employee"], name="acknowledgement_once")
        ]

    def __str__(self):
        return f"{self.employee} has read {self.description}"
