"""What leaves the house: numbered batches for payroll, each line once, and the letters that explain them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from audit.triggers import settled, tracked


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


class Difference(models.Model):
    """What the plan gives one position on corrected facts, after it was released otherwise (PAY-12).

    `case` and `award` are those of `compensation.pay`, as computed. The first correction of a position in a
    fiscal year has turn 1, a correction of that 2.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    employee = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, related_name="differences"
    )
    slot = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()
    line = models.ForeignKey(
        "compensation.RunLine",
        on_delete=models.PROTECT,
        related_name="differences",
        help_text="by which it was released",
    )
    reasons = ArrayField(models.TextField(), help_text="sentences: what was corrected")
    case = models.JSONField()
    award = models.JSONField(null=True, help_text="null: not in this position on the plan's day")
    lump_total = models.DecimalField(max_digits=12, decimal_places=2, help_text="paid once in all, after it")
    certificate = models.ForeignKey(
        "payroll.DifferenceCertificate",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="by which it went out, where one was needed",
    )
    rating = models.ForeignKey(
        "evaluations.RatingOfRecord",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="that the award rests on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "employee", "slot", "turn"], name="difference_turn_once"
            )
        ]
        triggers = settled()

    def __str__(self):
        return f"difference {self.turn} of {self.line}"


class DifferenceCertificate(models.Model):
    """A head's signature that a corrected award is earned; it holds while the difference has this digest."""

    line = models.ForeignKey(
        "compensation.RunLine", on_delete=models.PROTECT, related_name="difference_certificates"
    )
    digest = models.CharField(max_length=64)
    statement = models.TextField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=120)
    signed_title = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField()
    exception = models.ForeignKey(
        "certification.WrittenException", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "digest"], name="difference_certified_once")]
        triggers = settled()

    def __str__(self):
        return f"certificate of a difference of {self.line}"


class CorrectedSet(models.Model):
    """The corrected awards of a department that wait for a signature; of the heads where it is None.

    Found by comparing, every few minutes and after each act, so that home pages need not compare.
    """

    run = models.ForeignKey("compensation.Run", on_delete=models.CASCADE, related_name="corrected_sets")
    department = models.ForeignKey(
        "organization.Department", on_delete=models.CASCADE, null=True, related_name="+"
    )
    employees = ArrayField(models.BigIntegerField(), help_text="whose each is, for nobody signs his own")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "department"], nulls_distinct=False, name="corrected_set_once"
            )
        ]

    def __str__(self):
        return f"corrected awards of {self.department or 'the heads'}, {self.run}"


class BatchLine(models.Model):
    """What payroll does for one person: a new rate of base pay, or a sum paid once.

    A line of base pay covers the raise for everyone (across the board, lift to the minimum), tenure, merit,
    or several. In a fiscal year each is paid once: a second run of the year cannot pay it again. Where a plan
    pays a sum in months, each `payment` of it is paid once. A line of a difference has a signed amount, and
    covers what is paid with it from then on.
    """

    class Element(models.TextChoices):
        BASE = "BASE", "Base pay"
        LUMP = "LUMP", "Lump sum"

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
        Difference, on_delete=models.PROTECT, null=True, related_name="batch_lines", db_index=False
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
                fields=["fiscal_year", "employee", "slot", "payment"], name="batch_line_payment_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    element="LUMP",
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
                | Q(element="LUMP", covers_raise=False, covers_tenure=False, covers_merit=False),
                name="batch_line_covers_what_it_pays",
            ),
        ]
        triggers = settled()

    def __str__(self):
        return f"line {self.number} of {self.batch}"


class Release(models.Model):
    """A clerk's word to release pay of a run, and what became of it: a worker writes the batch.

    Where a line of that clerk is in it, another clerk gives the second word first.
    """

    class Kind(models.TextChoices):
        READY = "ready", "What is ready"
        DIFFERENCES = "differences", "Differences"
        PAYMENTS = "payments", "Monthly payments"

    class State(models.TextChoices):
        ASKED = "asked", "Waits for the second word"
        GOES_ON = "goes_on", "Being released"
        RELEASED = "released", "Released"
        REFUSED = "refused", "Not released"

    run = models.ForeignKey("compensation.Run", on_delete=models.PROTECT, related_name="releases")
    action = models.ForeignKey("court.CourtAction", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State)
    seen = models.CharField(max_length=64, help_text="digest of what was ready when it was asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="who gave the second word, where one was needed",
    )
    given_at = models.DateTimeField(null=True)
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, null=True, related_name="release")
    problem = models.TextField(blank=True, help_text="why nothing was released")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.READY)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=F("asked_by")),
                name="release_second_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "goes_on"], batch=None, problem="")
                | Q(state="released", batch__isnull=False, problem="")
                | Q(state="refused", batch=None) & ~Q(problem=""),
                name="release_ends_in_batch_or_reason",
            ),
            models.UniqueConstraint(
                fields=["run"], condition=Q(state__in=["asked", "goes_on"]), name="release_one_at_a_time"
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"release of {self.run}"

    @property
    def page(self):
        """The name of the page on which it is asked for."""
        return f"payroll:{'run' if self.kind == self.Kind.READY else self.kind}"

    @property
    def word_by(self):
        """Whose word the batch goes out on: that of the second clerk where there is one."""
        return self.given_by or self.asked_by

    @property
    def word_at(self):
        return self.given_at or self.asked_at


class ReleaseWork(models.Model):
    """How far the worker is. Its times are the clock's, not the county's, as those of `RunPart`."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="work")
    queued_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="rows written")
    total = models.PositiveIntegerField(help_text="rows to write, about")

    def __str__(self):
        return f"work on the {self.release}"

    @property
    def shown(self):
        """Rows done, never more than there are: how many assignments are succeeded is known at the end."""
        return min(self.done, self.total)


class FileLayout(models.Model):
    """A county's own layout of the payroll file; `document` is what `payroll.layouts.layout.parse` reads."""

    name = models.CharField(max_length=80, unique=True)
    document = models.JSONField()
    is_default = models.BooleanField(default=False, help_text="offered first on the page of a batch")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="file_layout_one_default"
            )
        ]
        triggers = tracked()

    def __str__(self):
        return self.name


class LetterFile(models.Model):
    """A part of the letters of a large batch as one PDF, made by a worker. It can be made again at any time.

    Its times are the clock's. `content` is empty until its letters are written and their pages set.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="letter_files")
    part = models.PositiveSmallIntegerField(help_text="from 1, by department and name")
    letters = models.PositiveIntegerField(help_text="in this part")
    first = models.CharField(max_length=300, help_text="whose letter begins it")
    last = models.CharField(max_length=300)
    queued_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0, help_text="letters written")
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["batch", "part"]
        constraints = [models.UniqueConstraint(fields=["batch", "part"], name="letter_file_part_once")]

    def __str__(self):
        return f"letters of {self.batch}, part {self.part}"
