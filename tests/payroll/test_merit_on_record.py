"""A release of merit puts the raise on record: a later plan can ask how long ago it was."""

from datetime import date
from decimal import Decimal

from audit.models import Entry
from compensation import facts
from compensation.models import PayPlan, RunLine
from compensation.plans.standard import year_one
from compensation.services.runs import compute_here, start_run
from organization import services
from organization.models import Advancement, Assignment, County, Employee
from payroll.differences.finding import find_differences
from tests import pay_year
from tests.payroll.corrected import certify, release
from tests.world import AT

RAISE = date(2026, 10, 3)


def on_record():
    found = Advancement.objects.order_by("employee__number", "on")
    return [(each.employee.number, each.kind, each.on, each.source) for each in found]


def test_released_merit_is_on_record_and_leaves_its_own_run_as_it_is(world):
    rules = {"who": {"months_since_merit": 6, "at_least_service_weight": "30"}}
    batch = pay_year.released(world, rules=rules)
    merit = batch.lines.filter(covers_merit=True).values_list("employee__number", flat=True)
    assert on_record() == [(number, "merit", RAISE, "release") for number in sorted(merit)]
    assert "10482" in merit
    assert {each.note for each in Advancement.objects.all()} == {f"{batch}, order 2026-1301"}
    assert facts.stale_cases(batch.run) == []
    rows = Entry.objects.filter(act="row.inserted", subject_type="organization_advancement")
    act = Entry.objects.get(act="batch.released")
    assert {each.transaction for each in rows} == {act.transaction}


def test_merit_of_year_one_bars_in_year_two_whom_it_raised_too_recently(world):
    batch = pay_year.released(world)
    raised = set(batch.lines.filter(covers_merit=True).values_list("employee__number", flat=True))

    def barred(months):
        plan = batch.run.plan
        plan = PayPlan.objects.create(
            fiscal_year=2027,
            version=plan.version + PayPlan.objects.count(),
            title="Half a year later",
            rules=plan.rules
            | {
                "effective_on": "2027-04-01",
                "who": plan.rules["who"] | {"months_since_merit": months},
            },
            cycle=world.cycle,
            base_on=date(2027, 3, 15),
            changed_at=AT,
        )
        run = start_run(plan.pk, by=world.person("miguel", plan.base_on), at=AT, in_background=False)
        lines = RunLine.objects.filter(run=compute_here(run))
        return set(lines.filter(reasons__contains=["merit:merit_recently"]).values_list("number", flat=True))

    assert barred(6) == raised  # October 3 is two days short of six months before April 1
    assert barred(5) == set()


def test_a_difference_takes_a_merit_raise_off_the_record_and_puts_it_there_again(world, run):
    def marisols():
        return [each[2] for each in on_record() if each[0] == "10482"]

    assert marisols() == [RAISE]
    world.rate("marisol", 2, "2.10")
    release(world, run)
    assert marisols() == []
    world.rate("marisol", 4, "3.98")
    certify(world, run)
    release(world, run)
    assert marisols() == [RAISE]


def test_what_hr_has_put_right_since_stays_when_a_difference_comes(world, run):
    made = Advancement.objects.get(employee__number="10482")
    services.correct_advancement(
        made.pk, "merit", date(2026, 9, 1), reason="PA 7", by=world.person("miguel"), at=AT
    )
    world.rate("marisol", 2, "2.10")
    release(world, run)
    assert ("10482", "merit", date(2026, 9, 1), "hr") in on_record()


def test_a_day_that_hr_has_put_right_stays_the_last_when_a_difference_brings_more_merit(world, run):
    made = Advancement.objects.get(employee__number="10482")
    services.correct_advancement(
        made.pk, "merit", date(2026, 9, 1), reason="PA 7", by=world.person("miguel"), at=AT
    )
    world.rate("marisol", 5, "4.60")
    certify(world, run)
    release(world, run)
    assert [each for each in on_record() if each[0] == "10482"] == [
        ("10482", "merit", date(2026, 9, 1), "hr")
    ]


