from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.needs import needs_of
from evaluations.services import ratings
from tests.world import AT


def titles(world, key, on=None):
    return [need.title for need in needs_of(world.person(key, on) if on else world.person(key))]


def test_each_step_is_the_need_of_one_person(desk, world):
    desk.planning("quang")
    evaluation = desk.rated("marisol")

    assert titles(world, "denise") == ["Write 1 of your 2 plans"]
    assert titles(world, "stephen") == ["Review 1 rating"]
    assert titles(world, "marisol") == []

    ratings.approve(evaluation.pk, by=world.person("stephen"), at=AT)
    assert titles(world, "stephen") == []
    assert titles(world, "denise") == ["Write 1 of your 2 plans", "Release 1 rating to your people"]

    ratings.release(evaluation.pk, by=world.person("denise"), at=AT)
    assert titles(world, "marisol") == ["Read and sign your rating"]


def test_a_returned_rating_says_so(desk, world):
    evaluation = desk.rated()
    ratings.return_rating(evaluation.pk, note="Too few facts.", by=world.person("stephen"), at=AT)

    needs = {need.title: need.why for need in needs_of(world.person("denise"))}

    assert needs == {"Finish 1 of your 1 evaluation": "Fall 2026 cycle. 1 came back from the reviewer."}


def test_the_work_of_a_year_shows_when_its_day_comes_near(desk, world):
    desk.under_way(progress=False)

    assert titles(world, "denise", date(2025, 12, 1)) == []
    assert titles(world, "denise", date(2026, 2, 1)) == ["Hold 1 progress review"]
    assert titles(world, "marisol", date(2026, 7, 10)) == ["Write your self-evaluation"]


def test_late_work_is_marked(desk, world):
    desk.under_way()

    need = needs_of(world.person("denise", date(2026, 9, 16)))[0]

    assert (need.due_on, need.is_late) == (date(2026, 9, 15), True)


def test_a_head_stands_in_where_there_is_no_reviewer(desk, world):
    desk.rated("stephen")

    assert titles(world, "ruth") == ["Review 1 rating"]


def test_needs_ask_no_more_for_more_people(desk, world):
    def queries():
        person = world.person("denise")
        with CaptureQueriesContext(connection) as captured:
            needs_of(person)
        return len(captured)

    desk.rated("marisol")
    few = queries()
    desk.rated("quang")

    assert queries() == few
