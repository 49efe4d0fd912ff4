import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse

from tests.world import PASSWORD

DENISE = "deniseokafor@caprock.example"
SECRET = "JBSWY3DPEHPK3PXP"


def code_now():
    counter = int(time.time()) // 30
    return format_hotp_value(hotp_value(SECRET, counter))


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

    assert client.post(again, {"password": "wrong"}).status_code == 200
    assert client.post(again, {"password": PASSWORD})["Location"] == add
    assert client.get(add).status_code == 200
    assert [act for act, *_ in acts()] == ["user.signed_in", "password.refused"]


def test_sign_in_asks_for_the_code(world, app, client, sign_in, acts):
    response = sign_in(DENISE)
    assert response["Location"] == reverse("mfa_authenticate")
    assert acts() == []

    client.post(response["Location"], {"code": "000000"})
    client.post(response["Location"], {"code": code_now()})

    assert [act for act, *_ in acts()] == ["second_factor.refused", "user.signed_in"]


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
