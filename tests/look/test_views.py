import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from look import views

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(rf):
    """A request of someone who has not signed in."""

    def request(htmx=False):
        return rf.get("/x", headers={"HX-Request": "true"} if htmx else {})

    return request


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_light_or_dark_is_kept_in_a_cookie(theme):
    client = Client()
    response = client.post("/look/theme", {"theme": theme, "next": "/look/parts"})

    assert response.headers["Location"] == "/look/parts"
    assert f'data-bs-theme="{theme}"' in client.get("/look/parts").text


@pytest.mark.parametrize("theme", ["system", "", '"><script>'])
def test_anything_else_follows_the_system(theme):
    client = Client()
    client.cookies["theme"] = "dark"
    client.post("/look/theme", {"theme": theme})

    assert "data-bs-theme" not in client.get("/look/parts").text.split("<head>")[0]


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_way_back_stays_in_the_house(address):
    assert Client().post("/look/theme", {"next": address}).headers["Location"] == "/"


def test_a_refusal_says_who_may(visit):
    page = views.permission_denied(visit(), PermissionDenied("Only the County Clerk can sign this set."))

    assert page.status_code == 403
    assert "Only the County Clerk can sign this set." in page.text


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.permission_denied, 403),
        (views.csrf_failure, 403),
        (views.page_not_found, 404),
        (views.server_error, 500),
    ],
)
def test_each_problem_has_a_page_and_a_notice(visit, view, status):
    page, notice = view(visit()), view(visit(htmx=True))

    assert (page.status_code, notice.status_code) == (status, status)
    assert page.text.startswith("<!doctype html>")
    assert notice.text.lstrip().startswith('<div class="notice')
    assert notice.headers["HX-Retarget"] == "#messages"


def test_a_conflict_shows_the_way_to_what_is_true_now(visit):
    page = views.conflict(visit(), "Ruth Ann Kowalczyk signed a moment before you.", url="/certification/7")

    assert page.status_code == 409
    assert 'href="/certification/7"' in page.text


def test_a_fault_page_comes_out_even_when_templates_fail(visit, monkeypatch):
    def fail(*args):
        raise OSError("disk")

    monkeypatch.setattr(views, "render_to_string", fail)

    assert "Something failed on our side" in views.server_error(visit()).text
