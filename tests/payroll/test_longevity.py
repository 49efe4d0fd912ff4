"""Longevity pay: tenure that is paid once, without any certificate."""

from datetime import date
from decimal import Decimal

import pytest

from compensation.runs.pages import cost_lines
from compensation.services.runs import compute_here, start_run
from look.formats import money, signed
from organization.models import Assignment, Employee
from overtime.sources import lumps_of, source_of
from payroll.differences.finding import find_differences
from payroll.differences.letters import letter_of
from payroll.letters import letter as letters
from payroll.models import BatchLine
from payroll.monthly import count_due, find_due
from payroll.monthly import sum_up as payments
from payroll.readiness import NOT_THERE_ONCE, find_ready, sum_up
from tests import pay_year
from tests.world import AT

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
OCTOBER = date(2026, 10, 3)  # the first pay period of the fiscal year


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
    assert (line.element, line.amount, line.effective_on) == ("LONG", Decimal("420.00"), DECEMBER)
    assert line.reason == "Longevity pay"
    assert batch.lump_total == shown.lump == sum(each.amount for each in batch.lines.all())
    assert find_ready(run)[0] == []

    found = letters.find_lines(BatchLine.objects.filter(batch=batch, employee=marisol))
    letter = letters.write_letter(list(found), letters.frame_of(batch))
    assert "you receive $420.00 of longevity pay." in letter.opening
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
    assert (line.amount, line.reason) == (Decimal("70.00"), "Longevity pay, payment 1 of 6")
    later = pay_year.release_payments(rated, run, date(2027, 1, 4))
    (line,) = later.lines.filter(employee=rated.employees["marisol"])
    assert (line.effective_on, line.reason) == (date(2027, 1, 1), "Longevity pay, payment 2 of 6")


def test_a_hire_date_corrected_later_is_a_difference_that_waits_for_no_certificate(rated, run):
    pay_year.second_word(rated, run, pay_year.release(rated, run))
    marisol = rated.employees["marisol"]
    Employee.objects.filter(pk=marisol.pk).update(hired_on=date(2020, 3, 4))
    (found,) = find_differences(run)
    assert (found.lump, found.base, found.waits, found.needs_certificate) == (-36_000, 0, "", False)
    Employee.objects.filter(pk=marisol.pk).update(hired_on=date(2010, 3, 4))
    assert find_differences(run) == []


# A Texas county: a lump sum by rating in October, and longevity in December.
BESIDE = LONGEVITY | {"lump_sum": pay_year.LUMP_IN_MONTHS["lump_sum"]}


@pytest.fixture
def both(rated):
    run = pay_year.compute(rated, rules=BESIDE)
    pay_year.order_release(rated)
    return run


def lines_of(world, batch, who="marisol"):
    lines = batch.lines.filter(employee=world.employees[who])
    return [(line.element, line.amount, line.effective_on) for line in lines]


def test_beside_a_lump_sum_longevity_is_paid_though_the_award_is_not_certified(rated, both):
    shown = sum_up(both)
    assert dict(shown.held)["The award is not certified."] == 11

    batch = pay_year.second_word(rated, both, pay_year.release(rated, both))

    assert set(batch.lines.values_list("element", flat=True)) == {"LONG"}
    assert lines_of(rated, batch) == [("LONG", Decimal("420.00"), DECEMBER)]
    marisol = rated.employees["marisol"]
    found = letters.find_lines(BatchLine.objects.filter(batch=batch, employee=marisol))
    letter = letters.write_letter(list(found), letters.frame_of(batch))
    assert [table.title for table in letter.tables] == ["Longevity pay"]
    assert "A part of your pay is not released yet. Another letter will explain it." in letter.closing

    pay_year.ask(rated, both)
    pay_year.certify(rated, both, "CC", "ruth")
    award = pay_year.release(rated, both)  # none of the clerks is in it, so that one word is enough
    assert lines_of(rated, award) == [("LUMP", Decimal("1125.07"), OCTOBER)]
    found = letters.find_lines(BatchLine.objects.filter(batch=award, employee=marisol))
    letter = letters.write_letter(list(found), letters.frame_of(award))
    assert [table.title for table in letter.tables] == [
        "Your rate of pay",
        "What is paid once",
        "Longevity pay",
    ]
    assert "you receive $1,125.07 once." in letter.opening
    assert find_differences(both) == []


