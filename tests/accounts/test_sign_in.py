import re
import time

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from accounts.models import User
from accounts.sign_in import client_ip
from outbox.models import Message
from tests.world import PASSWORD

DENISE = "deniseokafor@caprock.example"


def test_signing_in_by_e_mail_is_recorded_with_the_role(world, sign_in, acts):
    response = sign_in(DENISE.upper())

    assert (response.status_code, response["Location"]) == (302, "/")
    assert acts() == [("user.signed_in", "Denise Okafor", "Denise Okafor")]


def test_someone_without_e_mail_signs_in_with_his_employee_number(world, sign_in, client):
    User.objects.create_user(None, "Bo Lindgren", PASSWORD, number="20077")
    assert sign_in("20077").status_code == 302
    assert client.get(reverse("accounts:account")).context["user"].name == "Bo Lindgren"


def test_a_wrong_password_is_recorded_for_people_who_exist(world, sign_in, acts):
    sign_in(DENISE, "wrong")
    page = sign_in("nobody@caprock.example", "wrong")

    assert acts() == [("user.sign_in_failed", "Someone not signed in", "Denise Okafor")]
    assert page.context["form"].non_field_errors() == ["This e-mail address and password do not go together."]


def test_six_wrong_passwords_close_sign_in_from_there_but_not_from_elsewhere(world, client, sign_in, acts):
    for _ in range(6):
        response = sign_in(DENISE, "wrong")
    assert response.status_code == 429
    assert sign_in(DENISE).status_code == 429  # the right one, too
    assert sign_in("marisoltrevino@caprock.example").status_code == 302
    client.logout()
    assert sign_in(DENISE, REMOTE_ADDR="10.1.2.3").status_code == 302
    assert [act for act, *_ in acts()] == [
        *["user.sign_in_failed"] * 5, "user.locked_out", "user.signed_in", "user.signed_in",
    ]  # fmt: skip


def test_a_closed_account_does_not_open(world, sign_in):
    User.objects.filter(email=DENISE).update(is_active=False)
    assert sign_in(DENISE)["Location"] == reverse("account_inactive")


def test_signing_out_clears_what_the_browser_kept(world, client, sign_in, acts):
    sign_in(DENISE)
    response = client.post(reverse("account_logout"))
    assert response["Clear-Site-Data"] == '"storage"'
    assert acts()[-1] == ("user.signed_out", "Denise Okafor", "Denise Okafor")


def test_nobody_signs_himself_up(client, db):
    assert client.get("/account/signup/").status_code == 404


def test_a_forgotten_password_is_reset_by_mail(world, client, sign_in, acts):
    client.post(reverse("account_reset_password"), {"email": DENISE})
    mail = Message.objects.get()
    assert (mail.to, mail.subject) == (DENISE, "Reset your password")

    page = client.get(re.search(r"http://testserver(\S+)", mail.body)[1], follow=True)
    client.post(
        page.context["action_url"],
        {"password1": "the courthouse clock is slow", "password2": "the courthouse clock is slow"},
    )

    assert acts() == [("password.reset", "Denise Okafor", "Denise Okafor")]
    assert sign_in(DENISE, "the courthouse clock is slow").status_code == 302
    assert Message.objects.first().subject == "Your password was reset"


def test_an_unknown_address_gets_no_mail_and_the_same_answer(world, client):
    for address in (DENISE, "nobody@caprock.example"):
        response = client.post(reverse("account_reset_password"), {"email": address})
        assert response["Location"] == reverse("account_reset_password_done")
    assert Message.objects.count() == 1


def test_changing_the_password_needs_the_old_one_and_is_recorded(world, client, sign_in, acts):
    sign_in(DENISE)
    new = {"password1": "the courthouse clock is slow", "password2": "the courthouse clock is slow"}
    address = reverse("account_change_password")

    assert client.post(address, new | {"oldpassword": "wrong"}).status_code == 422
    assert client.post(address, new | {"oldpassword": PASSWORD})["Location"] == reverse("accounts:account")
    assert [act for act, *_ in acts()] == ["user.signed_in", "password.refused", "password.changed"]
    assert client.get(reverse("accounts:account")).status_code == 200  # still signed in


def test_nobody_guesses_the_old_password_at_a_browser_left_open(world, client, sign_in):
    sign_in(DENISE)
    new = {"password1": "the courthouse clock is slow", "password2": "the courthouse clock is slow"}
    for _ in range(5):
        page = client.post(reverse("account_change_password"), new | {"oldpassword": "wrong"})
    closed = ["That was wrong five times. Wait five minutes, then try again."]
    assert page.context["form"].errors == {"oldpassword": closed}

    page = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert page.context["form"].errors == {"password": closed}


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("account_login", {"login": DENISE, "password": "wrong"}),
        ("account_login", {}),
        ("account_reset_password", {"email": "denise"}),
    ],
)
def test_bad_input_is_answered_with_422(world, client, page, typed):
    assert client.post(reverse(page), typed).status_code == 422


def test_a_link_that_does_not_work_is_answered_with_410(world, client):
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "none"})
    assert client.get(link).status_code == 410


def test_behind_a_proxy_only_the_last_address_counts(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.9"}, REMOTE_ADDR="198.51.100.2")
    assert client_ip(request) == "198.51.100.2"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client_ip(request) == "203.0.113.9"


@pytest.mark.parametrize("password", ["short", "123456789012345", "deniseokafor@caprock", "password1234"])
def test_weak_passwords_are_refused(world, client, sign_in, password):
    sign_in(DENISE)
    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert list(page.context["form"].errors) == ["password1"]


def test_limits_hold_across_processes():
    assert type(cache._connections[cache._alias]).__name__ == "DatabaseCache"


@pytest.mark.parametrize("name", [DENISE, "20077", "nobody@caprock.example", "99999"])
@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_each_try_costs_one_hash(world, sign_in, monkeypatch, name, password):
    User.objects.create_user(None, "Bo Lindgren", PASSWORD, number="20077")
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *arguments: hashed.append(1) or encode(*arguments)
    )

    sign_in(name, password)

    assert len(hashed) == 1


def test_a_session_is_written_once_in_a_while_and_lasts_from_the_last_click(world, client, monkeypatch):
    client.force_login(world.users["denise"])
    client.get("/")
    begun = Session.objects.get().expire_date

    client.get("/")
    assert Session.objects.get().expire_date == begun

    later = time.time() + 301
    monkeypatch.setattr("accounts.middleware.time.time", lambda: later)
    client.get("/")
    assert Session.objects.get().expire_date > begun
