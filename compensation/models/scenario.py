from django.conf import settings
from django.db import models
from django.db.models import Q

LETTERS = "ABCDE"


class ScenarioSet(models.Model):
    """The scenarios of a plan, all over the same county: its people as they stood at `taken_at`.

    The plan's conditions are kept as a run keeps them, by the same names; a scenario turns a few dials of the
    rules. `facts` are the people, compressed rows of `compensation.scenarios.people`.
    """

    class For(models.TextChoices):
        """Names of `compensation.pay.scenario.MEASURES` and, of a plan with pools, of its `POOL_FIGURES`."""

        BY_RATING = "by_rating", "merit and lump sums, full year"
        BY_RATING_IN_YEAR = "by_rating_in_year", "merit and lump sums, fiscal year"
        ALL = "all", "everything, full year"
        ALL_IN_YEAR = "all_in_year", "everything, fiscal year"
        POOLS = "pools", "the pools, spent in full"
        POOLS_AND_EMPLOYER = "pools_and_employer", "the pools with the employer’s share"
        ALL_POOLED = "all_pooled", "everything, pools spent in full"
        ALL_POOLED_IN_YEAR = "all_pooled_in_year", "everything, pools spent in full, fiscal year"

    plan = models.OneToOneField("compensation.PayPlan", on_delete=models.CASCADE, related_name="scenario_set")
    rules = models.JSONField(help_text="the plan's, with what is held equal in all scenarios")
    schedules = models.JSONField(default=list)
    adopted_on = models.DateField(null=True)
    pay_anchor_on = models.DateField(null=True)
    pay_period_days = models.PositiveSmallIntegerField()
    noticed = models.JSONField(default=dict)
    facts = models.BinaryField()
    facts_hash = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    ratings_of = models.ForeignKey(
        "evaluations.Cycle",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="whose ratings stand in for those that the plan will pay",
    )
    budget = models.BigIntegerField(null=True, blank=True, help_text="cents")
    budget_for = models.CharField(max_length=18, choices=For, default=For.BY_RATING)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gt=0), name="scenario_budget_above_zero"
            )
        ]

    def __str__(self):
        return f"scenarios of {self.plan}"


class Scenario(models.Model):
    """One choice: the dials as `compensation.pay.dials` writes them, and what they came to when saved."""

    set = models.ForeignKey(ScenarioSet, on_delete=models.CASCADE, related_name="scenarios")
    letter = models.CharField(max_length=1)
    title = models.CharField(max_length=60)
    dials = models.JSONField()
    totals = models.JSONField(help_text="cents and counts, for the table side by side")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["set", "letter"]
        constraints = [
            models.UniqueConstraint(fields=["set", "letter"], name="scenario_letter_once"),
            models.CheckConstraint(condition=Q(letter__in=list(LETTERS)), name="scenario_letter_known"),
        ]

    def __str__(self):
        return f"scenario {self.letter}"
