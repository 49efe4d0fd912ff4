"""The county's own settings: names, years, the pay calendar, holidays, and in the demo its date."""

from datetime import timedelta

import holidays
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.services import record
from organization.models import County, Holiday, PayCalendar, the_county
from organization.permissions import may_set_county
from organization.refusal import NotYours, Refused
from organization.services.people import text

FURTHEST = 3 * 366


@transaction.atomic
def set_county(values, *, by, at):
    """Set the county's name, state, fiscal year, hours of a year and minimum service weight."""
    refuse_others(by)
    county, _ = County.objects.select_for_update().get_or_create(pk=1)
    before = {name: text(getattr(county, name)) for name in values}
    for name, value in values.items():
        setattr(county, name, value)
    county.save(update_fields=list(values))
    after = {name: text(value) for name, value in values.items()}
    record("county.changed", county, by=by, at=at, before=before, after=after)
    return county


@transaction.atomic
def set_pay_calendar(values, *, by, at):
    """Set the one pay calendar: name, first day of a period, its length, days to the pay date."""
    refuse_others(by)
    calendar = PayCalendar.objects.select_for_update().order_by("pk").first()
    before = {name: text(getattr(calendar, name)) for name in values} if calendar else None
    if calendar is None:
        calendar = PayCalendar.objects.create(**values)
    else:
        for name, value in values.items():
            setattr(calendar, name, value)
        calendar.save(update_fields=list(values))
    after = {name: text(value) for name, value in values.items()}
    record("pay_calendar.changed", calendar, by=by, at=at, before=before, after=after)
    return calendar


@transaction.atomic
def add_holiday(on, name, *, by, at):
    refuse_others(by)
    if Holiday.objects.filter(on=on).exists():
        raise Refused(f"{on:%B} {on.day}, {on.year} is a holiday already.")
    holiday = Holiday.objects.create(on=on, name=name)
    record("holiday.added", holiday, by=by, at=at, after={"on": on.isoformat(), "name": name})
    return holiday


@transaction.atomic
def remove_holiday(holiday_id, *, by, at):
    refuse_others(by)
    holiday = Holiday.objects.select_for_update().get(pk=holiday_id)
    record("holiday.removed", holiday, by=by, at=at, before={"on": text(holiday.on), "name": holiday.name})
    holiday.delete()


@transaction.atomic
def fill_holidays(year, *, by, at):
    """Add the public holidays of the county's state in a calendar year, but for days that have one.

    Source: the package `holidays`, which follows the state's statutes. Returns how many were added.
    """
    refuse_others(by)
    county = the_county()
    code = holidays.US.subdivisions_aliases.get(county.state, county.state)
    try:
        found = holidays.country_holidays("US", subdiv=code, years=year)
    except NotImplementedError:
        raise Refused(f"The holidays of {county.state} are not known. Add them one by one.") from None
    there = set(Holiday.objects.filter(on__in=found.keys()).values_list("on", flat=True))
    new = [Holiday(on=on, name=name[:80]) for on, name in sorted(found.items()) if on not in there]
    Holiday.objects.bulk_create(new)
    record("holidays.filled", county, by=by, at=at, after={"year": year, "added": len(new)})
    return len(new)


@transaction.atomic
def move_county_date(days, *, by, at):
    """Move the county's date forward by some days. Only in the demo. Raises `Refused`."""
    if not settings.DEMO:
        raise Refused("Only the demo can move the county’s date.")
    if days < 1:
        raise Refused("The county’s date moves forward only: what was signed cannot be unsigned.")
    county, _ = County.objects.select_for_update().get_or_create(pk=1)
    if county.demo_days_ahead + days > FURTHEST:
        raise Refused("The demo goes three years ahead and no further. Start it over with make demo-reset.")
    before, moved = county.demo_days_ahead, timezone.localdate(at) + timedelta(days=days)
    county.demo_days_ahead = before + days
    county.save(update_fields=["demo_days_ahead"])
    record(
        "county.date_moved",
        county,
        by=by,
        at=at,
        before={"days_ahead": before},
        after={
            "days_ahead": county.demo_days_ahead,
            "date": moved.isoformat(),
        },
    )
    return county


def refuse_others(by):
    if not may_set_county(by):
        raise NotYours("Only an HR administrator can change the county’s settings.")
