from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When

from audit.triggers import tracked
from evaluations.models.rating import Rating
from evaluations.models.template import ElementText
from evaluations.states import BEFORE_RATING, FROM_RATING_ON, OPEN, SEEN_BY_EMPLOYEE, State
from organization.models import Assignment, Headship, supervisor_of

DUE = {  # the day of the cycle by which the next step is done
    State.PLANNING: "plans_due_on",
    State.PLANNED: "plans_due_on",
    State.UNDER_WAY: "ratings_due_on",
    State.RATED: "approvals_due_on",
    State.APPROVED: "release_due_on",
    State.RELEASED: "signatures_due_on",
}


class EvaluationQuerySet(models.QuerySet):
    def with_line(self, on):
        """Adds `rater_id`, `reviewer_id` and `head_id` of a day: open evaluations follow the line at once."""
        above = Assignment.objects.in_force(on).filter(employee=OuterRef("rater_id"), slot=1)
        head = Headship.objects.in_force(on).filter(department=OuterRef("department_id"))
        return self.annotate(rater_id=supervisor_of("employee_id", on=on)).annotate(
            reviewer_id=Subquery(above.values("supervisor_id")[:1]),
            head_id=Subquery(head.values("employee_id")[:1]),
        )

    def with_result_for(self, person):
        """Adds `shown_state`, `shown_score` and `shown_level`: what the person may know of each (EVL-8).

        One's own rating does not exist before its release, wherever it lies meanwhile.
        """
        own = Q(employee=person.employee_id) if person.employee_id else Q(pk=None)
        hidden = own & ~Q(state__in=SEEN_BY_EMPLOYEE)
        return self.annotate(
            shown_state=Case(
                When(hidden & Q(state__in=FROM_RATING_ON), then=Value(State.UNDER_WAY)),
                default=F("state"),
                output_field=models.CharField(choices=State),
            ),
            shown_score=Case(When(hidden, then=None), default=F("score")),
            shown_level=Case(When(hidden, then=None), default=F("level")),
        )

    def with_due(self):
        """Adds `due_on`, when the next step is due, to what `with_result_for` gives; None once of record."""
        return self.annotate(
            due_on=Case(*(When(shown_state=state, then=F(f"cycle__{day}")) for state, day in DUE.items()))
        )

    def open(self):
        return self.filter(state__in=OPEN, cycle__state="open")

    def latest(self):
        """Without the versions that a correction has replaced."""
        return self.filter(superseded_by=None)

    def visible_to(self, person):
        """The person rated, his line, former raters and reviewers, his head, HR and auditors (EVL-8).

        What may be seen *of* it is narrower: see `with_result_for` and `Rating.objects.visible_to`.
        """
        if person.has_role("hr", "auditor"):
            return self
        mine = Q(department__in=person.departments)
        if me := person.employee_id:
            reports = Assignment.objects.in_force(person.on).filter(slot=1, supervisor=me).values("employee")
            second = Assignment.objects.in_force(person.on).filter(slot=1, supervisor__in=reports)
            mine |= (
                Q(employee=me)
                | Q(rated_by=me)
                | Q(approved_by=me)
                | Q(employee__in=reports)
                | Q(employee__in=second.values("employee"))
                | Q(pk__in=Rating.objects.filter(by=me).values("element__evaluation"))
            )
        return self.filter(mine)

    def to_be_rated_by(self, person):
        direct = Assignment.objects.in_force(person.on).filter(slot=1, supervisor=person.employee_id)
        return self.open().filter(employee__in=direct.values("employee"))


