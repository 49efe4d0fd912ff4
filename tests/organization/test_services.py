from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from audit.models import Entry
from organization import clock, services
from organization.models import Assignment, County, Employee, Headship, Holiday, RoleGrant
from organization.person import Person
from organization.refusal import NotYours, Refused
from tests.world import AT, ON

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def hr(world):
    return {"by": world.person("miguel"), "at": AT}


def test_a_new_supervisor_is_one_dated_act(world, hr):
    marisol = world.employees["marisol"]
    new = services.change_assignment(
        marisol.pk, {"supervisor": world.employees["stephen"]}, on=OCTOBER, reason="Records moves", **hr
    )
    old = world.assignment("marisol")
    assert (old.supervisor, old.ends_on) == (world.employees["denise"], OCTOBER)
    assert (new.supervisor, new.starts_on, new.ends_on) == (world.employees["stephen"], OCTOBER, None)
    assert (new.rate, new.grade, new.job) == (old.rate, old.grade, old.job)
    entry = Entry.objects.get(act="assignment.changed")
    assert (entry.before, entry.after, entry.reason) == (
        {"supervisor": "Denise Okafor"},
        {"on": "2026-10-01", "supervisor": "Stephen Kucera"},
        "Records moves",
    )
    assert Employee.objects.reporting_to(world.employees["stephen"], on=OCTOBER).count() == 2


def test_a_second_change_of_the_same_day_is_put_right_in_place(world, hr):
    pk = world.employees["marisol"].pk
    services.change_assignment(pk, {"rate": Decimal(47_000)}, on=OCTOBER, **hr)
    services.change_assignment(pk, {"rate": Decimal(47_500)}, on=OCTOBER, **hr)
    assert list(
        Assignment.objects.filter(employee=pk).order_by("starts_on").values_list("rate", flat=True)
    ) == [*(46_280, 47_500)]


def test_a_new_job_begins_a_new_time_in_the_position(world, hr):
    job = world.assignment("denise").job
    new = services.change_assignment(world.employees["marisol"].pk, {"job": job}, on=OCTOBER, **hr)
    assert new.in_position_since == OCTOBER


@pytest.mark.parametrize(
    ("who", "whom", "changes", "words"),
    [
        ("denise", "marisol", {"rate": Decimal(90_000)}, "Only an HR administrator"),
        ("miguel", "miguel", {"rate": Decimal(90_000)}, "Nobody changes his own record"),
        ("miguel", "marisol", {"supervisor": "marisol"}, "own supervisor"),
        ("miguel", "stephen", {"supervisor": "quang"}, "run in a circle"),
        ("miguel", "marisol", {"rate": Decimal(46_280)}, "Nothing is different"),
    ],
)
def test_changes_that_are_refused(world, who, whom, changes, words):
    if isinstance(changes.get("supervisor"), str):
        changes = {"supervisor": world.employees[changes["supervisor"]]}
    with pytest.raises(Refused, match=words):
        services.change_assignment(world.employees[whom].pk, changes, on=OCTOBER, by=world.person(who), at=AT)
    assert not Entry.objects.filter(act="assignment.changed").exists()


def test_the_database_refuses_two_assignments_on_one_day(world):
    now = world.assignment("marisol")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            employee=now.employee, department=now.department, rate=1, starts_on=OCTOBER, ends_on=None
        )
    Assignment.objects.create(
        employee=now.employee, slot=2, department=now.department, rate=1, starts_on=OCTOBER
    )


def test_released_pay_follows_a_supervisor_who_changed_meanwhile(world, hr):
    origin = world.assignment("marisol")
    services.change_assignment(
        origin.employee_id, {"supervisor": world.employees["stephen"]}, on=date(2026, 9, 20), **hr
    )
    services.change_assignment(
        origin.employee_id, {"supervisor": world.employees["denise"]}, on=date(2026, 11, 1), **hr
    )
    other = world.assignment("quang")
    changed = services.succeed_assignments(
        [(origin.pk, Decimal(47_205), 3, None), (other.pk, Decimal(41_000), None, "C2")],
        on=date(2026, 10, 17),
        **hr,
    )
    assert changed == 2
    lines = Assignment.objects.filter(employee=origin.employee_id).order_by("starts_on")
    assert [(line.starts_on, line.rate, line.step) for line in lines] == [
        (date(2025, 10, 1), 46_280, None),
        (date(2026, 9, 20), 46_280, None),
        (date(2026, 10, 17), 47_205, 3),
        (date(2026, 11, 1), 47_205, 3),
    ]
    assert world.assignment("quang", date(2026, 10, 17)).grade == "C2"