def test_a_certificate_and_its_award_are_of_the_lump_sum_alone(rated, both):
    pay_year.ask(rated, both)
    certificate = pay_year.certify(rated, both, "CC", "ruth")
    lumps = both.lines.filter(department__code="CC").exclude(employee=rated.employees["ruth"])
    given = [line.lump_sum for line in lumps if line.lump_value]
    assert certificate.lump_total * 100 == sum(given)
    assert all(line.lump > line.lump_sum for line in lumps if line.lump_value and line.longevity)


def test_both_in_months_are_two_sums_with_a_day_each(rated):
    run = pay_year.compute(rated, rules=BESIDE | {"monthly_payments": 6})
    pay_year.order_release(rated)
    pay_year.ask(rated, run)
    pay_year.certify(rated, run, "CC", "ruth")
    first = pay_year.second_word(rated, run, pay_year.release(rated, run))
    assert lines_of(rated, first) == [
        ("LUMP", Decimal("187.52"), OCTOBER),
        ("LONG", Decimal("70.00"), DECEMBER),
    ]
    closing = letter_for(rated, first).closing
    assert closing[0].startswith("5 payments of each follow, one each month,")

    january = pay_year.release_payments(rated, run, date(2027, 1, 4))

    assert [(element, on) for element, _, on in lines_of(rated, january)] == [
        ("LUMP", date(2026, 11, 3)),
        ("LUMP", date(2026, 12, 3)),
        ("LUMP", date(2027, 1, 3)),
        ("LONG", date(2027, 1, 1)),
    ]
    marisol = rated.employees["marisol"]
    found = letters.find_lines(BatchLine.objects.filter(batch=january, employee=marisol))
    letter = letter_of(list(found), letters.frame_of(january))
    assert [(table.title, table.rows[-1].amount) for table in letter.tables] == [
        ("What is paid once", "$750.05"),
        ("Longevity pay", "$140.00"),
    ]
    assert [said.partition(",")[0] for said in letter.closing[:2]] == [
        "2 payments follow",
        "4 payments of longevity pay follow",
    ]


def test_a_difference_of_one_sum_leaves_the_other_alone(rated, both):
    pay_year.ask(rated, both)
    pay_year.certify(rated, both, "CC", "ruth")
    pay_year.second_word(rated, both, pay_year.release(rated, both))
    marisol = rated.employees["marisol"]
    Employee.objects.filter(pk=marisol.pk).update(hired_on=date(2020, 3, 4))

    (found,) = find_differences(both)
    assert [(once.element, once.was, once.now) for once in found.once_differs] == [("LONG", 42_000, 6_000)]
    assert (found.lump, found.waits, found.needs_certificate) == (-36_000, "", False)

    batch = pay_year.release_differences(rated, both)
    ((element, amount, _),) = lines_of(rated, batch)
    assert (element, amount) == ("LONG", Decimal("-360.00"))
    found = letters.find_lines(BatchLine.objects.filter(batch=batch, employee=marisol))
    letter = letter_of(list(found), letters.frame_of(batch))
    assert letter.tables[0].title == "The difference: longevity pay"
    assert [row.amount for row in letter.tables[0].rows] == ["$420.00", "$60.00", "− $360.00"]
    assert "$360.00 of longevity pay was paid too much." in letter.closing
    assert find_differences(both) == []

    rated.rate("marisol", 3, "3.10")
    (found,) = find_differences(both)
    assert [(once.element, once.was, once.now) for once in found.once_differs] == [("LUMP", 112_507, 75_000)]


