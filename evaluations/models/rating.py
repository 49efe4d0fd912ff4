from django.db import models
from django.db.models import Q

from audit.triggers import append_only
from evaluations.states import SEEN_BY_EMPLOYEE


class RatingQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Nobody sees a draft about himself, the supervisor's own included (EVL-8)."""
        from_others = ~Q(element__evaluation__employee=person.employee_id) if person.employee_id else Q()
        return self.filter(from_others | Q(element__evaluation__state__in=SEEN_BY_EMPLOYEE))


class RatingFields(models.Model):
    """A level and its reasons. Each field counts its saves, so that two tabs never overwrite each other silently."""

    level = models.PositiveSmallIntegerField(null=True, blank=True)
    level_revision = models.PositiveIntegerField(default=0)
    narrative = models.TextField(blank=True)
    narrative_revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Rating(RatingFields):
    """The rater's level for one element. Nothing is chosen beforehand."""

    element = models.OneToOneField("evaluations.Element", on_delete=models.CASCADE, related_name="rating")
    by = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")

    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(1, 5)), name="rating_1_to_5")
        ]

    def __str__(self):
        return f"{self.element}: {self.level}"


class SelfRating(RatingFields):
    """The employee's own view of one element. It never enters the score."""

    element = models.OneToOneField("evaluations.Element", on_delete=models.CASCADE, related_name="self_rating")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(1, 5)), name="self_rating_1_to_5")
        ]

    def __str__(self):
        return f"{self.element}: {self.level}"


class RatingOfRecord(models.Model):
    """The result that pay and certification rest on. Written once; a correction is a new evaluation version."""

    evaluation = models.OneToOneField(
        "evaluations.Evaluation", on_delete=models.PROTECT, related_name="rating_of_record"
    )
    cycle = models.ForeignKey("evaluations.Cycle", on_delete=models.PROTECT, related_name="ratings_of_record")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="ratings_of_record")
    version = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=4, decimal_places=2)
    service_weight = models.DecimalField(max_digits=5, decimal_places=2)
    service_score = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    evidence_count = models.PositiveSmallIntegerField()
    has_progress_review = models.BooleanField()
    is_signed = models.BooleanField(help_text="signed, or a refusal recorded with a witness")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of elements, weights, levels and signatures")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "employee", "version"], name="rating_of_record_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="rating_of_record_1_to_5"),
        ]
        triggers = append_only()

    def __str__(self):
        return f"level {self.level}, {self.score}"
