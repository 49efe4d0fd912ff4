"""Writes into the history what allauth and axes report: signing in and out, passwords, second factors.

The signals of Django's test client carry a bare request without the county's time: no page was asked for, and
nothing is recorded.
"""

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts.actor import NOBODY, Actor
from accounts.sign_in import find_user
from audit.services import record

KINDS = {
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.WEBAUTHN: "Passkey or security key",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


@receiver(account.user_logged_in)
def signed_in(request, user, **_):
    record("user.signed_in", user, by=Actor.of(user, request), at=request.at)


@receiver(user_logged_out)
def signed_out(request, user, **_):
    if user is not None and hasattr(request, "at"):
        record("user.signed_out", user, by=Actor.of(user, request), at=request.at)


@receiver(user_login_failed)
def not_let_in(request, credentials, **_):
    """For users that exist, and not while they are locked out: nobody shall fill the history from outside."""
    user = find_user(credentials)
    if user and hasattr(request, "at") and not getattr(request, "axes_locked_out", False):
        record("user.sign_in_failed", user, by=NOBODY, at=request.at)


@receiver(user_locked_out)
def locked_out(request, username, **_):
    """Reported on each further try, too; only the first has just counted the failures."""
    user = find_user({"username": username})
    if user and request.axes_failures_since_start is not None:
        record("user.locked_out", user, by=NOBODY, at=request.at)


@receiver([account.password_changed, account.password_set])
def password_changed(request, user, **_):
    record("password.changed", user, by=Actor.of(user, request), at=request.at)


@receiver(account.password_reset)
def password_reset(request, user, **_):
    record("password.reset", user, by=Actor.of(user, request), at=request.at)


@receiver(mfa.authenticator_added)
def second_factor_added(request, user, authenticator, **_):
    _record_factor("second_factor.added", request, user, authenticator)


@receiver(mfa.authenticator_reset)
def second_factor_renewed(request, user, authenticator, **_):
    _record_factor("second_factor.renewed", request, user, authenticator)


@receiver(mfa.authenticator_removed)
def second_factor_removed(request, user, authenticator, **_):
    _record_factor("second_factor.removed", request, user, authenticator)


@receiver(mfa.authentication_failed)
def second_factor_refused(request, user, authenticator, **_):
    _record_factor("second_factor.refused", request, user, authenticator)


def _record_factor(act, request, user, authenticator):
    kind = KINDS[authenticator.type]
    record(act, user, by=Actor.of(user, request), at=request.at, after={"kind": kind})
