import pytest
from django.test import Client
from django.urls import reverse

from accounts.devices import device_name
from tests.world import PASSWORD

DENISE = {"login": "deniseokafor@caprock.example", "password": PASSWORD}


@pytest.fixture
def elsewhere(world):
    """Three browsers in which Denise is signed in."""
    browsers = [Client() for _ in range(3)]
    for browser in browsers:
        browser.post(reverse("account_login"), DENISE)
    return browsers


def is_signed_in(browser):
    return browser.get(reverse("accounts:account")).status_code == 200


def test_signing_out_everywhere_else(elsewhere, acts):
    elsewhere[0].post(reverse("accounts:end_sessions"))
    assert [is_signed_in(browser) for browser in elsewhere] == [True, False, False]
    assert [act for act, *_ in acts()] == ["session.ended", "session.ended"]


def test_signing_out_in_one_other_place(elsewhere):
    rows = elsewhere[0].get(reverse("accounts:account")).context["sessions"]
    other = next(
        row["session"] for row in rows if row["session"].session_key == elsewhere[1].session.session_key
    )

    elsewhere[0].post(reverse("accounts:end_sessions"), {"session": other.pk})

    assert [is_signed_in(browser) for browser in elsewhere] == [True, False, True]


def test_nobody_ends_the_session_of_another(elsewhere, world, client):
    rows = elsewhere[0].get(reverse("accounts:account")).context["sessions"]
    client.post(reverse("account_login"), DENISE | {"login": "tomasvillarreal@caprock.example"})

    client.post(reverse("accounts:end_sessions"), {"session": rows[0]["session"].pk})

    assert [is_signed_in(browser) for browser in elsewhere] == [True, True, True]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8", "A browser on a device"),
    ],
)
def test_browsers_by_names_that_people_know(user_agent, name):
    assert device_name(user_agent) == name
