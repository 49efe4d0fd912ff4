from django.db import models
from django.db.models import Q

from audit.triggers import settled
from evaluations.states import FROM_RATING_ON, SEEN_BY_EMPLOYEE
from organization.models import Assignment


class RatingQuerySet(models.QuerySet):
    def visible_to(self, person):
        """A draft is its writer's and the present rater's; once rated, of all who may see the evaluation.

        Nobody sees anything of his own rating before its release, a supervisor included (EVL-8).
        """
        if not person.employee_id:
            return self.filter(element__evaluation__state__in=FROM_RATING_ON)
        me = person.employee_id
        own = Q(element__evaluation__employee=me)
        direct = Assignment.objects.in_force(person.on).filter(slot=1, supervisor=me).values("employee")
        rated_by_me = Q(by=me) | Q(element__evaluation__employee__in=direct)
        return self.filter(
            (own & Q(element__evaluation__state__in=SEEN_BY_EMPLOYEE))
            | (~own & (Q(element__evaluation__state__in=FROM_RATING_ON) | rated_by_me))
        )


class SelfRatingQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own at once, others' once they were submitted."""
        return self.filter(
            Q(element__evaluation__employee=person.employee_id)
            | Q(element__evaluation__self_submitted_at__isnull=False)
        )


class RatingFields(models.Model):
    """A level and its reasons. Each field counts its saves, so that two tabs never overwrite each other."""

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

    element = models.OneToOneField(
        "evaluations.Element", on_delete=models.CASCADE, related_name="self_rating"
    )

    objects = SelfRatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 5)), name="self_rating_1_to_5"
            )
        ]

    def __str__(self):
        return f"{self.element}: {self.level}"


class RatingOfRecord(models.Model):
    """The result that pay and certification rest on. Written once; a correction is a new version."""

    evaluation = models.OneToOneField(
        "evaluations.Evaluation", on_delete=models.PROTECT, related_name="rating_of_record"
    )
    cycle = models.ForeignKey("evaluations.Cycle", on_delete=models.PROTECT, related_name="ratings_of_record")
    employee = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, related_name="ratings_of_record"
    )
    version = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=4, decimal_places=2)
    service_weight = models.DecimalField(max_digits=5, decimal_places=2)
    service_score = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    evidence_count = models.PositiveSmallIntegerField()
    has_progress_review = models.BooleanField()
    is_signed = models.BooleanField(help_text="signed, or a refusal recorded with a witness")
    content_hash = models.CharField(
        max_length=64, help_text="SHA-256 of elements, weights, levels and signatures"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ratings of record"
        constraints = [
            models.UniqueConstraint(fields=["cycle", "employee", "version"], name="rating_of_record_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="rating_of_record_1_to_5"),
        ]
        triggers = settled()

    def __str__(self):
        return f"level {self.level}, {self.score}"
