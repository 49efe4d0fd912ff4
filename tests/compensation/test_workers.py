"""Runs with a real worker, and two people at once. The long version is in tests/drills."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from bench import county as many
from compensation import services, tasks
from compensation.runs import computing, freezing
from organization.models import Assignment
from organization.person import Person
from tests import killing
from tests.workers import worker


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_no_trace(monkeypatch):
    monkeypatch.setattr(computing, "STILL_SECONDS", 1)
    hashes = killing.kill_in_runs(2, seed=8)
    assert (len(hashes), len(set(hashes))) == (3, 1)


@pytest.mark.django_db(transaction=True)
def test_tasks_delivered_twice_compute_once():
    plan = many.build(500)
    expected = services.compute_here(killing.start(plan, in_background=False))
    with worker():
        run = killing.start(plan)
        tasks.queue(run.pk)
        killing.finish(run)
    assert (run.result_hash, run.lines.count()) == (expected.result_hash, 500)
    acts = Entry.objects.acts().about(run).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["pay_run.started", "pay_run.computed"]


@pytest.mark.django_db(transaction=True)
def test_two_people_press_run_at_the_same_instant():
    assert killing.press_twice_at_once(many.build(200)) == ["refused", "started"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_take_a_run_up_at_once_freeze_it_once():
    run, frozen = killing.freeze_twice_at_once(many.build(200))
    assert frozen == [False, True]
    assert run.people == run.cases.count() == 200


@pytest.mark.django_db
def test_a_county_of_many_has_one_assignment_for_each_however_postgres_joins():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        cursor.execute("SET LOCAL enable_material = off; SET LOCAL enable_memoize = off")
    many.build(200)
    assert Assignment.objects.count() == 200


@pytest.mark.django_db(transaction=True)
def test_postgres_knows_how_many_people_and_ratings_there_are_before_it_freezes_them():
    run = killing.start(many.build(50), in_background=False)
    with CaptureQueriesContext(connection) as asked:
        freezing.freeze_run(run.pk)
    said = [each["sql"] for each in asked]
    before = said[
        : next(place for place, sql in enumerate(said) if "INSERT INTO compensation_runcase" in sql)
    ]
    for table in ("organization_assignment", "evaluations_ratingofrecord", "evaluations_evaluation"):
        assert any(sql.startswith(f'ANALYZE "{table}"') for sql in before)


@pytest.mark.django_db(transaction=True)
def test_who_cancels_a_run_that_is_being_frozen_waits_for_nobody():
    plan, by = many.build(200), Person.system(many.BASE_ON)
    with worker():
        with killing.freezing_held_up(plan) as run:
            services.cancel_run(run.pk, by=by, at=many.AT)
            run.refresh_from_db()
            assert (run.state, run.frozen_at) == ("cancelled", None)
        services.resume_run(run.pk, by=by, at=many.AT)
        killing.finish(run)
    assert run.lines.count() == run.cases.count() == 200


@pytest.mark.django_db(transaction=True)
def test_pages_about_a_run_that_was_just_computed_do_not_look_up_each_line_by_itself():
    """Postgres plans by its statistics, and would take the new run for a single row."""
    run = services.compute_here(killing.start(many.build(500), in_background=False))
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT FROM compensation_runcase WHERE run_id = %s", [run.pk])
        cases = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT FROM compensation_runline WHERE run_id = %s", [run.pk])
        lines = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
    assert 400 < cases < 600
    assert 400 < lines < 600
