from datetime import timedelta

import pytest

from evaluations.models import Cycle, Rating
from evaluations.services import hr, journal
from tests.evaluations.conftest import fields_of, state
from tests.world import AT, ON, PASSWORD

MOST_QUERIES = 15


def test_the_rating_page_has_all_that_is_consulted(desk, world, sees):
    desk.world.rate("marisol", 3, cycle=last_cycle(world))
    evaluation = desk.under_way()
    journal.add_entry(
        evaluation.employee_id,
        on=ON,
        text="Rewrote the checklist.",
        shared=False,
        by=world.person("denise"),
        at=AT,
    )

    page = sees("denise", "rate", evaluation.pk)

    assert "Rewrote the checklist." in page.text
    assert "3.00 of 5" in page.text
    assert page.queries <= MOST_QUERIES


def test_only_the_supervisor_opens_the_rating_page(desk, sees):
    evaluation = desk.under_way()

    for key in ("marisol", "stephen", "miguel", "ruth"):
        sees(key, "rate", evaluation.pk, status=403)
    sees("quang", "rate", evaluation.pk, status=404)


def test_a_field_is_saved_and_the_score_comes_back(desk, sends):
    evaluation = desk.under_way()
    first = evaluation.elements.first()

    response = sends(
        "denise",
        "save_rating",
        evaluation.pk,
        data={"field": f"level-{first.pk}", "value": "4", "revision": "0"},
    )

    answer = response.json()
    assert (response.status_code, answer["revision"]) == (200, "1")
    assert "4.00" in answer["parts"]["#score"]
    assert "3 left" in answer["parts"]["#left"]


def test_a_second_tab_is_told_what_stands_there(desk, sends):
    evaluation = desk.under_way()
    first = evaluation.elements.first()
    data = {"field": f"narrative-{first.pk}", "revision": "0"}
    sends("denise", "save_rating", evaluation.pk, data=data | {"value": "From the first tab."})

    response = sends("denise", "save_rating", evaluation.pk, data=data | {"value": "From the second."})

    assert response.status_code == 409
    assert response.json() == {"revision": "1", "value": "From the first tab."}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"field": "score"}, 422),
        ({"field": "level-x"}, 422),
        ({"field": "level-999999"}, 422),
        ({"revision": "x"}, 422),
        ({"revision": "9" * 5_000}, 422),
        ({"value": "9"}, 422),
        ({"value": "9" * 5_000}, 422),
    ],
)
def test_odd_fields_are_refused_in_words(desk, sends, change, status):
    evaluation = desk.under_way()
    data = {"field": f"level-{evaluation.elements.first().pk}", "value": "4", "revision": "0"}

    response = sends("denise", "save_rating", evaluation.pk, data=data | change)

    assert response.status_code == status
    assert response.json()["error"]


def test_a_late_save_is_refused_for_good(desk, sends):
    evaluation = desk.rated()
    data = {"field": f"level-{evaluation.elements.first().pk}", "value": "5", "revision": "1"}

    response = sends("denise", "save_rating", evaluation.pk, data=data)

    assert (response.status_code, "error" in response.json()) == (403, True)


def test_the_form_without_javascript_saves_everything_that_changed(desk, sees, sends):
    evaluation = desk.under_way()
    first, second, *_ = evaluation.elements.all()
    form = fields_of(sees("denise", "rate", evaluation.pk))

    sends(
        "denise",
        "rate",
        evaluation.pk,
        data=form | {f"level-{first.pk}": "3", f"narrative-{second.pk}": "Late twice.", "act": "next"},
    )

    assert list(Rating.objects.order_by("element").values_list("level", "narrative")) == [
        (3, ""),
        (None, "Late twice."),
    ]


def test_the_form_without_javascript_shows_both_texts(desk, sees, sends):
    evaluation = desk.under_way()
    first = evaluation.elements.first()
    form = fields_of(sees("denise", "rate", evaluation.pk))
    desk.save(evaluation, first, "narrative", "From another tab.", 0)

    response = sends("denise", "rate", evaluation.pk, data=form | {f"narrative-{first.pk}": "Typed here."})

    assert response.status_code == 409
    text = response.content.decode()
    assert "From another tab." in text
    assert "Typed here." in text


def test_evidence_is_linked_stated_and_taken_away(desk, world, sees, sends):
    evaluation = desk.under_way()
    first, second, *_ = evaluation.elements.all()
    entry = journal.add_entry(
        evaluation.employee_id, on=ON, text="Seen.", shared=False, by=world.person("denise"), at=AT
    )
    form = fields_of(sees("denise", "rate", evaluation.pk))

    sends("denise", "rate", evaluation.pk, data=form | {"act": f"link-{entry.pk}", "for": second.pk})
    sends(
        "denise",
        "rate",
        evaluation.pk,
        data=form | {"act": f"state-{first.pk}", f"fact-{first.pk}": "Thanked by a judge."},
    )
    assert second.evidence.get().entry == entry
    stated = first.evidence.get()
    assert stated.text == "Thanked by a judge."
    sends("denise", "rate", evaluation.pk, data=form | {"act": f"unlink-{stated.pk}", "for": first.pk})
    assert not first.evidence.exists()


def test_sending_lists_what_is_missing_and_asks_for_the_password(desk, sees, sends):
    evaluation = desk.under_way(progress=False)
    desk.give_levels(evaluation, [3, 3, 3, 3])

    assert (
        "No progress review is on record. It was due March 31, 2026."
        in sees("denise", "submit", evaluation.pk).text
    )
    assert sends("denise", "submit", evaluation.pk, data={"password": PASSWORD}).status_code == 422
    hr.waive(evaluation.pk, reason="New in the office.", by=desk.world.person("miguel"), at=AT)
    assert sends("denise", "submit", evaluation.pk, data={"password": "wrong"}).status_code == 422
    assert sends("denise", "submit", evaluation.pk, data={"password": PASSWORD}).status_code == 302
    assert state(evaluation) == "rated"


def last_cycle(world):
    fields = {
        field.name: getattr(world.cycle, field.name)
        for field in Cycle._meta.fields
        if field.name not in ("id", "name")
    }
    for name, value in fields.items():
        if name.endswith("_on"):
            fields[name] = value - timedelta(days=365)
    return Cycle.objects.create(name="Fall 2025", **fields | {"ends_on": world.cycle.starts_on})
