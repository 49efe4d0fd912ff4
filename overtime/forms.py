from django import forms

from exchange.forms import MOST_MEGABYTES, ColumnsForm, TableField
from look.forms import LookForm
from overtime.columns import BY_NAME
from overtime.models import Method

WITHOUT_COMP_TIME = "Overtime given as comp time earns no share: the county’s counsel says so"
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
    file = TableField(
        label="Overtime file",
        help_text=f"CSV or XLSX, at most {MOST_MEGABYTES} MB: employee number, workweek ending or starting,"
        " hours worked, overtime hours. Earnings, days in the work period and overtime hours given as comp"
        " time are optional.",
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


def label_of(source):
    if source.batch:
        return f"{source.batch}, {source.run.plan.title}"
    return f"{source.run}, {source.run.plan.title} (an estimate of the whole run)"


class MatchingForm(ColumnsForm):
    known = BY_NAME

    method = forms.ChoiceField(choices=Method)
    complete = forms.BooleanField(required=False)
    without_comp_time = forms.BooleanField(required=False)
