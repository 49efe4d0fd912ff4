from django import forms

from exchange.forms import ColumnsForm, TableField
from impact.models import LEAST_SMALLEST
from impact.rates import FOUR_FIFTHS, SMALLEST_GROUP
from impact.reading import BY_NAME
from look.forms import LookForm


class GroupsForm(LookForm, forms.Form):
    characteristic = forms.CharField(
        label="What the groups are by", max_length=60, help_text="Such as sex, race and ethnicity, or age."
    )
    file = TableField(
        label="File of groups",
        help_text="CSV or XLSX with a column of employee numbers and one of groups. Nothing else is read.",
    )
    smallest_group = forms.IntegerField(
        label="Leave out groups smaller than",
        min_value=LEAST_SMALLEST,
        max_value=1_000,
        initial=SMALLEST_GROUP,
        help_text=f"People, at least {LEAST_SMALLEST}. Small numbers say little, and point at single people.",
    )
    ratio_percent = forms.IntegerField(
        label="Flag a rate under, in percent of the highest",
        min_value=1,
        max_value=100,
        initial=FOUR_FIFTHS,
        help_text="80 is four-fifths, the rule of thumb of 29 CFR 1607.4(D).",
    )


class MatchingForm(ColumnsForm):
    known = BY_NAME
