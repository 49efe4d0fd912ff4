"""Things that are true for a time. Half-open: `ends_on` is the first day on which it no longer holds."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


A_DAY = timedelta(days=1)


class LastDay:
    """Adds the last day on which something holds, as people write it; None while it has no end."""

    @property
    def last_day(self):
        return self.ends_on - A_DAY if self.ends_on else None


def holds_on(on, prefix=""):
    """What is in force on a day, as a condition; `prefix` leads to it: "headships__"."""
    ends = Q((f"{prefix}ends_on", None)) | Q((f"{prefix}ends_on__gt", on))
    return ends & Q((f"{prefix}starts_on__lte", on))


def is_in_force(row, on):
    """Whether a row holds on a day: what `holds_on` asks the database."""
    return row.starts_on <= on and (row.ends_on is None or on < row.ends_on)


class DatedQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(holds_on(on))


def no_overlap(*same, name, condition=None):
    """A constraint: no two rows that agree in the fields `same` are in force on one day.

    The period stands last: its index leads by whom it is about to a few rows. By the period first, it would
    lead to nearly all of them, as nearly all are in force today.
    """
    period = DateRange("starts_on", "ends_on", RangeBoundary())
    return ExclusionConstraint(
        name=name,
        expressions=[*((field, RangeOperators.EQUAL) for field in same), (period, RangeOperators.OVERLAPS)],
        condition=condition,
    )


def ends_after_start(name):
    return models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name=name)
