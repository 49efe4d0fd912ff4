"""The main pages as each role opens them: server time against the floor of a page of the same size, and
queries.

Times are those of the whole request through the WSGI handler, session and all, the median of some; the page
and its floor take turns, so that both see the same machine.
"""

import io
import time
from statistics import median
from typing import NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Entry
from bench import county, floor
from bench.year import Year
from certification.models import Certificate
from countyhr.celery import app
from court.models import CourtAction
from evaluations.models import Cycle, Evaluation, Template
from synthetic import roles
from synthetic.calendar_of_county import STAND

RATIO, QUERIES, ROUNDS, WARM_UP = 3.0, 15, 5, 2
NOT_ASKED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

HR, SUPERVISOR, REVIEWER, EMPLOYEE = "HR administrator", "Supervisor", "Reviewer", "Employee"
ELECTED, HEAD, JUDGE, CLERK = "Elected official", "Department head", "County Judge", "Court clerk"
PAYROLL, BUDGET, AUDITOR, TRAINING = "Payroll clerk", "Budget officer", "Auditor", "Training coordinator"
ROLES = (HR, SUPERVISOR, REVIEWER, EMPLOYEE, ELECTED, HEAD, JUDGE, CLERK, PAYROLL, BUDGET, AUDITOR, TRAINING)


class Measured(NamedTuple):
    role: str
    path: str
    milliseconds: float
    floor: float
    queries: int
    is_form: bool

    @property
    def ratio(self):
        return self.milliseconds / self.floor


class Pages:
    """Opens pages as people who have signed in."""

    def __init__(self, users, rounds):
        self.users, self.rounds = users, rounds
        self.handler, self.floor = WSGIHandler(), floor.handler()
        self.cookies = {}

    def measure(self, role, path):
        for _ in range(WARM_UP):
            body = self.open(role, path)
        with CaptureQueriesContext(connection) as captured:
            self.open(role, path)
        queries = sum(not query["sql"].startswith(NOT_ASKED) for query in captured.captured_queries)
        size = floor.size_of(body)
        self.open_floor(size)
        took = [(clocked(self.open, role, path), clocked(self.open_floor, size)) for _ in range(self.rounds)]
        page, lowest = (1000 * median(column) for column in zip(*took, strict=True))
        return Measured(role, path, page, lowest, queries, size.is_form)

    def open(self, role, path):
        request = RequestFactory().get(path, HTTP_COOKIE=self.cookie_of(role), SERVER_NAME="localhost")
        return answer(self.handler, request.environ, path)

    def open_floor(self, size):
        request = RequestFactory().get("/floor/", SERVER_NAME="localhost")
        return answer(self.floor, request.environ | {"bench.size": size}, "the floor")

    def cookie_of(self, role):
        if role not in self.cookies:
            client = Client()
            client.force_login(self.users[role], backend=BACKEND)
            self.cookies[role] = "; ".join(
                f"{name}={morsel.value}" for name, morsel in client.cookies.items()
            )
        return self.cookies[role]


def answer(handler, environ, path):
    told = []
    response = handler(environ, lambda status, headers: told.append(status))
    body = b"".join(response)
    response.close()
    if not told[0].startswith("200"):
        raise SystemExit(f"{path} answers {told[0]}.")
    return body


def clocked(act, *args):
    began = time.perf_counter()
    act(*args)
    return time.perf_counter() - began


def pages_to_certify(year):
    """Pages of the county in mid-September: its run computed, the heads asked."""
    number, (largest, *_) = year.run.number, year.sets(STAND)[0]
    evaluations = Evaluation.objects.with_line(STAND).filter(cycle__state="open").order_by("pk")
    to_rate = evaluations.filter(rater_id=year.users[SUPERVISOR].employee.pk, state="under_way").first()
    to_review = evaluations.filter(reviewer_id=year.users[REVIEWER].employee.pk, state="rated").first()
    sets = f"/certification/{number}/"
    heads_own = {ELECTED: "departments/CC", HEAD: "departments/IT", JUDGE: "heads"}
    return [
        *((role, "/") for role in ROLES),
        *((role, "/people/") for role in (EMPLOYEE, HR)),
        *((HR, path) for path in PAGES_OF_HR),
        (HR, f"/cycles/{Cycle.objects.get(state='open').pk}/"),
        (HR, f"/templates/{Template.objects.first().pk}/"),
        (HR, f"/pay/runs/{number}/"),
        (HR, f"/pay/runs/{number}/steps/"),
        (HR, f"/pay/runs/{number}/stale/"),
        (HR, f"/pay/runs/{number}/lines/"),
        (HR, f"/pay/runs/{number}/lines/?q=Garcia&sort=-merit"),
        (HR, f"/pay/awards/{year.run.lines.awards().order_by('pk').first().pk}/"),
        (HR, sets),
        (HR, f"{sets}departments/{largest.code}/"),
        (SUPERVISOR, "/evaluations/"),
        (SUPERVISOR, f"/evaluations/{to_rate.pk}/"),
        (SUPERVISOR, f"/evaluations/{to_rate.pk}/rate/"),
        (REVIEWER, "/evaluations/?scope=all&state=rated"),
        (REVIEWER, f"/evaluations/{to_review.pk}/review/"),
        (EMPLOYEE, "/evaluations/mine/"),
        (EMPLOYEE, "/my-pay/"),
        (HEAD, "/departments/IT/"),
        (HEAD, "/evaluations/?scope=all"),
        *((role, "/certification/") for role in heads_own),
        *((role, f"{sets}{code}/") for role, code in heads_own.items()),
        (CLERK, "/court/record/"),
        (CLERK, f"/court/orders/{CourtAction.objects.first().number}/"),
        (BUDGET, "/pay/plans/2027v1/effects/"),
        (PAYROLL, f"/payroll/runs/{number}/"),
        (AUDITOR, "/history/"),
        (AUDITOR, f"/history/{Entry.objects.acts().first().pk}/"),
    ]


