"""The county's date and time. Only edges (views, commands, tasks) ask; services are told `on` and `at`."""

from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone

from organization.models import County


def days_ahead():
    """How far the county's date is moved: only ever in the demo."""
    if not settings.DEMO:
        return 0
    return County.objects.values_list("demo_days_ahead", flat=True).filter(pk=1).first() or 0


def now(county=None):
    """The county's time; with its row at hand no query is needed."""
    if not settings.DEMO:
        return timezone.now()
    days = timedelta(days=days_ahead() if county is None else county.demo_days_ahead)
    # By the clock on the wall: a day of UTC more would be another date late at night, summer time ahead.
    return (timezone.localtime() + days).astimezone(UTC)


def today():
    return timezone.localdate(now())
