"""Forms of signing in, and the password that is asked again before a signature."""

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import Invitation
from accounts.services import WrongPassword, confirm_password
from look.forms import LookForm

PASSWORD_HELP = (
    "At least 12 characters. A sentence that only you would say is easy to keep and hard to guess."  # noqa: S105
)
SIGNING_HELP = "Asked again because you are signing."


class PasswordAgainMixin(LookForm, forms.Form):
    """The password as the last field of a signature: `class SignatureForm(PasswordAgainMixin): ...`.

    Make it with `SignatureForm(request.POST or None, request=request)`. The password is looked at once
    everything else is right; call `is_valid()` outside of a transaction.
    """

    password = forms.CharField(
        label="Your password",
        help_text=SIGNING_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password to sign."},
    )

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "password"] + ["password"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                confirm_password(self.request, self.cleaned_data["password"])
            except WrongPassword as problem:
                self.add_error("password", f"{problem} Nothing was signed.")
        return cleaned


class SignInForm(LookForm, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label = "Work e-mail or employee number"
        name.widget.attrs |= {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        password.help_text = ""
        _without_placeholders(self)

    def user_credentials(self):
        """An address or a number, never both: then a wrong password is hashed once, like one of nobody, and
        the time it takes does not tell who has an account.
        """
        credentials = super().user_credentials()
        if "email" in credentials:
            credentials.pop("username", None)
        return credentials


class AskAgainForm(LookForm, account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Your password"
        _without_placeholders(self)

    def clean_password(self):
        return _confirmed(self.cleaned_data["password"])


class ForgottenPasswordForm(LookForm, account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Work e-mail"
        _without_placeholders(self)


class _NewPasswordWords:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password2"].label = "The same again"
        _without_placeholders(self)


class ChangePasswordForm(_NewPasswordWords, LookForm, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Your password now"

    def clean_oldpassword(self):
        return _confirmed(self.cleaned_data["oldpassword"])


class SetPasswordForm(_NewPasswordWords, LookForm, account.SetPasswordForm):
    pass


class ResetPasswordForm(_NewPasswordWords, LookForm, account.ResetPasswordKeyForm):
    pass


class CodeForm(LookForm, mfa.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word_code(self, "Six digits from your authenticator app, or one of your recovery codes.")


class CodeAgainForm(LookForm, mfa.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word_code(self, "Six digits from your authenticator app, or one of your recovery codes.")


class AddAppForm(LookForm, totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word_code(self, "The six digits that the app shows for County HR.")


class AddPasskeyForm(LookForm, webauthn.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name"
        self.fields["name"].help_text = "To tell it from others, such as “Office laptop”."
        self.fields["passwordless"].label = "Sign in with it alone"
        self.fields[
            "passwordless"
        ].help_text = "Without your password; the device asks for its PIN or your finger."


class RenamePasskeyForm(LookForm, webauthn.EditWebAuthnForm):
    pass


def _confirmed(password):
    """With the limit on tries that holds for signatures: whoever found a browser open shall not guess."""
    try:
        confirm_password(context.request, password)
    except WrongPassword as problem:
        raise forms.ValidationError(str(problem)) from None
    return password


def _word_code(form, help_text):
    form.fields["code"].help_text = help_text
    form.fields["code"].widget.attrs["inputmode"] = "text"
    _without_placeholders(form)


def _without_placeholders(form):
    """The label says it, and stays."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class InvitationCodeForm(LookForm, forms.Form):
    code = forms.CharField(
        label="Code",
        help_text="Sixteen letters and digits from the letter. Dashes and capitals do not matter.",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Type the code of your letter."},
    )


class FirstPasswordForm(LookForm, forms.Form):
    password1 = forms.CharField(
        label="Password",
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="The same again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self):
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self):
        cleaned = super().clean()
        if "password1" in cleaned and cleaned["password1"] != cleaned.get("password2"):
            self.add_error("password2", "This is not the same password.")
        return cleaned


class InviteForm(LookForm, forms.Form):
    via = forms.ChoiceField(label="How", choices=Invitation.By, widget=forms.RadioSelect)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if not user.email:
            self.fields["via"].choices = [(Invitation.By.LETTER, Invitation.By.LETTER.label)]
        self.fields["via"].initial = self.fields["via"].choices[0][0]
