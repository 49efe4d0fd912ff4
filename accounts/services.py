"""Letting people in, and asking for the password again before something is signed."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Invitation, User
from accounts.permissions import can_invite
from audit.models import Entry
from audit.services import record
from outbox.services import link, send

INVITATION_LASTS = timedelta(days=14)
# Without 0 and O, 1, I and L, which people mix up on paper. 31^16 is about 2^79: nobody guesses that.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 16

TRIES, WITHIN = 5, timedelta(minutes=5)


class InvitationRefused(Exception):
    """The message is a sentence for the person who tried."""


class WrongPassword(Exception):
    """The message is a sentence for the person who tried."""


@transaction.atomic
def invite_user(user, *, by, at, via):
    """Give someone a one-time way to set the first password; returns its code, which is stored nowhere.

    `via` is "email", which sends the link, or "letter", for which the caller shows the code once, to be
    printed. Earlier invitations of the same person end. Raises InvitationRefused.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not can_invite(by, user):
        raise InvitationRefused(_why_not(by, user))
    if via == Invitation.By.EMAIL and not user.email:
        raise InvitationRefused(f"{user.name} has no e-mail address. Print a letter.")
    user.invitations.filter(used_at=None).delete()
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    invitation = Invitation.objects.create(
        user=user, by=via, secret_hash=_hash(code), created_at=at, expires_at=at + INVITATION_LASTS
    )
    if via == Invitation.By.EMAIL:
        _send_link(invitation, code)
    after = {"by": invitation.get_by_display(), "until": invitation.expires_at.isoformat()}
    record("invitation.sent", user, by=by, at=at, after=after)
    return code


def _why_not(by, user):
    if not by.has_role("hr"):
        return "Only an HR administrator can invite people."
    if by.user_id == user.pk:
        return "You cannot invite yourself."
    if not user.is_active:
        return f"The account of {user.name} is closed."
    if user.email:
        return f"{user.name} has a password already, and can reset it from the sign-in page."
    return f"{user.name} has a password already. If it is forgotten, an operator has to end it first."


def _send_link(invitation, code):
    user, until = invitation.user, timezone.localtime(invitation.expires_at)
    body = (
        f"{user.name},\n\n"
        "Human Resources has opened an account for you in County HR. Choose a password here:\n\n"
        f"{link('accounts:accept', code)}\n\n"
        f"The link works once, until {until:%B} {until.day}, {until.year}. "
        "If it has expired, ask Human Resources for another.\n"
    )
    send(user.email, "Your account in County HR", body, about="invitation.sent")


def open_invitation(code, *, at):
    """The invitation that a code, as typed, opens. Raises InvitationRefused."""
    invitation = Invitation.objects.select_related("user").filter(secret_hash=_hash(code)).first()
    if invitation is None or not invitation.user.is_active:
        raise InvitationRefused(
            "There is no such invitation. Check the code, or ask Human Resources for another."
        )
    if invitation.used_at:
        raise InvitationRefused("This invitation was used already. Sign in with the password you chose.")
    if invitation.user.has_usable_password():
        raise InvitationRefused("A password was set after this invitation was made. Sign in with that.")
    if invitation.expires_at <= at:
        raise InvitationRefused("This invitation has expired. Ask Human Resources for another.")
    return invitation


@transaction.atomic
def accept_invitation(code, password, *, at):
    """Set the first password and use the invitation up; returns the user. Raises InvitationRefused."""
    invitation = open_invitation(code, at=at)
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    invitation = open_invitation(code, at=at)  # again, now that nobody else can use it
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    record("invitation.accepted", user, by=Actor.of(user), at=at)
    return user


@transaction.atomic
def end_password(user, *, by, at, reason):
    """Make the password of someone worthless, and his sessions with it; then HR can invite him again.

    For operators: who ends a password must be somebody else than who then sees the code of the invitation.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    user.invitations.filter(used_at=None).delete()
    record("password.ended", user, by=by, at=at, reason=reason)


def plain(code):
    """A code as typed, without dashes and the like, in capitals."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _hash(code):
    return sha256(plain(code).encode()).hexdigest()


def in_groups(code):
    """A code as people read it: KQ7M-9XWT-3HDR-PPWZ."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def confirm_password(request, password):
    """Make sure that who signs is who signed in. Raises WrongPassword; after five in five minutes always.

    Call it before the act's own transaction: a wrong password stays in the history, and is counted there.
    """
    with transaction.atomic(durable=True):
        user = User.objects.select_for_update().get(pk=request.user.pk)
        wrong = Entry.objects.filter(
            actor_id=user.pk, act="password.refused", written_at__gt=Now() - WITHIN
        ).count()
        is_right = wrong < TRIES and user.check_password(password)
        if not is_right and wrong < TRIES:
            record("password.refused", user, by=Actor.of(user, request), at=request.at)
    if is_right:
        return
    if not user.has_usable_password():
        raise WrongPassword("You have no password yet. Set one on your account page, then come back.")
    if wrong + 1 >= TRIES:
        raise WrongPassword("That was wrong five times. Wait five minutes, then try again.")
    raise WrongPassword("This is not your password.")
