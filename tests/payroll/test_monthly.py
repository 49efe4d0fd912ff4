"""What is paid once in monthly payments: each once, to who is still there, and right after a correction."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from certification.models import Closing
from compensation.models import PayPlan
from compensation.records import read_award, read_case
from compensation.services.runs import compute_here, start_run
from organization import clock
from organization.models import Assignment, Employee
from organization.refusal import Refused
from organization.services.people import separate_employee
from payroll.differences import letters as difference_letters
from payroll.differences.finding import find_differences
from payroll.letters import letter as letters
from payroll.models import Batch, BatchLine, Difference, Release
from payroll.monthly import BEING_CORRECTED, LEFT, count_due, sum_up
from payroll.needs import needs_of
from payroll.readiness import sum_up as ready_now
from payroll.releasing import release_here
from tests import pay_year
from tests.payroll.test_tenure_days import CHART
from tests.world import AT, ON, PASSWORD

FIRST, NOVEMBER, DECEMBER = date(2026, 10, 3), date(2026, 11, 1), date(2026, 12, 31)


@pytest.fixture
def batch(world):
    """Marisol and Stephen have 1,125.07 for level 4: seven payments of 93.76 and five of 93.75."""
    return pay_year.released(world, rules=pay_year.LUMP_IN_MONTHS)


@pytest.fixture
def run(batch):
    return batch.run


def payments_of(world, key):
    found = BatchLine.objects.filter(employee=world.employees[key], element="LUMP").order_by("pk")
    return list(found.values_list("payment", "effective_on", "amount"))


def paid_to(world, key):
    found = BatchLine.objects.filter(employee=world.employees[key], element="LUMP")
    return found.aggregate(sum=Sum("amount"))["sum"]


def leave(world, key, on):
    Assignment.objects.filter(employee=world.employees[key], ends_on=None).update(ends_on=on)


def letter_of(batch, employee):
    lines = letters.find_lines(BatchLine.objects.filter(batch=batch, employee=employee))
    return difference_letters.letter_of(list(lines), letters.frame_of(batch))


def test_the_first_payment_goes_out_with_the_run_and_the_rest_month_by_month(world, batch, run):
    assert payments_of(world, "stephen") == [(1, FIRST, Decimal("93.76"))]
    assert batch.lump_total == sum(line.amount for line in batch.lines.filter(element="LUMP"))
    assert b"Lump sum by rating, payment 1 of 12" in bytes(batch.content)
    assert Closing.objects.filter(employee=world.employees["stephen"]).exists()
    assert ready_now(run).lump == 0
    october = sum_up(run, on=date(2026, 10, 31))
    assert (october.lines, october.later[0].on) == (0, date(2026, 11, 3))

    november = pay_year.release_payments(world, run, NOVEMBER)

    assert payments_of(world, "stephen")[1:] == [(2, date(2026, 11, 3), Decimal("93.76"))]
    assert sum_up(run, on=NOVEMBER).lines == 0
    assert b"Lump sum by rating, payment 2 of 12" in bytes(november.content)
    assert november.base_total == 0
    for month in range(10):
        year, month = divmod(11 + month, 12)
        pay_year.release_payments(world, run, date(2026 + year, month + 1, 28))
    assert paid_to(world, "stephen") == Decimal("1125.07")
    assert [number for number, _, _ in payments_of(world, "stephen")] == list(range(1, 13))
    assert count_due(date(2028, 1, 1)) == []
    assert Assignment.objects.filter(employee=world.employees["stephen"], starts_on__gt=FIRST).count() == 0


def test_months_that_were_missed_go_out_together(world, run):
    batch = pay_year.release_payments(world, run, DECEMBER)

    assert [each[:2] for each in payments_of(world, "marisol")[1:]] == [
        (2, date(2026, 11, 3)),
        (3, date(2026, 12, 3)),
    ]
    assert batch.lump_total == sum_of(batch)


def sum_of(batch):
    return batch.lines.aggregate(sum=Sum("amount"))["sum"]


def test_who_has_left_by_the_day_of_a_payment_has_no_more(world, run):
    leave(world, "marisol", date(2026, 12, 3))  # her last day is December 2

    pay_year.release_payments(world, run, DECEMBER)

    assert [number for number, _, _ in payments_of(world, "marisol")] == [1, 2]
    assert [number for number, _, _ in payments_of(world, "stephen")] == [1, 2, 3]
    standing = sum_up(run, on=DECEMBER)
    assert [(each.number, each.reason) for each in standing.waiting] == [("10482", LEFT)]
    assert find_differences(run) == []
    for line in BatchLine.objects.filter(element="LUMP").values_list("employee", flat=True):
        Assignment.objects.filter(employee=line, ends_on=None).update(ends_on=date(2027, 1, 1))
    assert count_due(date(2027, 6, 1)) == []  # nobody is asked to release what nobody has


def test_an_assignment_that_was_to_begin_after_somebody_left_pays_nothing(world, run):
    """As where a roster ends what the person holds on its day, and pay was to change later."""
    marisol = world.employees["marisol"]
    held = Assignment.objects.get(employee=marisol, ends_on=None)
    leave(world, "marisol", date(2026, 11, 20))
    held.pk, held.starts_on = None, date(2026, 12, 1)
    held.save(force_insert=True)
    pay_year.release_payments(world, run, DECEMBER)  # nobody knew
    Employee.objects.filter(pk=marisol.pk).update(separated_on=date(2026, 11, 20))

    (found,) = find_differences(run)
    assert found.lump == -93_76
    pay_year.release_differences(world, run)
    pay_year.release_payments(world, run, date(2027, 9, 30))
    assert paid_to(world, "marisol") == Decimal("187.52")


def test_a_payment_to_who_turns_out_to_have_left_is_recovered(world, run):
    pay_year.release_payments(world, run, NOVEMBER)
    left_on = date(2026, 10, 20)
    Employee.objects.filter(pk=world.employees["marisol"].pk).update(separated_on=left_on)
    leave(world, "marisol", left_on)

    (found,) = find_differences(run)
    assert (found.base, found.lump, found.waits) == (0, -93_76, "")

    pay_year.release_differences(world, run)
    assert paid_to(world, "marisol") == Decimal("93.76")
    assert find_differences(run) == []


def test_a_lower_award_is_recovered_for_the_months_paid_and_lowers_those_that_come(world, run):
    pay_year.release_payments(world, run, DECEMBER)  # 281.28 so far
    world.rate("marisol", 3, "3.10")

    (found,) = find_differences(run)
    once = found.lump_once
    assert (once.was, once.now, once.total_was, once.total_now) == (281_28, 187_50, 1125_07, 750_00)
    january = date(2027, 1, 4)
    standing = sum_up(run, on=january)
    assert ("10482", BEING_CORRECTED) in [(each.number, each.reason) for each in standing.waiting]

    pay_year.release_differences(world, run)

    assert paid_to(world, "marisol") == Decimal("187.50")
    assert find_differences(run) == []
    pay_year.release_payments(world, run, date(2027, 9, 30))
    assert paid_to(world, "marisol") == Decimal("750.00")
    assert find_differences(run) == []


def test_a_higher_award_is_certified_first_and_comes_to_the_cent(world, run):
    pay_year.release_payments(world, run, NOVEMBER)
    world.rate("marisol", 5, "4.60")
    (found,) = find_differences(run)
    assert found.waits == "The head has not certified the higher award."

    pay_year.certify_differences(world, run)
    batch = pay_year.release_differences(world, run)

    line = batch.lines.get(element="LUMP")
    assert (line.amount, line.payment) == (Decimal("62.48"), None)  # two payments of 125.00, not of 93.76
    letter = letter_of(batch, world.employees["marisol"])
    assert "Paid in months, it is $1,500.00 in all; each payment that comes follows that." in letter.closing
    pay_year.release_payments(world, run, date(2027, 9, 30))
    assert paid_to(world, "marisol") == Decimal("1500.00")
    world.rate("marisol", 2, "2.10")
    (found,) = find_differences(run)
    assert (found.lump_once.was, found.lump_once.now) == (1500_00, 0)


def test_an_award_that_a_correction_begins_is_paid_in_months_too(world):
    pay_year.rate_all(world, but=("marisol",))
    world.rate("marisol", 2, "2.10")
    run = pay_year.compute(world, rules=pay_year.LUMP_IN_MONTHS)
    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    pay_year.order_release(world)
    pay_year.second_word(world, run, pay_year.release(world, run))
    world.rate("marisol", 4, "3.98")
    pay_year.certify_differences(world, run)

    batch = pay_year.release_differences(world, run)

    assert batch.lines.get(element="LUMP").amount == 0
    assert Closing.objects.filter(employee=world.employees["marisol"]).exists()
    paid = pay_year.release_payments(world, run, NOVEMBER)
    assert [number for number, _, _ in payments_of(world, "marisol")] == [None, 1, 2]
    (line,) = paid.lines.filter(employee=world.employees["marisol"], payment=2)
    assert line.reason == "Lump sum by rating, payment 2 of 12"
    assert letter_of(paid, world.employees["marisol"]).title == "Your monthly payment of November 3, 2026"
    pay_year.release_payments(world, run, date(2027, 9, 30))
    assert paid_to(world, "marisol") == Decimal("1125.07")
    assert find_differences(run) == []


def test_a_plan_that_pays_one_sum_has_no_payments_after_it(world):
    one_sum = pay_year.LUMP_IN_MONTHS | {"monthly_payments": 1}
    run = pay_year.released(world, rules=one_sum).run

    assert payments_of(world, "stephen") == [(1, FIRST, Decimal("1125.07"))]
    assert (sum_up(run, on=DECEMBER).lines, count_due(DECEMBER)) == (0, [])
    world.rate("quang", 4)  # nothing before: a difference pays it at once
    pay_year.certify_differences(world, run, "ruth")
    assert sum_up(run, on=DECEMBER).lines == 0


def test_who_has_left_before_a_first_payment_of_its_own_day_begins_none(world):
    lump = pay_year.LUMP_IN_MONTHS["lump_sum"] | {"begins": {"on": "2027-01-15"}}
    pay_year.rate_all(world)
    run = pay_year.compute(world, rules=pay_year.LUMP_IN_MONTHS | {"lump_sum": lump})
    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    pay_year.order_release(world)
    leave(world, "marisol", date(2027, 1, 10))

    pay_year.second_word(world, run, pay_year.release(world, run))

    assert payments_of(world, "marisol") == []
    assert payments_of(world, "stephen")[0][:2] == (1, date(2027, 1, 15))
    assert sum_up(run, on=date(2027, 2, 1)).due[0].on == date(2027, 2, 15)


def test_the_database_pays_no_payment_twice(world, run):
    line = BatchLine.objects.filter(element="LUMP").first()
    line.pk, line.number = None, 9999
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)
    line.payment = 13
    with pytest.raises(IntegrityError, match="numbers_its_payments"), transaction.atomic():
        line.save(force_insert=True)


def test_a_later_run_of_the_year_ends_no_payments_and_begins_none_again(world, run):
    later = compute_here(start_run(run.plan_id, by=world.person("miguel"), at=AT, in_background=False))
    pay_year.ask(world, later)
    run.refresh_from_db()
    assert (run.replaced_by, ready_now(later).lump) == (later, 0)

    pay_year.release_payments(world, run, NOVEMBER)
    assert [number for number, _, _ in payments_of(world, "marisol")] == [1, 2]


def test_payments_go_on_by_a_run_of_one_sum_that_corrected_them_last(world, batch, run):
    first, marisol = run.plan, world.employees["marisol"]
    PayPlan.objects.filter(pk=first.pk).update(state="superseded")
    kept = {"title": "In one sum", "cycle": first.cycle, "base_on": ON, "changed_at": AT, "version": 2}
    rules = first.rules | {"monthly_payments": 1}
    second = PayPlan.objects.create(
        fiscal_year=2027,
        state="adopted",
        rules=rules,
        action=world.order("pay_plan", number="2026-9"),
        **kept,
    )
    later = compute_here(start_run(second.pk, by=world.person("miguel"), at=AT, in_background=False))
    batch.pk, batch.number, batch.run = None, 99, later
    batch.save(force_insert=True)
    line = later.lines.get(employee=marisol)
    of_position = {"fiscal_year": 2027, "employee": marisol, "slot": 1, "line": line}
    case, award = (json.loads(json.dumps(each._asdict(), default=str)) for each in records_of(line))
    corrected = Difference.objects.create(
        **of_position,
        turn=1,
        reasons=[],
        case=case,
        award=award,
        lump_total=Decimal("93.76"),
        longevity_total=Decimal(0),
    )
    paid = BatchLine.objects.get(employee=marisol, element="LUMP")
    paid.pk, paid.batch, paid.line, paid.payment, paid.of_payments = None, batch, line, None, None
    paid.amount, paid.difference = Decimal(0), corrected
    paid.save(force_insert=True)

    due = {found.number: people for found, people, _ in count_due(NOVEMBER)}
    assert due[later.number] == 1
    letter = letter_of(pay_year.release_payments(world, later, NOVEMBER), marisol)
    assert [row.amount for row in letter.tables[0].rows] == ["$93.76", "+ $93.76", "$187.52"]


def records_of(line):
    return read_case(line.case), read_award(line)


def test_the_letters_name_the_payments(world, batch, run):
    first = letter_of(batch, world.employees["stephen"])
    assert (
        "You also receive $1,125.07 in 7 monthly payments of $93.76 and 5 of $93.75, the first on October 3,"
        in first.opening
    )
    assert any(
        line.startswith("11 payments follow, one each month, while you hold") for line in first.closing
    )
    working = [
        row.working for table in first.tables for row in table.rows if row.label.startswith("Paid once")
    ]
    assert working == ["7 × $93.76 + 5 × $93.75, month by month"]

    later = letter_of(pay_year.release_payments(world, run, DECEMBER), world.employees["stephen"])
    assert later.title == "Your monthly payment of December 3, 2026"
    assert [(row.label, row.amount) for row in later.tables[0].rows] == [
        ("Paid before", "$93.76"),
        ("Payment 2 of 12", "+ $93.76"),
        ("Payment 3 of 12", "+ $93.76"),
        ("Paid so far", "$281.28"),
    ]


def test_a_clerks_own_payment_needs_the_second_word(world, client, monkeypatch):
    pay_year.rate_all(world)
    run = pay_year.compute(world, rules=pay_year.LUMP_IN_MONTHS)
    pay_year.ask(world, run)
    pay_year.certify(world, run, "HR", "anita")
    pay_year.order_release(world)
    pay_year.second_word(world, run, pay_year.release(world, run))
    monkeypatch.setattr(clock, "now", lambda county=None: AT + (NOVEMBER - ON))
    address = reverse("payroll:payments", args=[run.number])
    client.force_login(world.users["carl"])
    page = client.get(address)
    word = {"action": page.context["orders"].get().pk, "password": PASSWORD}
    client.post(address, word | {"seen": page.context["standing"].seen})

    asked = Release.objects.get(kind=Release.Kind.PAYMENTS)
    assert asked.state == Release.State.ASKED
    client.force_login(world.users["fatima"])
    second = client.get(reverse("payroll:second_word", args=[asked.pk]))
    assert "Payments ready to release" in second.content.decode()
    client.post(second.request["PATH_INFO"], {"seen": second.context["standing"].seen, "password": PASSWORD})

    asked.refresh_from_db()
    assert [line.payment for line in release_here(asked).lines.all()] == [2, 2, 2, 2]
    assert "Monthly payments, Order" in client.get(reverse("payroll:batches")).content.decode()


def test_the_clerk_is_told_of_payments_that_are_due_and_releases_them(world, run, client, monkeypatch):
    """The page of the month, the form on it, and the second word for one of the clerk's own."""
    assert [need.title for need in needs_of(world.person("carl", date(2026, 10, 31)))] == []
    (need,) = needs_of(world.person("carl", NOVEMBER))
    assert need.title == f"Release the monthly payments of {run}"
    assert (need.due_on, need.is_late) == (date(2026, 11, 3), False)
    assert need.url == reverse("payroll:payments", args=[run.number])

    monkeypatch.setattr(clock, "now", lambda county=None: AT + (NOVEMBER - ON))
    client.force_login(world.users["carl"])
    page = client.get(need.url)
    assert "the next on December 3, 2026" in page.content.decode()
    assert "payments</button>" in page.content.decode()
    word = {
        "action": page.context["orders"].get().pk,
        "seen": page.context["standing"].seen,
        "password": PASSWORD,
    }
    assert client.post(need.url, word | {"seen": "x"}).status_code == 409
    assert client.post(need.url, word).status_code == 302
    assert Release.objects.get(kind=Release.Kind.PAYMENTS).state in ("asked", "goes_on")


