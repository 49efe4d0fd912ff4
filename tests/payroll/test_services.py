import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import connection

from certification.models import Closing, Voiding
from certification.services import note_voids
from compensation.services.runs import compute_here, start_run
from court.models import CourtAction
from organization.models import Assignment
from organization.refusal import Refused
from payroll import services
from payroll.checks import ReleaseChanged, orders_for
from payroll.models import Batch, BatchLine, Release
from payroll.readiness import NOT_CERTIFIED, NOT_THERE, find_ready, sum_up
from payroll.releasing import release_here
from tests.pay_year import ask, certify, release, second_word
from tests.world import AT


def released(world, run):
    """A whole release: Carl asks, as his own raise is in it, and Fatima gives the second word."""
    return second_word(world, run, release(world, run))


def test_certified_awards_go_out_and_the_raise_of_the_others(rated, clerk_certified):
    batch = released(rated, clerk_certified)

    marisol = batch.lines.get(employee=rated.employees["marisol"])
    tomas = batch.lines.get(employee=rated.employees["tomas"])
    assert (marisol.reason, marisol.old_annual, marisol.new_annual) == (
        "Across the board and merit",
        Decimal("46280.00"),
        Decimal("48503.75"),
    )
    assert (tomas.reason, tomas.new_annual) == ("Across the board", Decimal("62985.00"))
    assert not batch.lines.filter(employee__in=[rated.employees["dale"], rated.employees["ruth"]]).exists()


def test_merit_that_waited_goes_out_once_it_is_certified(rated, clerk_certified):
    released(rated, clerk_certified)
    certify(rated, clerk_certified, "IT", "joel")

    batch = release(rated, clerk_certified)

    assert sorted(batch.lines.values_list("line__number", flat=True)) == ["1020", "1021"]
    tomas = batch.lines.get(employee=rated.employees["tomas"])
    assert (tomas.reason, tomas.old_annual, tomas.amount) == (
        "Merit",
        Decimal("62985.00"),
        Decimal("1259.70"),
    )
    paid = Assignment.objects.in_force(date(2026, 10, 3)).get(employee=rated.employees["tomas"])
    assert (paid.starts_on, paid.rate) == (date(2026, 10, 3), Decimal("64244.70"))


def test_pay_changes_on_the_first_period_after_october_1(rated, clerk_certified):
    released(rated, clerk_certified)

    before = Assignment.objects.in_force(date(2026, 10, 2)).get(employee=rated.employees["marisol"])
    after = Assignment.objects.in_force(date(2026, 10, 3)).get(employee=rated.employees["marisol"])
    assert (before.rate, after.rate) == (Decimal("46280.0000"), Decimal("48503.7500"))


def test_the_file_holds_each_line_with_totals_and_a_seal(rated, clerk_certified):
    batch = released(rated, clerk_certified)

    content = bytes(batch.content)
    body, seal = content.rsplit(b"SHA-256", 1)
    rows = list(csv.reader(content.decode().splitlines()))
    lines = rows[1 : 1 + batch.lines_count]
    assert sha256(body).hexdigest() in seal.decode()
    assert sum(Decimal(row[11]) for row in lines if row[7] == "BASE") == batch.base_total
    assert rows[-5:-1] == [
        ["Lines", str(batch.lines_count)],
        ["Sum of BASE", str(batch.base_total)],
        ["Sum of LUMP", "0.00"],
        ["Sum of LONG", "0.00"],
    ]
    assert lines[0][2:8] == ["1003", "Joel Rosenthal", "Information Technology", "010", "10/03/2026", "BASE"]


def test_ones_own_line_needs_another_clerk(rated, clerk_certified):
    asked = release(rated, clerk_certified)

    assert asked.state == Release.State.ASKED
    assert Batch.objects.count() == 0
    with pytest.raises(Refused, match="Another payroll clerk gives the second word"):
        second_word(rated, clerk_certified, asked, "carl")


@pytest.mark.parametrize("who", ["miguel", "ruth", "hector"])
def test_only_payroll_releases(rated, clerk_certified, who):
    with pytest.raises(Refused, match="Only a payroll clerk"):
        release(rated, clerk_certified, who)


