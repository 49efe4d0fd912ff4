from django import forms

from exchange.tables import Limits, UnreadableFile
from exchange.uploads import check_upload
from look.forms import LookForm
from overtime.columns import BY_NAME
from overtime.models import Method

LARGEST = Limits().size
COMPLETE = "The file has all weeks worked: a week without a row had no work, and no share"


class UploadForm(LookForm, forms.Form):
    source = forms.ChoiceField(label="Lump sums of")
    method = forms.ChoiceField(
        label="Spread over the weeks",
        choices=Method,
        widget=forms.RadioSelect,
        initial=Method.WEEKS,
        help_text="The county’s policy, under 29 CFR 778.209. A percent of total earnings contains its"
        " overtime (778.210); it can be chosen where the pay plan pays one.",
    )
    file = forms.FileField(
        label="Overtime file",
        help_text=f"CSV or XLSX, at most {LARGEST // 2**20} MB: employee number, workweek ending or starting,"
        " hours worked, overtime hours. Earnings are optional.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    complete = forms.BooleanField(label=COMPLETE, required=False)

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.sources = {source.key: source for source in sources}
        words = "" if self.sources else "Nothing is paid once yet"
        self.fields["source"].choices = [
            ("", words or "Choose a batch or a run"),
            *((key, label_of(source)) for key, source in self.sources.items()),
        ]

    def clean_source(self):
        return self.sources[self.cleaned_data["source"]]

    def clean_file(self):
        uploaded = self.cleaned_data["file"]
        try:
            check_upload(uploaded)
        except UnreadableFile as problem:
            raise forms.ValidationError(str(problem)) from None
        return uploaded


def label_of(source):
    if source.batch:
        return f"{source.batch}, {source.run.plan.title}"
    return f"{source.run}, {source.run.plan.title} (an estimate of the whole run)"


class MatchingForm(forms.Form):
    """The table of columns: `column_<index>` is the name of a field, or empty for Leave out."""

    method = forms.ChoiceField(choices=Method)
    complete = forms.BooleanField(required=False)

    def __init__(self, *args, table, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table
        choices = [("", "Leave out"), *((name, field.label) for name, field in BY_NAME.items())]
        for header in table.headers:
            self.fields[f"column_{header.index}"] = forms.ChoiceField(choices=choices, required=False)

    def clean(self):
        values = super().clean()
        taken = {}
        for header in self.table.headers:
            name = values.get(f"column_{header.index}")
            if name in taken:
                raise forms.ValidationError(
                    f"{BY_NAME[name].label} is chosen for two columns: {taken[name]} and {header.name}."
                )
            if name:
                taken[name] = header.name
        values["names"] = taken
        return values