class Evaluation(models.Model):
    """One employee's evaluation in one cycle. `state` moves only through `evaluations.services`.

    Rater and reviewer are derived from the reporting line; `rated_by` and `approved_by` keep who they were on
    the day.
    """

    cycle = models.ForeignKey("evaluations.Cycle", on_delete=models.PROTECT, related_name="evaluations")
    employee = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, related_name="evaluations"
    )
    version = models.PositiveSmallIntegerField(default=1)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    department = models.ForeignKey(
        "organization.Department", on_delete=models.PROTECT, related_name="evaluations"
    )
    job = models.ForeignKey("organization.Job", on_delete=models.PROTECT, null=True, related_name="+")
    description = models.ForeignKey(
        "jobs.JobDescription", on_delete=models.PROTECT, null=True, related_name="evaluations"
    )
    template = models.ForeignKey("evaluations.Template", on_delete=models.PROTECT, related_name="evaluations")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNING)
    plan_issued_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    not_acknowledged = models.TextField(
        blank=True, help_text="why it is under way without an acknowledgement"
    )
    self_submitted_at = models.DateTimeField(null=True, blank=True)
    self_summary = models.TextField(blank=True)
    self_summary_revision = models.PositiveIntegerField(default=0)
    summary = models.TextField(blank=True, help_text="the rater's closing words and next year")
    summary_revision = models.PositiveIntegerField(default=0)
    rated_by = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, null=True, related_name="+"
    )
    rated_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    returned_note = models.TextField(blank=True, help_text="why the reviewer or HR gave it back")
    waiver_reason = models.TextField(blank=True, help_text="HR's leave to rate without what EVL-4 asks for")
    correction_reason = models.TextField(blank=True, help_text="why this version replaces the one before")

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["employee__sort_key", "-cycle__starts_on"]
        indexes = [
            models.Index(fields=["cycle", "state"], name="evaluation_by_state"),
            models.Index(fields=["department", "cycle"], name="evaluation_by_department"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "employee", "version"], name="evaluation_once_per_cycle"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="evaluation_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_RATING, score=None, level=None, rated_at=None)
                | Q(
                    state__in=FROM_RATING_ON, score__isnull=False, level__isnull=False, rated_at__isnull=False
                ),
                name="evaluation_scored_from_rating_on",
            ),
            models.CheckConstraint(
                condition=Q(rated_by=None) | ~Q(rated_by=F("employee")),
                name="evaluation_not_rated_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("employee")),
                name="evaluation_not_approved_by_oneself",
            ),
        ]

    def __str__(self):
        return f"{self.employee}, {self.cycle}"

    @property
    def step_due_on(self):
        """What `with_due` adds, of a single one: it has `shown_state`, and its cycle."""
        day = DUE.get(self.shown_state)
        return day and getattr(self.cycle, day)


class Element(ElementText):
    """One element of one plan, copied from the template: a later change of that changes nothing here."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="elements")
    section = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    weight = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "position"], name="element_position_once"),
            models.CheckConstraint(condition=Q(weight__range=(0, 100)), name="element_weight_of_100"),
        ]


class Progress(models.TextChoices):
    ON_TRACK = "on_track", "On track"
    MIXED = "mixed", "Partly on track"
    BEHIND = "behind", "Needs attention"


class ProgressReview(models.Model):
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="progress_reviews")
    on = models.DateField()
    by = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    progress = models.CharField(max_length=10, choices=Progress)
    narrative = models.TextField()

    class Meta:
        ordering = ["on", "id"]
        triggers = tracked()

    def __str__(self):
        return f"progress review of {self.on}"


class Signature(models.Model):
    """Someone put his name under what it said then. Struck, never deleted, if that changed later."""

    class As(models.TextChoices):
        RATER = "rater", "Supervisor"
        REVIEWER = "reviewer", "Reviewer"
        EMPLOYEE = "employee", "Employee"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="signatures")
    signed_as = models.CharField(max_length=8, choices=As)
    by = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    statement = models.TextField()
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of what was signed")
    comment = models.TextField(blank=True)
    refused = models.BooleanField(default=False)
    witness = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, null=True, related_name="+"
    )
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "signed_as"], condition=Q(struck_at=None), name="signature_once_each"
            ),
            models.CheckConstraint(
                condition=Q(refused=False) | Q(witness__isnull=False), name="signature_refusal_has_witness"
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.get_signed_as_display()}: {self.by}"
