"""Longevity pay: tenure that is paid once, without any certificate."""

from datetime import date
from decimal import Decimal

import pytest

from organization.models import Employee
from overtime.sources import lumps_of, source_of
from payroll.differences.finding import find_differences
from payroll.letters import letter as letters
from payroll.models import BatchLine
from payroll.readiness import find_ready, sum_up
from tests import pay_year

# Everybody was hired March 4, 2019: seven years on December 1, 2026.
LONGEVITY = {
    "across_the_board": None,
    "schedule": None,
    "merit": None,
    "tenure": {
        "gives": "amount",
        "paid_once": True,
        "table": [{"months": 12, "amount": "60"}, {"months": 84, "amount": "420"}],
        "begins": {"on": "2026-12-01"},
    },
}
DECEMBER = date(2026, 12, 1)


@pytest.fixture
def run(rated):
    run = pay_year.compute(rated, rules=LONGEVITY)
    pay_year.order_release(rated)
    return run


def test_it_is_released_without_a_certificate_on_its_day_and_says_what_for(rated, run):
    shown, marisol = sum_up(run), rated.employees["marisol"]
    assert (shown.base, shown.held) == (0, [])

    batch = pay_year.second_word(rated, run, pay_year.release(rated, run))

    (line,) = batch.lines.filter(employee=marisol)
    assert (line.element, line.amount, line.effective_on) == ("LUMP", Decimal("420.00"), DECEMBER)
    assert line.reason == "Tenure, paid once"
    assert batch.lump_total == shown.lump == sum(each.amount for each in batch.lines.all())
    assert find_ready(run)[0] == []

    found = letters.find_lines(BatchLine.objects.filter(batch=batch, employee=marisol))
    letter = letters.write_letter(list(found), letters.frame_of(batch))
    assert "you receive $420.00 once" in letter.opening
    assert "Tenure, 7 years and 8 months of service" in [
        row.label for table in letter.tables for row in table.rows
    ]


def test_it_is_in_the_overtime_worksheet(rated, run):
    """Pay for length of service under a plan is part of the regular rate (29 CFR 778.211)."""
    batch = pay_year.second_word(rated, run, pay_year.release(rated, run))
    assert lumps_of(source_of("batch", batch.number))["10482"].cents == 42_000


def test_month_by_month_each_payment_says_what_for(rated):
    run = pay_year.compute(rated, rules=LONGEVITY | {"monthly_payments": 6})
    pay_year.order_release(rated)
    batch = pay_year.second_word(rated, run, pay_year.release(rated, run))
    (line,) = batch.lines.filter(employee=rated.employees["marisol"])
    assert (line.amount, line.reason) == (Decimal("70.00"), "Tenure, paid once, payment 1 of 6")
    later = pay_year.release_payments(rated, run, date(2027, 1, 4))
    (line,) = later.lines.filter(employee=rated.employees["marisol"])
    assert (line.effective_on, line.reason) == (date(2027, 1, 1), "Tenure, paid once, payment 2 of 6")


def test_a_hire_date_corrected_later_is_a_difference_that_waits_for_no_certificate(rated, run):
    pay_year.second_word(rated, run, pay_year.release(rated, run))
    marisol = rated.employees["marisol"]
    Employee.objects.filter(pk=marisol.pk).update(hired_on=date(2020, 3, 4))
    (found,) = find_differences(run)
    assert (found.lump, found.base, found.waits, found.needs_certificate) == (-36_000, 0, "", False)
    Employee.objects.filter(pk=marisol.pk).update(hired_on=date(2010, 3, 4))
    assert find_differences(run) == []