PAGES_OF_HR = (
    "/people/?q=Garcia",
    "/people/10482/",
    "/people/10482/change/",
    "/departments/",
    "/departments/SO/",
    "/evaluations/",
    "/evaluations/?sort=-score",
    "/cycles/",
    "/templates/",
    "/templates/library/",
    "/jobs/",
    "/court/",
    "/roster/",
    "/roles/",
    "/county/",
    "/pay/structure/",
    "/pay/plans/",
    "/pay/plans/2028v1/",
    "/pay/runs/",
    "/certification/",
    "/history/",
)


def pages_when_released(year):
    """The pages that grow with what was signed and released."""
    run, batch = year.run, year.batch
    line = batch.lines.filter(employee__number="10482").values_list("line_id", flat=True).first()
    line = line or batch.lines.values_list("line_id", flat=True).first()
    certificate = Certificate.objects.filter(run=run).order_by("-awards").first()
    return [
        (HR, "/"),
        (HR, f"/pay/runs/{run.number}/steps/"),
        (HR, f"/certification/{run.number}/"),
        (HR, f"/certification/certificates/{certificate.number}/"),
        (PAYROLL, "/payroll/"),
        (PAYROLL, f"/payroll/runs/{run.number}/"),
        (PAYROLL, f"/payroll/batches/{batch.number}/"),
        (PAYROLL, f"/payroll/batches/{batch.number}/letters/{line}/"),
        (AUDITOR, f"/pay/awards/{line}/"),
        (AUDITOR, "/history/"),
        (EMPLOYEE, "/my-pay/"),
    ]


def measure(people, *, rounds=ROUNDS):
    """Make the synthetic county of `people`, take it through its pay year, measure its pages and acts.

    Prints what was found; returns (whether it is within the bounds, what was found).
    """
    county.empty()
    began = time.perf_counter()
    call_command("demo_county", employees=people, stdout=io.StringIO())
    made = time.perf_counter() - began
    users = {row["role"]: User.objects.get(email=row["email"]) for row in roles.kept_sign_ins()}
    year, pages = Year(users), Pages(users, rounds)
    year.run_and_ask()
    found = [pages.measure(*page) for page in pages_to_certify(year)]
    year.sign_all()
    year.release_all()
    found += [pages.measure(*page) for page in pages_when_released(year)]
    app.control.purge()  # the tasks that the acts have queued: there is no worker, and no such county soon
    return show(people, made, found, year.acts, rounds)


def show(people, made, found, acts, rounds):
    print(f"\nPages of {people:,} employees, made in {made:.0f} s; median of {rounds}, slowest first")
    print(f"  {'ms':>7} {'floor':>7} {'ratio':>6} {'queries':>7}")
    for each in sorted(found, key=lambda each: -each.milliseconds):
        beyond = [name for name, is_beyond in BEYOND.items() if is_beyond(each)]
        notes = [each.role, *(["form"] if each.is_form else []), *(f"BEYOND in {name}" for name in beyond)]
        print(
            f"  {each.milliseconds:7.1f} {each.floor:7.1f} {each.ratio:6.1f} {each.queries:7}  "
            f"{each.path}  {', '.join(notes)}"
        )
    print("Acts")
    for act in acts:
        print(f"  {act.seconds:9.2f} s  {act.name}")
    within = [each for each in found if not any(is_beyond(each) for is_beyond in BEYOND.values())]
    print(
        f"{len(within)} of {len(found)} pages are within {QUERIES} queries and, forms, {RATIO} x their floor."
    )
    return len(within) == len(found), {
        "people": people,
        "made_in": made,
        "pages": [each._asdict() | {"ratio": each.ratio} for each in found],
        "acts": [act._asdict() for act in acts],
    }


BEYOND = {
    "queries": lambda each: each.queries > QUERIES,
    "time": lambda each: each.is_form and each.ratio > RATIO,
}
