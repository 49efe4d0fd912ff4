from datetime import timedelta

import pytest
from django.urls import reverse

from evaluations.library import load_standard_library
from evaluations.models import Cycle, Evaluation, LibraryElement
from evaluations.services import signing
from tests.evaluations.conftest import fields_of, state
from tests.world import AT, PASSWORD

MOST_QUERIES = 15


# The list


def test_a_supervisor_lists_his_team(desk, world, sees):
    desk.under_way("marisol")
    desk.planning("tomas")

    page = sees("denise", "list")

    assert "Treviño, Marisol" in page.text
    assert "Villarreal" not in page.text


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


@pytest.mark.parametrize(
    ("stage", "due", "due_for_employee"),
    [
        ("planning", "October 1, 2025", "October 1, 2025"),
        ("planned", "October 1, 2025", "October 1, 2025"),
        ("under_way", "September 15, 2026", "September 15, 2026"),
        ("rated", "September 22, 2026", "September 15, 2026"),
        ("approved", "September 25, 2026", "September 15, 2026"),
        ("released", "October 8, 2026", "October 8, 2026"),
    ],
)
def test_the_record_at_every_stage(desk, sees, stage, due, due_for_employee):
    evaluation = getattr(desk, stage)()

    assert f"<dt>Next step due</dt><dd>{due}" in sees("miguel", "show", evaluation.pk).text
    assert f"<dt>Next step due</dt><dd>{due_for_employee}" in sees("marisol", "show", evaluation.pk).text
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


def test_a_rating_stays_in_sight_when_the_next_cycle_is_open(desk, world, sees):
    evaluation = desk.released()
    following = world.next_cycle()
    line = world.assignment("marisol")
    plan = Evaluation.objects.create(
        cycle=following, employee=evaluation.employee, department=line.department, job=line.job,
        template=world.template,
    )  # fmt: skip

    page = sees("marisol", "mine")

    assert reverse("evaluations:sign", args=[evaluation.pk]) in page.text
    assert reverse("evaluations:show", args=[plan.pk]) in page.text
    assert "Fall 2026: 1 evaluation" in sees("denise", "list").text
    assert Cycle.objects.in_hand(world.cycle.signatures_due_on) == world.cycle
    assert Cycle.objects.in_hand(world.cycle.signatures_due_on + timedelta(days=1)) == following


def test_the_need_for_progress_reviews_leads_to_those_who_have_none(desk, sees):
    desk.under_way("marisol", progress=False)
    desk.under_way("quang")

    text = sees("denise", "list", query="?state=unreviewed").text

    assert "Without a progress review" in text
    assert ": 1 evaluation of" in text


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
    assert "This version is being corrected" in sees("grace", "show", evaluation.pk).text


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
