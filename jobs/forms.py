from django import forms

from jobs.models import JobDescription
from look.forms import LookForm, PercentField


class DescriptionForm(LookForm, forms.ModelForm):
    class Meta:
        model = JobDescription
        fields = [
            "summary",
            "service_skills",
            "service_accomplishments",
            "qualifications",
            "physical_demands",
            "exempt",
            "grade",
        ]
        labels = {
            "service_skills": "Customer service: skills",
            "service_accomplishments": "Customer service: accomplishments",
            "exempt": "Exempt from overtime (FLSA)",
        }
        help_texts = {
            "summary": "What the job is for, in two or three sentences.",
            "service_skills": "What someone in this job must know how to do for customers.",
            "service_accomplishments": "What customers get from it, if possible with a figure.",
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in (
                "summary",
                "service_skills",
                "service_accomplishments",
                "qualifications",
                "physical_demands",
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("summary", "service_skills", "service_accomplishments"):
            self.fields[name].required = False  # a draft may be saved incomplete; it cannot be sent on
            self.fields[name].widget.attrs.pop("aria-required", None)
        self.fields["exempt"].widget.choices = [("unknown", "Not known"), ("true", "Yes"), ("false", "No")]


class DutyForm(LookForm, forms.Form):
    """One duty as a row; an empty row is no duty."""

    text = forms.CharField(label="Duty", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    percent = PercentField(
        label="Percent of time", max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )
    is_service = forms.BooleanField(label="Serves customers", required=False)

    def clean(self):
        values = super().clean()
        if values.get("text") and "percent" in values and not values["percent"]:
            self.add_error("percent", "Say which percent of the time it takes.")
        if values.get("percent") and not values.get("text"):
            self.add_error("text", "Say what is done.")
        return values


class NoteForm(LookForm, forms.Form):
    note = forms.CharField(
        label="What should be changed", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
