"""EVL-8: what an employee may know of his own rating before its release is nothing."""

import pytest

from evaluations.models import Evaluation, Rating, SelfRating
from evaluations.services import ratings, saving, under_way
from organization.models import Assignment
from tests.world import AT


def seeing(world, model):
    return {key for key in world.users if model.objects.visible_to(world.person(key)).exists()}


def test_who_sees_the_evaluation(desk, world):
    desk.planning()

    assert seeing(world, Evaluation) == {"marisol", "denise", "stephen", "ruth", "miguel", "grace"}


def test_a_draft_is_the_raters_alone(desk, world):
    evaluation = desk.under_way()
    desk.give_levels(evaluation, [3, 3, 3, 3])

    assert seeing(world, Rating) == {"denise"}


def test_a_rating_is_for_the_line_and_hr_and_for_the_employee_from_its_release_on(desk, world):
    evaluation = desk.approved()
    in_charge = {"denise", "stephen", "ruth", "miguel", "grace"}

    mine = Evaluation.objects.visible_to(world.person("marisol")).filter(pk=evaluation.pk)
    assert {key for key in in_charge | {"marisol"} if visible(world, key)} == in_charge
    assert result_for(world, "marisol", mine) == ("under_way", None, None)
    assert result_for(world, "stephen", mine) == ("approved", evaluation_score(evaluation), 3)

    ratings.release(evaluation.pk, by=world.person("denise"), at=AT)
    assert visible(world, "marisol")
    assert result_for(world, "marisol", mine) == ("released", evaluation_score(evaluation), 3)


@pytest.mark.parametrize("key", ["denise", "miguel", "joel"])
def test_supervisors_hr_and_heads_do_not_see_their_own_draft(desk, world, key):
    desk.rated(key)

    assert not visible(world, key)


def test_the_former_supervisor_keeps_what_he_wrote(desk, world):
    evaluation = desk.under_way()
    desk.save(evaluation, evaluation.elements.first(), "level", 3, 0)
    Assignment.objects.filter(employee=world.employees["marisol"]).update(supervisor=world.employees["joel"])

    assert seeing(world, Rating) == {"denise", "joel"}
    assert "denise" in seeing(world, Evaluation)


def test_a_self_evaluation_is_seen_once_it_is_sent(desk, world):
    evaluation, marisol = desk.under_way(), world.person("marisol")
    element = evaluation.elements.first()
    saving.save_self(evaluation.pk, element_id=element.pk, field="level", value=4, base=0, by=marisol, at=AT)
    before = seeing(world, SelfRating)

    under_way.submit_self(evaluation.pk, by=marisol, at=AT)

    assert before == {"marisol"}
    assert "denise" in seeing(world, SelfRating)


def visible(world, key):
    return Rating.objects.visible_to(world.person(key)).exists()


def result_for(world, key, evaluations):
    return evaluations.with_result_for(world.person(key)).values_list(
        "shown_state", "shown_score", "shown_level"
    )[0]


def evaluation_score(evaluation):
    return Evaluation.objects.get(pk=evaluation.pk).score
