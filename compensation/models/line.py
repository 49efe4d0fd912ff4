from django.contrib.postgres.fields import ArrayField
from django.db import models


class RunCase(models.Model):
    """The frozen inputs of one line, in the units of `compensation.pay`: what COPY hands to the calculation.

    Cents, ten-thousandths of a dollar for hourly rates, ten-thousandths for FTE, hundredths for scores.
    """

    run = models.ForeignKey("compensation.Run", on_delete=models.CASCADE, related_name="cases")
    part = models.ForeignKey("compensation.RunPart", on_delete=models.CASCADE, related_name="cases")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey("organization.Assignment", on_delete=models.PROTECT, related_name="+")
    rating = models.ForeignKey("evaluations.RatingOfRecord", on_delete=models.PROTECT, null=True, related_name="+")
    fund = models.ForeignKey("organization.Fund", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20, help_text="employee number")
    kind = models.CharField(max_length=10)
    pay_set_by = models.CharField(max_length=8)
    is_grant = models.BooleanField()
    basis = models.CharField(max_length=6)
    rate = models.BigIntegerField(help_text="cents a year, or ten-thousandths of a dollar an hour")
    hours_per_year = models.PositiveSmallIntegerField()
    fte = models.PositiveIntegerField(null=True, help_text="ten-thousandths")
    grade = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField(null=True)
    hired_on = models.DateField(null=True)
    in_position_since = models.DateField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    score = models.PositiveSmallIntegerField(null=True, help_text="hundredths")
    service_weight = models.PositiveSmallIntegerField(null=True, help_text="hundredths")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "assignment"], name="run_case_once")]

    def __str__(self):
        return f"case of {self.number} in run {self.run_id}"


class RunLineQuerySet(models.QuerySet):
    def awards(self):
        """Lines with merit or a lump sum: those that need a certificate (PAY-9). Across the board needs none."""
        return self.filter(models.Q(merit__gt=0) | models.Q(lump__gt=0))

    def visible_to(self, person):
        """One's own once released; a head's departments; the county for HR, payroll, budget and auditors."""
        if person.has_role("hr", "auditor", "payroll", "budget"):
            return self
        return self.filter(department__in=person.departments)


class RunLine(models.Model):
    """One person's result with every figure on the way, in cents unless said otherwise."""

    case = models.OneToOneField(RunCase, on_delete=models.CASCADE, related_name="line")
    run = models.ForeignKey("compensation.Run", on_delete=models.CASCADE, related_name="lines")
    part = models.ForeignKey("compensation.RunPart", on_delete=models.CASCADE, related_name="lines")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="run_lines")
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="run_lines")
    number = models.CharField(max_length=20, help_text="employee number")
    reasons = ArrayField(models.CharField(max_length=40), default=list, help_text="codes, each with a sentence")
    old_rate = models.BigIntegerField(help_text="in the unit of the basis")
    new_rate = models.BigIntegerField()
    new_step = models.PositiveSmallIntegerField(null=True)
    old_annual = models.BigIntegerField(help_text="pay a year, FTE included")
    new_annual = models.BigIntegerField()
    across_the_board = models.BigIntegerField(default=0)
    lift = models.BigIntegerField(default=0, help_text="to the new minimum")
    merit = models.BigIntegerField(default=0, help_text="on base pay, a year")
    excess = models.BigIntegerField(default=0, help_text="over the maximum, paid once; part of lump")
    lump = models.BigIntegerField(default=0, help_text="paid once, in all")
    fica = models.BigIntegerField(default=0)
    retirement = models.BigIntegerField(default=0)

    objects = RunLineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="run_line_once")]
        indexes = [models.Index(fields=["run", "department"], name="run_line_by_department")]

    def __str__(self):
        return f"{self.number} in run {self.run_id}"
