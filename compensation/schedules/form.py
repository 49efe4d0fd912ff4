"""A schedule from a file, and one raised by one of the three methods in use, as HR asks for it."""

from crispy_forms.layout import Layout
from django import forms

from compensation.pay import money
from compensation.pay.schedule import BadSchedule, Raise, problems, regenerate
from court.fields import as_choice
from court.models import CourtAction
from look.forms import LookForm, SideBySide

METHODS = [
    ("cells", "Each rate multiplied and rounded by itself"),
    ("minimum", "The first step raised, the steps rebuilt by their percents"),
    ("increment", "The first step raised, the steps rebuilt by equal amounts"),
]


class ScheduleForm(LookForm, forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX with the columns grade, step_1, step_2 and so on; grade, year_0, year_1 and "
        "so on for a tenure chart; or grade, min, mid, max.",
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


class RaiseForm(LookForm, forms.Form):
    """Which raise, how the steps follow, and from when on. `table` is that of `compensation.pay`."""

    percent = forms.CharField(label="Percent", initial="0", max_length=20)
    at_least = forms.CharField(label="At least, dollars", initial="0", max_length=20)
    amount = forms.CharField(label="On top, dollars", initial="0", max_length=20)
    method = forms.ChoiceField(label="How the steps follow", choices=METHODS, widget=forms.RadioSelect)
    divisor = forms.IntegerField(
        label="Steps in the first rate",
        initial=30,
        min_value=1,
        max_value=1000,
        help_text="For equal amounts: each adds the first rate over this. Federal tables have 30.",
    )
    between = forms.CharField(
        label="Percent from step to step",
        required=False,
        max_length=20,
        help_text="For percents. Empty: as in the old table.",
    )
    place = forms.ChoiceField(label="Rounded to", choices=[("fine", "the cent"), ("coarse", "the dollar")])
    starts_on = forms.DateField(label="In force from", help_text="The table in force ends there.")
    name = forms.CharField(label="Name", max_length=120)
    action = forms.ModelChoiceField(
        label="Order of the Court",
        queryset=CourtAction.objects.none(),
        required=False,
        empty_label="None yet",
    )

    def __init__(self, *args, table, **kwargs):
        super().__init__(*args, **kwargs)
        self.table, self.raised = table, None
        self.fields["method"].initial = "cells"
        action = self.fields["action"]
        action.queryset, action.label_from_instance = CourtAction.objects.adopted(), as_choice
        if table.basis == "hourly":
            choices = [("fine", "the hundredth of a cent"), ("coarse", "the cent")]
            self.fields["place"].choices = choices
        self.helper.layout = Layout(
            SideBySide("percent", "at_least", "amount"),
            "method",
            SideBySide("between", "divisor", "place"),
            SideBySide("starts_on", "name", "action"),
        )

    def _figure(self, name, read):
        text = self.cleaned_data[name]
        if not text:
            return None
        try:
            figure = read(text)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
        if figure < 0:
            raise forms.ValidationError("A raise is not below zero.")
        return figure

    def clean_percent(self):
        percent = self._figure("percent", money.read_percent)
        if percent > money.MILLION:
            raise forms.ValidationError(f"{money.percent(percent)} is out of all proportion.")
        return percent

    def clean_between(self):
        return self._figure("between", money.read_percent)

    def clean_at_least(self):
        return self._figure("at_least", self._dollars)

    def clean_amount(self):
        return self._figure("amount", self._dollars)

    def _dollars(self, text):
        return (money.read_hourly if self.table.basis == "hourly" else money.read_dollars)(text)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        increase = Raise(cleaned["percent"], cleaned["at_least"], cleaned["amount"])
        if not any(increase):
            self.add_error("percent", "Nothing rises. Type a percent, or dollars.")
            return cleaned
        asked = {"divisor": cleaned["divisor"], "between": cleaned["between"]}
        try:
            raised = regenerate(
                self.table,
                increase,
                cleaned["method"],
                place=1 if cleaned["place"] == "fine" else 100,
                **asked,
            )
        except BadSchedule as problem:
            self.add_error("method", str(problem))
            return cleaned
        for problem in problems(raised):
            self.add_error(None, problem)
        if not self.errors:
            self.raised = raised
        return cleaned
