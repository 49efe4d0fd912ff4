from datetime import date

from organization.models import Assignment, Headship
from organization.needs import needs_of
from organization.roster import services
from tests.organization.roster.test_import import KEYED
from tests.world import AT, ON


def test_nothing_needs_hr_in_a_county_in_order(world, django_assert_num_queries):
    hr = world.person("miguel")
    assert hr.has_role("hr")
    with django_assert_num_queries(1):
        assert needs_of(hr) == []
    assert needs_of(world.person("denise")) == []


def test_what_is_missing_needs_hr(world):
    services.upload_roster(KEYED.encode(), "october.csv", as_of=ON, by=world.person("miguel"), at=AT)
    Assignment.objects.filter(employee=world.employees["quang"]).update(supervisor=None)
    Headship.objects.filter(department=world.departments["IT"]).update(ends_on=date(2026, 9, 1))
    assert [(need.title, need.why) for need in needs_of(world.person("miguel"))] == [
        ("Check and apply october.csv", "The roster of September 15, 2026 is uploaded, but not applied."),
        ("Name the missing supervisors", "One person has no supervisor, so nobody rates them."),
        ("Name the missing heads", "One department has no head, so nobody certifies there."),
    ]
