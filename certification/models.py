"""Certificates: a head signs that the awards of his people rest on evaluations of customer service.

A certificate holds the canonical text of what was signed. Whether it still holds is computed by comparing it
with the awards and ratings of today, never stored: nothing can be forgotten.
"""

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from audit.triggers import settled, tracked
from organization.dated import DatedQuerySet, LastDay, ends_after_start, no_overlap
from organization.models import Role


class DelegationQuerySet(DatedQuerySet):
    def standing(self):
        return self.filter(revoked_at=None)

    def of(self, person):
        """Those that a person gave or got."""
        return self.filter(Q(principal=person.employee_id) | Q(delegate=person.employee_id))

    def visible_to(self, person):
        return self if person.has_role(Role.HR, Role.AUDITOR) else self.of(person)


class Delegation(LastDay, models.Model):
    """A head has somebody else sign one of his sets for a time. It lapses once he no longer signs it himself.

    A delegate cannot delegate on, and writes exceptions only where the delegation says so.
    """

    principal = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, related_name="delegations_given"
    )
    delegate = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, related_name="delegations_held"
    )
    department = models.ForeignKey(
        "organization.Department",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="whose awards; empty for those of the heads themselves",
    )
    may_except = models.BooleanField(default=False, help_text="may write exceptions, too")
    words = models.TextField(help_text="the delegation in writing")
    starts_on = models.DateField()
    ends_on = models.DateField()
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ends_after_start("delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(principal=F("delegate")), name="delegation_to_somebody_else"),
            no_overlap(
                "principal",
                "delegate",
                Coalesce("department", 0),
                name="delegation_once_at_a_time",
                condition=Q(revoked_at=None),
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.delegate} signs for {self.principal}"


class StandingQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)


class WrittenException(models.Model):
    """A head's reason why an award is made without a progress review, or without the employee's signature.

    It belongs to the rating that lacks it, so it holds for each run of that rating and lapses with a new one.
    """

    rating = models.ForeignKey(
        "evaluations.RatingOfRecord", on_delete=models.PROTECT, related_name="exceptions"
    )
    reason = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="of who wrote it, at that time")
    title = models.CharField(max_length=160)
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rating"], condition=Q(withdrawn_at=None), name="exception_one_a_rating"
            )
        ]
        triggers = tracked()

    def __str__(self):
        return f"Exception for {self.rating.employee}"


class Withholding(models.Model):
    """Whoever signs a set leaves one of its awards out, with the reason: the others need not wait for it."""

    line = models.ForeignKey("compensation.RunLine", on_delete=models.PROTECT, related_name="withholdings")
    reason = models.TextField()
    withheld_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="of who left it out, at that time")
    withheld_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(withdrawn_at=None), name="withholding_one_an_award"
            )
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.line} left out"


class CertificateQuerySet(models.QuerySet):
    def of_signer(self, person):
        """Those that a person signed, or that were signed for him; `Certificate.is_of` tells it of one."""
        mine = Q(signed_by=person.user_id)
        if person.employee_id:
            mine |= Q(delegation__principal=person.employee_id)
        return self.filter(mine)

    def to_verify(self):
        """With what `verifying.verify` needs, the signed text included."""
        found = self.select_related("run__plan__action", "department", "signed_by", "voiding", "delegation")
        found = found.defer("run__plan__action__document")
        return found.annotate(closed=Count("lines", filter=Q(lines__line__closing__isnull=False)))


class Certificate(models.Model):
    """What one head signed for one department of one run. A later set of the department is a further one."""

    number = models.CharField(max_length=30, unique=True, help_text="such as CC-2027-01")
    run = models.ForeignKey("compensation.Run", on_delete=models.PROTECT, related_name="certificates")
    department = models.ForeignKey(
        "organization.Department",
        on_delete=models.PROTECT,
        null=True,
        related_name="certificates",
        help_text="empty for the awards of the heads themselves, certified by the County Judge",
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates"
    )
    signed_name = models.CharField(max_length=200)
    signed_title = models.CharField(max_length=160)
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        related_name="certificates",
        help_text="by which it was signed for somebody else",
    )
    signed_for = models.CharField(max_length=370, blank=True, help_text="name and title of that one")
    signed_at = models.DateTimeField()
    statement = models.TextField()
    content = models.TextField(
        help_text="canonical JSON of the statement, who signs, the awards and what they rest on"
    )
    content_hash = models.CharField(max_length=64)
    awards = models.PositiveIntegerField()
    exceptions = models.PositiveIntegerField(default=0, help_text="awards by written exception")
    base_total = models.DecimalField(
        max_digits=14, decimal_places=2, help_text="merit on base pay, dollars a year"
    )
    lump_total = models.DecimalField(max_digits=14, decimal_places=2, help_text="paid once")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at"]
        triggers = settled()

    def __str__(self):
        return f"Certificate {self.number}"

    def is_of(self, person):
        """Whether a person signed it, or it was signed for him."""
        if self.delegation and person.employee_id == self.delegation.principal_id:
            return True
        return self.signed_by_id == person.user_id


class CertifiedLine(models.Model):
    """One award in a certificate."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("compensation.RunLine", on_delete=models.PROTECT, related_name="certified")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the award and its rating as signed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "line"], name="certified_line_once_a_certificate"),
        ]
        triggers = settled()

    def __str__(self):
        return f"{self.line} in {self.certificate}"


class Closing(models.Model):
    """An award of a fiscal year was released: from then on it is final, whatever later runs of the year say.

    A correction goes out as a difference (PAY-9).
    """

    line = models.OneToOneField("compensation.RunLine", on_delete=models.PROTECT, related_name="closing")
    fiscal_year = models.PositiveSmallIntegerField()
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "employee", "slot"], name="closing_once_a_year")
        ]
        triggers = settled()

    def __str__(self):
        return f"{self.line} is released"


class Voiding(models.Model):
    """That a certificate no longer holds, found by the comparison and told to the one who signed."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="voiding")
    found_at = models.DateTimeField()
    reasons = models.JSONField(help_text="a sentence for each award that changed")

    class Meta:
        triggers = settled()

    def __str__(self):
        return f"{self.certificate} is void"


class Request(models.Model):
    """HR asked for the awards of a department to be certified, or who was asked returned the set."""

    class State(models.TextChoices):
        ASKED = "asked", "With the head"
        RETURNED = "returned", "Returned to HR"

    run = models.ForeignKey(
        "compensation.Run", on_delete=models.CASCADE, related_name="certification_requests"
    )
    department = models.ForeignKey(
        "organization.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    returned_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "department"], nulls_distinct=False, name="certification_request_once"
            ),
            models.CheckConstraint(condition=Q(state__in=["asked", "returned"]), name="request_state_known"),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.department or 'Heads'}, {self.run}"
