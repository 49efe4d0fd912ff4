from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.models import Element, Evaluation, TemplateElement
from evaluations.services import hr, journal, plans, ratings, saving, under_way
from tests.browser import browse  # noqa: F401 (fixture)
from tests.world import AT

ISSUED = datetime(2025, 9, 20, 15, 0, tzinfo=UTC)

# name, section, kind, service, weight
PLAN = [
    ("Courtesy and listening", "Customer service", "critical", True, "30"),
    ("Timeliness and follow-up", "Customer service", "non_critical", True, "15"),
    ("Accuracy of the work", "Results of the job", "critical", False, "40"),
    ("Teamwork and reliability", "Working with others", "non_critical", False, "15"),
]
WORDS = "word " * 40


class Desk:
    """Takes an evaluation of the small county as far as a test needs it."""

    def __init__(self, world):
        self.world = world

    def template(self):
        TemplateElement.objects.bulk_create(
            TemplateElement(
                template=self.world.template,
                position=position,
                name=name,
                section=section,
                kind=kind,
                is_service=service,
                weight=Decimal(weight),
                standard="Met in nine of ten.",
                anchors={"5": "Always.", "3": "Mostly.", "1": "Never."},
            )
            for position, (name, section, kind, service, weight) in enumerate(PLAN, start=1)
        )
        return self.world.template

    def planning(self, key="marisol"):
        line = self.world.assignment(key)
        evaluation = Evaluation.objects.create(
            cycle=self.world.cycle,
            employee=self.world.employees[key],
            department=line.department,
            job=line.job,
            template=self.world.template,
        )
        Element.objects.bulk_create(
            Element(
                evaluation=evaluation,
                position=position,
                name=name,
                section=section,
                kind=kind,
                is_service=service,
                weight=Decimal(weight),
                standard="Met in nine of ten.",
                anchors={"5": "Always.", "3": "Mostly.", "1": "Never."},
            )
            for position, (name, section, kind, service, weight) in enumerate(PLAN, start=1)
        )
        return evaluation

    def planned(self, key="marisol"):
        evaluation = self.planning(key)
        plans.issue_plan(evaluation.pk, by=self.rater(key), at=ISSUED)
        return evaluation

    def under_way(self, key="marisol", *, progress=True):
        evaluation = self.planned(key)
        plans.acknowledge_plan(evaluation.pk, by=self.world.person(key), at=ISSUED)
        if progress:
            under_way.add_progress_review(
                evaluation.pk,
                on=date(2026, 3, 12),
                progress="on_track",
                narrative="Going well.",
                by=self.rater(key),
                at=AT,
            )
        return evaluation

    def give_levels(self, evaluation, levels, key="marisol"):
        """Save a level for each element in order, with a narrative and a fact where one is needed."""
        for element, level in zip(evaluation.elements.all(), levels, strict=True):
            rating = getattr(element, "rating", None) or SimpleNamespace(
                level_revision=0, narrative_revision=0
            )
            self.save(evaluation, element, "level", level, rating.level_revision, key)
            if level in (1, 2, 5) and not element.evidence.exists():
                self.save(evaluation, element, "narrative", WORDS, rating.narrative_revision, key)
                journal.state_evidence(
                    evaluation.pk, element_id=element.pk, text="Seen in June.", by=self.rater(key), at=AT
                )

    def save(self, evaluation, element, field, value, base, key="marisol"):
        return saving.save_rating(
            evaluation.pk,
            element_id=element.pk,
            field=field,
            value=value,
            base=base,
            by=self.rater(key),
            at=AT,
        )

    def rated(self, key="marisol", levels=(4, 3, 3, 4)):
        evaluation = self.under_way(key)
        self.give_levels(evaluation, levels, key)
        ratings.submit_rating(evaluation.pk, by=self.rater(key), at=AT)
        return evaluation

    def approved(self, key="marisol", levels=(4, 3, 3, 4)):
        evaluation = self.rated(key, levels)
        ratings.approve(evaluation.pk, by=self.reviewer(key), at=AT)
        return evaluation

    def released(self, key="marisol", levels=(4, 3, 3, 4)):
        evaluation = self.approved(key, levels)
        ratings.release(evaluation.pk, by=self.rater(key), at=AT)
        return evaluation

    def step_back(self, evaluation, times=1):
        for _ in range(times):
            hr.step_back(evaluation.pk, reason="Sent on by mistake.", by=self.world.person("miguel"), at=AT)

    def rater(self, key):
        return self._person_of(self.world.assignment(key).supervisor)

    def reviewer(self, key):
        supervisor = self.world.assignment(key).supervisor
        return self._person_of(supervisor.assignments.get().supervisor or supervisor)

    def _person_of(self, employee):
        return next(self.world.person(key) for key, one in self.world.employees.items() if one == employee)


@pytest.fixture
def desk(world):
    return Desk(world)


class Page(NamedTuple):
    response: object
    text: str
    queries: int


@pytest.fixture
def today(monkeypatch):
    """The county's clock stands on the world's day."""
    monkeypatch.setattr("organization.clock.now", lambda ahead=None: AT)


@pytest.fixture
def sees(client, world, today):
    """Sign someone in and get a page: `sees("denise", "rate", evaluation.pk)`."""

    def get(key, view, *args, query="", status=200):
        client.force_login(world.users[key])
        with CaptureQueriesContext(connection) as captured:
            response = client.get(reverse(f"evaluations:{view}", args=args) + query)
        assert response.status_code == status
        text = b"".join(response) if response.streaming else response.content
        # saving the session opens a savepoint here, as the test is a transaction; elsewhere it does not
        queries = [query for query in captured if "SAVEPOINT" not in query["sql"]]
        return Page(response, text.decode(), len(queries))

    return get


@pytest.fixture
def sends(client, world, today):
    def post(key, view, *args, data=None):
        client.force_login(world.users[key])
        return client.post(reverse(f"evaluations:{view}", args=args), data or {})

    return post


def state(evaluation):
    return Evaluation.objects.values_list("state", flat=True).get(pk=evaluation.pk)


def fields_of(response):
    """Every field of the forms of a page, as a browser would send them."""
    found, text, select = {}, [], []

    class Fields(HTMLParser):
        def handle_starttag(self, tag, attributes):
            given = dict(attributes)
            name = given.get("name")
            if tag == "input" and name and given.get("type") in ("radio", "checkbox"):
                if "checked" in given:
                    found[name] = given.get("value", "on")
            elif tag == "input" and name and name != "csrfmiddlewaretoken":
                found[name] = given.get("value", "")
            elif tag == "textarea" and name:
                text.append(name)
                found[name] = ""
            elif tag == "select" and name:
                select.append(name)
            elif tag == "option" and select and ("selected" in given or select[-1] not in found):
                found[select[-1]] = given.get("value", "")

        def handle_endtag(self, tag):
            if tag == "textarea":
                text.clear()
            elif tag == "select":
                select.clear()

        def handle_data(self, content):
            if text:
                found[text[0]] += content.removeprefix("\n")

    Fields().feed(response.text)
    found.pop("theme", None)
    return found
