"""Grades that a plan names from one to another, in the order of the schedule."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compensation.models import PayPlan
from compensation.plans.codes import grades_between
from tests.compensation.conftest import plan_url, typed
from tests.compensation.test_plan_groups import client, with_a_group  # noqa: F401 - client is a fixture
from tests.compensation.test_plan_rows import rules_of

SCHEDULES = {"GENERAL": ["C1", "C2", "C4", "M-1", "E2"], "LAW": ["D1", "D2", "D3", "D1-D2", "N-5", "N-6"]}


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("C2", ["C2"]),
        ("C1 to C4", ["C1", "C2", "C4"]),  # there is no C3
        ("C2-C4", ["C2", "C4"]),
        ("C4–E2", ["C4", "M-1", "E2"]),
        ("D1-D2", ["D1-D2"]),  # a grade of that very name
        ("D1 to D2", ["D1", "D2"]),
        ("N-5-N-6", ["N-5", "N-6"]),
        ("C1 to C1", ["C1"]),
        ("C1-", ["C1-"]),
        ("X-9", ["X-9"]),  # a code like any other, of which a note says that nobody has it
    ],
)
def test_a_range_is_the_grades_from_one_to_the_other_as_they_stand(text, grades):
    assert grades_between(text, SCHEDULES) == grades


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("D1-D9", "no schedule in force on the day of the base pay has D9."),
        ("A1 to A2", "no schedule in force on the day of the base pay has A1 or A2."),
        ("C1 to D2", "C1 is in GENERAL, and D2 in LAW."),
        ("E2 to C1", "in GENERAL, C1 stands before E2. Write C1 to E2."),
    ],
)
def test_what_is_no_range_is_told(text, said):
    with pytest.raises(ValueError, match=f"“{text}” can’t be read as a range: {said}"):
        grades_between(text, SCHEDULES)


def test_a_range_is_read_in_the_schedule_that_has_both_ends_and_told_where_two_differ():
    short = {"LAW": ["10"], "ROADS": ["10", "12"]}
    assert grades_between("10 to 12", {"GENERAL": ["10", "11", "12"], "LAW": ["10"]}) == ["10", "11", "12"]
    assert grades_between("10 to 12", short | {"WEST": ["10", "12", "13"]}) == ["10", "12"]
    with pytest.raises(ValueError, match="GENERAL and ROADS have other grades from 10 to 12"):
        grades_between("10 to 12", {"GENERAL": ["10", "11", "12"], **short})


def test_a_grade_left_out_that_no_schedule_has_is_noticed(year_one, client):  # noqa: F811
    sent = typed(year_one, grades_left_out="E2, X-9, D1 TO D4")
    assert client.post(plan_url(year_one), sent).status_code == 302
    said = "The list of grades that are left out names X-9 and D1 TO D4, and no schedule has those grades."
    assert said in client.get(plan_url(year_one)).text


def test_ranges_are_kept_as_single_grades_wherever_grades_are_named(year_one, client):  # noqa: F811
    typed_in = {"group_grades_1": "C1 to C4, C2, M1", "grades_left_out": "M1-E2"}
    sent = with_a_group(client, year_one, **typed_in)
    sent |= {"lump_gives": "amount", "lump_by": "team", "team_rows": "1", "team_name_1": "Clerks"}
    sent |= {
        "team_departments_1": "CC",
        "team_grades_1": "C1-C2",
        "team_result_1": "Met",
        "team_earns_1": "9",
    }
    effects = unescape(client.post(plan_url(year_one, "plan_effects"), sent).text)
    assert "“C1 to C4” is C1, C2 and C4." in effects
    saved = client.post(plan_url(year_one), sent, follow=True)
    assert "The draft is saved. “M1-E2” is M1 and E2. “C1-C2” is C1 and C2." in unescape(saved.text)
    rules = rules_of(year_one)
    assert rules["groups"][0]["members"]["grades"] == ["C1", "C2", "C4", "M1"]
    assert rules["who"]["grades_left_out"] == ["M1", "E2"]
    assert rules["lump_sum"]["teams"][0]["members"]["grades"] == ["C1", "C2"]


def test_a_range_that_cannot_be_read_is_told_at_its_field_and_nothing_is_saved(year_one, client):  # noqa: F811
    wrong = {"group_grades_1": "C1 to C9", "grades_left_out": "E2-C1"}
    answer = client.post(plan_url(year_one), with_a_group(client, year_one, **wrong))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"group_grades_1", "grades_left_out"}
    assert "Group 1, grades: “C1 to C9” can’t be read as a range" in unescape(answer.text)
    assert rules_of(year_one)["groups"] == []


def test_a_range_of_many_grades_can_be_saved_again(year_one, county, client):  # noqa: F811
    many = [f"GRADE{number:02}" for number in range(1, 41)]
    county.schedule.grades.bulk_create(
        county.schedule.grades.model(
            schedule=county.schedule, code=code, position=50 + place, minimum=1, midpoint=2, maximum=3
        )
        for place, code in enumerate(many)
    )
    sent = with_a_group(client, year_one, group_grades_1="GRADE01 to GRADE40")
    assert client.post(plan_url(year_one), sent).status_code == 302
    plan = PayPlan.objects.get(pk=year_one.pk)
    assert client.post(plan_url(plan), typed(plan)).status_code == 302
    assert rules_of(plan)["groups"][0]["members"]["grades"] == many


def test_the_page_lists_the_codes_in_the_order_of_the_schedule(year_one, client):  # noqa: F811
    with CaptureQueriesContext(connection) as queries:
        page = client.get(plan_url(year_one)).text
    assert len(queries) - 3 <= 15
    assert "<dt>Grades of GENERAL, in order</dt><dd>C1, C2, C4, M1, E2</dd>" in page
    assert "CC County Clerk" in page
