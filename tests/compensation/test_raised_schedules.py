"""A schedule raised on its page: what changes is shown, then the next one is put in force."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Entry
from compensation import services
from compensation.conditions import read_schedule
from compensation.models import PayPlan, Schedule
from look.formats import record_date
from tests.world import AT

ASKED = {
    "percent": "2",
    "at_least": "0",
    "amount": "0",
    "method": "cells",
    "divisor": "30",
    "between": "",
    "place": "coarse",
    "starts_on": "2026-10-01",
    "name": "General schedule 2027",
    "action": "",
}


@pytest.fixture
def page(county, as_):
    client, url = as_("miguel"), reverse("compensation:structure_raise", args=[county.schedule.pk])
    return lambda **changes: client.post(url, ASKED | changes)


def test_what_changes_is_shown_before_anything_is_kept(county, page):
    text = page().text
    assert "Nothing is kept yet" in text
    assert Schedule.objects.count() == 1
    answer = page(save="1")
    made = Schedule.objects.get(starts_on=date(2026, 10, 1))
    assert answer.url == reverse("compensation:structure_changes", args=[made.pk])
    assert (made.code, made.name) == (county.schedule.code, "General schedule 2027")
    before, after = read_schedule(county.schedule), read_schedule(made)
    assert after.grades[0].minimum == round(before.grades[0].minimum * 1.02 / 100) * 100
    county.schedule.refresh_from_db()
    assert county.schedule.ends_on == made.starts_on


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"percent": "two"}, "“two” is not a percentage."),
        ({"percent": "-2"}, "A raise is not below zero."),
        ({"percent": "0"}, "Nothing rises. Type a percent, or dollars."),
        ({"percent": "400"}, "400.00% is out of all proportion."),
        ({"method": "increment"}, "has no steps, so it can&#x27;t be raised by a fixed increment"),
        ({"starts_on": "2020-01-01", "save": "1"}, "The next one begins later."),
    ],
)
def test_what_cannot_be_raised_is_told_and_kept(page, changes, said):
    answer = page(**changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="General schedule 2027"' in answer.text
    assert Schedule.objects.count() == 1


def test_a_table_between_two_others_is_told_and_can_be_taken_back(county, page, as_):
    page(save="1")
    october = Schedule.objects.get(starts_on=date(2026, 10, 1))
    text = page(starts_on="2026-09-20", name="By mistake").text
    assert f"General schedule 2027 follows on {record_date(october.starts_on)}. It stays as it is" in text
    answer = page(starts_on="2026-09-20", name="By mistake", save="1")
    made = Schedule.objects.get(name="By mistake")
    client = as_("miguel")
    assert "Withdraw this table" in client.get(answer.url).text
    client.post(reverse("compensation:structure_withdraw", args=[made.pk]))
    assert not Schedule.objects.filter(pk=made.pk).exists()
    county.schedule.refresh_from_db()
    assert county.schedule.ends_on == october.starts_on
    assert Entry.objects.filter(act="schedule.withdrawn").exists()


def test_the_table_of_an_adopted_plan_tells_so_and_stays_once_it_is_run(county, year_one, page, as_):
    order = county.order("pay_plan")
    PayPlan.objects.filter(pk=year_one.pk).update(state="adopted", action=order)
    assert f"The adopted {year_one} takes its ranges" in page(starts_on="2026-09-01").text
    services.start_run(year_one.pk, by=county.person("miguel"), at=AT, in_background=False)
    answer = as_("miguel").post(
        reverse("compensation:structure_withdraw", args=[county.schedule.pk]), follow=True
    )
    assert "rests on" in answer.text
    assert Schedule.objects.filter(pk=county.schedule.pk).exists()
