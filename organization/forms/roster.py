"""Forms of the roster import. The columns are matched in a table of the page; this reads it."""

from django import forms

from exchange.forms import MOST_MEGABYTES, ColumnsForm, TableField
from look.forms import LookForm
from organization.models import ColumnMapping
from organization.roster.columns import OPTIONS
from organization.roster.fields import BY_NAME

OPTION_WORDS = {
    "dates": (
        "Dates are written",
        {"mdy": "month, day, year", "dmy": "day, month, year", "ymd": "year, month, day"},
    ),
    "hours": (
        "Hours are those of",
        {
            "auto": "a week, or a year if more than 168",
            "week": "a week",
            "two_weeks": "two weeks",
            "month": "a month",
            "year": "a year",
        },
    ),
    "part_time_hours": (
        "Part-time hours are",
        {
            "auto": "worked, if the FTE agrees",
            "worked": "worked; the FTE says the same",
            "full_time": "of full time, times the FTE",
        },
    ),
    "rate": (
        "A rate without a basis is",
        {"auto": "told by its size", "annual": "that of a year", "hourly": "that of an hour"},
    ),
    "part_time_pay": (
        "Part-time annual pay is",
        {"full_time": "the full-time rate", "actual": "what is paid at the FTE"},
    ),
}


class UploadForm(LookForm, forms.Form):
    file = TableField(
        label="Roster",
        help_text=f"CSV or XLSX, at most {MOST_MEGABYTES} MB. Nothing is written until you apply it.",
    )
    as_of = forms.DateField(label="The file is of", help_text="Changes hold from this day.")
    complete = forms.BooleanField(
        label="The file is complete: who is missing from it has separated", required=False
    )
    mapping = forms.ModelChoiceField(
        label="Matching of columns",
        queryset=ColumnMapping.objects.all(),
        required=False,
        empty_label="As last time, else guessed",
    )


class MatchingForm(ColumnsForm):
    known = BY_NAME

    as_of = forms.DateField()
    complete = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, values in OPTIONS.items():
            self.fields[name] = forms.ChoiceField(
                choices=[(value, value) for value in values], required=False
            )

    def clean(self):
        values = super().clean()
        values["options"] = {
            name: values[name] for name in OPTIONS if values.get(name) and values[name] != OPTIONS[name][0]
        }
        return values


class MappingNameForm(LookForm, forms.Form):
    name = forms.CharField(label="Name", max_length=80)
