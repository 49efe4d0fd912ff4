from django import forms

from look.forms import LookForm


class CertifyForm(LookForm, forms.Form):
    """The set that was read, and the password again."""

    seen = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        label="Your password",
        help_text="Asked again because you are signing.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password to sign."},
    )


class ReturnForm(LookForm, forms.Form):
    note = forms.CharField(
        label="What should HR look at?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what HR should look at."},
    )
