from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from audit.triggers import tracked
from organization.dated import DatedQuerySet


class Scale(models.Model):
    """A rating scale: levels with written descriptions, and the scores that earn them."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class LevelQuerySet(models.QuerySet):
    def with_bands(self):
        """Adds `from_score`, the first score of the level's band; None where no score leads to it."""
        band = Band.objects.filter(scale=OuterRef("scale"), level=OuterRef("number"))
        return self.annotate(from_score=Subquery(band.values("from_score")))


class Level(models.Model):
    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    description = models.TextField(blank=True)
    needs_narrative = models.BooleanField(
        default=False, help_text="and evidence: lowest, second-lowest and highest"
    )

    objects = LevelQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "number"], name="level_number_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 5)), name="level_1_to_5"),
        ]

    def __str__(self):
        return f"{self.number} {self.name}"


class Band(models.Model):
    """From this score up to the next band's, the summary is this level. Half-open, so there is no gap."""

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="bands")
    level = models.PositiveSmallIntegerField()
    from_score = models.DecimalField(max_digits=4, decimal_places=2)

    class Meta:
        ordering = ["-from_score"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "level"], name="band_level_once"),
            models.UniqueConstraint(fields=["scale", "from_score"], name="band_score_once"),
        ]

    def __str__(self):
        return f"level {self.level} from {self.from_score}"


class CycleQuerySet(DatedQuerySet):
    def in_hand(self, on):
        """The cycle that people work on: the earliest open one whose last step is not past, else the newest.

        The next cycle is opened while the ratings of the last one are approved, released and signed.
        """
        opened = list(self.exclude(state=Cycle.State.DRAFT).order_by("starts_on"))
        going = [cycle for cycle in opened if cycle.state != Cycle.State.CLOSED]
        unfinished = next((cycle for cycle in going if cycle.signatures_due_on >= on), None)
        return unfinished or next(reversed(going or opened), None)


class Cycle(models.Model):
    """One appraisal period for the whole county, and when each step of it is due."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        OPENING = "opening", "Being opened"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=80, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="first day after the period")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="cycles")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    minimum_service_weight = models.DecimalField(max_digits=5, decimal_places=2, default=30)
    minimum_days = models.PositiveSmallIntegerField(
        default=90, help_text="under the plan before a rating (EVL-4)"
    )
    narrative_words = models.PositiveSmallIntegerField(default=40)
    plans_due_on = models.DateField()
    progress_due_on = models.DateField()
    self_due_on = models.DateField()
    ratings_due_on = models.DateField()
    approvals_due_on = models.DateField()
    release_due_on = models.DateField()
    signatures_due_on = models.DateField()
    people_found = models.PositiveIntegerField(default=0, help_text="to be opened, while it is being opened")
    people_opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="cycle_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "opening", "open", "closed"]), name="cycle_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    plans_due_on__lte=F("progress_due_on"),
                    progress_due_on__lte=F("self_due_on"),
                    self_due_on__lte=F("ratings_due_on"),
                    ratings_due_on__lte=F("approvals_due_on"),
                    approvals_due_on__lte=F("release_due_on"),
                    release_due_on__lte=F("signatures_due_on"),
                ),
                name="cycle_steps_in_order",
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return self.name


class LeftOut(models.Model):
    """Someone who is not in a cycle, and why."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="left_out")
    employee = models.ForeignKey("organization.Employee", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = "person left out", "people left out"
        constraints = [models.UniqueConstraint(fields=["cycle", "employee"], name="left_out_once")]

    def __str__(self):
        return f"{self.employee}: {self.reason}"
