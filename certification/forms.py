from django import forms

from accounts.forms import PasswordAgainMixin
from look.forms import LookForm


class CertifyForm(PasswordAgainMixin):
    """The set that was read, that its exceptions were, and the password again."""

    seen = forms.CharField(widget=forms.HiddenInput)
    read = forms.BooleanField(
        error_messages={"required": "Read what is excepted and why, then check the box."}
    )

    def __init__(self, *args, excepted, **kwargs):
        super().__init__(*args, **kwargs)
        if not excepted:
            del self.fields["read"]
        elif len(excepted) == 1:
            self.fields["read"].label = f"I have read the exception for {excepted[0].line.employee}"
        else:
            self.fields["read"].label = f"I have read the {len(excepted):,} exceptions"


class ReturnForm(LookForm, forms.Form):
    note = forms.CharField(
        label="What should HR look at?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what HR should look at."},
    )


class ExceptionForm(LookForm, forms.Form):
    reason = forms.CharField(
        label="Why is the award made all the same?",
        help_text="Your reason is signed with the set. It stands in the certificate and explains the award, "
        "also to the employee.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": "Write the reason."},
    )


class WithholdForm(LookForm, forms.Form):
    reason = forms.CharField(
        label="Why do you not sign for this award?",
        help_text="HR reads it, here and on the page that explains the award.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Write the reason."},
    )


def set_key(department):
    """What a set is called in a form: a number cannot be taken for the heads' own set."""
    return str(department.pk) if department else "heads"


class DelegateForm(LookForm, forms.Form):
    """Who signs which of one's sets, from when to when, and why."""

    sets = forms.MultipleChoiceField(
        label="Sets",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one set."},
    )
    delegate = forms.ModelChoiceField(
        queryset=None,
        label="Who signs for you",
        help_text="Somebody who reports to you, such as your chief deputy. Nobody signs for his own award.",
        empty_label="Choose a person",
    )
    starts_on = forms.DateField(label="First day")
    last_day = forms.DateField(label="Last day", help_text="At most a year later.")
    may_except = forms.BooleanField(
        label="May also write exceptions, for a missing progress review or signature", required=False
    )
    words = forms.CharField(
        label="The delegation in writing",
        help_text="Why somebody else signs. It is kept with each certificate signed by it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args, sets, names, people, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {set_key(each): each and each.pk for each in sets}
        self.fields["sets"].choices = names
        self.fields["delegate"].queryset = people
        self.fields["delegate"].label_from_instance = lambda employee: (
            f"{employee}, {employee.title}" if employee.title else str(employee)
        )
        self.fields["starts_on"].initial = on
        if len(names) == 1:
            self.fields["sets"].initial = [names[0][0]]

    def asked(self):
        """The arguments of `services.delegate`."""
        said = dict(self.cleaned_data)
        return {
            "department_ids": [self.keys[key] for key in said.pop("sets")],
            "delegate_id": said.pop("delegate").pk,
            **said,
        }
