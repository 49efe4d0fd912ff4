from django import forms

from accounts.forms import PasswordAgainMixin
from look.forms import LookForm


class SecondWordForm(PasswordAgainMixin):
    """What was read, and the password again."""

    seen = forms.CharField(widget=forms.HiddenInput)


class DeclineForm(LookForm, forms.Form):
    """Why the second word is not given."""

    reason = forms.CharField(
        label="Why not",
        help_text="The clerk who asked reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class ReleaseForm(SecondWordForm):
    """Which order releases the pay."""

    action = forms.ModelChoiceField(
        queryset=None,
        label="Order of the Court",
        help_text="The release order, or the budget order that serves as one.",
        empty_label="Choose an order",
    )

    def __init__(self, *args, orders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = orders
        self.fields["action"].label_from_instance = lambda action: f"{action.number}, {action.title}"
