from django.db import models
from django.db.models import Q

from audit.triggers import tracked


class County(models.Model):
    """The one county that this installation serves."""

    name = models.CharField(max_length=100, default="The county")
    state = models.CharField(max_length=40, default="Texas")
    fiscal_year_starts_month = models.PositiveSmallIntegerField(default=10)
    hours_per_year = models.PositiveSmallIntegerField(
        default=2080,
        help_text="turns an annual rate into an hourly one, where a person has no hours of his own",
    )
    minimum_service_weight = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=30,
        help_text="of 100, for every evaluation and job description",
    )
    officer_notice_days = models.PositiveSmallIntegerField(
        default=10,
        help_text="an elected officer's raise is noticed before this day before the meeting "
        "(Texas Local Government Code 152.013)",
    )
    demo_days_ahead = models.SmallIntegerField(
        default=0, help_text="the demo alone can move the county's date; always 0 elsewhere"
    )

    class Meta:
        verbose_name_plural = "counties"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="county_only_one"),
            models.CheckConstraint(
                condition=Q(fiscal_year_starts_month__range=(1, 12)), name="county_fiscal_year_month"
            ),
            models.CheckConstraint(
                condition=Q(minimum_service_weight__range=(0, 100)), name="county_service_weight_of_100"
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.name}, {self.state}"


def the_county():
    """The county's row; one with its defaults where nothing is set yet."""
    return County.objects.filter(pk=1).first() or County(pk=1)


class PayCalendar(models.Model):
    """Pay periods of equal length, counted from one that is known."""

    name = models.CharField(max_length=60, unique=True)
    anchor_on = models.DateField(help_text="first day of any one pay period")
    length_days = models.PositiveSmallIntegerField(default=14)
    pay_lag_days = models.PositiveSmallIntegerField(
        default=6, help_text="from a period's last day to its pay date"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(length_days__gte=1), name="pay_calendar_has_length")
        ]
        triggers = tracked()

    def __str__(self):
        return self.name


class Holiday(models.Model):
    on = models.DateField(unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["on"]

    def __str__(self):
        return f"{self.name}, {self.on}"
