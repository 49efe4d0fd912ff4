from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.triggers import tracked
from compensation.pay.periods import say


def general_schedule():
    return ["GENERAL"]


class PayPlan(models.Model):
    """The rules of one fiscal year, as data. An adopted version is never edited; a change is the next
    version.

    `rules` is what `compensation.pay.written_rules.parse` reads: components, who takes part, order, cap,
    proration, rounding. `examples` are those of the plan's document (`compensation.pay.document`): what an
    employee like this gets.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ADOPTED = "adopted", "Adopted"
        SUPERSEDED = "superseded", "Superseded"

    fiscal_year = models.PositiveSmallIntegerField(help_text="named by the year in which it ends")
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    rules = models.JSONField()
    examples = models.JSONField(default=list, help_text="facts of a case and the figures wanted")
    cycle = models.ForeignKey(
        "evaluations.Cycle",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pay_plans",
        help_text="the performance period: its ratings of record are paid",
    )
    schedule_codes = ArrayField(
        models.CharField(max_length=20),
        default=general_schedule,
        help_text="the schedules that the plan goes by and raises; each grade stands in one of them",
    )
    base_on = models.DateField(help_text="base pay, position and range are those of this day")
    action = models.ForeignKey(
        "court.CourtAction", on_delete=models.PROTECT, null=True, blank=True, related_name="pay_plans"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-fiscal_year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "version"], name="pay_plan_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "adopted", "superseded"]), name="pay_plan_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(action__isnull=False), name="pay_plan_adopted_by_order"
            ),
            models.UniqueConstraint(
                fields=["fiscal_year"], condition=Q(state="adopted"), name="pay_plan_adopted_once_a_year"
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"FY{self.fiscal_year}, version {self.version}"

    @property
    def standing(self):
        """The state in words, with the order by which the plan was adopted."""
        if self.action is None:
            return "draft"
        adopted = f"adopted by order {self.action.number} of {say(self.action.meeting_on)}"
        return f"{adopted} and superseded since" if self.state == self.State.SUPERSEDED else adopted
