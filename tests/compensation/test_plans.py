"""Drafting and adopting pay plans, and what the Court's order does to the schedule."""

from datetime import date
from decimal import Decimal

import pytest

from compensation.facts import what_changed_for_all
from compensation.models import PayPlan, Schedule
from compensation.pay.schedule import Schedule as PayTable
from compensation.pay.schedule import graded_steps
from compensation.plans.checks import plan_problems
from compensation.services import adopt_plan, copy_plan, create_plan, save_plan, start_run
from compensation.services.plans import ChangedMeanwhile
from compensation.services.schedules import write_grades
from organization.refusal import Refused
from tests.world import AT


def saved(plan, by, **changes):
    kept = {
        name: getattr(plan, name)
        for name in ("revision", "rules", "base_on", "cycle_id", "schedule_codes", "title")
    }
    return save_plan(plan.pk, **(kept | changes), by=by, at=AT)


def adopted(plan, order, by):
    return adopt_plan(plan.pk, order.pk, revision=plan.revision, by=by, at=AT)


@pytest.fixture
def law(county):
    law = Schedule.objects.create(code="LAW", name="Law", basis="hourly", starts_on=date(2025, 10, 1))
    write_grades(law, PayTable((graded_steps("D1", (25_0000, 26_0000)),), "hourly"))
    return law


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
            adopted(year_one, action, by)
    carried = county.order("pay_plan", number="2026-3")
    assert adopted(year_one, carried, by).state == "adopted"


def test_adoption_raises_the_schedule_from_the_first_pay_period(year_one, county):
    adopted(year_one, county.order("pay_plan"), county.person("miguel"))
    raised = Schedule.objects.get(code="GENERAL", starts_on=date(2026, 10, 3))
    county.schedule.refresh_from_db()
    assert county.schedule.ends_on == date(2026, 10, 3)
    assert [(grade.code, grade.maximum) for grade in raised.grades.all()][:2] == [
        ("C1", 53_040),
        ("C2", 57_120),
    ]


def test_a_plan_goes_by_all_schedules_in_force_and_raises_each(county, law):
    """Ranges by the year, and the deputies' steps by the hour beside them."""
    by = county.person("miguel")
    plan = create_plan(2027, "year_one", by=by, at=AT)
    assert plan.schedule_codes == ["GENERAL", "LAW"]
    assert plan.rules["merit"]["gives"] == "percent"  # not everybody stands on steps
    adopted(plan, county.order("pay_plan"), by)
    raised = Schedule.objects.in_force(date(2026, 10, 3))
    assert sorted(each.code for each in raised.filter(starts_on=date(2026, 10, 3))) == ["GENERAL", "LAW"]
    steps = raised.get(code="LAW").grades.get().steps.order_by("number").values_list("amount", flat=True)
    assert list(steps) == [Decimal("25.5"), Decimal("26.52")]
    run = start_run(plan.pk, by=by, at=AT, in_background=False)
    assert [each["code"] for each in run.schedules] == ["GENERAL", "LAW"]
    assert what_changed_for_all(run) == []
    step = law.grades.get().steps.get(number=2)
    step.amount += 1
    step.save()
    assert what_changed_for_all(run) == ["The schedule LAW was changed after the run."]


def test_a_version_takes_back_the_tables_that_it_does_not_raise(year_one, county, law):
    by = county.person("miguel")
    year_one.schedule_codes = ["GENERAL", "LAW"]
    year_one.save()
    adopted(year_one, county.order("pay_plan"), by)
    second = saved(copy_plan(year_one.pk, by=by, at=AT), by, schedule_codes=["GENERAL"])
    adopted(second, county.order("pay_plan", number="2026-9"), by)
    assert list(Schedule.objects.filter(code="LAW").values_list("pk", "ends_on")) == [(law.pk, None)]
    assert Schedule.objects.filter(code="GENERAL").count() == 2

    third = copy_plan(second.pk, by=by, at=AT)
    third = saved(third, by, rules=third.rules | {"schedule": None})
    adopted(third, county.order("pay_plan", number="2026-10"), by)
    assert list(Schedule.objects.filter(code="GENERAL").values_list("pk", "ends_on")) == [
        (county.schedule.pk, None)
    ]


def test_a_version_on_top_of_another_keeps_the_table_that_it_begins_with(year_one, county):
    by = county.person("miguel")
    adopted(year_one, county.order("pay_plan"), by)
    second = copy_plan(year_one.pk, by=by, at=AT)
    rules = second.rules | {"effective_on": "2027-01-01"}
    second = saved(second, by, rules=rules, base_on=date(2026, 12, 31))
    adopted(second, county.order("pay_plan", number="2026-9"), by)
    maxima = [table.grades.get(code="C1").maximum for table in Schedule.objects.order_by("starts_on")]
    assert maxima == [52_000, 53_040, Decimal("54100.80")]


