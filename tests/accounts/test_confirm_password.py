from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.forms import PasswordAgainMixin
from accounts.services import WrongPassword, confirm_password
from audit.models import Entry
from tests.world import AT, PASSWORD


@pytest.fixture
def request_of_denise(world, rf):
    request = rf.post("/")
    request.user, request.person, request.at = world.users["denise"], world.person("denise"), AT
    return request


def refuse(request, times=1):
    for _ in range(times):
        with pytest.raises(WrongPassword) as refused:
            confirm_password(request, "wrong")
    return str(refused.value)


def test_the_right_password_passes_and_leaves_no_trace(request_of_denise, acts):
    confirm_password(request_of_denise, PASSWORD)
    assert acts() == []


def test_a_wrong_password_is_refused_and_recorded(request_of_denise, acts):
    assert refuse(request_of_denise) == "This is not your password."
    assert acts() == [("password.refused", "Denise Okafor", "Denise Okafor")]


def test_the_fifth_wrong_password_closes_it_even_for_the_right_one(request_of_denise, acts):
    assert refuse(request_of_denise, 5) == "That was wrong five times. Wait five minutes, then try again."
    with pytest.raises(WrongPassword, match="five times"):
        confirm_password(request_of_denise, PASSWORD)
    assert len(acts()) == 5  # tries while it is closed do not fill the history


def test_it_opens_again_after_five_minutes(request_of_denise, world):
    long_ago = timezone.now() - timedelta(minutes=6)
    Entry.objects.bulk_create(
        Entry(
            at=AT, written_at=long_ago, act="password.refused", actor_id=world.users["denise"].pk,
            subject_type="accounts_user", subject_id="1",
        )
        for _ in range(5)
    )  # fmt: skip
    confirm_password(request_of_denise, PASSWORD)


def test_others_are_not_closed_out(request_of_denise, world):
    refuse(request_of_denise, 5)
    request_of_denise.user, request_of_denise.person = world.users["marisol"], world.person("marisol")
    confirm_password(request_of_denise, PASSWORD)


def test_a_form_of_a_signature(request_of_denise):
    right = PasswordAgainMixin({"password": PASSWORD}, request=request_of_denise)
    wrong = PasswordAgainMixin({"password": "wrong"}, request=request_of_denise)

    assert right.is_valid()
    assert wrong.errors == {"password": ["This is not your password. Nothing was signed."]}
