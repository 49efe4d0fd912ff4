"""What leaves the house: numbered batches for payroll, each line once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from audit.triggers import settled


class BatchQuerySet(models.QuerySet):
    def visible_to(self, person):
        if person.has_role("hr", "auditor", "payroll", "budget"):
            return self
        return self.none()


class BatchLineQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What was released for oneself; all for HR, payroll, budget and auditors; a head's departments."""
        if person.has_role("hr", "auditor", "payroll", "budget"):
            return self
        mine = Q(line__department__in=person.departments)
        if person.employee_id:
            mine |= Q(employee=person.employee_id)
        return self.filter(mine)


class Batch(models.Model):
    """A file for payroll. The bytes are kept, so that it can be downloaded again exactly as it was."""

    number = models.PositiveIntegerField(unique=True)
    run = models.ForeignKey("compensation.Run", on_delete=models.PROTECT, related_name="batches")
    action = models.ForeignKey("court.CourtAction", on_delete=models.PROTECT, related_name="batches")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    lines_count = models.PositiveIntegerField()
    people_count = models.PositiveIntegerField()
    base_total = models.DecimalField(max_digits=14, decimal_places=2, help_text="rise of annual pay")
    lump_total = models.DecimalField(max_digits=14, decimal_places=2)
    content = models.BinaryField(help_text="the CSV, as downloaded")
    content_hash = models.CharField(max_length=64)
    is_difference = models.BooleanField(default=False, help_text="corrects what was released before")

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "batches"
        triggers = settled(without=["content"])

    def __str__(self):
        return f"Batch {self.number}"


class BatchLine(models.Model):
    """What payroll does for one person: a new rate of base pay, or a sum paid once.

    A line of base pay covers the raise for everyone (across the board, lift to the minimum), tenure, merit,
    or several. In a fiscal year each is paid once: a second run of the year cannot pay it again. What tenure
    pays once is an element of its own, as it goes by no rating and has a day of its own. Where a plan pays a
    sum in months, each `payment` of it is paid once. A line of a difference has a signed amount, and covers
    what is paid with it from then on.
    """

    class Element(models.TextChoices):
        BASE = "BASE", "Base pay"
        LUMP = "LUMP", "Lump sum"
        LONGEVITY = "LONG", "Longevity pay"

    batch = models.ForeignKey(  # the unique number leads by it
        Batch, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    number = models.PositiveIntegerField()
    line = models.ForeignKey("compensation.RunLine", on_delete=models.PROTECT, related_name="batch_lines")
    employee = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, related_name="batch_lines"
    )
    slot = models.PositiveSmallIntegerField()
    fiscal_year = models.PositiveSmallIntegerField()
    element = models.CharField(max_length=4, choices=Element)
    covers_raise = models.BooleanField()
    covers_tenure = models.BooleanField()
    covers_merit = models.BooleanField()
    effective_on = models.DateField()
    old_annual = models.DecimalField(max_digits=12, decimal_places=2)
    new_annual = models.DecimalField(max_digits=12, decimal_places=2)
    new_hourly = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.CharField(max_length=200)
    payment = models.PositiveSmallIntegerField(
        null=True, help_text="which payment of a sum paid once; null: base pay, a difference"
    )
    of_payments = models.PositiveSmallIntegerField(null=True, help_text="in how many it is paid")
    difference = models.ForeignKey(  # the unique element leads by it
        "payroll.Difference", on_delete=models.PROTECT, null=True, related_name="batch_lines", db_index=False
    )

    objects = BatchLineQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_line_number_once"),
            *(
                models.UniqueConstraint(
                    fields=["fiscal_year", "employee", "slot"],
                    condition=condition & Q(difference=None),
                    name=f"batch_line_{name}_once",
                )
                for name, condition in {
                    "raise": Q(covers_raise=True),
                    "tenure": Q(covers_tenure=True),
                    "merit": Q(covers_merit=True),
                }.items()
            ),
            models.UniqueConstraint(
                fields=["fiscal_year", "employee", "slot", "element", "payment"],
                name="batch_line_payment_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    element__in=["LUMP", "LONG"],
                    difference=None,
                    payment__isnull=False,
                    payment__gte=1,
                    of_payments__isnull=False,
                    of_payments__gte=F("payment"),
                )
                | (Q(element="BASE") | Q(difference__isnull=False)) & Q(payment=None, of_payments=None),
                name="batch_line_numbers_its_payments",
            ),
            models.UniqueConstraint(fields=["difference", "element"], name="batch_line_difference_once"),
            models.CheckConstraint(
                condition=Q(element="BASE")
                & (
                    Q(covers_raise=True)
                    | Q(covers_tenure=True)
                    | Q(covers_merit=True)
                    | Q(difference__isnull=False)
                )
                | Q(
                    element__in=["LUMP", "LONG"],
                    covers_raise=False,
                    covers_tenure=False,
                    covers_merit=False,
                ),
                name="batch_line_covers_what_it_pays",
            ),
        ]
        triggers = settled()

    def __str__(self):
        return f"line {self.number} of {self.batch}"
