"""Whether the made-up county is one that the rules of the real ones would let stand."""

from decimal import Decimal

import pytest

from audit import chain
from audit.models import Entry
from organization.models import Assignment, Department, Employee, Headship
from synthetic import county as synthetic_county
from synthetic.calendar_of_county import STAND
from tests.synthetic.conftest import SMALL, person

pytestmark = pytest.mark.django_db


def test_it_employs_as_many_as_were_asked_for(county):
    assert (county.is_new, county.employees) == (True, SMALL)


def test_each_department_has_a_head_of_its_own_or_of_the_one_above(county):
    headed = set(Headship.objects.in_force(STAND).values_list("department_id", flat=True))

    assert [
        department.code
        for department in Department.objects.all()
        if not {department.pk, department.parent_id} & headed
    ] == []


def test_the_reporting_line_leads_to_someone_without_a_supervisor(county):
    boss_of = dict(
        Assignment.objects.in_force(STAND).filter(slot=1).values_list("employee_id", "supervisor_id")
    )

    for employee_id in boss_of:
        seen = []
        while employee_id is not None:
            assert employee_id not in seen
            seen.append(employee_id)
            employee_id = boss_of[employee_id]
        assert len(seen) <= 5


def test_assignments_follow_each_other_without_a_gap(county):
    for employee in Employee.objects.prefetch_related("assignments"):
        posts = sorted(employee.assignments.filter(slot=1), key=lambda post: post.starts_on)
        assert [post.ends_on for post in posts] == [
            *(post.starts_on for post in posts[1:]),
            employee.separated_on,
        ]


def test_addresses_stand_on_a_domain_that_nobody_owns(county):
    domains = {email.partition("@")[2] for email in Employee.objects.values_list("work_email", flat=True)}
    assert domains == {"caprock.example"}


def test_the_people_of_the_guide_are_who_they_are(county):
    marisol = Employee.objects.get(number="10482")
    rates = marisol.assignments.order_by("starts_on").values_list("rate", flat=True)

    assert marisol.full_name == "Marisol Treviño"
    assert list(dict.fromkeys(rates)) == [
        Decimal(rate) for rate in ("38900.00", "40067.00", "41269.01", "44932.04", "46280.00")
    ]
    assert str(marisol.assignments.in_force(STAND).get().supervisor) == "Denise Okafor"


def test_the_history_is_sealed_and_no_row_changed_without_an_act(county):
    state = chain.state()

    assert (state.not_sealed, chain.verify().problem) == (0, "")
    assert Entry.objects.without_an_act().count() == 0


def test_each_move_of_the_countys_date_is_an_act_of_its_own(county):
    moved = Entry.objects.filter(subject_type="organization_county", act="row.updated")

    assert moved.count() == Entry.objects.filter(act="county.date_moved").count() == 3


def test_a_second_try_finds_it_there(county):
    again = synthetic_county.make(SMALL)

    assert (again.is_new, again.employees, again.sign_ins) == (False, SMALL, county.sign_ins)


def test_who_signs_in_can(county):
    roles = {sign_in["role"] for sign_in in county.sign_ins}

    assert len(roles) == 14
    for sign_in in county.sign_ins:
        user = person(sign_in["name"]).user
        assert user.email == sign_in["email"]
        assert user.check_password(sign_in["password"])
