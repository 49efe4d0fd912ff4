import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobs import services
from jobs.models import JobDescription
from organization.models import Job
from tests.world import AT

FORM = {
    "summary": "Serves the public.",
    "service_skills": "Listens.",
    "service_accomplishments": "Copies in ten minutes.",
    "exempt": "false",
    "grade": "C2",
    "duty-TOTAL_FORMS": "3",
    "duty-INITIAL_FORMS": "0",
    "duty-0-text": "Serve the counter",
    "duty-0-percent": "45.50",
    "duty-0-is_service": "on",
    "duty-1-text": "Record deeds",
    "duty-1-percent": "54.5",
    "duty-2-text": "",
    "duty-2-percent": "",
}


@pytest.fixture
def browse(client, world, monkeypatch):
    monkeypatch.setattr("organization.clock.now", lambda ahead=None: AT)

    def go(key, view, *args, data=None, query=""):
        client.force_login(world.users[key])
        url = reverse(f"jobs:{view}", args=args) + query
        return client.get(url) if data is None else client.post(url, data)

    return go


@pytest.fixture
def draft(world):
    job = Job.objects.get(title="Deputy Clerk II")
    return services.begin_description(job.pk, by=world.person("miguel"), at=AT)


def form(draft, **changes):
    return FORM | {"base": services.revision_of(JobDescription.objects.get(pk=draft.pk))} | changes


def test_a_description_goes_from_the_editor_to_its_readers(world, browse, draft):
    assert browse("ruth", "edit", draft.pk, data=form(draft, act="send")).status_code == 302
    assert browse("miguel", "send_to_head", draft.pk, data={}).status_code == 302
    assert browse("ruth", "publish", draft.pk, data={}).status_code == 302
    assert "I have read it" in browse("marisol", "show", draft.pk).content.decode()
    assert browse("marisol", "acknowledge", draft.pk, data={}).status_code == 302
    assert "1 of 1" in browse("quang", "show", draft.pk).content.decode()


def test_what_cannot_be_read_is_named_and_kept(browse, draft):
    response = browse("miguel", "edit", draft.pk, data=form(draft, **{"duty-0-percent": "4O"}))

    assert response.status_code == 422
    assert "4O" in response.content.decode()


def test_a_draft_that_is_not_complete_says_what_is_missing(browse, draft):
    browse("miguel", "edit", draft.pk, data=form(draft, act="send", **{"duty-0-percent": "40"}))

    assert (
        "The duties total 94.50% of the time. Add 5.50%."
        in browse("miguel", "edit", draft.pk).content.decode()
    )


def test_two_windows_keep_both_texts(browse, draft):
    both = form(draft)
    browse("miguel", "edit", draft.pk, data=both)

    response = browse("ruth", "edit", draft.pk, data=both | {"summary": "Typed second."})

    assert response.status_code == 409
    assert "Typed second." in response.content.decode()


def test_totals_while_typing(browse, draft):
    page = browse("miguel", "totals", data=form(draft)).content.decode()

    assert "<strong>100%</strong>" in page
    assert "The duties add up." in page


def test_drafts_are_hidden_from_who_may_not_see_them(browse, draft):
    for key in ("marisol", "joel", "carl"):
        assert browse(key, "show", draft.pk).status_code == 404
    assert browse("grace", "edit", draft.pk).status_code == 302
    assert browse("joel", "send_to_hr", draft.pk, data={}).status_code == 404
    assert browse("grace", "send_to_hr", draft.pk, data={}).status_code == 403
    assert browse("joel", "begin", draft.job_id, data={}).status_code == 403


def test_giving_back_without_a_note_is_refused(browse, world, draft):
    browse("miguel", "edit", draft.pk, data=form(draft, act="send"))

    assert browse("miguel", "return_from_hr", draft.pk, data={"note": ""}).status_code == 422
    assert browse("miguel", "return_from_hr", draft.pk, data={"note": "Name the fees."}).status_code == 302


def test_two_versions_side_by_side(world, browse, draft):
    browse("ruth", "edit", draft.pk, data=form(draft, act="send"))
    services.send_to_head(draft.pk, by=world.person("miguel"), at=AT)
    services.publish(draft.pk, by=world.person("ruth"), at=AT)
    second = services.begin_description(draft.job_id, by=world.person("miguel"), at=AT)
    browse("miguel", "edit", second.pk, data=form(second, summary="Serves everyone."))

    for one, other in ((second, draft), (draft, second)):
        page = browse("miguel", "compare", one.pk, other.pk).content.decode()

        assert '<del><span class="visually-hidden">taken out: </span>the public.</del>' in page
        assert '<ins><span class="visually-hidden">added: </span>everyone.</ins>' in page
        assert page.count("Listens.") == 1  # what did not change stands there once


def test_the_list_costs_the_same_for_one_and_for_many(world, browse, draft, client):
    browse("miguel", "list")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("jobs:list") + "?sort=-people").status_code == 200
        return len([query for query in captured if "SAVEPOINT" not in query["sql"]])

    few = queries()
    Job.objects.bulk_create(Job(code=f"J{n}", title=f"Job {n}") for n in range(30))
    for job in Job.objects.filter(code__startswith="J1"):
        services.begin_description(job.pk, by=world.person("miguel"), at=AT)

    assert queries() == few
    assert few <= 15


@pytest.mark.parametrize(
    "query", ["?state=missing", "?state=coming&q=clerk", "?state=published", "?sort=x&page=z"]
)
def test_filters(browse, draft, query):
    assert browse("marisol", "list", query=query).status_code == 200
