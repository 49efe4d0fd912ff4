"""A layout as a form: what holds for the file, and a row for each column."""

from crispy_forms.layout import Layout as FormLayout
from django import forms
from django.forms import formset_factory

from look.forms import LookForm, SideBySide
from payroll.layouts.columns import CENTS, DATE_FORMATS, DOLLARS, FIELDS
from payroll.layouts.layout import CSV, FIXED, LONGEST, Column, Layout

PLACES = {"min_value": 1, "required": False}


class FileForm(LookForm, forms.Form):
    name = forms.CharField(max_length=80, label="Name", help_text="Such as the payroll system it is for.")
    delimiter = forms.ChoiceField(
        label="Between columns",
        choices=[("comma", "Comma"), ("semicolon", "Semicolon"), ("tab", "Tab"), ("bar", "Vertical bar")],
    )
    date_format = forms.ChoiceField(label="Days", choices=list(DATE_FORMATS.items()))
    money = forms.ChoiceField(
        label="Dollars",
        choices=[(DOLLARS, "With a point: 1234.50"), (CENTS, "In cents, no point: 123450")],
        help_text="In cents an hourly rate of $23.1900 is 231900.",
    )
    base_word = forms.CharField(max_length=20, label="Base pay is called")
    lump_word = forms.CharField(max_length=20, label="A lump sum is called")
    longevity_word = forms.CharField(max_length=20, label="Longevity pay is called")
    has_header = forms.BooleanField(required=False)
    has_trailer = forms.BooleanField(
        required=False, label="Count and sums at the end", help_text="The control totals of the batch."
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["has_header"].label = "Headings in the first line"
        first = ("name", "delimiter")
        if kind == FIXED:
            del self.fields["delimiter"]
            self.fields["has_header"].label = "Number of the batch in a first line"
            first = ("name",)
        self.helper.layout = FormLayout(
            SideBySide(*first),
            SideBySide("date_format", "money"),
            SideBySide("base_word", "lump_word", "longevity_word"),
            "has_header",
            "has_trailer",
        )


class CsvColumnForm(LookForm, forms.Form):
    """A row for a column; one without a field is no column."""

    order = forms.IntegerField(label="Order", min_value=1, max_value=99, required=False)
    field = forms.ChoiceField(
        label="What it says",
        required=False,
        choices=[("", "No column"), *((name, field.label) for name, field in FIELDS.items())],
    )
    header = forms.CharField(max_length=60, label="Heading", required=False)
    text = forms.CharField(max_length=60, label="Text on each line", required=False)


class FixedColumnForm(LookForm, forms.Form):
    field = CsvColumnForm.base_fields["field"]
    start = forms.IntegerField(label="First place", max_value=5000, **PLACES)
    length = forms.IntegerField(label="Places", max_value=LONGEST, **PLACES)
    align = forms.ChoiceField(label="Aligned", choices=[("left", "Left"), ("right", "Right")])
    pad = forms.ChoiceField(label="Filled with", choices=[("blank", "Blanks"), ("0", "Zeros")])
    text = forms.CharField(max_length=60, label="Text on each line", required=False)
    cuts = forms.BooleanField(required=False, label="Cut what is too long")


ROWS = {
    CSV: formset_factory(CsvColumnForm, extra=3, max_num=99, absolute_max=99),
    FIXED: formset_factory(FixedColumnForm, extra=3, max_num=99, absolute_max=99),
}


def file_initial(layout):
    return {name: value for name, value in layout._asdict().items() if name != "columns"}


def rows_initial(layout):
    """What the rows show of a layout; a blank is a word here, as a field takes blanks off."""
    for order, column in enumerate(layout.columns, start=1):
        yield column._asdict() | {"order": order, "pad": "0" if column.pad == "0" else "blank"}


def read_layout(kind, form, rows):
    """(Layout, the row of each of its columns) from a form and rows that are valid."""
    used = [(place, row.cleaned_data) for place, row in enumerate(rows) if row.cleaned_data.get("field")]
    used.sort(key=lambda each: (each[1].get("order") or each[1].get("start") or 10_000, each[0]))
    columns = tuple(_column(values) for _, values in used)
    values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "name"}
    return Layout(kind, columns, **values), [place for place, _ in used]


def _column(values):
    kept = {name: value for name, value in values.items() if name in Column._fields}
    if "pad" in kept:
        kept["pad"] = "0" if kept["pad"] == "0" else " "
    return Column(**kept)


def show_problems(problems, form, rows, places):
    """Put each problem beside the field at fault; what no field can show, above the form."""
    for problem in problems:
        if problem.column is None or problem.part is None:
            form.add_error(None, problem.text)
            continue
        rows[places[problem.column]].add_error(problem.part, problem.text)