def test_payments_wait_for_their_month(world, run):
    with pytest.raises(Refused, match="Nothing is ready"):
        pay_year.release_payments(world, run, date(2026, 10, 31))
    assert Batch.objects.count() == 1


def test_raise_tenure_merit_and_months_a_correction_and_a_leaver_come_to_the_cent(world):
    """Each stage of base pay from a day of its own, a lump sum in months, a lower rating, and an end."""
    april = {"on": "2027-04-01", "rule": "first_period_on_or_after"}
    pay_year.rate_all(world)
    run = pay_year.compute(world, rules=pay_year.LUMP_IN_MONTHS | {"tenure": CHART}, begins=april)
    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    pay_year.order_release(world)
    pay_year.second_word(world, run, pay_year.release(world, run))
    pay_year.release_payments(world, run, DECEMBER)
    world.rate("marisol", 3, "3.10")

    (found,) = find_differences(run)
    assert (found.waits, found.base_on, found.covers) == ("", date(2027, 4, 3), (True, True, True))
    assert (found.base, found.lump) == (found.award.new_annual - found.line.new_annual, 187_50 - 281_28)
    pay_year.release_differences(world, run)
    marisol = world.employees["marisol"]
    base = BatchLine.objects.filter(employee=marisol, element="BASE").order_by("pk")
    assert sum(line.amount for line in base) * 100 == found.award.new_annual - found.award.old_annual
    assert base.last().new_annual == Assignment.objects.get(employee=marisol, ends_on=None).rate

    pay_year.release_payments(world, run, date(2027, 2, 1))
    left = {"last_day": date(2027, 1, 19), "reason": "resigned"}
    separate_employee(marisol.pk, **left, by=world.person("miguel"), at=AT)
    (gone,) = find_differences(run)
    assert (gone.base_on, gone.lump, gone.waits) == (date(2027, 3, 6), -62_50, "")
    pay_year.release_differences(world, run)
    assert paid_to(world, "marisol") == Decimal("250.00")
    assert find_differences(run) == []
    pay_year.release_payments(world, run, date(2027, 9, 30))
    assert paid_to(world, "marisol") == Decimal("250.00")
