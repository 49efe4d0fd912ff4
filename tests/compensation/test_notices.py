"""Elected officers in a plan: across the board, after a notice, and never above it (PAY-3, ALN-1)."""

import json
from datetime import date
from decimal import Decimal

import pytest

from compensation.facts import what_changed_for_all
from compensation.models import PayPlan
from compensation.pay.notices import SOURCE
from compensation.plans.checks import plan_problems
from compensation.services import save_plan
from organization.models import Assignment, County
from tests.compensation.conftest import plan_url, typed
from tests.compensation.test_runs import line_of, run_of
from tests.court.test_notices import noticed, officer
from tests.world import AT


@pytest.fixture
def plan(year_one, county):
    rules = json.loads(json.dumps(year_one.rules))
    rules["across_the_board"]["who"]["kinds"] = ["regular", "elected"]
    return save_plan(year_one.pk, revision=year_one.revision, rules=rules, by=county.person("miguel"), at=AT)


def gate(plan):
    found = plan_problems(PayPlan.objects.select_related("action").get(pk=plan.pk))
    return [problem.message for problem in found if problem.rule == SOURCE]


def allowed(county, **proposed):
    """A notice in time for each officer, of so many dollars."""
    return noticed(county, *(officer(county, key, str(value), "1") for key, value in proposed.items()))


def test_a_raise_without_a_notice_bars_adoption_and_says_what_cures_it(plan, county):
    (said,) = gate(plan)
    assert "before the 10th day before the meeting: Dale Hargrove, Ruth Ann Kowalczyk." in said
    assert "have the court clerk record it, or leave elected officials out" in said
    allowed(county, dale=900_000, ruth=900_000)
    assert gate(plan) == []


def test_a_notice_in_time_for_its_own_meeting_is_too_late_for_the_order_of_an_earlier_one(plan, county):
    allowed(county, dale=900_000, ruth=900_000)
    plan.action = county.order("pay_plan", number="2026-9", meeting_on=date(2026, 8, 20))
    plan.save()
    assert "by August 9, 2026, for the meeting of August 20, 2026" in gate(plan)[0]


def test_the_days_are_the_countys(plan, county):
    noticed(
        county,
        *(officer(county, key, "900000", "1") for key in ("dale", "ruth")),
        published_on=date(2026, 8, 18),
    )
    assert gate(plan)
    County.objects.update(officer_notice_days=5)
    assert gate(plan) == []


def test_a_raise_above_the_notice_bars_adoption_with_both_figures(plan, county):
    rate = county.employees["ruth"].assignments.get().rate
    allowed(county, dale=900_000, ruth=rate * Decimal("1.01"))
    (said,) = gate(plan)
    assert said.startswith(
        f"Ruth Ann Kowalczyk would have ${rate * Decimal('1.02'):,.2f} and the notice allows"
    )


def test_what_an_officer_above_the_maximum_has_once_bars_adoption_without_a_notice(plan, county):
    county.schedule.grades.filter(code="M1").update(minimum=40_000, midpoint=50_000, maximum=60_000)
    Assignment.objects.filter(employee=county.employees["ruth"]).update(grade="M1")
    across = plan.rules["across_the_board"]
    across["stops_at_maximum"] = True
    plan.save()
    (said,) = gate(plan)
    assert "Dale Hargrove, Ruth Ann Kowalczyk." in said
    allowed(county, dale=900_000, ruth=98_939.99)  # $97,000 and 2% are a cent more
    (said,) = gate(plan)
    assert "Ruth Ann Kowalczyk would have $98,940.00 and the notice allows $98,939.99" in said


def test_a_run_pays_what_the_notices_allow_and_is_stale_when_they_change(plan, county):
    allowed(county, dale=900_000, ruth=900_000)
    run = run_of(plan, county)
    line = line_of(run, county, "ruth")
    assert line.new_annual * 100 == line.old_annual * 102
    assert line.reasons[0] == "merit:elected"
    assert run.noticed == {county.employees[key].number: 90_000_000 for key in ("dale", "ruth")}
    assert what_changed_for_all(run) == []
    allowed(county, dale=950_000)
    said = "The published notices of elected officers’ pay changed after the run."
    assert what_changed_for_all(run) == [said]


def test_elected_officers_are_let_in_on_the_page_and_the_gate_says_so(year_one, county, as_):
    client = as_("miguel")
    client.post(plan_url(year_one), typed(year_one, across_kinds="regular,elected"))
    page = client.get(plan_url(year_one)).text
    assert "Texas Local Government Code 152.013" in page
    assert "It can’t be run while a gate is open" in page
    allowed(county, dale=900_000, ruth=900_000)
    page = client.get(plan_url(year_one)).text
    assert "Elected officers’ raises were noticed" in page
    assert "It can’t be run" not in page
