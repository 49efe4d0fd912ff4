"""Drafting and adopting pay plans, and what the Court's order does to the schedule."""

from datetime import date

import pytest

from compensation.models import PayPlan, Schedule
from compensation.services import adopt_plan, copy_plan, create_plan, save_plan
from compensation.services.plans import ChangedMeanwhile
from organization.refusal import Refused
from tests.world import AT


def saved(plan, by, **changes):
    kept = {
        name: getattr(plan, name)
        for name in ("revision", "rules", "base_on", "cycle_id", "schedule_code", "title")
    }
    return save_plan(plan.pk, **(kept | changes), by=by, at=AT)


def test_a_new_plan_begins_with_the_cycle_that_ended_before_the_year(county):
    plan = create_plan(2027, "year_one", by=county.person("miguel"), at=AT)
    assert (plan.version, plan.state, plan.cycle) == (1, "draft", county.cycle)
    assert plan.base_on == date(2026, 9, 30)
    assert plan.rules["performance_period"] == {"starts_on": "2025-09-01", "ends_on": "2026-08-31"}
    assert plan.rules["fiscal_year"] == {"starts_on": "2026-10-01", "ends_on": "2027-09-30"}


def test_whoever_saves_second_is_told(year_one, county):
    by = county.person("miguel")
    saved(year_one, by, title="The first")
    with pytest.raises(ChangedMeanwhile):
        saved(year_one, by, title="The second")
    year_one.refresh_from_db()
    assert (year_one.title, year_one.revision) == ("The first", 1)


def test_adoption_needs_an_order_that_was_carried_and_is_about_a_pay_plan(year_one, county):
    by = county.person("miguel")
    lost = county.order("pay_plan", number="2026-1", ayes=2)
    other = county.order("budget", number="2026-2")
    for action in (lost, other):
        with pytest.raises(Refused, match="Choose an order"):
            adopt_plan(year_one.pk, action.pk, by=by, at=AT)
    carried = county.order("pay_plan", number="2026-3")
    assert adopt_plan(year_one.pk, carried.pk, by=by, at=AT).state == "adopted"


def test_adoption_raises_the_schedule_from_the_first_pay_period(year_one, county):
    adopt_plan(year_one.pk, county.order("pay_plan").pk, by=county.person("miguel"), at=AT)
    raised = Schedule.objects.get(code="GENERAL", starts_on=date(2026, 10, 3))
    county.schedule.refresh_from_db()
    assert county.schedule.ends_on == date(2026, 10, 3)
    assert [(grade.code, grade.maximum) for grade in raised.grades.all()][:2] == [
        ("C1", 53_040),
        ("C2", 57_120),
    ]


def test_a_lump_sum_adopted_after_the_service_is_refused(year_two, county):
    late = county.order("pay_plan", meeting_on=date(2026, 10, 5))
    with pytest.raises(Refused, match="after the service that it rewards had ended"):
        adopt_plan(year_two.pk, late.pk, by=county.person("miguel"), at=AT)


def test_a_new_version_supersedes_the_one_adopted(year_one, county):
    by = county.person("miguel")
    adopt_plan(year_one.pk, county.order("pay_plan").pk, by=by, at=AT)
    second = copy_plan(year_one.pk, by=by, at=AT)
    rules = second.rules | {"across_the_board": second.rules["across_the_board"] | {"percent": "3"}}
    saved(second, by, rules=rules)
    adopt_plan(second.pk, county.order("pay_plan", number="2026-9").pk, by=by, at=AT)
    assert list(PayPlan.objects.values_list("version", "state")) == [(2, "adopted"), (1, "superseded")]
    assert Schedule.objects.get(starts_on=date(2026, 10, 3)).grades.get(code="C1").maximum == 53_560


def test_an_adopted_plan_is_not_edited(year_one, county):
    by = county.person("miguel")
    plan = adopt_plan(year_one.pk, county.order("pay_plan").pk, by=by, at=AT)
    with pytest.raises(Refused, match="Draft a new version"):
        saved(plan, by, title="Another")


@pytest.mark.parametrize("key", ["joel", "carl", "hector", "grace"])
def test_only_hr_drafts(county, key):
    with pytest.raises(Refused, match="Only an HR administrator"):
        create_plan(2027, "year_one", by=county.person(key), at=AT)
