from datetime import timedelta
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.library import load_standard_library
from evaluations.models import Cycle, Evaluation, LibraryElement, Rating, Template
from evaluations.services import hr, journal, signing
from tests.world import AT, ON, PASSWORD

MOST_QUERIES = 15


class Page(NamedTuple):
    response: object
    text: str
    queries: int


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("organization.clock.now", lambda ahead=None: AT)


@pytest.fixture
def sees(client, world):
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
def sends(client, world):
    def post(key, view, *args, data=None):
        client.force_login(world.users[key])
        return client.post(reverse(f"evaluations:{view}", args=args), data or {})

    return post


def state(evaluation):
    return Evaluation.objects.values_list("state", flat=True).get(pk=evaluation.pk)


# The list


def test_a_supervisor_lists_his_team(desk, world, sees):
    desk.under_way("marisol")
    desk.planning("tomas")

    page = sees("denise", "list")

    assert "Treviño, Marisol" in page.text
    assert "Villarreal" not in page.text


def test_the_list_costs_the_same_for_one_and_for_many(desk, world, sees):
    desk.under_way("marisol")
    one = sees("miguel", "list").queries
    for key in ("quang", "tomas", "priya", "carl", "fatima"):
        desk.planning(key)

    assert sees("miguel", "list").queries == one
    assert one <= MOST_QUERIES


def test_the_filters_narrow_the_list(desk, world, sees):
    desk.under_way("marisol")
    desk.planning("tomas")

    assert "Villarreal" in sees("miguel", "list", query="?state=planning").text
    assert "Treviño" not in sees("miguel", "list", query="?state=planning").text
    assert "Treviño" in sees("miguel", "list", query="?q=trevino&sort=-due").text
    assert "Villarreal" not in sees("miguel", "list", query="?q=trevino").text


def test_odd_filters_are_no_fault(desk, sees):
    desk.planning()

    sees("miguel", "list", query="?cycle=x&department=99999&state=nonsense&sort=drop&page=99&scope=team")


def test_ones_own_score_is_in_no_list_and_no_file_before_the_release(desk, world, sees, client):
    desk.rated("denise", levels=(4, 4, 4, 4))

    assert "4.00" not in sees("denise", "list", query="?scope=all").text
    assert "4.00" not in sees("denise", "export", "csv", query="?scope=all").text
    assert "4.00" in sees("stephen", "export", "csv", query="?scope=all").text


def test_people_without_reports_have_no_list(sees):
    sees("marisol", "list", status=403)


# One evaluation


@pytest.mark.parametrize("stage", ["planning", "planned", "under_way", "rated", "approved", "released"])
def test_the_record_at_every_stage(desk, sees, stage):
    evaluation = getattr(desk, stage)()

    for key in ("marisol", "denise", "stephen", "ruth", "miguel", "grace"):
        assert sees(key, "show", evaluation.pk).queries <= MOST_QUERIES
    for key in ("quang", "joel", "carl"):
        sees(key, "show", evaluation.pk, status=404)


def test_the_employee_sees_nothing_of_the_rating_before_its_release(desk, world, sees):
    evaluation = desk.approved(levels=(5, 3, 4, 3))
    before = sees("marisol", "show", evaluation.pk).text + sees("marisol", "mine").text

    for secret in (
        "Outstanding",
        "Exceeds",
        "Seen in June",
        "3.85",
        "With the reviewer",
        "Approved",
        "word word",
    ):
        assert secret not in before


def test_my_evaluation_says_what_is_next(desk, world, sees):
    evaluation = desk.released()

    page = sees("marisol", "mine")

    assert reverse("evaluations:sign", args=[evaluation.pk]) in page.text
    assert page.queries <= MOST_QUERIES


def test_the_plan_is_written_and_issued(desk, sees, sends, world):
    evaluation = desk.planning()
    page = sees("denise", "plan", evaluation.pk)
    form = fields_of(page)

    response = sends("denise", "plan", evaluation.pk, data=form | {"act": "issue"})

    assert response.status_code == 302
    assert state(evaluation) == "planned"
    assert page.queries <= MOST_QUERIES


def test_a_plan_that_breaks_a_rule_is_kept_and_says_which(desk, sees, sends):
    evaluation = desk.planning()
    form = fields_of(sees("denise", "plan", evaluation.pk))

    sends("denise", "plan", evaluation.pk, data=form | {"row-0-weight": "20", "act": "issue"})

    assert (
        "The weights total 90.00. Add 10.00 here or elsewhere." in sees("denise", "plan", evaluation.pk).text
    )
    assert state(evaluation) == "planning"


def test_two_windows_on_one_plan(desk, sees, sends):
    evaluation = desk.planning()
    form = fields_of(sees("denise", "plan", evaluation.pk))
    sends("denise", "plan", evaluation.pk, data=form | {"row-0-standard": "From the first window."})

    response = sends("denise", "plan", evaluation.pk, data=form | {"row-0-standard": "From the second."})

    assert response.status_code == 409
    assert "From the second." in response.content.decode()
    assert evaluation.elements.first().standard == "From the first window."


