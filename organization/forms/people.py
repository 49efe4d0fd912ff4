"""Forms about people: a change of assignment, a person's own data, joining and leaving."""

from decimal import Decimal

from crispy_forms.layout import Fieldset, Layout
from django import forms

from look.forms import LookForm, SideBySide
from organization.forms.fields import EmployeeField, JobField
from organization.models import Advancement, Assignment, Department, Fund

REASONS = ["Resigned", "Retired", "Dismissed", "End of term", "End of grant", "Died", "Other"]
YES_NO = [("", "Not known"), ("True", "Exempt"), ("False", "Not exempt")]


class AssignmentFields(forms.Form):
    """What may be said of an assignment. `values()` are fields of `Assignment`."""

    department = forms.ModelChoiceField(
        label="Department", queryset=Department.objects.all(), empty_label=None
    )
    division = forms.CharField(label="Division", max_length=120, required=False)
    job = JobField(label="Job", required=False)
    supervisor = EmployeeField(
        label="Supervisor",
        required=False,
        help_text="Employee number or name. Open evaluations follow to the new supervisor at once.",
    )
    kind = forms.ChoiceField(label="Kind", choices=Assignment.Kind)
    basis = forms.ChoiceField(label="Pay basis", choices=Assignment.Basis)
    rate = forms.DecimalField(
        label="Rate",
        max_digits=12,
        decimal_places=4,
        min_value=Decimal(0),
        help_text="Dollars a year or an hour.",
    )
    hours_per_year = forms.IntegerField(label="Hours a year", min_value=1, max_value=8784, required=False)
    fte = forms.DecimalField(
        label="FTE",
        max_digits=5,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        max_value=Decimal(1),
        required=False,
        help_text="1 is full time. Empty: not known.",
    )
    exempt = forms.TypedChoiceField(
        label="Overtime (FLSA)",
        choices=YES_NO,
        required=False,
        coerce=lambda value: value == "True",
        empty_value=None,
    )
    grade = forms.CharField(label="Grade", max_length=20, required=False)
    step = forms.IntegerField(label="Step", min_value=1, max_value=999, required=False)
    fund = forms.ModelChoiceField(label="Fund", queryset=Fund.objects.all(), required=False)
    pay_set_by = forms.ChoiceField(label="Pay set by", choices=Assignment.PaySetBy)

    def values(self):
        return {name: self.cleaned_data[name] for name in AssignmentFields.base_fields}


ASSIGNMENT_LAYOUT = (
    Fieldset(
        "Work",
        SideBySide("department", "division"),
        SideBySide("job", "supervisor"),
        css_class="fieldset",
    ),
    Fieldset(
        "Pay",
        SideBySide("basis", "rate", "hours_per_year"),
        SideBySide("grade", "step", "fund"),
        css_class="fieldset",
    ),
    Fieldset(
        "Terms",
        SideBySide("kind", "fte"),
        SideBySide("exempt", "pay_set_by"),
        css_class="fieldset",
    ),
)


class ChangeForm(LookForm, AssignmentFields):
    """One dated change of an assignment."""

    on = forms.DateField(label="From", help_text="The first day on which the change holds.")
    advancement = forms.ChoiceField(
        label="Promotion or merit raise",
        choices=[
            ("", "Neither"),
            *((kind, f"A {label.lower()}") for kind, label in Advancement.Kind.choices),
        ],
        required=False,
        help_text="Goes on record by that day: pay plans can ask how long ago it was.",
    )
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        required=False,
        help_text="Kept in the history, such as the number of the personnel action.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Fieldset("Change", SideBySide("on", "advancement", "reason"), css_class="fieldset"),
            *ASSIGNMENT_LAYOUT,
        )


class AdvancementForm(LookForm, forms.Form):
    """A promotion or a merit raise, and its day."""

    kind = forms.ChoiceField(label="What", choices=Advancement.Kind)
    on = forms.DateField(label="Day", help_text="The first day on which it counted.")
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="Shown on the person’s page and kept in the history, such as a personnel action.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(SideBySide("kind", "on"), "reason")


class PersonForm(LookForm, forms.Form):
    """What is the person's own."""

    first_name = forms.CharField(label="First name", max_length=80, required=False)
    last_name = forms.CharField(label="Last name", max_length=80)
    work_email = forms.EmailField(label="Work e-mail", required=False)
    hired_on = forms.DateField(label="Hire date", required=False)


class AddForm(LookForm, AssignmentFields):
    """A new person with a first assignment."""

    number = forms.CharField(label="Employee number", max_length=20)
    first_name = forms.CharField(label="First name", max_length=80, required=False)
    last_name = forms.CharField(label="Last name", max_length=80)
    work_email = forms.EmailField(label="Work e-mail", required=False)
    hired_on = forms.DateField(label="Hire date")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = Fieldset(
            "Person",
            SideBySide("first_name", "last_name"),
            SideBySide("number", "hired_on"),
            "work_email",
            css_class="fieldset",
        )
        self.helper.layout = Layout(own, *ASSIGNMENT_LAYOUT)

    def clean_number(self):
        number = self.cleaned_data["number"].strip()
        if "/" in number:
            raise forms.ValidationError("An employee number has no slash.")
        return number

    def own(self):
        return {name: self.cleaned_data[name] for name in PersonForm.base_fields}


class SeparationForm(LookForm, forms.Form):
    last_day = forms.DateField(label="Last day employed")
    reason = forms.ChoiceField(
        label="Reason", choices=[("", "Choose one"), *((word, word) for word in REASONS)]
    )
