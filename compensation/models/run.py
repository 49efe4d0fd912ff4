from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.triggers import tracked


class Run(models.Model):
    """One calculation of one plan over the county. Its inputs are frozen in `RunCase`, its results are
    `RunLine`s. Until a worker has frozen them it has neither, and no parts.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Being computed"
        DONE = "done", "Computed"
        CANCELLED = "cancelled", "Cancelled"

    number = models.PositiveIntegerField(unique=True)
    plan = models.ForeignKey("compensation.PayPlan", on_delete=models.PROTECT, related_name="runs")
    plan_revision = models.PositiveIntegerField()
    rules = models.JSONField(help_text="the plan's rules as they were")
    schedules = models.JSONField(default=list, help_text="each as it was: code, before, after")
    adopted_on = models.DateField(null=True, help_text="where service counts from it on")
    pay_anchor_on = models.DateField(null=True, help_text="first day of any pay period")
    pay_period_days = models.PositiveSmallIntegerField(default=14)
    noticed = models.JSONField(
        default=dict, help_text="cents a year that a notice allows, by officer's number"
    )
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, help_text="as of when its facts are; a worker froze them")
    finished_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the later run of the fiscal year that went to the heads: it is paid in place of this one",
    )
    problem = models.TextField(blank=True, help_text="why nothing could be frozen, in sentences")
    people = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict, help_text="cents by figure, once done")
    inputs_hash = models.CharField(max_length=64, blank=True)
    result_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "done", "cancelled"]), name="run_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False) & ~Q(result_hash="")
                | ~Q(state="done") & Q(finished_at=None),
                name="run_hashed_and_dated_once_done",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(frozen_at__isnull=False), name="run_frozen_before_done"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="running"), name="run_one_at_a_time_per_plan"
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"Pay run {self.number}"

    @property
    def is_refused(self):
        """Whether it was cancelled by itself, with nothing frozen; `problem` says why."""
        return self.state == self.State.CANCELLED and bool(self.problem)


class RunPart(models.Model):
    """The people of one department, at most 2,000. A part is computed whole, or not at all.

    Its times are the clock's, not the county's: by them the sweeper knows that work stands still.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    people = models.PositiveIntegerField()
    queued_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, help_text="when its computing began; known once done")
    done_at = models.DateTimeField(null=True)
    totals = models.JSONField(default=dict, help_text="cents by figure, and people by outcome")
    inputs_hash = models.CharField(max_length=64, blank=True)
    result_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="run_part_once"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "done"]), name="run_part_state_known"),
        ]

    def __str__(self):
        return f"part {self.number} of {self.run}"
