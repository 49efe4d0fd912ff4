from django import forms

from court.services import LARGEST_DOCUMENT
from look import formats


class PdfField(forms.FileField):
    """A scan that proves something, as a PDF; `what` says which: the signed order."""

    widget = forms.ClearableFileInput(attrs={"accept": "application/pdf"})

    def __init__(self, *, what, **kwargs):
        super().__init__(**kwargs)
        self.what = what

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file.size > LARGEST_DOCUMENT:
            raise forms.ValidationError("The file is larger than 10 MB. Scan it at a lower resolution.")
        if file and file.read(5) != b"%PDF-":
            raise forms.ValidationError(f"This is not a PDF. Attach {self.what} as a PDF.")
        return file


def as_choice(action):
    """An order as one chooses it: number, day and subject."""
    return f"{action.number} of {formats.short_date(action.meeting_on)}: {action.title}"
