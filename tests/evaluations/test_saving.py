import pytest

from evaluations.models import Rating
from evaluations.services import saving, under_way
from evaluations.services.saving import Conflict, Saved
from evaluations.workflow import CannotMove
from organization.models import Assignment
from organization.refusal import Refused
from tests.world import AT


def test_each_field_counts_its_own_saves(desk):
    evaluation = desk.under_way()
    element = evaluation.elements.first()

    assert desk.save(evaluation, element, "level", "4", 0) == Saved(1, AT)
    assert desk.save(evaluation, element, "narrative", "Good.", 0) == Saved(1, AT)
    assert desk.save(evaluation, element, "narrative", "Good work.", 1) == Saved(2, AT)

    rating = Rating.objects.get(element=element)
    assert (rating.level, rating.narrative) == (4, "Good work.")


def test_a_second_tab_gets_the_value_on_record_and_overwrites_nothing(desk):
    evaluation = desk.under_way()
    element = evaluation.elements.first()
    desk.save(evaluation, element, "narrative", "From the first tab.", 0)

    assert desk.save(evaluation, element, "narrative", "From the second.", 0) == Conflict(
        "From the first tab.", 1
    )
    assert Rating.objects.get(element=element).narrative == "From the first tab."


def test_the_same_value_twice_is_a_repeated_delivery(desk):
    evaluation = desk.under_way()
    element = evaluation.elements.first()
    desk.save(evaluation, element, "level", 3, 0)

    assert desk.save(evaluation, element, "level", 3, 0) == Saved(1, AT)


def test_a_level_can_be_taken_back(desk):
    evaluation = desk.under_way()
    element = evaluation.elements.first()
    desk.save(evaluation, element, "level", 3, 0)

    desk.save(evaluation, element, "level", "", 1)

    assert Rating.objects.get(element=element).level is None


@pytest.mark.parametrize("value", ["6", "0", "3.5", "three"])
def test_only_levels_of_the_scale_are_taken(desk, value):
    evaluation = desk.under_way()

    with pytest.raises(Refused, match="not a level"):
        desk.save(evaluation, evaluation.elements.first(), "level", value, 0)


def test_a_text_that_is_too_long_is_refused(desk):
    evaluation = desk.under_way()

    with pytest.raises(Refused, match="20,001 characters"):
        desk.save(evaluation, evaluation.elements.first(), "narrative", "x" * 20_001, 0)


def test_the_summary_is_saved_like_a_field(desk, world):
    evaluation = desk.under_way()

    result = saving.save_rating(
        evaluation.pk, field="summary", value="A good year.", base=0, by=world.person("denise"), at=AT
    )

    assert result == Saved(1, AT)


def test_an_element_of_another_plan_is_refused(desk, world):
    evaluation, other = desk.under_way(), desk.planning("quang")

    with pytest.raises(Refused, match="not part of the plan"):
        desk.save(evaluation, other.elements.first(), "level", 3, 0)


def test_nothing_is_saved_once_the_rating_is_sent(desk):
    evaluation = desk.rated()

    with pytest.raises(CannotMove):
        desk.save(evaluation, evaluation.elements.first(), "level", 5, 1)


def test_a_new_supervisor_takes_over_what_he_changes(desk, world):
    evaluation = desk.under_way()
    first, second, *_ = evaluation.elements.all()
    desk.save(evaluation, first, "level", 3, 0)
    desk.save(evaluation, second, "level", 3, 0)
    Assignment.objects.filter(employee=world.employees["marisol"]).update(
        supervisor=world.employees["stephen"]
    )

    saving.save_rating(
        evaluation.pk, element_id=second.pk, field="level", value=4, base=1, by=world.person("stephen"), at=AT
    )

    writers = Rating.objects.order_by("element__position").values_list("by__number", flat=True)
    assert list(writers) == ["1011", "1010"]


def test_the_self_evaluation_stays_as_it_was_sent(desk, world):
    evaluation, marisol = desk.under_way(), world.person("marisol")
    element = evaluation.elements.first()
    saving.save_self(evaluation.pk, element_id=element.pk, field="level", value=5, base=0, by=marisol, at=AT)

    under_way.submit_self(evaluation.pk, by=marisol, at=AT)

    with pytest.raises(Refused, match="sent already"):
        saving.save_self(
            evaluation.pk, element_id=element.pk, field="level", value=4, base=1, by=marisol, at=AT
        )
    with pytest.raises(Refused, match="sent already"):
        under_way.submit_self(evaluation.pk, by=marisol, at=AT)
