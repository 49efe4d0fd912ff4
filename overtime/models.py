"""Worksheets on the regular rate: what lump sums add to overtime already worked (PAY-11, 29 CFR 778.209)."""

from datetime import date
from typing import NamedTuple

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.triggers import Trigger
from compensation.pay import regular_rate

KEPT_STAYS = """
    IF OLD.{kept} THEN
        RAISE EXCEPTION 'countyhr: % of an overtime worksheet is refused, it was kept', TG_OP;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def kept_stays(condition):
    return Trigger(
        name="kept_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=KEPT_STAYS.format(kept=condition),
    )


class WorksheetQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self if person.has_role("payroll", "hr", "auditor") else self.none()


class Method(models.TextChoices):
    WEEKS = regular_rate.EQUAL_WEEKS, "Equal for each week"
    HOURS = regular_rate.EQUAL_HOURS, "Equal for each hour worked"
    EARNINGS = regular_rate.EARNINGS, "Percent of total earnings"


class Worksheet(models.Model):
    """One overtime file held against the lump sums of a batch, or of a run that is not released yet.

    A draft is worked out anew as often as its columns are matched. One that is kept stays as it is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        KEPT = "kept", "Kept"

    run = models.ForeignKey("compensation.Run", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(
        "payroll.Batch", on_delete=models.PROTECT, null=True, related_name="overtime_worksheets"
    )
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    method = models.CharField(max_length=8, choices=Method)
    complete = models.BooleanField(help_text="a week that the file leaves out had no work")
    with_comp_time = models.BooleanField(
        default=True, help_text="whether overtime given as compensatory time earns a share"
    )
    first_day = models.DateField(help_text="of the service that the lump sums reward")
    last_day = models.DateField()
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(help_text="the overtime file as it came")
    content_hash = models.CharField(max_length=64)
    columns = models.JSONField(default=dict, help_text="field to column name")
    notes = models.JSONField(default=list)
    problems = models.JSONField(default=list, help_text="the first of them")
    refused_rows = models.PositiveIntegerField(default=0)
    unused_rows = models.PositiveIntegerField(default=0, help_text="of people without a lump sum, or exempt")
    lump_total = models.BigIntegerField(default=0, help_text="cents, of those worked out")
    additional_total = models.BigIntegerField(default=0, help_text="cents, by the method")
    comp_time_total = models.BigIntegerField(
        default=0, help_text="cents that overtime given as compensatory time comes to, counted or not"
    )
    by_method = models.JSONField(default=dict, help_text="cents that each method would give")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kept_at = models.DateTimeField(null=True)

    objects = WorksheetQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "kept"]), name="worksheet_state_known"),
            models.CheckConstraint(
                condition=Q(state="kept") ^ Q(kept_at=None), name="worksheet_dated_once_kept"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(batch__isnull=False), name="worksheet_kept_of_a_batch"
            ),
        ]
        triggers = [kept_stays("state = 'kept'")]

    def __str__(self):
        return f"Worksheet {self.pk}"

    @property
    def source(self):
        return self.batch or self.run

    @property
    def is_kept(self):
        return self.state == self.State.KEPT


class WorksheetPerson(models.Model):
    """One person with a lump sum: what overtime adds to it week by week, or why nothing was worked out."""

    class Standing(models.TextChoices):
        COMPUTED = "computed", "Worked out"
        EXEMPT = "exempt", "Exempt from overtime"
        UNKNOWN = "unknown", "Exemption unknown"
        MIXED = "mixed", "Exempt for a part of the period"
        NO_ROW = "no_row", "No row in the file"
        REFUSED = "row_refused", "A row was refused"
        MISSING = "missing", "Weeks are missing"
        EARLIER = "earlier", "In an earlier worksheet"

    worksheet = models.ForeignKey(Worksheet, on_delete=models.CASCADE, related_name="people")
    batch = models.ForeignKey("payroll.Batch", on_delete=models.PROTECT, null=True, related_name="+")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, help_text="employee number")
    name = models.CharField(max_length=170)
    department = models.CharField(max_length=120)
    fund = models.CharField(max_length=20, blank=True)
    lump = models.BigIntegerField(help_text="cents")
    standing = models.CharField(max_length=12, choices=Standing)
    note = models.CharField(max_length=200, blank=True)
    hours = models.PositiveIntegerField(default=0, help_text="hundredths")
    overtime = models.PositiveIntegerField(default=0, help_text="hundredths")
    additional = models.BigIntegerField(default=0, help_text="cents")
    weeks = models.JSONField(
        default=list,
        help_text="last day, hours, overtime, earnings, days, hours given as comp time, part, additional pay",
    )
    is_kept = models.BooleanField(default=False)

    class Meta:
        ordering = ["worksheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["worksheet", "employee"], name="worksheet_person_once"),
            models.UniqueConstraint(
                fields=["batch", "employee"],
                condition=Q(is_kept=True, standing="computed"),
                name="worksheet_person_adjusted_once",
            ),
            models.CheckConstraint(
                condition=Q(standing="computed") | Q(additional=0), name="worksheet_person_due_if_computed"
            ),
        ]
        triggers = [kept_stays("is_kept")]

    def __str__(self):
        return f"{self.name} in {self.worksheet_id}"

    def shown_weeks(self):
        """The weeks as WeekShown, by date."""
        return [WeekShown(date.fromisoformat(day), *figures) for day, *figures in self.weeks]


class WeekShown(NamedTuple):
    """A week of somebody: hours in hundredths, the rest in cents."""

    ends_on: date
    hours: int
    overtime: int
    earnings: int | None
    days: int
    comp_time: int
    part: int
    additional: int

    @property
    def overtime_paid(self):
        return self.overtime - self.comp_time

    @property
    def is_long(self):
        return self.days != regular_rate.WEEK
