from django import forms

from accounts.forms import PasswordAgainMixin


class SecondWordForm(PasswordAgainMixin):
    """What was read, and the password again."""

    seen = forms.CharField(widget=forms.HiddenInput)


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
