from django import forms

from compensation.models import PayPlan
from compensation.plans.document import MOST_BYTES
from compensation.plans.orders import WHICH_ORDERS, orders_to_adopt
from court.fields import as_choice
from court.models import CourtAction
from evaluations.models import Cycle
from look.forms import LookForm


class EarningsForm(LookForm, forms.Form):
    cycle = forms.ModelChoiceField(
        label="Earned in the period of", queryset=Cycle.objects.none(), empty_label="Choose the cycle"
    )
    file = forms.FileField(
        label="File", help_text="CSV or XLSX, a row for each person: the employee number and the earnings."
    )
    number = forms.CharField(
        label="Column of the employee number", required=False, max_length=120, help_text="If in doubt."
    )
    earnings = forms.CharField(
        label="Column of the total earnings", required=False, max_length=120, help_text="If in doubt."
    )
    without_unknown = forms.BooleanField(
        label="Leave out rows of people who are not on the roster", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = Cycle.objects.order_by("-ends_on")


class NewPlanForm(LookForm, forms.Form):
    """A draft with the usual rules, or with those of another year's plan, its days moved."""

    fiscal_year = forms.TypedChoiceField(
        label="Fiscal year", coerce=int, help_text="Named by the year in which it ends."
    )
    kind = forms.ChoiceField(label="Begin with", widget=forms.RadioSelect)
    source = forms.ModelChoiceField(
        label="Plan to copy",
        queryset=PayPlan.objects.none(),
        required=False,
        empty_label="Choose the plan",
        help_text="Only for a copy. Every day in its rules and examples moves by the years between.",
    )
    cycle = forms.ModelChoiceField(
        label="Ratings of",
        queryset=Cycle.objects.none(),
        required=False,
        empty_label="The cycle that ended last before the fiscal year",
        help_text="The evaluation cycle whose ratings the plan pays.",
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fiscal_year"].choices = [(year, str(year)) for year in range(on.year, on.year + 4)]
        self.fields["fiscal_year"].initial = on.year + 1
        source = self.fields["source"]
        source.queryset = PayPlan.objects.all()
        source.label_from_instance = lambda plan: f"{plan}: {plan.title} ({plan.get_state_display().lower()})"
        self.fields["cycle"].queryset = Cycle.objects.order_by("-ends_on")
        self.fields["kind"].choices = [
            ("year_one", "Year one: a raise for all, then merit by rating on base pay"),
            ("year_two", "Year two: a lump sum by rating, base pay stays"),
            ("nothing", "Nothing: no raise, no merit and no lump sum before you write them"),
            ("copy", "A copy of another year’s plan, with its dates moved"),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == "copy" and "source" not in self.errors and not cleaned.get("source"):
            self.add_error("source", "Choose the plan to copy.")
        return cleaned


class DocumentForm(LookForm, forms.Form):
    """A plan's document, chosen as a file."""

    file = forms.FileField(
        label="File", help_text="A plan downloaded as JSON, or one written by hand. At most 1 MB."
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(
                "The file is larger than 1 MB. A pay plan’s document is much smaller."
            )
        return self.cleaned_data["file"]

    @property
    def content(self):
        file = self.cleaned_data["file"]
        file.seek(0)
        return file.read()


class ReadDocumentForm(forms.Form):
    """The same document once more, after what it changes was read."""

    document = forms.CharField(widget=forms.HiddenInput, strip=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def content(self):
        return self.cleaned_data["document"].encode()


class AdoptForm(LookForm, forms.Form):
    """The order that adopts a plan, chosen first and then said once more with what it adopts."""

    action = forms.ModelChoiceField(
        label="Order of the Court",
        queryset=CourtAction.objects.none(),
        empty_label="Choose the order",
        error_messages={
            "required": "Choose the order of the Court that adopts the plan.",
            "invalid_choice": f"This order can’t adopt the plan. Choose another: {WHICH_ORDERS}",
        },
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        versions = PayPlan.objects.filter(fiscal_year=plan.fiscal_year).exclude(action=None)
        adopted = dict(versions.order_by("version").values_list("action", "version"))
        field = self.fields["action"]
        field.queryset = orders_to_adopt(plan)
        field.label_from_instance = lambda action: (
            f"{as_choice(action)} (adopted version {adopted[action.pk]})"
            if action.pk in adopted
            else as_choice(action)
        )
