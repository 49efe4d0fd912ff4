"""Employees and what they do: one noun in two tables, since who sees whom follows from the reporting line."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from audit.triggers import tracked
from organization.dated import A_DAY, DatedQuerySet, LastDay, ends_after_start, no_overlap


class Plain(Func):
    """Text without accents and case, by a function of ours: Postgres's `unaccent` cannot be indexed."""

    function = "plain_text"
    output_field = models.TextField()


class EmployeeQuerySet(models.QuerySet):
    def employed(self, on):
        """Not separated on that day. Someone whose hire date is unknown counts as employed."""
        return self.filter(Q(hired_on=None) | Q(hired_on__lte=on)).filter(
            Q(separated_on=None) | Q(separated_on__gt=on)
        )

    def search(self, words):
        """Every word in the name or at the start of the number; accents and case do not matter."""
        found = self
        for word in words.split():
            found = found.filter(Q(pk__in=Employee.objects.named(word)) | Q(number__istartswith=word))
        return found

    def named(self, word):
        """Ids of those whose name holds the word; the database finds them by index."""
        return (
            self.alias(plain_name=Plain(F("sort_name")), word=Plain(Value(word)))
            .filter(plain_name__contains=F("word"))
            .values("pk")
        )

    def reporting_to(self, supervisor, *, on):
        direct = Assignment.objects.in_force(on).filter(
            employee=OuterRef("pk"), slot=1, supervisor=supervisor
        )
        return self.filter(Exists(direct))

    def visible_to(self, person):
        """Whose record, pay included, a person may open: his own, his line's, his departments' or all."""
        if person.sees_everyone:
            return self
        seen = Q(pk=person.employee_id) if person.employee_id else Q(pk=None)
        line = Assignment.objects.in_force(person.on).filter(employee=OuterRef("pk"))
        wanted = Q(department__in=person.departments)
        if person.employee_id:
            reports = Assignment.objects.in_force(person.on).filter(slot=1, supervisor=person.employee_id)
            wanted |= Q(slot=1) & (
                Q(supervisor=person.employee_id) | Q(supervisor__in=reports.values("employee"))
            )
        return self.filter(seen | Exists(line.filter(wanted)))