def test_released_pay_is_refused_where_pay_is_another_by_now(world, hr):
    origin = world.assignment("marisol")
    services.change_assignment(origin.employee_id, {"rate": Decimal(50_000)}, on=date(2026, 9, 20), **hr)
    with pytest.raises(Refused, match="The pay of Marisol Treviño is not what it was"):
        services.succeed_assignments([(origin.pk, Decimal(47_205), None, None)], on=OCTOBER, **hr)


def test_succeeding_many_takes_few_queries(world, hr, django_assert_max_num_queries):
    changes = [(line.pk, line.rate + 100, None, None) for line in Assignment.objects.all()]
    with django_assert_max_num_queries(12):
        services.succeed_assignments(changes, on=OCTOBER, **hr)


def test_separation_ends_the_assignment_the_day_after_the_last(world, hr):
    services.separate_employee(
        world.employees["quang"].pk, last_day=date(2026, 9, 30), reason="Resigned", **hr
    )
    quang = Employee.objects.get(number="10483")
    assert (quang.separated_on, quang.last_day, quang.separation_reason) == (
        *(OCTOBER, date(2026, 9, 30), "Resigned"),
    )
    assert world.assignment("quang").ends_on == OCTOBER
    assert not Employee.objects.employed(OCTOBER).filter(pk=quang.pk).exists()


def test_who_leaves_before_his_pay_was_to_change_is_separated_without_that_change(world, hr):
    quang, november = world.employees["quang"], date(2026, 11, 1)
    for on, more in ((OCTOBER, 100), (november, 200)):
        line = world.assignment("quang", on)
        services.succeed_assignments([(line.pk, line.rate + more, None, None)], on=on, **hr)
    services.separate_employee(quang.pk, last_day=date(2026, 10, 15), reason="Resigned", **hr)
    assert list(Assignment.objects.filter(employee=quang).values_list("starts_on", "ends_on"))[-1] == (
        *(OCTOBER, date(2026, 10, 16)),
    )
    assert Entry.objects.get(act="employee.separated").after["without_pay_from"] == ["2026-11-01"]


def test_who_has_another_position_later_is_not_separated_before_it(world, hr):
    quang = world.employees["quang"]
    services.change_assignment(quang.pk, {"department": world.departments["HR"]}, on=OCTOBER, **hr)
    with pytest.raises(Refused, match="has an assignment from October 1, 2026, after that day"):
        services.separate_employee(quang.pk, last_day=date(2026, 9, 20), reason="Resigned", **hr)


def test_a_late_correction_goes_on_into_later_records_and_pay_is_not_changed_under_them(world, hr):
    marisol, november = world.employees["marisol"], date(2026, 11, 1)
    services.succeed_assignments(
        [(world.assignment("marisol").pk, Decimal(47_205), None, None)], on=OCTOBER, **hr
    )
    services.change_assignment(marisol.pk, {"grade": "C5"}, on=november, **hr)

    services.change_assignment(marisol.pk, {"fte": Decimal("0.5"), "grade": "C4"}, on=ON, **hr)

    then, october, last = (world.assignment("marisol", day) for day in (ON, OCTOBER, november))
    assert [line.fte for line in (then, october, last)] == [Decimal("0.5")] * 3
    assert [line.grade for line in (then, october, last)] == ["C4", "C4", "C5"]
    assert (october.rate, last.rate) == (47_205, 47_205)
    assert Entry.objects.filter(act="assignment.changed").latest("pk").after["also_from"] == [
        *("2026-10-01", "2026-11-01")
    ]
    with pytest.raises(Refused, match="has another record from October 1, 2026 already"):
        services.change_assignment(marisol.pk, {"rate": Decimal(50_000)}, on=ON, **hr)


def test_a_late_correction_ends_where_somebody_left_and_came_back(world, hr):
    first, november = world.assignment("marisol"), date(2026, 11, 1)
    Assignment.objects.filter(pk=first.pk).update(ends_on=OCTOBER)
    first.pk, first.starts_on, first.ends_on = None, november, None
    first._state.adding = True
    first.save()

    services.change_assignment(world.employees["marisol"].pk, {"fte": Decimal("0.5")}, on=ON, **hr)

    assert world.assignment("marisol").fte == Decimal("0.5")
    assert world.assignment("marisol", november).fte == 1


def test_a_head_is_succeeded_from_a_day_on(world, hr):
    clerk = world.departments["CC"]
    services.set_head(clerk.pk, world.employees["stephen"].pk, on=OCTOBER, **hr)
    assert Headship.objects.in_force(ON).get(department=clerk).employee == world.employees["ruth"]
    assert Headship.objects.in_force(OCTOBER).get(department=clerk).employee == world.employees["stephen"]
    assert Person(user=world.users["stephen"], on=OCTOBER).is_head
    with pytest.raises(Refused, match="Choose that day or a later"):
        services.set_head(clerk.pk, world.employees["denise"].pk, on=ON, **hr)
    with pytest.raises(NotYours):
        services.set_head(clerk.pk, None, on=OCTOBER, by=world.person("ruth"), at=AT)


