from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from compensation.pay.case import Proposed


def frozen_key(to, *, null=False):
    return models.ForeignKey(
        to, on_delete=models.PROTECT, null=null, related_name="+", db_index=False, db_constraint=False
    )


class RunCase(models.Model):
    """The frozen inputs of one line, in the units of `compensation.pay`: what COPY hands to the
    calculation.

    Cents a year or ten-thousandths of a dollar an hour for the rate, ten-thousandths for FTE, hundredths
    for score and weight. NULL means that the fact is not known. `compensation.facts` has the query that
    fills it.
    """

    run = models.ForeignKey(
        "compensation.Run", on_delete=models.CASCADE, related_name="cases", db_index=False
    )
    part = models.ForeignKey("compensation.RunPart", on_delete=models.CASCADE, related_name="cases")
    # A snapshot, filled from these very rows by one statement: to check each key again would double its time.
    employee = frozen_key("organization.Employee")
    assignment = frozen_key("organization.Assignment")
    rating = frozen_key("evaluations.RatingOfRecord", null=True)
    fund = frozen_key("organization.Fund", null=True)
    slot = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, help_text="employee number")
    basis = models.CharField(max_length=6)
    rate = models.BigIntegerField(help_text="cents a year, or ten-thousandths of a dollar an hour")
    hours_per_year = models.PositiveSmallIntegerField(null=True)
    fte = models.PositiveIntegerField(null=True, help_text="ten-thousandths")
    kind = models.CharField(max_length=10)
    pay_set_by = models.CharField(max_length=8)
    is_grant = models.BooleanField()
    grade = models.CharField(max_length=20, null=True)
    step = models.PositiveSmallIntegerField(null=True)
    hired_on = models.DateField(null=True)
    in_position_since = models.DateField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    score = models.PositiveSmallIntegerField(null=True, help_text="hundredths")
    service_weight = models.PositiveSmallIntegerField(null=True, help_text="hundredths")
    last_promotion_on = models.DateField(null=True, help_text="where the plan asks for it")
    last_merit_on = models.DateField(null=True, help_text="where the plan asks for it")
    separated_on = models.DateField(null=True)
    department = models.CharField(max_length=20, help_text="its code")
    earnings = models.BigIntegerField(null=True, help_text="cents, where the plan pays a percent of them")
    proposal = frozen_key("compensation.Proposal", null=True)
    proposed_gives = models.CharField(max_length=7, null=True, help_text="percent or amount")
    proposed_value = models.BigIntegerField(null=True, help_text="millionths or cents")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "assignment"], name="run_case_once")]

    def __str__(self):
        return f"case of {self.number} in run {self.run_id}"

    @property
    def proposed(self):
        """What the head proposed, as `compensation.pay` takes it; None for nothing."""
        return None if self.proposed_gives is None else Proposed(self.proposed_gives, self.proposed_value)


class Outcome(models.TextChoices):
    AWARDED = "awarded", "Awarded"
    RAISED = "raised", "Raised, no award"
    BELOW = "below", "Eligible, no award"
    LEFT_OUT = "left_out", "Not eligible for an award"


class RunLineQuerySet(models.QuerySet):
    def awards(self):
        """Lines with merit or a lump sum by rating: those that need a certificate (PAY-9).

        Told by what the plan gave, not by what came out: at the maximum merit is paid as a lump sum, and an
        across-the-board raise that passes the maximum is one too, but needs no certificate.
        """
        return self.filter(Q(merit_value__gt=0) | Q(lump_value__gt=0))

    def visible_to(self, person):
        """The county for HR, payroll, budget and auditors; a head's departments without himself, whose own
        line comes with the letter.
        """
        if person.sees_everyone:
            return self
        return self.filter(department__in=person.departments).exclude(employee=person.employee_id)