class Employee(models.Model):
    """A person on the county's roster. Only `full_name` is certain, the parts of a name are for sorting."""

    STATED = ("first_name", "last_name", "work_email", "hired_on")  # what a person or a roster says of him

    number = models.CharField(max_length=20, unique=True)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    sort_name = models.CharField(max_length=170, blank=True, help_text="last name, first name")
    sort_key = models.GeneratedField(
        expression=Plain("sort_name"),
        output_field=models.TextField(),
        db_persist=True,
        help_text="by which lists are ordered: Álvarez stands among the A's, whatever the database sorts by",
    )
    work_email = models.EmailField(blank=True)
    hired_on = models.DateField(null=True, blank=True)
    separated_on = models.DateField(null=True, blank=True, help_text="first day no longer employed")
    separation_reason = models.CharField(max_length=120, blank=True)
    unknown = models.JSONField(
        default=dict, blank=True, help_text="what no file has told, and why: field to reason"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="employee"
    )

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "number"]
        indexes = [
            GinIndex(OpClass(Plain("sort_name"), name="gin_trgm_ops"), name="employee_by_name"),
            models.Index(fields=["sort_key", "number"], name="employee_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(separated_on=None) | Q(hired_on=None) | Q(separated_on__gt=models.F("hired_on")),
                name="employee_separated_after_hired",
            ),
            models.UniqueConstraint(
                fields=["work_email"], condition=~Q(work_email=""), name="employee_email_once"
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}".strip() or f"Employee {self.number}"

    @property
    def last_day(self):
        """The last day employed, None while no end is known."""
        return self.separated_on - A_DAY if self.separated_on else None


class AssignmentQuerySet(DatedQuerySet):
    def with_annual_pay(self, hours_per_year=2080):
        """Adds `annual_pay` in dollars: what the rate pays in a year at the FTE (1 where it is not known)."""
        return self.annotate(annual_pay=_of_a_year(hours_per_year, F("rate") * FTE_OR_WHOLE))

    def with_annual_rate(self, hours_per_year=2080):
        """Adds `annual_rate` in dollars, by which a roster is summed: annual rates as stated (ORG-4)."""
        return self.annotate(annual_rate=_of_a_year(hours_per_year, F("rate")))


FTE_OR_WHOLE = Coalesce(
    F("fte"), Decimal(1), output_field=models.DecimalField(max_digits=5, decimal_places=4)
)


def _of_a_year(hours_per_year, annual):
    """Dollars a year of an annual rate as given, or of an hourly rate x hours x FTE."""
    return Case(
        When(basis="annual", then=annual),
        default=F("rate") * Coalesce(F("hours_per_year"), hours_per_year) * FTE_OR_WHOLE,
        output_field=models.DecimalField(max_digits=14, decimal_places=4),
    )


class Assignment(LastDay, models.Model):
    """What someone does, where, for whom and for what pay, for a time. Succeeded, never edited.

    `rate` is dollars a year or an hour, as `basis` says: that one is authoritative, the other is a display.
    An annual rate is the full-time rate where `fte` is known and the file said so; where the FTE is unknown
    it is the pay as stated, and no rule of the range applies (ORG-3, ORG-4).
    """

    STATED = (  # what a person or a roster says of it
        "department",
        "division",
        "job",
        "supervisor",
        "fte",
        "exempt",
        "basis",
        "rate",
        "hours_per_year",
        "grade",
        "step",
        "fund",
        "kind",
        "pay_set_by",
        "in_position_since",
    )

    class Basis(models.TextChoices):
        ANNUAL = "annual", "Annual"
        HOURLY = "hourly", "Hourly"

    class Kind(models.TextChoices):
        REGULAR = "regular", "Regular"
        TEMPORARY = "temporary", "Temporary"
        ELECTED = "elected", "Elected"

    class PaySetBy(models.TextChoices):
        COURT = "court", "Commissioners Court"
        JUDGES = "judges", "District judges"
        GRANT = "grant", "Grant"
        STATE = "state", "State"

    employee = models.ForeignKey(
        "organization.Employee", on_delete=models.PROTECT, related_name="assignments"
    )
    slot = models.PositiveSmallIntegerField(
        "assignment number", default=1, help_text="1 for most; a second part-time job is 2"
    )
    department = models.ForeignKey(  # the indexes below begin with it and with the supervisor
        "organization.Department", on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    division = models.CharField(max_length=120, blank=True, help_text="unit within the department")
    job = models.ForeignKey(
        "organization.Job", on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    supervisor = models.ForeignKey(
        "organization.Employee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        db_index=False,
    )
    fte = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    exempt = models.BooleanField(null=True, blank=True, help_text="from overtime under the FLSA")
    basis = models.CharField(max_length=6, choices=Basis, default=Basis.ANNUAL)
    rate = models.DecimalField(max_digits=12, decimal_places=4)
    hours_per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    fund = models.ForeignKey(
        "organization.Fund", on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REGULAR)
    pay_set_by = models.CharField(max_length=8, choices=PaySetBy, default=PaySetBy.COURT)
    in_position_since = models.DateField(null=True, blank=True)
    unknown = models.JSONField(default=dict, blank=True, help_text="field to reason")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["supervisor", "starts_on"], name="assignment_by_supervisor"),
            models.Index(fields=["department", "starts_on"], name="assignment_by_department"),
        ]
        constraints = [
            no_overlap("employee", "slot", name="assignment_one_at_a_time"),
            ends_after_start("assignment_ends_after_start"),
            models.CheckConstraint(condition=Q(slot__gte=1), name="assignment_slot_from_1"),
            models.CheckConstraint(condition=Q(rate__gte=0), name="assignment_rate_not_negative"),
            models.CheckConstraint(
                condition=Q(fte=None) | Q(fte__gt=0, fte__lte=1), name="assignment_fte_up_to_1"
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["annual", "hourly"]), name="assignment_basis_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["regular", "temporary", "elected"]), name="assignment_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(pay_set_by__in=["court", "judges", "grant", "state"]),
                name="assignment_pay_set_by_known",
            ),
            models.CheckConstraint(
                condition=Q(supervisor=None) | ~Q(supervisor=F("employee")),
                name="assignment_not_own_supervisor",
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.employee}, {self.job} from {self.starts_on}"


def supervisor_of(employee_ref, *, on):
    """A subquery: the supervisor of the employee named by an outer reference, on a day."""
    line = Assignment.objects.in_force(on).filter(employee=OuterRef(employee_ref), slot=1)
    return Subquery(line.values("supervisor_id")[:1])
