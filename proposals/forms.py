from django import forms

from look.forms import LookForm


class DueForm(LookForm, forms.Form):
    due_on = forms.DateField(label="Heads send their proposals by")


class NoteForm(LookForm, forms.Form):
    note = forms.CharField(
        label="What the head should look at",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
        error_messages={"required": "Write what the head should look at."},
    )
