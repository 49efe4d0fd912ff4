import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.actor import Actor
from accounts.models import Invitation, User
from outbox.models import Message
from tests.world import AT, PASSWORD

NEW = "the courthouse clock is slow"


@pytest.fixture
def newcomer(world):
    return User.objects.create_user("bo.lindgren@caprock.example", "Bo Lindgren")


@pytest.fixture
def invite(world, newcomer):
    return lambda via="letter", by="miguel", user=None: services.invite_user(
        user or newcomer, by=world.person(by), at=AT, via=via
    )


def test_an_invitation_by_mail_is_a_link(invite, newcomer, acts):
    code = invite(via="email")

    mail = Message.objects.get()
    assert mail.to == newcomer.email
    assert f"{settings.ADDRESS}/account/invitation/{code}/\n" in mail.body
    assert acts() == [("invitation.sent", "Miguel Castañeda", "Bo Lindgren")]


def test_only_the_hash_of_a_code_is_kept(invite):
    code = invite()
    assert re.fullmatch("[2-9A-HJKMNP-Z]{16}", code)
    assert len(Invitation.objects.get().secret_hash) == 64


def test_accepting_sets_the_password_once(invite, newcomer, acts):
    code = invite()

    services.accept_invitation(services.in_groups(code).lower(), NEW, at=AT)

    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)
    assert acts()[-1] == ("invitation.accepted", "Bo Lindgren", "Bo Lindgren")
    with pytest.raises(services.InvitationRefused, match="used already"):
        services.accept_invitation(code, "another password of mine", at=AT)


def test_an_invitation_expires(invite):
    code = invite()
    with pytest.raises(services.InvitationRefused, match="expired"):
        services.open_invitation(code, at=AT + timedelta(days=14))


def test_a_new_invitation_ends_the_one_before(invite):
    first = invite()
    invite()
    with pytest.raises(services.InvitationRefused, match="no such invitation"):
        services.open_invitation(first, at=AT)


def test_hr_cannot_take_over_the_account_of_someone_with_a_password(invite, world):
    with pytest.raises(services.InvitationRefused, match="has a password already"):
        invite(user=world.users["dale"])


@pytest.fixture
def ada(world):
    """Someone without e-mail who has forgotten her password."""
    return User.objects.create_user(None, "Ada Cruz", PASSWORD, number="20078")


def test_nor_of_someone_with_a_password_and_no_e_mail(invite, ada):
    with pytest.raises(services.InvitationRefused, match="an operator has to end it first"):
        invite(user=ada)


def test_an_operator_ends_a_password_and_then_hr_lets_her_in_again(invite, ada, client, acts):
    client.force_login(ada)
    call_command("end_password", "20078", "--reason", "Came to the counter with her badge", stdout=StringIO())

    assert client.get(reverse("accounts:account")).status_code == 302
    services.accept_invitation(invite(user=ada), NEW, at=AT)
    assert acts() == [
        ("password.ended", "County HR", "Ada Cruz"),
        ("invitation.sent", "Miguel Castañeda", "Ada Cruz"),
        ("invitation.accepted", "Ada Cruz", "Ada Cruz"),
    ]


def test_hr_does_not_end_passwords_itself(ada, world):
    with pytest.raises(CommandError, match="somebody else"):
        call_command("end_password", "20078", "--reason", "Forgotten", "--by", world.users["miguel"].email)
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


@pytest.mark.parametrize("ended", [False, True])
def test_an_invitation_does_not_outlive_a_password_set_otherwise(invite, newcomer, ended):
    code = invite()
    newcomer.set_password(PASSWORD)
    newcomer.save()
    if ended:
        services.end_password(newcomer, by=Actor(None, "An operator"), at=AT, reason="Forgotten")

    with pytest.raises(services.InvitationRefused, match="no such invitation" if ended else "set after"):
        services.accept_invitation(code, NEW, at=AT + timedelta(days=3))


def test_the_mail_names_the_day_of_the_county(invite, newcomer, world):
    late = datetime(2026, 9, 16, 2, 30, tzinfo=UTC)  # half past nine in the evening of the 15th
    services.invite_user(newcomer, by=world.person("miguel"), at=late, via="email")
    assert "once, until September 29, 2026." in Message.objects.get().body


def test_hr_does_not_invite_itself(invite, world):
    world.users["miguel"].set_unusable_password()
    world.users["miguel"].save()
    with pytest.raises(services.InvitationRefused, match="invite yourself"):
        invite(user=world.users["miguel"])


def test_others_do_not_invite(invite):
    with pytest.raises(services.InvitationRefused, match="Only an HR administrator"):
        invite(by="ruth")


def test_the_pages_from_the_letter_to_the_sign_in(world, newcomer, client):
    client.force_login(world.users["miguel"])
    letter = client.post(reverse("accounts:invite", args=[newcomer.pk]), {"via": "letter"})
    code = letter.context["code"]
    assert code in letter.content.decode()
    client.logout()

    opened = client.post(reverse("accounts:enter_code"), {"code": f" {code.lower().replace('-', '/')} "})
    done = client.post(opened["Location"], {"password1": NEW, "password2": NEW})

    assert done["Location"] == reverse("account_login")
    assert client.login(email=newcomer.email, password=NEW, request=letter.wsgi_request)


def test_looking_at_the_link_does_not_use_it_up(world, newcomer, client):
    code = services.invite_user(newcomer, by=world.person("miguel"), at=timezone.now(), via="letter")
    address = reverse("accounts:accept", args=[code])
    assert [client.get(address).status_code for _ in range(2)] == [200, 200]


def test_a_wrong_code_gets_a_sentence(client, db):
    page = client.post(reverse("accounts:enter_code"), {"code": "KQ7M-9XWT"})
    assert page.status_code == 400
    assert page.context["form"].errors == {
        "code": ["There is no such invitation. Check the code, or ask Human Resources for another."]
    }
