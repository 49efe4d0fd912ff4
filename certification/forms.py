from django import forms

from accounts.forms import PasswordAgainMixin
from look.forms import LookForm


class CertifyForm(PasswordAgainMixin):
    """The set that was read, and the password again."""

    seen = forms.CharField(widget=forms.HiddenInput)


class ReturnForm(LookForm, forms.Form):
    note = forms.CharField(
        label="What should HR look at?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what HR should look at."},
    )