class RunLine(models.Model):
    """One person's result with every figure on the way: the fields of `compensation.pay.case.Award`,
    which says what each is. Cents, unless it is a rate, which is in the unit of the case's basis.
    """

    case = models.OneToOneField(RunCase, on_delete=models.CASCADE, related_name="line")
    run = models.ForeignKey(
        "compensation.Run", on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    part = models.ForeignKey("compensation.RunPart", on_delete=models.CASCADE, related_name="lines")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="run_lines")
    department = models.ForeignKey(
        "organization.Department", on_delete=models.PROTECT, related_name="run_lines", db_index=False
    )
    number = models.CharField(max_length=20, help_text="employee number")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reasons = ArrayField(
        models.CharField(max_length=40), default=list, help_text="codes, each with a sentence"
    )
    old_rate = models.BigIntegerField()
    raise_step = models.PositiveSmallIntegerField(null=True, help_text="of the new table")
    raised_rate = models.BigIntegerField(help_text="after across the board")
    lifted_rate = models.BigIntegerField(help_text="and not below the new minimum")
    tenure_rate = models.BigIntegerField(help_text="and after tenure")
    tenure_step = models.PositiveSmallIntegerField(null=True)
    new_rate = models.BigIntegerField(help_text="and after merit")
    new_step = models.PositiveSmallIntegerField(null=True)
    range_minimum = models.BigIntegerField(null=True)
    range_maximum = models.BigIntegerField(null=True)
    merit_base = models.BigIntegerField()
    merit_value = models.BigIntegerField(help_text="steps, millionths or cents, as the plan gives")
    uncapped_raise = models.BigIntegerField()
    uncapped_merit = models.BigIntegerField()
    days = models.PositiveSmallIntegerField()
    days_of = models.PositiveSmallIntegerField()
    old_annual = models.BigIntegerField(help_text="pay a year, FTE included")
    across_the_board = models.BigIntegerField()
    lift = models.BigIntegerField(help_text="to the new minimum")
    tenure = models.BigIntegerField(help_text="tenure")
    merit = models.BigIntegerField(help_text="on base pay, a year")
    new_annual = models.BigIntegerField()
    new_hourly = models.BigIntegerField(null=True, help_text="ten-thousandths of a dollar")
    excess = models.BigIntegerField(help_text="over the maximum, paid once; part of lump")
    forfeited = models.BigIntegerField(help_text="over the maximum, not paid")
    lump_base = models.BigIntegerField()
    lump_value = models.BigIntegerField(help_text="millionths or cents, as the plan gives")
    lump_days = models.PositiveIntegerField()
    lump_days_of = models.PositiveIntegerField()
    lump_sum = models.BigIntegerField(help_text="by rating or the result of a team; part of lump")
    longevity_base = models.BigIntegerField()
    longevity = models.BigIntegerField(help_text="tenure paid once; part of lump")
    lump = models.BigIntegerField(help_text="paid once, in all")
    fica_raise = models.BigIntegerField(help_text="the employer's, on across the board and lift")
    fica_tenure = models.BigIntegerField(help_text="on tenure, longevity too")
    fica_merit = models.BigIntegerField()
    fica_lump = models.BigIntegerField()
    retirement_raise = models.BigIntegerField()
    retirement_tenure = models.BigIntegerField()
    retirement_merit = models.BigIntegerField()
    retirement_lump = models.BigIntegerField()
    fica = models.GeneratedField(
        expression=F("fica_raise") + F("fica_tenure") + F("fica_merit") + F("fica_lump"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    retirement = models.GeneratedField(
        expression=F("retirement_raise")
        + F("retirement_tenure")
        + F("retirement_merit")
        + F("retirement_lump"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    objects = RunLineQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["run", "department"], name="run_line_by_department")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    new_annual=F("old_annual") + F("across_the_board") + F("lift") + F("tenure") + F("merit")
                ),
                name="run_line_raises_add_up",
            ),
            models.CheckConstraint(
                condition=Q(lump=F("excess") + F("lump_sum") + F("longevity")),
                name="run_line_paid_once_adds_up",
            ),
        ]

    def __str__(self):
        return f"{self.number} in run {self.run_id}"

    @property
    def awarded_once(self):
        """What of `lump` may be an award: all but longevity, which goes by no rating."""
        return self.excess + self.lump_sum

    @property
    def raise_before_merit(self):
        """Across the board, to the minimum and tenure, in cents a year."""
        return self.across_the_board + self.lift + self.tenure
