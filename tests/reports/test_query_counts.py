"""Every page asks the database as often for many rows as for a few, and at most fifteen times."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from certification.models import Certificate
from compensation.services.runs import compute_here, start_run
from court.models import CourtAction
from evaluations.library import load_standard_library
from evaluations.models import Cycle, Template
from jobs.models import JobDescription
from organization.models import Department, Employee, Headship, Job, RoleGrant
from payroll.models import Batch
from tests import pay_year
from tests.world import AT, ON

LIMIT = 15
MANY = 30
NOT_ASKED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
PAGES = {
    "miguel": (
        "/", "/people/", "/people/?q=r", "/people/10482/", "/departments/", "/departments/CC/", "/roster/",
        "/roles/", "/county/", "/jobs/", "/evaluations/", "/evaluations/?sort=-score", "/cycles/",
        "/cycles/{cycle}/", "/templates/", "/templates/library/", "/court/", "/pay/structure/",
        "/pay/structure/{schedule}/changes/", "/pay/structure/{schedule}/raise/",
        "/pay/plans/", "/pay/earnings/", "/pay/proposals/", "/pay/runs/", "/pay/runs/{run}/",
        "/pay/runs/{run}/lines/", "/pay/runs/{run}/stale/",
        "/pay/runs/{run}/steps/", "/certification/", "/certification/{run}/",
        "/certification/{run}/departments/CC/",
        "/payroll/", "/payroll/runs/{run}/", "/payroll/runs/{run}/differences/",
        "/payroll/runs/{run}/payments/", "/payroll/batches/{batch}/", "/history/", "/pay/awards/{line}/",
        "/pay/plans/2027v1/", "/pay/plans/2027v1/effects/",
    ),
    "ruth": (
        "/", "/pay/proposals/", "/departments/CC/", "/evaluations/", "/certification/",
        "/certification/{run}/departments/CC/",
        "/certification/delegations/", "/certification/{run}/departments/CC/certificates/",
    ),
    "denise": ("/", "/evaluations/"),
    "stephen": ("/", "/evaluations/?scope=all"),
    "marisol": ("/", "/evaluations/mine/", "/my-pay/"),
    "dale": ("/", "/certification/", "/certification/{run}/heads/"),
    "carl": (
        "/", "/payroll/", "/payroll/runs/{run}/", "/payroll/batches/{batch}/", "/payroll/layouts/",
        "/payroll/layouts/new/fixed/", "/overtime/", "/overtime/new/",
    ),
    "nadia": ("/impact/",),
    "hector": ("/", "/court/", "/court/notices/", "/court/notices/record/"),
    "susan": ("/", "/pay/plans/", "/pay/scenarios/"),
    "grace": ("/", "/history/", "/certification/certificates/{certificate}/",
        "/certification/certificates/{certificate}/verify/", "/certification/delegations/"),
}  # fmt: skip


@pytest.fixture
def few(world, monkeypatch):
    """The small county, its pay computed, signed for by one head and released but for another head's own."""
    monkeypatch.setattr("organization.clock.now", lambda county=None: AT)
    load_standard_library(world.person("miguel"), AT)
    _hire(world, MANY, Job.objects.first())
    department = Department.objects.create(code="VS", name="Vital Statistics", fund=world.fund)
    Headship.objects.create(department=department, employee=world.employees[MANY], starts_on=ON)
    pay_year.released(world)
    return world


def test_pages_ask_as_often_for_many_rows_as_for_a_few(few):
    before = counts(few)

    grow(few)
    run_again(few)

    after = counts(few)
    assert {page: (before[page], found) for page, found in after.items() if found > before[page]} == {}
    assert {page: found for page, found in after.items() if found > LIMIT} == {}


def counts(world):
    """Queries by (who, page), the second time that it is opened."""
    named = {
        "cycle": world.cycle.pk,
        "run": Batch.objects.latest("number").run.number,
        "batch": Batch.objects.latest("number").number,
        "certificate": Certificate.objects.latest("pk").number,
        "line": Batch.objects.latest("number").lines.last().line_id,
        "schedule": world.schedule.pk,
    }
    found = {}
    for key, pages in PAGES.items():
        client = Client()
        client.force_login(world.users[key])
        for page in pages:
            address = page.format(**named)
            assert client.get(address).status_code == 200, address
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found[key, page] = sum(
                not query["sql"].startswith(NOT_ASKED) for query in captured.captured_queries
            )
    return found


def grow(world):
    """Thirty of everything that pages list."""
    departments = Department.objects.bulk_create(
        Department(code=f"D{place}", name=f"Department {place}", fund=world.fund) for place in range(MANY)
    )
    jobs = Job.objects.bulk_create(Job(code=f"JOB{place}", title=f"Job {place}") for place in range(MANY))
    JobDescription.objects.bulk_create(
        JobDescription(job=job, state="published", published_on=ON, summary="What it is for.") for job in jobs
    )
    Template.objects.bulk_create(
        Template(name=f"Template {place}", level="front_line") for place in range(MANY)
    )
    for place, job in enumerate(jobs):
        _hire(world, place, job)
        world.order("other", number=f"2026-2{place:03}", meeting_on=ON)
    Headship.objects.bulk_create(
        Headship(department=department, employee=world.employees[place], starts_on=ON)
        for place, department in enumerate(departments[:5])
    )
    kept = {field.attname: getattr(world.cycle, field.attname) for field in Cycle._meta.concrete_fields[1:]}
    Cycle.objects.bulk_create(
        Cycle(**kept | {"name": f"Spring {2000 + place}", "state": "closed"}) for place in range(MANY)
    )


def _hire(world, key, job):
    """A colleague of Marisol in a job of his own, rated, with a role."""
    user = world.users[key] = User.objects.create(email=f"{key}@caprock.example", name=f"Robin {key}")
    employee = world.employees[key] = Employee.objects.create(
        number=f"2{key:04}", first_name="Robin", last_name=f"{key}", sort_name=f"{key}, Robin", user=user
    )
    assignment = world.assignment("marisol")
    assignment.pk, assignment.ends_on, assignment.employee, assignment.job = None, None, employee, job
    assignment.save(force_insert=True)
    world.rate(key, 3 + key % 3)
    RoleGrant.objects.create(user=user, role="training", starts_on=date(2020, 1, 1))


def run_again(world):
    """A further run for all who came, taken as far as the first."""
    plan = Batch.objects.get().run.plan
    run = compute_here(start_run(plan.pk, by=world.person("miguel"), at=AT, in_background=False))
    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    assert CourtAction.objects.filter(number="2026-1301").exists()
    pay_year.release(world, run)
