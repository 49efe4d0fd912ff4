"""Merit that counts from another day than the raise: two rates of base pay, each from its own day."""

from datetime import date
from decimal import Decimal

import pytest

from certification.models import Closing
from compensation.models import Grade
from organization.models import Assignment
from payroll.letters import letter as letters
from payroll.models import BatchLine
from payroll.readiness import NOT_THERE, NOT_THERE_ONCE, find_ready, sum_up
from tests import pay_year

RAISE, MERIT = date(2026, 10, 3), date(2027, 1, 9)  # first pay periods from October 1, from January 1


def certified(rated, begins):
    run = pay_year.compute(rated, begins=begins)
    pay_year.ask(rated, run)
    pay_year.certify(rated, run, "CC", "ruth")
    pay_year.order_release(rated)
    return run


@pytest.fixture
def january(rated):
    return certified(rated, {"on": "2027-01-01", "rule": "first_period_on_or_after"})


def rates_of(employee):
    lines = Assignment.objects.filter(employee=employee, starts_on__gte=RAISE).order_by("starts_on")
    return [(line.starts_on, line.rate) for line in lines]


def test_raise_and_merit_have_a_line_and_an_assignment_each(rated, january):
    shown = sum_up(january)
    batch = pay_year.second_word(rated, january, pay_year.release(rated, january))

    marisol = rated.employees["marisol"]
    lines = batch.lines.filter(employee=marisol).values_list(
        "effective_on", "reason", "old_annual", "new_annual"
    )
    assert list(lines) == [
        (RAISE, "Across the board", Decimal("46280.00"), Decimal("47205.60")),
        (MERIT, "Merit", Decimal("47205.60"), Decimal("48503.75")),
    ]
    assert rates_of(marisol) == [(RAISE, Decimal("47205.60")), (MERIT, Decimal("48503.75"))]
    assert sum(line.amount for line in batch.lines.filter(element="BASE")) == batch.base_total
    assert (batch.lines_count, batch.people_count, batch.base_total) == (
        shown.lines,
        shown.people,
        shown.base,
    )
    assert find_ready(january)[0] == []


def test_the_letter_names_both_days(rated, january):
    batch = pay_year.second_word(rated, january, pay_year.release(rated, january))

    found = letters.find_lines(BatchLine.objects.filter(batch=batch, employee=rated.employees["marisol"]))
    letter = letters.write_letter(list(found), letters.frame_of(batch))
    assert (
        "$47,205.60 a year from October 3, 2026 and $48,503.75 a year from January 9, 2027" in letter.opening
    )
    labels = [row.label for row in letter.tables[0].rows]
    assert "Across the board, from October 3, 2026" in labels
    assert "Merit for level 4, from January 9, 2027" in labels
    assert [words.split(" your")[0] for words in letter.closing[:2]] == [
        "From October 3, 2026",
        "From January 9, 2027",
    ]


def test_who_is_not_in_the_position_when_merit_begins_has_the_raise_alone(rated, january):
    marisol = rated.employees["marisol"]
    Assignment.objects.filter(employee=marisol, ends_on=None).update(ends_on=date(2026, 12, 1))

    ready, digest = find_ready(january)
    mine = next(each for each in ready if each.employee_id == marisol.pk)
    assert (mine.raises, mine.merit) == (True, False)
    standing = sum_up(january)
    assert NOT_THERE in [each.reason for each in standing.waiting if each.number == marisol.number]
    assert standing.seen == digest
    pay_year.second_word(rated, january, pay_year.release(rated, january))
    assert [rate for _, rate in rates_of(marisol)] == [Decimal("47205.60")]
    assert not Closing.objects.filter(employee=marisol).exists()


def test_merit_from_each_anniversary(rated):
    marisol = rated.employees["marisol"]
    run = certified(rated, {"anniversary": "hired_on", "rule": "first_period_on_or_after"})
    batch = pay_year.second_word(rated, run, pay_year.release(rated, run))
    begins = batch.lines.get(employee=marisol, reason="Merit").effective_on
    anniversary = marisol.hired_on.replace(year=begins.year)
    assert 0 <= (begins - anniversary).days < 14
    assert rates_of(marisol)[-1] == (begins, Decimal("48503.75"))


def test_what_merit_carries_over_the_maximum_is_not_paid_to_who_left_before_it(rated):
    marisol = rated.employees["marisol"]
    grade = Assignment.objects.get(employee=marisol).grade
    Grade.objects.filter(code=grade).update(midpoint=Decimal("46000"), maximum=Decimal("46300"))
    run = certified(rated, {"on": "2027-01-01", "rule": "first_period_on_or_after"})
    assert next(each for each in find_ready(run)[0] if each.employee_id == marisol.pk).lump

    Assignment.objects.filter(employee=marisol, ends_on=None).update(ends_on=date(2026, 12, 1))

    ready, digest = find_ready(run)
    mine = next(each for each in ready if each.employee_id == marisol.pk)
    assert (mine.raises, mine.merit, mine.lump) == (True, False, False)
    standing = sum_up(run)
    assert NOT_THERE_ONCE in [each.reason for each in standing.waiting if each.number == marisol.number]
    assert standing.seen == digest
