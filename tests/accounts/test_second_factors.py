import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse

from accounts.services import confirm_password
from accounts.sign_in_urls import FOR_SIGNED_IN
from outbox.models import Message
from tests.world import AT, PASSWORD

DENISE = "deniseokafor@caprock.example"
SECRET = "JBSWY3DPEHPK3PXP"


def code_now(secret=SECRET):
    counter = int(time.time()) // 30
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def app(world):
    return TOTP.activate(world.users["denise"], SECRET)


def test_the_secret_of_an_app_is_stored_encrypted(app):
    kept = Authenticator.objects.get().data["secret"]
    assert SECRET not in kept
    assert app.validate_code(code_now())


def test_adding_an_app_asks_for_the_password_again(world, client, sign_in, acts):
    sign_in(DENISE)
    add = reverse("mfa_activate_totp")
    again = client.get(add)["Location"]
    assert again.startswith(reverse("account_reauthenticate"))

    assert client.post(again, {"password": "wrong"}).status_code == 422
    assert client.post(again, {"password": PASSWORD})["Location"] == add
    assert client.get(add).status_code == 200
    assert [act for act, *_ in acts()] == ["user.signed_in", "password.refused"]


def test_sign_in_asks_for_the_code(world, app, client, sign_in, acts):
    response = sign_in(DENISE)
    assert response["Location"] == reverse("mfa_authenticate")
    assert acts() == []

    assert client.post(response["Location"], {"code": "000000"}).status_code == 422
    assert client.post(response["Location"], {"code": code_now()})["Location"] == "/"

    assert [act for act, *_ in acts()] == ["second_factor.refused", "user.signed_in"]


def test_from_adding_the_app_to_signing_with_it(world, client, sign_in, rf):
    sign_in(DENISE)
    add = reverse("mfa_activate_totp")
    client.post(client.get(add)["Location"], {"password": PASSWORD})
    secret = client.get(add).context["form"].secret
    shown = client.post(add, {"code": code_now(secret)})["Location"]
    codes = client.get(shown).context["unused_codes"]
    client.post(reverse("account_logout"))

    client.post(sign_in(DENISE)["Location"], {"code": code_now(secret)})
    assert client.get(reverse("accounts:account")).context["user"].name == "Denise Okafor"
    client.post(reverse("account_logout"))
    client.post(sign_in(DENISE)["Location"], {"code": codes[0]})
    assert client.get(reverse("accounts:account")).context["user"].name == "Denise Okafor"

    request = rf.post("/")
    request.user, request.person, request.at = world.users["denise"], world.person("denise"), AT
    confirm_password(request, PASSWORD)  # a signature needs the password alone


@pytest.mark.parametrize(
    "page", [*FOR_SIGNED_IN, "accounts:account", "accounts:end_sessions", "reports:home"]
)
def test_between_password_and_code_nothing_opens(world, app, client, sign_in, page):
    sign_in(DENISE)
    address = reverse(page, args=[1] if page.endswith(("edit_webauthn", "remove_webauthn")) else [])
    for response in (client.get(address), client.post(address, {"password": PASSWORD})):
        assert response["Location"] == f"{reverse('account_login')}?next={address}"
    assert client.get(reverse("account_login"))["Location"] == reverse("mfa_authenticate")


def test_a_password_that_was_reset_does_not_sign_in_past_the_code(world, app, client, sign_in):
    client.post(reverse("account_reset_password"), {"email": DENISE})
    page = client.get(re.search(r"http://testserver(\S+)", Message.objects.get().body)[1], follow=True)
    new = {"password1": "the courthouse clock is slow", "password2": "the courthouse clock is slow"}
    client.post(page.context["action_url"], new)

    assert sign_in(DENISE, new["password1"])["Location"] == reverse("mfa_authenticate")


def test_five_wrong_codes_close_the_second_step(world, app, client, sign_in):
    address = sign_in(DENISE)["Location"]
    for _ in range(5):
        client.post(address, {"code": "000000"})

    page = client.post(address, {"code": code_now()})

    assert page.context["form"].errors == {
        "code": ["That was wrong too often. Wait five minutes, then try again."]
    }


def test_removing_the_app_is_recorded(world, app, client, sign_in, acts):
    client.post(sign_in(DENISE)["Location"], {"code": code_now()})
    remove = reverse("mfa_deactivate_totp")
    client.post(client.get(remove)["Location"], {"password": PASSWORD})

    client.post(remove)

    assert acts()[-1] == ("second_factor.removed", "Denise Okafor", "Denise Okafor")