def test_what_hr_took_off_the_record_does_not_come_back_with_more_merit(world, run):
    made = Advancement.objects.get(employee__number="10482")
    services.remove_advancement(made.pk, reason="PA 7", by=world.person("miguel"), at=AT)
    world.rate("marisol", 5, "4.60")
    certify(world, run)
    release(world, run)
    assert "10482" not in {each[0] for each in on_record()}


def test_a_difference_of_a_second_position_leaves_the_merit_raise_of_the_first(world):
    second = world.assignment("marisol")
    second.pk, second.slot, second.rate, second.fte = None, 2, 10_000, Decimal("0.25")
    second.grade, second.step = "", None
    second.save(force_insert=True)
    run = pay_year.released(world).run
    paid_too_much = Assignment.objects.filter(employee__number="10482", slot=2, ends_on__isnull=False)
    paid_too_much.update(rate=9_000)
    (line,) = release(world, run).lines.all()
    assert (line.slot, line.covers_merit) == (2, False)
    assert ("10482", "merit", RAISE, "release") in on_record()


JANUARY = {"on": "2027-01-01"}


def released_with_merit_from(world, begins):
    """Raise and merit of two days, for those hired by June."""
    rules = year_one(2027, county=County.objects.get(), cycle=world.cycle)
    who = rules["who"] | {"hired_by": "2026-06-30"}
    across = rules["across_the_board"] | {"who": who}
    rules = {"who": who, "across_the_board": across, "merit": rules["merit"] | {"begins": begins}}
    return pay_year.released(world, rules=rules).run


def hired(world, on):
    Employee.objects.filter(pk=world.employees["marisol"].pk).update(hired_on=on)


def marisols_difference(run):
    return [each for each in find_differences(run) if each.line.number == "10482"]


def put_pay_right(found):
    for day, dollars in found.wanted_dollars:
        Assignment.objects.filter(employee=found.line.employee, starts_on=day).update(rate=dollars)


def test_merit_that_the_records_alone_take_away_waits_until_its_raise_is_off_the_record(world, client):
    run = released_with_merit_from(world, JANUARY)
    hired(world, date(2026, 8, 1))
    (found,) = marisols_difference(run)
    said = "Take the merit raise of January 1, 2027 off the record there, too."
    client.force_login(world.users["carl"])
    assert said in client.get(f"/payroll/runs/{run.number}/differences/").text

    put_pay_right(found)
    assert [each.record for each in marisols_difference(run)] == [said]
    made = Advancement.objects.get(employee__number="10482")
    services.remove_advancement(made.pk, reason="PA 7", by=world.person("miguel"), at=AT)
    assert marisols_difference(run) == []


def test_merit_that_the_records_alone_give_waits_until_its_raise_is_on_record(world):
    hired(world, date(2026, 8, 1))
    run = released_with_merit_from(world, JANUARY)
    hired(world, date(2019, 3, 4))
    (found,) = marisols_difference(run)
    assert found.record == "Record the merit raise of January 1, 2027 there, too."
    services.add_advancement(
        found.line.employee_id, "merit", date(2027, 1, 1), reason="PA 7", by=world.person("miguel"), at=AT
    )
    assert [each.record for each in marisols_difference(run)] == [""]


def test_merit_that_moved_to_another_day_waits_until_its_raise_has_moved_on_record(world):
    run = released_with_merit_from(world, {"anniversary": "hired_on"})
    hired(world, date(2019, 6, 4))
    (found,) = marisols_difference(run)
    assert found.record == "Correct the merit raise of March 4, 2027 on record there to June 4, 2027, too."
    held = Assignment.objects.filter(employee__number="10482")
    held.filter(starts_on=date(2027, 3, 4)).update(starts_on=date(2027, 6, 4))
    held.filter(ends_on=date(2027, 3, 4)).update(ends_on=date(2027, 6, 4))
    assert [each.record for each in marisols_difference(run)] == [found.record]
    made = Advancement.objects.get(employee__number="10482")
    services.correct_advancement(
        made.pk, "merit", date(2027, 6, 4), reason="PA 7", by=world.person("miguel"), at=AT
    )
    assert marisols_difference(run) == []