def test_a_department_cannot_be_part_of_itself(world, hr):
    clerk, it = world.departments["CC"], world.departments["IT"]
    services.change_department(it.pk, {"parent": clerk}, **hr)
    with pytest.raises(Refused, match="is a part of"):
        services.change_department(clerk.pk, {"parent": it}, **hr)


def test_roles_have_dates_and_nobody_grants_his_own(world, hr):
    grace = world.users["grace"]
    grant = services.grant_role(grace.pk, "budget", starts_on=OCTOBER, **hr)
    assert not world.person("grace").has_role("budget")
    assert world.person("grace", OCTOBER).has_role("budget")
    with pytest.raises(Refused, match="already"):
        services.grant_role(grace.pk, "budget", starts_on=ON, **hr)
    with pytest.raises(NotYours):
        services.grant_role(world.users["miguel"].pk, "payroll", starts_on=ON, **hr)
    services.revoke_role(grant.pk, on=date(2026, 12, 1), **hr)
    assert RoleGrant.objects.get(pk=grant.pk).last_day == date(2026, 11, 30)


def test_a_role_in_one_department_is_for_that_department_alone(world, hr):
    grace = world.users["grace"]
    services.grant_role(grace.pk, "hr", department=world.departments["CC"], starts_on=ON, **hr)
    person = world.person("grace")
    assert not person.has_role("hr")
    assert person.has_role("hr", department_id=world.departments["CC"].pk)
    assert person.departments == {world.departments["CC"].pk}


def test_an_account_is_opened_from_the_record(world, hr):
    employee = services.add_employee(
        "2001",
        {"first_name": "Ana", "last_name": "Ruiz", "work_email": "Ana@caprock.example", "hired_on": OCTOBER},
        {"department": world.departments["CC"], "rate": Decimal(40_000)},
        on=ON,
        **hr,
    )
    assert employee.assignments.get().starts_on == OCTOBER
    user = services.open_account(employee.pk, **hr)
    assert (user.email, user.number, user.has_usable_password()) == ("ana@caprock.example", "2001", False)
    with pytest.raises(Refused, match="has an account"):
        services.open_account(employee.pk, **hr)


def test_only_the_demo_moves_the_date(world, hr, settings):
    settings.DEMO = False
    with pytest.raises(Refused, match="Only the demo"):
        services.move_county_date(30, **hr)
    settings.DEMO = True
    before = clock.today()
    services.move_county_date(30, **hr)
    assert (clock.today() - before).days == 30
    with pytest.raises(Refused, match="forward only"):
        services.move_county_date(-1, **hr)
    settings.DEMO = False
    assert clock.today() == before


def test_holidays_of_the_state_are_added_once(world, hr):
    added = services.fill_holidays(2027, **hr)
    assert Holiday.objects.get(on=date(2027, 3, 2)).name == "Texas Independence Day"
    assert (added, services.fill_holidays(2027, **hr)) == (Holiday.objects.count(), 0)


def test_settings_are_for_hr(world, hr):
    services.set_county({"hours_per_year": 1950}, **hr)
    assert County.objects.get().hours_per_year == 1950
    with pytest.raises(NotYours):
        services.set_county({"hours_per_year": 2080}, by=world.person("denise"), at=AT)


def test_a_visitor_is_not_the_system(world):
    assert not Person(user=None, on=ON).sees_everyone
    assert Person(user=None, on=ON).role_name == "Guest"
    assert Person.system(ON).role_name == "System"


def test_the_account_goes_by_the_name_and_address_on_record(world):
    quang = world.employees["quang"]
    User.objects.filter(pk=quang.user_id).update(email=None, number=quang.number)
    Employee.objects.filter(pk=quang.pk).update(work_email="")
    own = {"first_name": "Quang", "last_name": "Nguyen", "work_email": "quang.nguyen@example.gov"}

    services.change_person(quang.pk, own, by=world.person("miguel"), at=AT)

    user = User.objects.get(pk=quang.user_id)
    assert (user.name, user.email) == ("Quang Nguyen", "quang.nguyen@example.gov")  # can be invited by e-mail
    with pytest.raises(Refused, match="address of another account"):
        services.change_person(
            quang.pk, {"work_email": world.users["grace"].email}, by=world.person("miguel"), at=AT
        )
