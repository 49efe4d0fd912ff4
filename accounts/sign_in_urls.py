"""The pages of allauth that are open here, under the names it looks for, each with its audience."""

from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

from accounts import views
from accounts.audience import for_signed_in, public

to_account = RedirectView.as_view(url=reverse_lazy("accounts:account"))

FOR_EVERYONE = {
    "account_login": ("sign-in/", account.login),
    "account_inactive": ("closed/", account.account_inactive),
    "account_reset_password": ("password/reset/", account.password_reset),
    "account_reset_password_done": ("password/reset/sent/", account.password_reset_done),
    "account_reset_password_from_key_done": ("password/reset/done/", account.password_reset_from_key_done),
    "mfa_authenticate": ("code/", mfa.authenticate),
    "mfa_login_webauthn": ("passkey/sign-in/", webauthn.login_webauthn),
}
FOR_SIGNED_IN = {
    "account_change_password": ("password/", account.password_change),
    "account_set_password": ("password/set/", account.password_set),
    "account_reauthenticate": ("again/", account.reauthenticate),
    "mfa_reauthenticate": ("again/code/", mfa.reauthenticate),
    "mfa_reauthenticate_webauthn": ("again/passkey/", webauthn.reauthenticate_webauthn),
    "mfa_activate_totp": ("app/add/", totp.activate_totp),
    "mfa_deactivate_totp": ("app/remove/", totp.deactivate_totp),
    "mfa_view_recovery_codes": ("recovery-codes/", recovery_codes.view_recovery_codes),
    "mfa_generate_recovery_codes": ("recovery-codes/new/", recovery_codes.generate_recovery_codes),
    "mfa_download_recovery_codes": ("recovery-codes/file/", recovery_codes.download_recovery_codes),
    "mfa_add_webauthn": ("passkey/add/", webauthn.add_webauthn),
    "mfa_edit_webauthn": ("passkey/<int:pk>/name/", webauthn.edit_webauthn),
    "mfa_remove_webauthn": ("passkey/<int:pk>/remove/", webauthn.remove_webauthn),
    # The account page lists these.
    "mfa_index": ("second-factors/", to_account),
    "mfa_list_webauthn": ("passkeys/", to_account),
}


def with_status(view):
    """allauth answers bad input with 200; here it is 422, and 410 for a link that does not work any more."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        forms = [context[name] for name in ("form", "webauthn_form") if context.get(name)]
        if context.get("token_fail"):
            response.status_code = 410
        elif request.method == "POST" and any(form.errors for form in forms):
            response.status_code = 422
        return response

    return answer


urlpatterns = [
    *(path(route, public(with_status(view)), name=name) for name, (route, view) in FOR_EVERYONE.items()),
    path("sign-out/", views.sign_out, name="account_logout"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        public(with_status(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    *(
        path(route, for_signed_in(with_status(view)), name=name)
        for name, (route, view) in FOR_SIGNED_IN.items()
    ),
]
