"""Evaluations of the made-up county hold to what the services would have asked."""

import pytest

from evaluations.checks import problems_of_plan, problems_of_rating
from evaluations.content import content_hash, elements_of, record_hash
from evaluations.models import Cycle, Evaluation, Evidence
from evaluations.scoring import part_of, score_of
from evaluations.states import FROM_RATING_ON, State
from synthetic.calendar_of_county import STAND

pytestmark = pytest.mark.django_db


def of_cycle(name):
    return Evaluation.objects.filter(cycle__name=name).select_related("cycle__scale", "employee")


def rated():
    return Evaluation.objects.filter(state__in=FROM_RATING_ON).select_related("cycle__scale", "employee")


def test_every_plan_is_one_that_could_be_issued(county):
    for evaluation in Evaluation.objects.prefetch_related("elements"):
        assert problems_of_plan(list(evaluation.elements.all()), minimum=30) == []


def test_scores_are_what_the_levels_give(county):
    bands = list(Cycle.objects.first().scale.bands.values_list("level", "from_score"))
    checked = rated().prefetch_related("elements__rating")

    assert checked
    for evaluation in checked:
        parts = [
            part_of(element, getattr(getattr(element, "rating", None), "level", None))
            for element in evaluation.elements.all()
        ]
        result = score_of(parts, bands)
        assert (evaluation.score, evaluation.level) == (result.score, result.level)


def test_nothing_that_was_sent_on_lacked_anything(county):
    levels = {level.number: level for level in Cycle.objects.first().scale.levels.all()}

    for evaluation in rated():
        problems = problems_of_rating(
            evaluation,
            elements_of(evaluation),
            levels,
            has_progress_review=evaluation.progress_reviews.exists(),
            on=evaluation.rated_at.date(),
        )
        assert problems == []


def test_signatures_stand_under_what_is_there(county):
    for evaluation in rated():
        elements = elements_of(evaluation)
        signed = set(evaluation.signatures.values_list("content_hash", flat=True))
        assert signed == {content_hash(evaluation, elements)}


def test_records_are_hashed_from_what_is_there(county):
    for evaluation in rated().filter(state=State.OF_RECORD):
        elements = elements_of(evaluation)
        signatures = evaluation.signatures.select_related("by", "witness").order_by("at", "pk")
        on_record = evaluation.rating_of_record
        assert on_record.content_hash == record_hash(
            evaluation, elements, signatures, evaluation.score, evaluation.level
        )
        assert on_record.evidence_count == sum(len(element.evidence.all()) for element in elements)


def test_the_eight_of_the_records_counter_are_at_different_steps(county):
    team = of_cycle("Fall 2026").filter(
        employee__assignments__supervisor__number="09077", employee__assignments__ends_on=None
    )
    weight = {
        str(evaluation.employee): sum(
            element.weight for element in evaluation.elements.filter(rating__level__isnull=False)
        )
        for evaluation in team
        if evaluation.state == State.UNDER_WAY
    }

    assert sorted(team.values_list("state", flat=True)) == ["rated"] * 3 + ["under_way"] * 5
    assert weight == {
        "Marisol Treviño": 70,
        "Quang Nguyễn": 25,
        "Latoya Simmons": 0,
        "Tomás Villarreal": 0,
        "Hana Al-Masri": 0,
    }
    assert not team.get(employee__number="10877").progress_reviews.exists()


def test_no_one_rates_or_approves_himself_and_nothing_lies_in_the_future(county):
    for evaluation in rated():
        assert evaluation.employee_id not in (evaluation.rated_by_id, evaluation.approved_by_id)
        assert evaluation.rated_at.date() < STAND


def test_ratings_are_not_all_alike(county):
    levels = set(rated().values_list("level", flat=True))
    assert {3, 4} < levels


def test_evidence_from_the_journal_is_about_the_same_person(county):
    linked = Evidence.objects.filter(entry__isnull=False).select_related("entry", "element__evaluation")

    assert {item.entry.employee_id - item.element.evaluation.employee_id for item in linked} <= {0}
