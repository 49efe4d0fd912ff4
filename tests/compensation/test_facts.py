"""What has changed since a run was frozen (PAY-5)."""

from datetime import date
from decimal import Decimal

from compensation import facts
from compensation.change_words import sentences
from compensation.models import Run
from evaluations.models import Evaluation
from organization.models import Assignment, Department, Employee
from tests.compensation.test_runs import line_of, run_of


def changes(run):
    return {
        case.number: [(change.fact, change.before, change.after) for change in case.changes]
        for case in facts.stale_cases(run)
    }


def test_nothing_is_stale_while_nothing_changes(year_one, county):
    run = run_of(year_one, county)
    assert facts.stale_cases(run) == []
    assert facts.people_not_in(run) == []


def test_a_corrected_rating_makes_its_line_stale(year_one, county):
    run = run_of(year_one, county)
    county.rate("marisol", 5)
    (case,) = facts.stale_cases(run)
    assert case.line_id == line_of(run, county, "marisol").pk
    assert {change.fact for change in case.changes} == {"rating_id", "level", "score"}


def test_a_rating_being_corrected_does_not_count_meanwhile(year_one, county):
    run = run_of(year_one, county)
    first = Evaluation.objects.get(employee=county.employees["marisol"])
    first.superseded_by = Evaluation.objects.create(
        cycle=county.cycle,
        employee=first.employee,
        version=2,
        department=first.department,
        template=first.template,
    )
    first.save()
    (case,) = facts.stale_cases(run)
    assert [change.after for change in case.changes] == [None] * 4


def test_pay_corrected_on_the_day_of_the_plan_is_stale(year_one, county):
    run = run_of(year_one, county)
    Assignment.objects.filter(employee=county.employees["quang"]).update(rate=Decimal("40000.00"))
    assert changes(run) == {"10483": [("rate", 39_870_00, 40_000_00)]}


def test_what_begins_after_the_day_of_the_plan_is_not(year_one, county):
    run = run_of(year_one, county)
    line = county.assignment("quang")
    Assignment.objects.filter(pk=line.pk).update(ends_on=date(2026, 10, 3))
    line.pk, line.rate, line.starts_on = None, Decimal("41000.00"), date(2026, 10, 3)
    line.save()
    assert facts.stale_cases(run) == []


def test_who_left_before_is_stale_and_gone(year_one, county):
    run = run_of(year_one, county)
    Employee.objects.filter(pk=county.employees["quang"].pk).update(separated_on=date(2026, 9, 10))
    (case,) = facts.stale_cases(run)
    assert (case.number, case.is_gone, case.changes) == ("10483", True, ())


def test_who_came_to_light_is_not_in_the_run(year_one, county):
    Employee.objects.filter(pk=county.employees["tomas"].pk).update(separated_on=date(2026, 9, 1))
    run = run_of(year_one, county)
    Employee.objects.filter(pk=county.employees["tomas"].pk).update(separated_on=None)
    assert facts.people_not_in(run) == [county.employees["tomas"].pk]


def test_a_separation_after_the_day_of_the_plan_changes_the_fact(year_one, county):
    run = run_of(year_one, county)
    Employee.objects.filter(pk=county.employees["quang"].pk).update(separated_on=date(2026, 9, 30))
    assert changes(run) == {"10483": [("separated_on", None, date(2026, 9, 30))]}


def test_stale_cases_of_one_department(year_one, county):
    run = run_of(year_one, county)
    county.rate("marisol", 5)
    county.rate("priya", 5)
    only = facts.stale_cases(run, departments=[county.departments["IT"].pk])
    assert [case.number for case in only] == ["1020"]


def test_stale_lines_of_several_runs_are_asked_for_at_once(year_one, county, django_assert_num_queries):
    for _ in range(2):
        run_of(year_one, county)
    runs = list(Run.objects.select_related("plan"))
    county.rate("marisol", 5)
    county.rate("priya", 5)
    with django_assert_num_queries(1):
        found = facts.stale_lines(runs)
    assert found == {case.line_id for run in runs for case in facts.stale_cases(run)}
    assert found == {line_of(run, county, key).pk for run in runs for key in ("marisol", "priya")}
    it = [county.departments["IT"].pk]
    assert facts.stale_lines(runs, departments=it) == {line_of(run, county, "priya").pk for run in runs}


def test_another_code_of_a_department_makes_stale_where_rules_go_by_it(year_one, county):
    Department.objects.filter(code="IT").update(code="INFO")
    plain = run_of(year_one, county)
    Department.objects.filter(code="INFO").update(code="IT")
    assert facts.stale_cases(plain) == []
    own = {"name": "Technology", "members": {"departments": ["IT"]}, "rules": {"merit": None}}
    year_one.rules["groups"] = [own]
    year_one.save()
    by_code = run_of(year_one, county)
    assert facts.stale_cases(by_code) == []
    Department.objects.filter(code="IT").update(code="INFO")
    changed = facts.stale_cases(by_code)
    assert {case.number for case in changed} == set(
        Assignment.objects.in_force(date(2026, 9, 15))
        .filter(department__code="INFO")
        .values_list("employee__number", flat=True)
    )
    assert sentences(changed[0]) == ["Department code from IT to INFO."]


def test_changed_rules_or_schedule_make_the_whole_run_stale(year_one, county):
    run = run_of(year_one, county)
    assert facts.what_changed_for_all(run) == []
    county.schedule.grades.filter(code="C2").update(maximum=57_000)
    year_one.rules["across_the_board"]["percent"] = "3"
    year_one.save()
    run.refresh_from_db()
    assert facts.what_changed_for_all(run) == [
        "The rules of FY2027, version 1 were changed after the run.",
        "The schedule GENERAL was changed after the run.",
    ]


def test_adoption_in_time_changes_nothing(year_two, county):
    run = run_of(year_two, county)
    year_two.action = county.order("pay_plan", meeting_on=date(2025, 8, 26))
    year_two.state = "adopted"
    year_two.save()
    assert facts.what_changed_for_all(run) == []


def test_adoption_after_the_service_began_does(year_two, county):
    run = run_of(year_two, county)
    year_two.action = county.order("pay_plan", meeting_on=date(2026, 1, 12))
    year_two.state = "adopted"
    year_two.save()
    assert facts.what_changed_for_all(run) == [
        "The plan was adopted after the run, and service counts from the adoption on."
    ]
