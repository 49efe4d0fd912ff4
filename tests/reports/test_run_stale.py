"""What changed since a run, on its page: held back for a new run, or corrected by a difference once paid."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.services.runs import compute_here, start_run
from tests import pay_year
from tests.reports.test_query_counts import LIMIT, NOT_ASKED
from tests.world import AT


def page_of(client, world, run, who="miguel"):
    client.force_login(world.users[who])
    return client.get(reverse("reports:run_stale", args=[run.number])).text


def differences_of(run):
    return reverse("payroll:differences", args=[run.number])


def released(world):
    return pay_year.released(world).run


def test_an_award_that_changed_after_it_was_paid_leads_to_the_differences_and_to_no_new_run(world, client):
    run = released(world)
    world.rate("marisol", 2, "2.10")

    page = page_of(client, world, run)

    assert "One line changed after it was paid" in page
    assert differences_of(run) in page
    assert "Run the plan again" not in page
    assert "held back" not in page


def test_what_is_not_paid_yet_waits_for_a_new_run_told_before_the_button(world, client):
    run = released(world)
    world.rate("tomas", 4, "3.80")  # his raise is paid, his award is not certified

    page = page_of(client, world, run)

    assert page.index("One line is stale") < page.index("Run the plan again")
    assert "after it was paid" not in page
    assert differences_of(run) in page  # where what is paid of the year is corrected


def test_each_run_of_the_year_leads_to_the_differences_of_the_one_that_paid(world, client):
    paid = released(world)
    later = start_run(paid.plan_id, by=world.person("miguel"), at=AT, in_background=False)
    later = compute_here(later)
    assert "was released" in page_of(client, world, later)
    world.rate("marisol", 2, "2.10")

    page = page_of(client, world, later)

    assert "One line changed after it was paid" in page
    assert differences_of(paid) in page
    assert differences_of(later) not in page
    pay_year.ask(world, later)
    paid.refresh_from_db()
    assert paid.replaced_by == later
    assert "One line changed after it was paid" in page_of(client, world, paid)


def test_a_change_that_a_difference_put_right_is_told_by_its_batch(world, client):
    run = released(world)
    world.rate("marisol", 2, "2.10")
    batch = pay_year.release_differences(world, run)

    page = page_of(client, world, run)

    assert "after it was paid" not in page
    assert "1 change was put right in" in page
    assert reverse("payroll:batch", args=[batch.number]) in page
    world.rate("marisol", 3, "3.10")
    assert "One line changed after it was paid" in page_of(client, world, run)


def test_a_change_after_the_pay_that_changes_no_pay_announces_no_difference(world, client):
    run = released(world)
    world.rate("marisol", 4, "3.98")  # another rating of record, with the same figures
    client.force_login(world.users["miguel"])
    line = run.lines.get(number="10482").pk

    page = page_of(client, world, run)
    address = reverse("reports:award", args=[line])
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        award = client.get(address).text

    assert "One line changed after it was paid" not in page
    assert "1 line changed after it was paid without a change of pay" in page
    assert "It changes no pay" in award
    assert "goes out as a difference" not in award
    assert sum(not each["sql"].startswith(NOT_ASKED) for each in captured.captured_queries) <= LIMIT
    world.rate("marisol", 2, "2.10")
    assert "goes out as a difference" in client.get(address).text
    assert "One line changed after it was paid" in page_of(client, world, run)


def test_before_anything_is_paid_no_difference_is_spoken_of(world, client):
    pay_year.rate_all(world)
    run = pay_year.compute(world)
    world.rate("marisol", 2, "2.10")

    page = page_of(client, world, run)

    assert "One line is stale" in page
    assert "difference" not in page.lower()
