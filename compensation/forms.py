from django import forms

from compensation.models import Schedule
from court.models import CourtAction
from look import formats
from look.forms import LookForm


def told(action):
    """An order as one chooses it: number, day and subject."""
    return f"{action.number} of {formats.short_date(action.meeting_on)}: {action.title}"


class ScheduleForm(LookForm, forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX with the columns grade, step_1, step_2 and so on, or grade, min, mid, max.",
    )
    starts_on = forms.DateField(label="In force from", help_text="The table of the same code ends there.")
    code = forms.CharField(
        label="Code", max_length=20, help_text="The same for every year’s version of one table."
    )
    name = forms.CharField(label="Name", max_length=120, required=False)
    basis = forms.ChoiceField(
        label="Amounts", choices=[("annual", "Dollars a year"), ("hourly", "Dollars an hour")]
    )
    action = forms.ModelChoiceField(
        label="Order of the Court", queryset=CourtAction.objects.none(), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = CourtAction.objects.adopted()


class NewPlanForm(LookForm, forms.Form):
    fiscal_year = forms.TypedChoiceField(
        label="Fiscal year", coerce=int, help_text="Named by the year in which it ends."
    )
    kind = forms.ChoiceField(
        label="Begin with",
        widget=forms.RadioSelect,
        choices=[
            ("year_one", "Year one: a raise for all, then merit by rating on base pay"),
            ("year_two", "Year two: a lump sum by rating, base pay stays"),
        ],
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fiscal_year"].choices = [(year, str(year)) for year in range(on.year, on.year + 4)]
        self.fields["fiscal_year"].initial = on.year + 1


class AdoptForm(LookForm, forms.Form):
    """The order that adopts a plan, chosen first and then said once more with what it adopts."""

    action = forms.ModelChoiceField(
        label="Order of the Court",
        help_text="One that was carried and is about a pay plan.",
        queryset=CourtAction.objects.none(),
        empty_label="Choose the order",
        error_messages={
            "required": "Choose the order of the Court that adopts the plan.",
            "invalid_choice": "This order was not carried, or is not about a pay plan. Choose another.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = CourtAction.objects.adopted().for_purpose("pay_plan")
        self.fields["action"].label_from_instance = told


def schedule_codes():
    """Choices of schedules by code, each with the name of its latest table."""
    latest = {}
    for code, name in Schedule.objects.order_by("starts_on").values_list("code", "name"):
        latest[code] = name
    return [(code, f"{code}: {name}") for code, name in sorted(latest.items())]
