"""A fact corrected after the release: what it changes, once, and by the same protections (PAY-12)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from court.models import CourtAction
from look import formats
from organization.models import Assignment, Employee
from organization.refusal import Refused
from payroll import services
from payroll.checks import ReleaseChanged
from payroll.differences import letters as difference_letters
from payroll.differences.finding import PAID_DIFFERENTLY, find_differences, sum_up
from payroll.letters import letter as letters
from payroll.models import Batch, BatchLine, Difference
from payroll.readiness import sum_up as ready_now
from payroll.releasing import release_here
from tests import pay_year
from tests.payroll.corrected import ask, certify, pay_of, release
from tests.world import AT, PASSWORD


def test_without_a_correction_nobody_is_listed(run):
    assert find_differences(run) == []


def test_a_higher_rating_after_a_grievance_is_paid_once_the_head_has_certified_it(world, run):
    world.rate("marisol", 5, "4.60")

    (found,) = find_differences(run)
    assert (found.base_was, found.base_is, found.lump) == (4_850_375, found.award.new_annual, 0)
    assert found.base > 0
    assert found.waits == "The head has not certified the higher award."
    assert "score from 3.98 to 4.60" in found.reasons[0]
    assert certify(world, run) == 1

    batch = release(world, run)

    (line,) = batch.lines.all()
    assert (line.old_annual, line.amount) == (Decimal("48503.75"), Decimal(found.base).scaleb(-2))
    assert line.new_annual == line.old_annual + line.amount
    assert line.effective_on == date(2026, 10, 3)
    assert (batch.is_difference, batch.base_total, batch.lines_count) == (True, line.amount, 1)
    assert b"Difference: The rating of record was replaced" in bytes(batch.content)
    assert pay_of(world, "marisol") == line.new_annual
    assert find_differences(run) == []


def test_a_lower_rating_is_recovered_without_a_certificate(world, run):
    world.rate("marisol", 2, "2.10")

    batch = release(world, run)

    line = batch.lines.get()
    assert (line.new_annual, line.amount) == (Decimal("47205.60"), Decimal("-1298.15"))
    assert pay_of(world, "marisol") == Decimal("47205.60")


def test_a_difference_of_a_difference_starts_from_the_last(world, run):
    world.rate("marisol", 2, "2.10")
    release(world, run)
    world.rate("marisol", 4, "3.98")
    certify(world, run)

    line = release(world, run).lines.get()

    assert (line.old_annual, line.new_annual) == (Decimal("47205.60"), Decimal("48503.75"))
    assert list(Difference.objects.values_list("turn", flat=True)) == [1, 2]
    assert find_differences(run) == []
    assert pay_of(world, "marisol") == Decimal("48503.75")


def test_half_time_all_along_halves_the_pay_of_the_year(world, run):
    Assignment.objects.filter(employee=world.employees["denise"]).update(fte=Decimal("0.5"))

    (found,) = find_differences(run)

    assert found.line.number == "1011"
    assert found.base_is == found.award.new_annual
    assert abs(found.base_is * 2 - found.base_was) <= 1
    assert "FTE from 1.00 to 0.50." in found.reasons


def test_a_rating_that_came_late_is_paid_as_a_difference_and_not_again_by_a_later_run(world, run):
    world.rate("quang", 4, "3.70")
    assert [each.line.number for each in find_differences(run)] == ["10483"]
    certify(world, run)
    release(world, run)
    later = pay_year.compute_here(
        pay_year.start_run(run.plan_id, by=world.person("miguel"), at=AT, in_background=False)
    )

    assert "10483" not in {each.number for each in ready_now(later).waiting}
    assert BatchLine.objects.filter(employee=world.employees["quang"]).count() == 2


def test_merit_that_still_waits_is_no_difference(world, run):
    world.rate("tomas", 5, "4.70")

    assert find_differences(run) == []


def test_who_had_left_before_the_plans_day_gives_back_what_was_released(world, run):
    Employee.objects.filter(pk=world.employees["marisol"].pk).update(separated_on=date(2026, 9, 1))

    (found,) = find_differences(run)

    assert (found.award, found.base_is) == (None, 4_628_000)
    assert release(world, run).base_total == Decimal("-2223.75")


def test_pay_that_another_act_changed_is_left_to_hr(world, run):
    world.rate("marisol", 2, "2.10")
    Assignment.objects.filter(employee=world.employees["marisol"], ends_on=None).update(rate=60_000)

    (found,) = find_differences(run)

    assert found.waits == PAID_DIFFERENTLY


def test_a_clerks_own_difference_needs_the_second_word(world, run):
    Assignment.objects.filter(employee=world.employees["carl"]).update(fte=Decimal("0.5"))
    asked = ask(world, run)
    assert asked.state == "asked"
    with pytest.raises(Refused, match="Another payroll clerk"):
        services.release_as_second(
            asked.pk, by=world.person("carl"), at=AT, seen=sum_up(run).seen, in_background=False
        )

    given = services.release_as_second(
        asked.pk, by=world.person("fatima"), at=AT, seen=sum_up(run).seen, in_background=False
    )

    assert release_here(given).is_difference


def test_what_changed_after_the_word_is_not_released(world, run):
    world.rate("marisol", 2, "2.10")
    asked = ask(world, run)
    world.rate("marisol", 1, "1.00")
    world.rate("denise", 2, "2.00")

    with pytest.raises(Refused, match="changed after the word was given"):
        release_here(asked)
    assert not Batch.objects.filter(is_difference=True).exists()


def test_the_database_refuses_the_same_difference_twice(world, run):
    world.rate("marisol", 2, "2.10")
    kept = release(world, run).lines.get().difference
    kept.pk = None

    with pytest.raises(IntegrityError):
        kept.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_four_clerks_release_a_difference_at_the_same_instant(world, run):
    world.rate("marisol", 2, "2.10")
    read = sum_up(run).seen

    def press(_):
        try:
            return release_here(ask(world, run, "fatima", seen=read)).number
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = [each for each in pool.map(press, range(4)) if each]

    assert len(numbers) == 1
    assert BatchLine.objects.exclude(difference=None).count() == 1


def test_the_letter_says_what_was_corrected_and_the_difference(world, run):
    world.rate("marisol", 2, "2.10")
    batch = release(world, run)

    letter = difference_letters.letter_of(
        list(letters.find_lines(batch.lines.all())), letters.frame_of(batch)
    )

    assert letter.title == "A correction of your pay"
    assert "The rating of record was replaced" in letter.opening
    assert [row.amount for row in letter.tables[0].rows] == ["$48,503.75", "$47,205.60", "− $1,298.15"]
    assert letters.pdf_of([letter], title="A letter").startswith(b"%PDF-")


def test_it_goes_through_the_pages(world, run, client):
    world.rate("marisol", 5, "4.60")
    page = f"/payroll/runs/{run.number}/differences/"
    client.force_login(world.users["ruth"])
    seen = client.get(f"{page}certify/").context["seen"]
    assert client.post(f"{page}certify/", {"seen": seen, "password": PASSWORD}).status_code == 302
    client.force_login(world.users["carl"])
    shown = client.get(page)
    assert "Marisol Treviño" in shown.content.decode()

    order = CourtAction.objects.get(number="2026-1301")
    word = {"action": order.pk, "seen": shown.context["standing"].seen, "password": PASSWORD}
    answer = client.post(page, word)

    assert answer.url.startswith("/payroll/releases/")
    with pytest.raises(ReleaseChanged, match="is being released already"):
        ask(world, run)


def test_more_differences_ask_no_more_queries(world, run, django_assert_max_num_queries):
    world.rate("marisol", 5, "4.60")
    with CaptureQueriesContext(connection) as one:
        assert len(find_differences(run)) == 1
    for key in ("denise", "stephen"):
        world.rate(key, 5, "4.70")

    with django_assert_max_num_queries(len(one)):
        assert len(find_differences(run)) == 3


def test_a_line_of_a_difference_leads_to_its_own_working(world, run, client):
    world.rate("marisol", 5, "4.60")
    certify(world, run)
    batch = release(world, run)
    line = batch.lines.get()
    page = reverse("payroll:difference_working", args=[batch.number, line.line_id])
    client.force_login(world.users["carl"])
    assert page in client.get(f"/payroll/batches/{batch.number}/").content.decode()
    client.force_login(world.users["marisol"])
    assert page in client.get("/my-pay/").content.decode()

    text = client.get(page).content.decode()

    assert "score from 3.98 to 4.60" in text
    assert "The difference: pay in a year" in text  # a clerk reads it, too
    assert formats.money(line.new_annual) in text  # of the corrected award, not of the first
    assert "3.50%" in text
    assert "Signing as head of County Clerk, I certify" in text
    first = Batch.objects.get(is_difference=False)
    assert (
        client.get(reverse("payroll:difference_working", args=[first.number, line.line_id])).status_code
        == 404
    )
    client.force_login(world.users["quang"])
    assert client.get(page).status_code == 404
