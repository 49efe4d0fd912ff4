"""The demo's date, moved by days."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from organization import clock
from organization.models import County


def test_a_moved_date_is_right_late_at_night_with_summer_time_between(world, settings, monkeypatch):
    settings.DEMO = True
    late = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)  # 11:30 p.m. of November 21 in Texas
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    moved = County(demo_days_ahead=-67)
    assert timezone.localdate(clock.now(moved)) == timezone.localdate(late) - timedelta(days=67)
    assert timezone.localtime(clock.now(moved)).hour == 23
