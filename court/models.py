"""What the Commissioners Court decides. The initiative, every pay plan and every release rest on an order."""

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from audit.triggers import settled, tracked
from organization.dated import DatedQuerySet, ends_after_start, no_overlap


class Seat(models.Model):
    """Who sits on the Court, for a time."""

    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60, help_text="County Judge, Commissioner of Precinct 1, ...")
    member = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            no_overlap("position", name="seat_held_by_one"),
            ends_after_start("seat_ends_after_start"),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.member}, {self.title}"


class CourtActionQuerySet(models.QuerySet):
    def with_votes(self):
        return self.annotate(
            ayes=Count("votes", filter=Q(votes__vote="aye")),
            nays=Count("votes", filter=Q(votes__vote="nay")),
        ).order_by("-meeting_on", "-number")  # counting loses the order of the model

    def adopted(self):
        """Carried by more ayes than nays, and not replaced by a correction. A tie fails."""
        return self.with_votes().filter(ayes__gt=F("nays"), corrected_by=None)

    def for_purpose(self, *purposes):
        return self.filter(purpose__in=purposes)


class CourtAction(models.Model):
    """One item on which the Court voted. It is never changed: a correction is a further one that names it."""

    class Purpose(models.TextChoices):
        INITIATIVE = "initiative", "Customer-service initiative"
        PAY_PLAN = "pay_plan", "Pay plan"
        RELEASE = "release", "Release of pay"
        BUDGET = "budget", "Budget order"
        OTHER = "other", "Other"

    number = models.CharField(max_length=30, unique=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    title = models.CharField(max_length=200)
    meeting_on = models.DateField()
    agenda_item = models.CharField(max_length=20, blank=True)
    motion = models.TextField()
    mover = models.CharField(max_length=120)
    seconder = models.CharField(max_length=120)
    effective_on = models.DateField()
    document = models.BinaryField(null=True, blank=True, help_text="the signed order, PDF")
    document_name = models.CharField(max_length=200, blank=True)
    document_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the document")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = CourtActionQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["initiative", "pay_plan", "release", "budget", "other"]),
                name="court_action_purpose_known",
            ),
            models.CheckConstraint(
                condition=~Q(mover=F("seconder")), name="court_action_seconded_by_another"
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("meeting_on")), name="court_action_effective_from_meeting_on"
            ),
        ]
        triggers = settled(without=["document"])

    def __str__(self):
        return f"Order {self.number}"


class Vote(models.Model):
    class Answer(models.TextChoices):
        AYE = "aye", "For"
        NAY = "nay", "Against"
        ABSTAIN = "abstain", "Abstains"
        ABSENT = "absent", "Absent"

    action = models.ForeignKey(CourtAction, on_delete=models.PROTECT, related_name="votes")
    position = models.PositiveSmallIntegerField()
    member = models.CharField(max_length=120)
    seat = models.CharField(max_length=60)
    vote = models.CharField(max_length=8, choices=Answer)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "member"], name="vote_once"),
            models.CheckConstraint(
                condition=Q(vote__in=["aye", "nay", "abstain", "absent"]), name="vote_known"
            ),
        ]
        triggers = settled()

    def __str__(self):
        return f"{self.member}: {self.get_vote_display()}"


class Notice(models.Model):
    """A newspaper's notice of what elected officers may be paid (Texas Local Government Code 152.013).

    It is never changed: a correction is a further one that names it.
    """

    newspaper = models.CharField(max_length=120)
    published_on = models.DateField()
    meeting_on = models.DateField(help_text="at which the Court is to set the salaries")
    proof = models.BinaryField(null=True, blank=True, help_text="the page or the publisher's affidavit, PDF")
    proof_name = models.CharField(max_length=200, blank=True)
    proof_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the proof")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-meeting_on", "-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting_on__gt=F("published_on")), name="notice_published_before_meeting"
            ),
        ]
        triggers = settled(without=["proof"])

    def __str__(self):
        return f"Notice in the {self.newspaper}"


class NoticedPay(models.Model):
    """What a notice says of one officer: dollars a year, now and proposed. The proposed is the most."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="officers")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    officer = models.CharField(max_length=170)
    office = models.CharField(max_length=170)
    current_salary = models.DecimalField(max_digits=10, decimal_places=2)
    proposed_salary = models.DecimalField(max_digits=10, decimal_places=2)
    current_expenses = models.DecimalField("expenses and allowances", max_digits=10, decimal_places=2)
    proposed_expenses = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "employee"], name="noticed_once"),
            models.CheckConstraint(
                condition=Q(
                    current_salary__gte=0,
                    proposed_salary__gte=F("current_salary"),
                    current_expenses__gte=0,
                    proposed_expenses__gte=F("current_expenses"),
                ),
                name="noticed_pay_rises",
            ),
        ]
        triggers = settled()

    def __str__(self):
        return f"{self.officer}, {self.office}"
