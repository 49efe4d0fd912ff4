"""A rating of record as PDF: what the page says, for who may read it there."""

import pytest
from django.urls import reverse

from evaluations import rating_pdf
from evaluations.models import Evaluation, RatingOfRecord
from evaluations.services import hr, signing
from organization.models import Assignment
from tests.world import AT


@pytest.fixture
def record(desk, world):
    evaluation = desk.released()
    signing.sign_evaluation(evaluation.pk, by=world.person("marisol"), at=AT, comment="I see it otherwise.")
    return RatingOfRecord.objects.get(evaluation=evaluation)


@pytest.fixture
def told(monkeypatch):
    """What the document is made of."""
    found = {}
    monkeypatch.setattr(rating_pdf, "pdf", lambda template, data: found.update(data) or b"%PDF-")
    return found


def ask(client, world, who, evaluation):
    client.force_login(world.users[who])
    return client.get(reverse("evaluations:rating_pdf", args=[evaluation.pk]))


def test_the_document_is_a_tagged_pdf_and_stands_on_the_page(world, client, record):
    answer = ask(client, world, "marisol", record.evaluation)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"/StructTreeRoot" in answer.content or b"/MarkInfo" in answer.content
    assert answer["Content-Disposition"] == 'attachment; filename="rating-10482-fall-2026-1.pdf"'
    page = client.get(reverse("evaluations:show", args=[record.evaluation_id])).content.decode()
    assert reverse("evaluations:rating_pdf", args=[record.evaluation_id]) in page


def test_it_says_names_seal_levels_and_the_score_as_arithmetic(world, client, record, told):
    ask(client, world, "miguel", record.evaluation)
    assert told["title"] == "Rating of record of Marisol Treviño"
    assert (told["seal"], told["score"]) == (record.content_hash, f"{record.score} of 5")
    signers = [who for who, _, _ in told["signatures"]]
    assert signers == ["Supervisor: Denise Okafor", "Reviewer: Stephen Kucera", "Employee: Marisol Treviño"]
    assert "“I see it otherwise.”" in told["signatures"][2][1]
    elements = [element for _, _, elements in told["sections"] for element in elements]
    assert [element["level"][0] for element in elements] == ["4", "3", "3", "4"]
    working, _, score, kind = told["ledger"][-1]
    assert (kind, score) == ("total", str(record.score))
    points = [line[2] for line in told["ledger"][:-1]]
    assert working == f"{sum(map(float, points)):.1f} ÷ 100"


def test_a_position_without_a_job_has_one_too(world, client, record, told):
    Evaluation.objects.filter(pk=record.evaluation_id).update(job=None)
    assert ask(client, world, "marisol", record.evaluation).status_code == 200
    assert told["who"].startswith(f"{record.evaluation.department.name}, No. ")


def test_supervisor_and_reviewer_are_those_who_rated_and_approved(world, client, record, told):
    line = Assignment.objects.filter(employee=world.employees["marisol"])
    line.update(supervisor=world.employees["ruth"])
    ask(client, world, "marisol", record.evaluation)
    facts = dict(told["facts"])
    assert (facts["Supervisor"], facts["Reviewer"]) == ("Denise Okafor", "Stephen Kucera")


def test_what_a_correction_does_to_it_is_said(world, client, record, told):
    hr.correct(record.evaluation_id, reason="Wrong figures.", by=world.person("miguel"), at=AT)
    ask(client, world, "miguel", record.evaluation)
    assert told["replaced"].startswith("This version is being corrected by version 2.")


@pytest.mark.parametrize("stage", ["rated", "approved", "released"])
def test_there_is_none_before_the_rating_is_of_record(desk, world, client, stage):
    evaluation = getattr(desk, stage)()
    assert ask(client, world, "denise", evaluation).status_code == 404
