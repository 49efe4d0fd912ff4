"""Tenure that counts from a day of each person's own: a third rate of base pay."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from compensation.facts import stale_cases
from compensation.plans.standard import year_one
from organization.models import Assignment, County, Employee
from organization.services.people import change_assignment
from payroll.differences.finding import find_changed_pay, find_differences
from payroll.differences.moved import MOVED, TWO_DAYS
from payroll.letters import letter as letters
from payroll.models import BatchLine
from payroll.readiness import NOT_THERE, find_ready, sum_up
from tests import pay_year
from tests.world import AT

# Everybody was hired March 4, 2019. First pay periods from October 1, from March 4, from April 1.
RAISE, TENURE, MERIT = date(2026, 10, 3), date(2027, 3, 6), date(2027, 4, 3)
CHART = {
    "gives": "percent",
    "table": [{"months": 12, "percent": "1"}, {"months": 60, "percent": "2"}],
    "begins": {"anniversary": "hired_on", "rule": "first_period_on_or_after"},
}
APRIL = {"on": "2027-04-01", "rule": "first_period_on_or_after"}
RAISED, SERVED, NEW = Decimal("47205.60"), Decimal("48149.71"), Decimal("49473.83")  # of Marisol's 46,280


def computed(rated, **merit):
    run = pay_year.compute(rated, rules={"tenure": CHART}, **merit)
    pay_year.ask(rated, run)
    pay_year.order_release(rated)
    return run


@pytest.fixture
def april(rated):
    run = computed(rated, begins=APRIL)
    pay_year.certify(rated, run, "CC", "ruth")
    return run


def release(rated, run):
    return pay_year.second_word(rated, run, pay_year.release(rated, run))


def rates_of(employee):
    lines = Assignment.objects.filter(employee=employee, starts_on__gte=RAISE).order_by("starts_on")
    return [(line.starts_on, line.rate) for line in lines]


def lines_of(batch, employee):
    return list(
        batch.lines.filter(employee=employee, element="BASE").values_list(
            "effective_on", "reason", "new_annual"
        )
    )


def test_raise_tenure_and_merit_have_a_line_and_an_assignment_each(rated, april):
    shown, marisol = sum_up(april), rated.employees["marisol"]
    batch = release(rated, april)

    assert lines_of(batch, marisol) == [
        (RAISE, "Across the board", RAISED),
        (TENURE, "Tenure", SERVED),
        (MERIT, "Merit", NEW),
    ]
    assert rates_of(marisol) == [(RAISE, RAISED), (TENURE, SERVED), (MERIT, NEW)]
    assert (batch.lines_count, batch.people_count, batch.base_total) == (
        shown.lines,
        shown.people,
        shown.base,
    )
    assert sum(line.amount for line in batch.lines.filter(element="BASE")) == batch.base_total
    assert find_ready(april)[0] == []


def test_the_letter_names_all_three_days(rated, april):
    batch = release(rated, april)
    found = letters.find_lines(BatchLine.objects.filter(batch=batch, employee=rated.employees["marisol"]))
    letter = letters.write_letter(list(found), letters.frame_of(batch))
    assert (
        "$47,205.60 a year from October 3, 2026, $48,149.71 a year from March 6, 2027 and"
        " $49,473.83 a year from April 3, 2027." in letter.opening
    )
    labels = [row.label for row in letter.tables[0].rows]
    assert "Tenure, from March 6, 2027" in labels


def test_merit_waits_for_the_tenure_it_is_taken_on(rated):
    january = {"on": "2027-01-01", "rule": "first_period_on_or_after"}
    run = computed(rated, begins=january)
    pay_year.certify(rated, run, "CC", "ruth")
    marisol = rated.employees["marisol"]
    assert lines_of(release(rated, run), marisol) == [
        (RAISE, "Across the board", RAISED),
        (TENURE, "Tenure and merit", NEW),
    ]
    assert rates_of(marisol) == [(RAISE, RAISED), (TENURE, NEW)]


def test_merit_certified_later_goes_on_from_tenure(rated):
    run, marisol = computed(rated, begins=APRIL), rated.employees["marisol"]
    first = release(rated, run)
    assert rates_of(marisol) == [(RAISE, RAISED), (TENURE, SERVED)]
    found = letters.find_lines(BatchLine.objects.filter(batch=first, employee=marisol))
    letter = letters.write_letter(list(found), letters.frame_of(first))
    assert "A part of your pay is not released yet. Another letter will explain it." in letter.closing
    pay_year.certify(rated, run, "CC", "ruth")
    assert lines_of(pay_year.release(rated, run), marisol) == [(MERIT, "Merit", NEW)]
    assert rates_of(marisol)[-1] == (MERIT, NEW)


def test_who_has_left_when_tenure_begins_has_the_raise_alone(rated, april):
    marisol = rated.employees["marisol"]
    Assignment.objects.filter(employee=marisol, ends_on=None).update(ends_on=date(2026, 12, 1))

    ready, digest = find_ready(april)
    mine = next(each for each in ready if each.employee_id == marisol.pk)
    assert (mine.raises, mine.tenure, mine.merit) == (True, False, False)
    standing = sum_up(april)
    assert [each.reason for each in standing.waiting if each.number == marisol.number] == [NOT_THERE]
    assert standing.seen == digest
    assert lines_of(release(rated, april), marisol) == [(RAISE, "Across the board", RAISED)]


def test_the_same_day_for_all_is_one_line(rated):
    run = pay_year.compute(rated, rules={"tenure": CHART | {"begins": None}})
    pay_year.order_release(rated)
    quang = rated.employees["quang"]  # not rated
    assert [reason for _, reason, _ in lines_of(release(rated, run), quang)] == [
        "Across the board and tenure"
    ]


def test_a_raise_at_six_months_and_at_a_year_is_written_on_the_page_of_who_was_hired_last(rated):
    """Rows that are not whole years apart are refused: the gate leaves new people to HR, for a year."""
    quang, hr = rated.employees["quang"], rated.person("miguel")
    Employee.objects.filter(pk=quang.pk).update(hired_on=date(2026, 6, 1))
    who = year_one(2027, county=County.objects.get(), cycle=rated.cycle)["who"]
    chart = CHART | {"who": who | {"hired_by": "2025-09-30"}}
    run = pay_year.compute(rated, rules={"tenure": chart})
    pay_year.order_release(rated)
    batch = release(rated, run)
    assert [reason for _, reason, _ in lines_of(batch, quang)] == ["Across the board"]
    assert "Tenure" in [reason for _, reason, _ in lines_of(batch, rated.employees["marisol"])]

    ((_, raised),) = rates_of(quang)
    six_months, a_year = date(2026, 12, 1), date(2027, 6, 1)
    for on, rate in ((six_months, raised + 1000), (a_year, raised + 2000)):
        change_assignment(quang.pk, {"rate": rate}, on=on, by=hr, at=AT, reason="Months of service")

    assert rates_of(quang) == [(RAISE, raised), (six_months, raised + 1000), (a_year, raised + 2000)]
    assert find_differences(run) == []
    assert find_ready(run)[0] == []


def test_tenure_is_paid_once_in_a_fiscal_year(rated, april):
    batch = release(rated, april)
    line = batch.lines.get(employee=rated.employees["marisol"], reason="Tenure")
    line.pk, line.number = None, 9_999
    with pytest.raises(IntegrityError, match="batch_line_tenure_once"), transaction.atomic():
        line.save(force_insert=True)


def page_of_differences(world, run, client):
    client.force_login(world.users["carl"])
    return client.get(reverse("payroll:differences", args=[run.number])).text


def test_a_hire_date_corrected_late_changes_the_pay_from_the_day_of_tenure(rated, april, client):
    release(rated, april)
    Employee.objects.filter(number__in=[rated.employees[key].number for key in ("quang", "marisol")]).update(
        hired_on=date(2023, 3, 4)
    )
    found = {each.line.employee_id: each for each in find_differences(april)}
    quang, marisol = found[rated.employees["quang"].pk], found[rated.employees["marisol"].pk]
    assert (quang.base_on, quang.covers, quang.waits) == (TENURE, (True, True, False), "")
    assert quang.rate == quang.award.tenure_rate < quang.line.tenure_rate
    assert marisol.stopped == TWO_DAYS  # her merit was taken on it, and begins in April
    batch = pay_year.release_differences(rated, april)
    (line,) = batch.lines.all()
    assert (line.effective_on, line.amount) == (TENURE, quang.base_dollars)
    assert (line.covers_raise, line.covers_tenure, line.covers_merit) == (True, True, False)
    was, now = rates_of(rated.employees["quang"])
    assert was[1] < now[1] == line.new_annual
    assert find_differences(april) == [found[rated.employees["marisol"].pk]]

    page = page_of_differences(rated, april, client)
    for day, rate in marisol.wanted_dollars:
        assert f"${rate:,.2f} from {day:%b} {day.day}, {day.year}" in page
        Assignment.objects.filter(employee=marisol.line.employee, starts_on=day).update(rate=rate)
    assert [day for day, _ in marisol.wanted_dollars] == [TENURE, MERIT]
    assert find_differences(april) == []  # the records have it


def test_a_day_that_moved_alone_waits_until_the_records_have_it(rated, april, client):
    """The same percent from January on: pay a year is the same, and two months of it are owed."""
    release(rated, april)
    quang = rated.employees["quang"]
    Employee.objects.filter(pk=quang.pk).update(hired_on=date(2019, 1, 4))

    (found,) = find_differences(april)
    assert (found.base, found.waits) == (0, MOVED)
    assert find_changed_pay(april, stale_cases(april)) == {(quang.pk, 1)}
    page = page_of_differences(rated, april, client)
    assert "from Jan 9, 2027; released from Mar 6, 2027" in page

    Assignment.objects.filter(employee=quang, starts_on=RAISE).update(ends_on=date(2027, 1, 9))
    Assignment.objects.filter(employee=quang, starts_on=TENURE).update(starts_on=date(2027, 1, 9))
    assert find_differences(april) == []


def test_less_from_a_later_day_is_for_no_line_to_say(rated, april):
    release(rated, april)
    quang = rated.employees["quang"]
    Employee.objects.filter(pk=quang.pk).update(hired_on=date(2023, 6, 4))
    (found,) = find_differences(april)
    assert (found.award.tenure < found.line.tenure, found.waits) == (True, MOVED)


def test_who_was_gone_before_the_plans_day_gives_the_raise_back_from_its_day(rated, april):
    release(rated, april)
    marisol, left_on = rated.employees["marisol"], date(2026, 9, 10)
    Employee.objects.filter(pk=marisol.pk).update(separated_on=left_on)
    Assignment.objects.filter(employee=marisol, starts_on__gte=left_on).delete()
    Assignment.objects.filter(employee=marisol).update(ends_on=left_on)
    (found,) = find_differences(april)
    assert (found.award, found.base_on, found.waits) == (None, RAISE, "")