def test_who_leaves_before_the_day_of_longevity_has_the_lump_sum_alone(rated):
    Employee.objects.filter(pk=rated.employees["marisol"].pk).update(separated_on=date(2026, 11, 30))
    run = pay_year.compute(rated, rules=BESIDE)
    pay_year.order_release(rated)
    pay_year.ask(rated, run)
    pay_year.certify(rated, run, "CC", "ruth")

    marisol = next(each for each in find_ready(run)[0] if each.number == "10482")
    assert (marisol.lump, marisol.longevity) == (True, False)
    line = run.lines.get(number="10482")
    assert (line.longevity, line.lump_sum) == (0, 112_507)
    assert line.reasons == ["tenure:separated"]


def released_in_months(world):
    run = pay_year.compute(world, rules=BESIDE | {"monthly_payments": 6})
    pay_year.order_release(world)
    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    pay_year.second_word(world, run, pay_year.release(world, run))
    return run


def letter_for(world, batch, who="marisol"):
    found = letters.find_lines(BatchLine.objects.filter(batch=batch, employee=world.employees[who]))
    return letter_of(list(found), letters.frame_of(batch))


def test_who_is_due_both_sums_is_one_person(rated):
    run = released_in_months(rated)
    january = date(2027, 1, 4)
    ((_, people, day),) = count_due(january)
    assert (people, day) == (payments(run, on=january).people, date(2026, 11, 3))


def test_a_new_rating_holds_back_the_payments_that_rest_on_it_and_no_others(rated):
    run = released_in_months(rated)
    rated.rate("marisol", 5, "4.60")
    due, _ = find_due(run, on=date(2027, 1, 4))
    assert [each.element for each in due if each.number == "10482"] == ["LONG"]


def test_a_difference_tells_nothing_of_an_award_that_nobody_certified(rated, both):
    pay_year.second_word(rated, both, pay_year.release(rated, both))
    Employee.objects.filter(pk=rated.employees["marisol"].pk).update(hired_on=date(2020, 3, 4))
    letter = letter_for(rated, pay_year.release_differences(rated, both))
    assert [table.title for table in letter.tables] == [
        "The difference: longevity pay",
        "Your rate of pay",
        "Longevity pay",
    ]


def test_a_letter_waits_for_nothing_that_an_earlier_run_released(rated, both):
    pay_year.second_word(rated, both, pay_year.release(rated, both))
    person = rated.person("miguel")
    again = compute_here(start_run(both.plan_id, by=person, at=AT, in_background=False))
    pay_year.ask(rated, again)
    pay_year.certify(rated, again, "CC", "ruth")
    batch = pay_year.release(rated, again)
    assert lines_of(rated, batch) == [("LUMP", Decimal("1125.07"), OCTOBER)]
    assert not any("not released yet" in sentence for sentence in letter_for(rated, batch).closing)


def test_who_is_gone_by_the_day_of_both_is_told_once(rated):
    december = BESIDE["lump_sum"] | {"begins": {"on": "2026-12-01"}}
    run = pay_year.compute(rated, rules=BESIDE | {"lump_sum": december})
    pay_year.order_release(rated)
    pay_year.ask(rated, run)
    pay_year.certify(rated, run, "CC", "ruth")
    Assignment.objects.filter(employee=rated.employees["marisol"]).update(ends_on=date(2026, 11, 15))
    waiting = [each.reason for each in sum_up(run).waiting if each.number == "10482"]
    assert waiting == [NOT_THERE_ONCE]


def test_the_cost_of_a_run_has_longevity_in_a_row_of_its_own(both):
    rows = {each["label"]: each["amount"] for each in cost_lines(both.totals, 2027)}
    longevity = sum(line.longevity for line in both.lines.all())
    assert rows["Longevity pay"] == signed(Decimal(longevity).scaleb(-2))
    assert rows["Paid once"] == money(Decimal(both.totals["lump"] - longevity).scaleb(-2))
