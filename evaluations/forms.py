from datetime import timedelta
from itertools import pairwise

from crispy_forms.layout import Fieldset, Layout
from django import forms

from accounts.forms import PasswordAgainMixin
from evaluations.models import Cycle, LibraryElement, Progress, Template
from evaluations.models.template import For, Kind, Nature
from look.forms import LookForm, PercentField
from organization.models import Employee


class ReasonForm(LookForm, forms.Form):
    """One text that stays with the record."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)

    def __init__(self, *args, label="Reason", help_text="It stays with the record.", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class ProgressForm(LookForm, forms.Form):
    on = forms.DateField(label="Day of the talk")
    progress = forms.ChoiceField(
        label="Where the work stands", choices=Progress.choices, widget=forms.RadioSelect
    )
    narrative = forms.CharField(
        label="What was said",
        help_text="What goes well, what should change, and what help was agreed.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
    )


class RefusalForm(LookForm, forms.Form):
    witness = forms.CharField(
        label="Employee number of the witness", help_text="Someone who was there, other than you two."
    )
    note = forms.CharField(
        label="What happened",
        help_text="Say that the rating was shown, when, and why there is no signature.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )

    def clean_witness(self):
        number = self.cleaned_data["witness"].strip()
        employee = Employee.objects.filter(number=number).first()
        if employee is None:
            raise forms.ValidationError(f"There is no employee with the number {number}.")
        return employee


class SignForm(PasswordAgainMixin):
    """The password again, under what was read: `seen` is its hash."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SignatureForm(SignForm):
    """The employee's signature, with a comment if he wants one."""

    comment = forms.CharField(
        label="Your comment",
        help_text="It stays with the rating. Leave it empty if you have none.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        required=False,
    )


class JournalForm(LookForm, forms.Form):
    on = forms.DateField(label="When it happened")
    text = forms.CharField(
        label="What happened",
        help_text="Facts: what was done, for whom, with which result.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
    )
    shared = forms.BooleanField(
        label="Share it with the employee", required=False, help_text="It cannot be hidden again."
    )


class CycleForm(LookForm, forms.ModelForm):
    last_on = forms.DateField(label="Last day")

    class Meta:
        model = Cycle
        fields = [
            "name",
            "starts_on",
            "scale",
            "minimum_service_weight",
            "minimum_days",
            "narrative_words",
            "plans_due_on",
            "progress_due_on",
            "self_due_on",
            "ratings_due_on",
            "approvals_due_on",
            "release_due_on",
            "signatures_due_on",
        ]
        labels = {
            "starts_on": "First day",
            "scale": "Rating scale",
            "minimum_service_weight": "Service weight at least",
            "minimum_days": "Days under the plan before a rating",
            "narrative_words": "Words where a narrative is needed",
            "plans_due_on": "Plans issued and acknowledged",
            "progress_due_on": "Progress reviews held",
            "self_due_on": "Self-evaluations sent",
            "ratings_due_on": "Ratings sent to the reviewer",
            "approvals_due_on": "Ratings approved",
            "release_due_on": "Ratings released to employees",
            "signatures_due_on": "Ratings signed",
        }
        help_texts = {
            "minimum_service_weight": "Of 100. The county’s own minimum holds besides.",
            "minimum_days": "",
            "starts_on": "",
        }

    field_order = ["name", "starts_on", "last_on"]
    STEPS = [name for name in Meta.fields if name.endswith("_due_on")]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scale"].empty_label = None
        self.helper.layout = Layout(
            Fieldset("Period", "name", "starts_on", "last_on", css_class="fieldset"),
            Fieldset(
                "Rules",
                "scale",
                "minimum_service_weight",
                "minimum_days",
                "narrative_words",
                css_class="fieldset",
            ),
            Fieldset("Due dates", *self.STEPS, css_class="fieldset"),
        )
        if self.instance.pk:
            self.initial["last_on"] = self.instance.ends_on - timedelta(days=1)
            if self.instance.state != Cycle.State.DRAFT:
                for name in set(self.fields) - {"name", *self.STEPS}:
                    self.fields[name].disabled = True
                    self.fields[name].help_text = "Fixed since the cycle was opened: ratings rest on it."

    def clean(self):
        values = super().clean()
        first, last = values.get("starts_on"), values.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "The last day lies before the first.")
        days = [(name, values.get(name)) for name in self.STEPS]
        for (before, earlier), (name, day) in pairwise(days):
            if earlier and day and day < earlier:
                self.add_error(name, f"It lies before “{self.fields[before].label}”.")
        return values

    def fields_of_model(self):
        """What `services.cycles` takes: people name the last day, the database the day after it."""
        values = dict(self.cleaned_data)
        values["ends_on"] = values.pop("last_on") + timedelta(days=1)
        return values


class TemplateForm(LookForm, forms.ModelForm):
    class Meta:
        model = Template
        fields = ["name", "level", "job_family", "in_use"]
        labels = {"level": "For", "job_family": "Job family", "in_use": "In use"}
        help_texts = {
            "job_family": "Leave it empty to serve every family.",
            "in_use": "New cycles take it for the people it is for.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = For.choices


class ElementRowForm(LookForm, forms.Form):
    """One element of a plan or template, as a row that is typed into."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    from_library = forms.IntegerField(required=False, widget=forms.HiddenInput)
    section = forms.CharField(label="Section", max_length=80)
    name = forms.CharField(label="Element", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=Kind.choices)
    nature = forms.ChoiceField(label="Nature", choices=Nature.choices)
    is_service = forms.BooleanField(label="Serves customers", required=False)
    weight = PercentField(label="Weight", max_digits=5, decimal_places=2, min_value=0, max_value=100)
    standard = forms.CharField(
        label="Standard at level 3", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weight"].affix = ""


class LibraryElementForm(LookForm, forms.ModelForm):
    class Meta:
        model = LibraryElement
        fields = ["name", "kind", "nature", "is_service", "standard"]
        labels = {"is_service": "Serves customers", "standard": "Standard at level 3"}
        widgets = {"standard": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"standard": "What fully successful work is, if possible with a figure."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices, self.fields["nature"].choices = Kind.choices, Nature.choices
        for level in range(5, 0, -1):
            self.fields[f"anchor_{level}"] = field = forms.CharField(
                label=f"Seen at level {level}",
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
                required=False,
                initial=self.instance.anchors.get(str(level), ""),
                max_length=500,
            )
            field.affix = ""

    def values(self):
        """The fields of the model, anchors together."""
        names = self._meta.fields
        anchors = {
            str(level): text
            for level in range(1, 6)
            if (text := self.cleaned_data[f"anchor_{level}"].strip())
        }
        return {name: self.cleaned_data[name] for name in names} | {"anchors": anchors}