def test_without_an_adopted_order_nothing_leaves(rated, clerk_certified):
    failed = rated.order("release", number="2026-1400", meeting_on=date(2026, 10, 6), ayes=2)
    seen = sum_up(clerk_certified).seen

    with pytest.raises(Refused, match="by an order of the Court that was adopted"):
        services.release(clerk_certified.pk, failed.pk, by=rated.person("carl"), at=AT, seen=seen)


def test_what_changed_while_the_clerk_read_is_not_released(rated, clerk_certified):
    order = CourtAction.objects.get(number="2026-1301")

    with pytest.raises(ReleaseChanged):
        services.release(clerk_certified.pk, order.pk, by=rated.person("carl"), at=AT, seen="something else")


def test_a_line_changed_since_the_run_waits(rated, clerk_certified):
    rated.rate("marisol", 3, "3.10")

    reasons = {each.number: each.reason for each in sum_up(clerk_certified).waiting}

    assert reasons["10482"] == "What it rests on changed after the pay run."
    assert reasons["1021"] == NOT_CERTIFIED


def test_an_order_of_another_year_releases_nothing(rated, clerk_certified):
    earlier = rated.order("release", number="2025-1310", meeting_on=date(2025, 10, 7))

    assert earlier not in orders_for(clerk_certified)


def test_who_is_not_in_the_position_any_more_waits(rated, clerk_certified):
    Assignment.objects.filter(employee=rated.employees["marisol"]).update(ends_on=date(2026, 9, 20))

    waiting = sum_up(clerk_certified).waiting
    assert {each.number: each.reason for each in waiting}["10482"] == NOT_THERE


def test_a_second_clerk_does_not_ask_over_the_first(rated, clerk_certified):
    release(rated, clerk_certified)

    with pytest.raises(Refused, match="Carl Lindqvist has asked for this release already"):
        release(rated, clerk_certified, "fatima")


def test_the_second_word_is_for_what_was_asked(rated, clerk_certified):
    asked = release(rated, clerk_certified)
    certify(rated, clerk_certified, "IT", "joel")

    with pytest.raises(ReleaseChanged, match="What is ready changed since Carl Lindqvist asked"):
        second_word(rated, clerk_certified, asked)


def test_a_later_run_of_the_year_pays_only_what_was_not_paid(rated, clerk_certified):
    released(rated, clerk_certified)
    plan_id, miguel = clerk_certified.plan_id, rated.person("miguel")
    later = compute_here(start_run(plan_id, by=miguel, at=AT, in_background=False))
    ask(rated, later)

    certificate = certify(rated, later, "IT", "joel")

    assert certificate.awards == 2
    assert sorted(release(rated, later).lines.values_list("line__number", flat=True)) == ["1020", "1021"]


def test_nothing_is_released_twice(rated, clerk_certified):
    released(rated, clerk_certified)

    with pytest.raises(ReleaseChanged, match="Nothing is ready"):
        release(rated, clerk_certified, "fatima")


def test_what_is_released_is_final(rated, clerk_certified):
    released(rated, clerk_certified)
    rated.rate("marisol", 3, "3.10")

    note_voids(clerk_certified.pk, by=rated.person("miguel"), at=AT)

    assert Closing.objects.count() == 3
    assert Voiding.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_four_clerks_press_at_the_same_instant(rated, clerk_certified):
    asked = release(rated, clerk_certified)
    read = sum_up(clerk_certified).seen

    def press(_):
        try:
            word = {"at": AT, "seen": read, "in_background": False}
            made = services.release_as_second(asked.pk, by=rated.person("fatima"), **word)
            return release_here(made).content_hash
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        files = [each for each in pool.map(press, range(4)) if each]

    assert len(files) == 1
    assert BatchLine.objects.values("line", "element").distinct().count() == BatchLine.objects.count()


def test_the_page_and_the_batch_count_and_digest_alike(rated, clerk_certified):
    standing, (ready, digest) = sum_up(clerk_certified), find_ready(clerk_certified)
    assert standing.seen == digest
    assert standing.people == len({each.employee_id for each in ready})

    batch = released(rated, clerk_certified)

    assert (batch.lines_count, batch.people_count) == (standing.lines, standing.people)
    assert (batch.base_total, batch.lump_total) == (standing.base, standing.lump)