def test_an_element_of_the_library_is_added(desk, sees, sends, world):
    load_standard_library(world.person("miguel"), AT)
    evaluation = desk.planning()
    form = fields_of(sees("denise", "plan", evaluation.pk))
    element = LibraryElement.objects.get(name="Safety at work")

    sends(
        "denise", "plan", evaluation.pk, data=form | {"act": "add", "library": element.pk, "add_to": "Safety"}
    )

    added = evaluation.elements.get(name="Safety at work")
    assert (added.section, added.weight, added.anchors) == ("Safety", 0, element.anchors)


# Rating


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
        ({"value": "9"}, 422),
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


# Review, release, signature


def test_the_reviewer_approves_with_his_password(desk, sees, sends):
    evaluation = desk.rated()
    page = sees("stephen", "review", evaluation.pk)

    response = sends(
        "stephen", "review", evaluation.pk, data=fields_of(page) | {"password": PASSWORD, "act": "approve"}
    )

    assert (response.status_code, state(evaluation)) == (302, "approved")
    assert page.queries <= MOST_QUERIES


def test_the_reviewer_gives_it_back(desk, sends):
    evaluation = desk.rated()

    assert sends("stephen", "review", evaluation.pk, data={"act": "return"}).status_code == 422
    sends("stephen", "review", evaluation.pk, data={"act": "return", "note-reason": "Too few facts."})

    assert state(evaluation) == "under_way"


def test_the_employee_signs_what_he_read(desk, world, sees, sends):
    evaluation = desk.released()
    page = sees("marisol", "sign", evaluation.pk)
    form = fields_of(page) | {"password": PASSWORD, "comment": "I agree."}

    assert "Signing is not agreement" in page.text
    assert page.queries <= MOST_QUERIES
    assert sends("marisol", "sign", evaluation.pk, data=form | {"seen": "0" * 64}).status_code == 409
    assert sends("marisol", "sign", evaluation.pk, data=form).status_code == 302
    assert state(evaluation) == "of_record"
    for key in ("marisol", "denise", "grace"):
        sees(key, "show", evaluation.pk)


def test_a_refusal_is_recorded_with_a_witness(desk, sends):
    evaluation = desk.released()

    assert sends("denise", "refusal", evaluation.pk, data={"witness": "9", "note": "x"}).status_code == 422
    response = sends("denise", "refusal", evaluation.pk, data={"witness": "1010", "note": "She left."})

    assert (response.status_code, state(evaluation)) == (302, "of_record")


@pytest.mark.parametrize(
    ("stage", "key", "view", "after"),
    [
        ("planned", "marisol", "acknowledge_plan", "under_way"),
        ("planned", "denise", "take_back_plan", "planning"),
        ("approved", "denise", "release", "released"),
    ],
)
def test_acts_of_one_button(desk, sends, stage, key, view, after):
    evaluation = getattr(desk, stage)()

    assert sends(key, view, evaluation.pk).status_code == 302
    assert state(evaluation) == after
    assert sends(key, view, evaluation.pk).status_code == 409


@pytest.mark.parametrize(
    ("stage", "key", "view", "after"),
    [
        ("planned", "denise", "begin_unacknowledged", "under_way"),
        ("under_way", "miguel", "waive", "under_way"),
        ("released", "miguel", "step_back", "approved"),
    ],
)
def test_acts_with_a_reason(desk, sees, sends, stage, key, view, after):
    evaluation = getattr(desk, stage)()

    sees(key, view, evaluation.pk)
    assert sends(key, view, evaluation.pk, data={"reason": " "}).status_code == 422
    assert sends(key, view, evaluation.pk, data={"reason": "There is one."}).status_code == 302
    assert state(evaluation) == after


def test_a_correction_is_begun_by_hr(desk, world, sees, sends):
    evaluation = desk.released()
    signing.sign_evaluation(evaluation.pk, by=world.person("marisol"), at=AT)

    sends("miguel", "correct", evaluation.pk, data={"reason": "Wrong figures."})

    new = Evaluation.objects.get(version=2)
    assert "Wrong figures." in sees("denise", "rate", new.pk).text
    assert "A correction has replaced this version" in sees("grace", "show", evaluation.pk).text


def test_a_progress_review_is_written_down(desk, sees, sends):
    evaluation = desk.under_way(progress=False)
    sees("denise", "progress", evaluation.pk)
    data = {"on": "2026-03-12", "progress": "mixed", "narrative": "More care with fees."}

    assert sends("denise", "progress", evaluation.pk, data=data | {"on": "2027-01-01"}).status_code == 422
    assert sends("denise", "progress", evaluation.pk, data=data).status_code == 302
    assert "More care with fees." in sees("marisol", "show", evaluation.pk).text


