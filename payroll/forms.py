from django import forms

from look.forms import LookForm


class ReleaseForm(LookForm, forms.Form):
    """Which order releases the pay, what was read, and the password again."""

    action = forms.ModelChoiceField(
        queryset=None,
        label="Order of the Court",
        help_text="The release order, or the budget order that serves as one.",
        empty_label="Choose an order",
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        label="Your password",
        help_text="Asked again because you are releasing pay.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password to release."},
    )

    def __init__(self, *args, orders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = orders
        self.fields["action"].label_from_instance = lambda action: f"{action.number}, {action.title}"


class SecondWordForm(LookForm, forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        label="Your password",
        help_text="Asked again because you are releasing pay.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password to release."},
    )