def test_a_table_of_the_same_order_is_the_countys_own(year_one, county):
    order = county.order("pay_plan")
    Schedule.objects.filter(pk=county.schedule.pk).update(ends_on=date(2026, 10, 3))
    own = Schedule.objects.create(code="GENERAL", name="Own", starts_on=date(2026, 10, 3), action=order)
    write_grades(own, PayTable((graded_steps("C1", (30_000_00, 60_000_00)),)))
    with pytest.raises(Refused, match="it is not the table that this plan gives"):
        adopted(year_one, order, county.person("miguel"))
    assert own.grades.get().maximum == 60_000


def test_every_schedule_without_a_table_is_told(year_one, county):
    """As after a copy to a year before which the table of deputies ended."""
    year_one.schedule_codes = ["GENERAL", "LAW"]
    (problem,) = plan_problems(year_one)
    assert (problem.severity, problem.message.partition(" is")[0]) == ("refused", "No schedule LAW")
    year_one.rules["schedule"] = None
    (problem,) = plan_problems(year_one)
    assert problem.severity == "warning"
    assert problem.message.endswith("Nobody in its grades would have a range: import it first.")


def test_a_lump_sum_adopted_after_the_service_is_refused(year_two, county):
    late = county.order("pay_plan", meeting_on=date(2026, 10, 5))
    with pytest.raises(Refused, match="after the service that it rewards had ended"):
        adopted(year_two, late, county.person("miguel"))


def test_a_new_version_supersedes_the_one_adopted(year_one, county):
    by = county.person("miguel")
    adopted(year_one, county.order("pay_plan"), by)
    second = copy_plan(year_one.pk, by=by, at=AT)
    rules = second.rules | {"across_the_board": second.rules["across_the_board"] | {"percent": "3"}}
    second = saved(second, by, rules=rules)
    adopted(second, county.order("pay_plan", number="2026-9"), by)
    assert list(PayPlan.objects.values_list("version", "state")) == [(2, "adopted"), (1, "superseded")]
    assert Schedule.objects.get(starts_on=date(2026, 10, 3)).grades.get(code="C1").maximum == 53_560


def test_an_adopted_plan_is_not_edited(year_one, county):
    by = county.person("miguel")
    plan = adopted(year_one, county.order("pay_plan"), by)
    with pytest.raises(Refused, match="Draft a new version"):
        saved(plan, by, title="Another")


@pytest.mark.parametrize("key", ["joel", "carl", "hector", "grace"])
def test_only_hr_drafts(county, key):
    with pytest.raises(Refused, match="Only an HR administrator"):
        create_plan(2027, "year_one", by=county.person(key), at=AT)


def test_a_draft_saved_after_it_was_read_is_not_adopted(year_one, county):
    by = county.person("miguel")
    saved(year_one, by, title="Another")
    order = county.order("pay_plan")
    with pytest.raises(ChangedMeanwhile):
        adopt_plan(year_one.pk, order.pk, revision=0, by=by, at=AT)


@pytest.mark.parametrize(
    ("weight", "is_refused"), [("0", True), ("29.99", True), ("30", False), ("50", False)]
)
def test_a_plan_asks_for_no_less_service_than_the_county(year_one, county, weight, is_refused):
    year_one.rules["who"]["at_least_service_weight"] = weight
    found = [(problem.field, problem.rule) for problem in plan_problems(year_one)]
    broken = ("who.at_least_service_weight", "the county's minimum service weight")
    assert found == ([broken] if is_refused else [])


def test_a_component_for_others_is_held_to_the_same_minimum(year_one, county):
    year_one.rules["merit"]["who"] = year_one.rules["who"] | {"at_least_service_weight": "20"}
    assert [problem.field for problem in plan_problems(year_one)] == ["merit.who.at_least_service_weight"]


def test_scores_below_fully_successful_earn_nothing(year_one, county):
    bands = [{"from": "2.40", "below": None, "percent": "2"}]
    year_one.rules["merit"] |= {"by": "score", "table": bands}
    year_one.rules["lowest_earning_score"] = "2.40"
    (problem,) = plan_problems(year_one)
    assert problem.message == "Scores from 2.40 on would earn; fully successful begins at 2.50."


def test_rows_for_scores_that_no_rating_reaches_are_told(year_one, county):
    bands = [{"from": "2.50", "below": "5.40", "percent": "2"}, {"from": "5.40", "percent": "3"}]
    year_one.rules["merit"] |= {"by": "score", "table": bands}
    (problem,) = plan_problems(year_one)
    assert problem.severity == "warning"
    assert problem.message.endswith("is above 5.00, so nobody has what is paid from 5.40 on.")


@pytest.mark.parametrize(
    ("base_on", "rule"),
    [
        (date(2025, 9, 30), "base pay of the year before"),
        (date(2026, 10, 3), "base pay before the raise"),
    ],
)
def test_base_pay_is_of_the_year_before_the_raise(year_one, county, base_on, rule):
    year_one.base_on = base_on
    assert rule in [problem.rule for problem in plan_problems(year_one)]