def test_the_self_evaluation_is_saved_and_sent(desk, sees, sends):
    evaluation = desk.under_way()
    first = evaluation.elements.first()
    page = sees("marisol", "self", evaluation.pk)

    saved = sends(
        "marisol",
        "save_self",
        evaluation.pk,
        data={"field": f"level-{first.pk}", "value": "4", "revision": "0"},
    )
    sends(
        "marisol",
        "self",
        evaluation.pk,
        data=fields_of(page) | {"self_summary": "A good year.", "act": "send"},
    )

    assert saved.json()["revision"] == "1"
    assert "A good year." in sees("denise", "rate", evaluation.pk).text
    assert page.queries <= MOST_QUERIES


def test_the_journal_is_written_and_shared(desk, world, sees, sends):
    number = world.employees["marisol"].number
    data = {"on": "2026-06-04", "text": "Rewrote the checklist."}

    assert sends("denise", "journal", number, data=data | {"on": "2026-12-01"}).status_code == 422
    sends("denise", "journal", number, data=data)
    assert "Rewrote the checklist." in sees("denise", "journal", number).text
    assert "Rewrote the checklist." not in sees("marisol", "journal", number).text
    entry = world.employees["marisol"].journal.get()
    sends("denise", "share_entry", entry.pk)
    assert "Rewrote the checklist." in sees("marisol", "journal", number).text
    sees("quang", "journal", number, status=404)


# What HR keeps


def test_a_cycle_is_prepared_with_proposed_dates(world, sees, sends):
    page = sees("miguel", "new_cycle")
    form = fields_of(page)

    response = sends("miguel", "new_cycle", data=form)

    cycle = Cycle.objects.get(name="Fall 2027")
    assert response.status_code == 302
    assert [str(cycle.starts_on), str(cycle.ends_on)] == ["2026-09-01", "2027-09-01"]
    assert [str(getattr(cycle, name)) for name in form if name.endswith("due_on")] == [
        "2026-10-01",
        "2027-03-31",
        "2027-08-31",
        "2027-09-15",
        "2027-09-22",
        "2027-09-25",
        "2027-10-08",
    ]


def test_the_progress_of_opening_is_asked_for(world, sees):
    Cycle.objects.update(state="opening", people_found=14, people_opened=5)
    assert "5 of 14 people" in sees("miguel", "filling", world.cycle.pk).text

    Cycle.objects.update(state="open", people_opened=14)
    assert sees("miguel", "filling", world.cycle.pk).response["HX-Refresh"] == "true"


def test_opening_says_what_is_wrong_with_a_template(desk, world, sees, sends):
    desk.template().elements.filter(position=1).update(weight=20)
    Cycle.objects.update(state="draft")

    sends("miguel", "open_cycle", world.cycle.pk)

    assert "Template Front line: The weights total 90.00." in sees("miguel", "cycle", world.cycle.pk).text


def test_a_page_of_an_act_that_is_over_leads_to_the_record(desk, sees):
    evaluation = desk.rated()

    page = sees("denise", "rate", evaluation.pk, status=302)

    assert page.response.url == reverse("evaluations:show", args=[evaluation.pk])


def test_steps_out_of_order_are_named(world, sees, sends):
    form = fields_of(sees("miguel", "new_cycle")) | {"self_due_on": "2026-12-01"}

    response = sends("miguel", "new_cycle", data=form)

    assert response.status_code == 422
    assert "It lies before “Progress reviews held”." in response.content.decode()


def test_the_pages_of_a_cycle(desk, world, sees, sends):
    desk.template()
    desk.rated()
    world.rate("tomas", 4)

    page = sees("miguel", "cycle", world.cycle.pk)

    assert "100% are rated “Exceeds”" in page.text
    assert page.queries <= MOST_QUERIES
    assert "Fall 2026" in sees("grace", "cycles").text
    sees("miguel", "change_cycle", world.cycle.pk)
    sees("denise", "cycles", status=403)


def test_a_template_is_changed_and_kept_out_of_use_while_it_is_wrong(desk, world, sees, sends):
    template = desk.template()
    page = sees("miguel", "template", template.pk)
    form = fields_of(page) | {"name": "Front line", "level": "front_line", "in_use": "on"}

    assert sends("miguel", "template", template.pk, data=form | {"row-0-weight": "31"}).status_code == 422
    assert sends("miguel", "template", template.pk, data=form | {"row-0-weight": "29", "row-1-weight": "16"})
    assert [str(one.weight) for one in template.elements.all()][:2] == ["29.00", "16.00"]
    form.pop("in_use")
    form["base"] = fields_of(sees("miguel", "template", template.pk))["base"]
    assert sends("miguel", "template", template.pk, data=form | {"row-0-weight": "31"}).status_code == 302
    assert not Template.objects.get(pk=template.pk).in_use


def test_library_and_templates_are_read_by_auditors_and_kept_by_hr(desk, world, sees, sends):
    desk.template()
    data = {
        "name": "Phone manners",
        "kind": "critical",
        "nature": "skill",
        "standard": "Three rings.",
        "anchor_3": "x",
    }

    assert sends("miguel", "new_library_element", data=data).status_code == 302
    for key in ("miguel", "grace"):
        assert "Phone manners" in sees(key, "library").text
        assert "Front line" in sees(key, "templates").text
    sees("grace", "new_library_element", status=403)


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
