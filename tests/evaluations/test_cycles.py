from datetime import date
from threading import Thread

import pytest
from django.db import connection

from audit.models import Entry
from evaluations.models import Cycle, Element, Evaluation, LeftOut, TemplateElement
from evaluations.services import cycles, filling
from evaluations.services.locking import NotReady
from organization.models import Assignment, Employee
from organization.refusal import Refused
from tests.world import AT, ON

# everyone of the small county but the two elected officials
IN = {
    "anita",
    "carl",
    "denise",
    "eunji",
    "fatima",
    "joel",
    "marisol",
    "miguel",
    "priya",
    "quang",
    "stephen",
    "tomas",
}


@pytest.fixture
def cycle(desk, world):
    desk.template()
    Cycle.objects.update(state="draft")
    return world.cycle


def begin(world, cycle):
    return cycles.open_cycle(cycle.pk, by=world.person("miguel"), at=AT)


def fill(cycle):
    filling.fill_cycle(cycle.pk, on=ON, at=AT)
    cycle.refresh_from_db()


def keys_in(world, cycle):
    ids = set(Evaluation.objects.filter(cycle=cycle).values_list("employee", flat=True))
    return {key for key, employee in world.employees.items() if employee.pk in ids}


def reason_for(world, cycle, key):
    return LeftOut.objects.get(cycle=cycle, employee=world.employees[key]).reason


def test_everyone_gets_a_plan_or_a_reason(world, cycle):
    begin(world, cycle)
    fill(cycle)

    assert keys_in(world, cycle) == IN
    assert {reason_for(world, cycle, key) for key in ("dale", "ruth")} == {
        "Holds an elected office. Voters judge it, not an evaluation."
    }
    assert Element.objects.count() == 4 * len(IN)
    assert (cycle.state, cycle.people_found, cycle.people_opened) == ("open", 14, 14)
    assert Entry.objects.get(act="cycle.opened").after == {"evaluations": 12, "left_out": 2}


def test_filling_twice_changes_nothing(world, cycle):
    begin(world, cycle)
    fill(cycle)
    before = list(Evaluation.objects.order_by("pk").values_list("pk", "state"))

    fill(cycle)

    assert list(Evaluation.objects.order_by("pk").values_list("pk", "state")) == before
    assert (Element.objects.count(), LeftOut.objects.count()) == (48, 2)


def test_filling_goes_on_where_it_was_cut_off(world, cycle, monkeypatch):
    monkeypatch.setattr(filling, "CHUNK", 4)
    begin(world, cycle)
    ids = list(filling.everyone(cycle).order_by("pk").values_list("pk", flat=True))
    filling.fill_chunk(cycle, ids[:4], filling.room_for(cycle, ON), on=ON, done=4)

    fill(cycle)

    assert keys_in(world, cycle) == IN


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_everyone_one_evaluation(world, cycle, monkeypatch):
    monkeypatch.setattr(filling, "CHUNK", 3)
    begin(world, cycle)

    def work():
        filling.fill_cycle(cycle.pk, on=ON, at=AT)
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Evaluation.objects.count() == len(IN)
    assert Element.objects.count() == 48


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "temporary"}, "Is a temporary employee. Evaluations are for regular employees."),
        ({"job": None}, "Has no job on the roster, so there is nothing to evaluate against."),
        ({"ends_on": ON}, "Has no assignment on the roster on September 15, 2026."),
    ],
)
def test_who_is_left_out_is_told_why(world, cycle, change, reason):
    Assignment.objects.filter(employee=world.employees["quang"]).update(**change)
    begin(world, cycle)
    fill(cycle)

    assert reason_for(world, cycle, "quang") == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"separated_on": date(2026, 3, 1)}, "Left the county on March 1, 2026."),
        ({"hired_on": date(2026, 6, 4)}, "Was hired on June 4, 2026, fewer than 90 days before the end."),
    ],
)
def test_who_came_or_went_is_told_why(world, cycle, change, reason):
    Employee.objects.filter(number="10483").update(**change)
    begin(world, cycle)
    fill(cycle)

    assert reason_for(world, cycle, "quang") == reason


def test_90_days_before_the_end_are_enough(world, cycle):
    Employee.objects.filter(number="10483").update(hired_on=date(2026, 6, 3))
    begin(world, cycle)
    fill(cycle)

    assert "quang" in keys_in(world, cycle)


def test_who_left_before_the_period_is_not_mentioned(world, cycle):
    Employee.objects.filter(number="10483").update(separated_on=date(2025, 9, 1))
    begin(world, cycle)
    fill(cycle)

    assert not LeftOut.objects.filter(employee__number="10483").exists()


def test_who_joins_later_is_brought_in_and_his_reason_goes(world, cycle):
    Assignment.objects.filter(employee=world.employees["quang"]).update(job=None)
    begin(world, cycle)
    fill(cycle)
    Assignment.objects.filter(employee=world.employees["quang"]).update(job=world.assignment("marisol").job)

    begin(world, cycle)
    fill(cycle)

    assert keys_in(world, cycle) == IN
    assert LeftOut.objects.count() == 2


def test_heads_and_supervisors_get_their_own_template(world, cycle, desk):
    for level in ("supervisor", "head"):
        template = type(world.template).objects.create(name=level, level=level)
        TemplateElement.objects.create(
            template=template,
            position=1,
            section="A",
            name="All",
            kind="critical",
            is_service=True,
            weight=100,
            standard="Met.",
        )
    begin(world, cycle)
    fill(cycle)

    found = {key: Evaluation.objects.get(employee=world.employees[key]).template.level for key in IN}
    assert {key for key, level in found.items() if level == "head"} == {"joel", "anita"}
    assert {key for key, level in found.items() if level == "supervisor"} == {"stephen", "denise", "priya"}


def test_a_template_that_breaks_the_rules_keeps_the_cycle_shut(world, cycle):
    TemplateElement.objects.filter(position=1).update(weight=20)

    with pytest.raises(NotReady) as refusal:
        begin(world, cycle)

    assert [problem.text for problem in refusal.value.problems] == [
        "Template Front line: The weights total 90.00. Add 10.00 here or elsewhere."
    ]


@pytest.mark.parametrize("key", ["denise", "grace", "joel"])
def test_only_hr_opens_and_closes(world, cycle, key):
    with pytest.raises(Refused):
        cycles.open_cycle(cycle.pk, by=world.person(key), at=AT)
    with pytest.raises(Refused):
        cycles.close_cycle(cycle.pk, unfinished=0, by=world.person(key), at=AT)


def test_once_open_only_name_and_due_dates_change(world, cycle):
    begin(world, cycle)
    fill(cycle)

    cycles.change_cycle(
        cycle.pk,
        {"ratings_due_on": date(2026, 9, 20), "minimum_days": 1},
        by=world.person("miguel"),
        at=AT,
    )

    cycle.refresh_from_db()
    assert (cycle.ratings_due_on, cycle.minimum_days) == (date(2026, 9, 20), 90)
