"""Form fields for tables that people upload, and for what their columns mean."""

from django import forms

from exchange.tables import DEFAULT_LIMITS, UnreadableFile
from exchange.uploads import check_upload

MOST_MEGABYTES = DEFAULT_LIMITS.size // 2**20


class TableField(forms.FileField):
    """A CSV file or workbook, refused with a sentence when it is empty, too large or of another kind."""

    widget = forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"})

    def clean(self, data, initial=None):
        uploaded = super().clean(data, initial)
        try:
            check_upload(uploaded)
        except UnreadableFile as problem:
            raise forms.ValidationError(str(problem)) from None
        return uploaded


class ColumnsForm(forms.Form):
    """What the columns of a table mean: `column_<index>` is the name of a field, or empty for Leave out.

    `known` are the fields by name, each with a label. In the cleaned data `names` has the header by field,
    `columns` its index.
    """

    known = {}

    def __init__(self, *args, table, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table
        choices = [("", "Leave out"), *((name, field.label) for name, field in self.known.items())]
        for header in table.headers:
            self.fields[f"column_{header.index}"] = forms.ChoiceField(choices=choices, required=False)

    def clean(self):
        values = super().clean()
        taken, columns = {}, {}
        for header in self.table.headers:
            name = values.get(f"column_{header.index}")
            if not name:
                continue
            if name in taken:
                raise forms.ValidationError(
                    f"{self.known[name].label} is chosen for two columns: {taken[name]} and {header.name}."
                )
            taken[name], columns[name] = header.name, header.index
        values["names"], values["columns"] = taken, columns
        return values
