"""What every form shares: label, help, error, input; an error summary above; native dates; exact money."""

import re
from functools import cache

from crispy_forms.helper import FormHelper
from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.html import format_html, format_html_join

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
YEARS = range(1900, 2200)  # others are slips of the finger, and no calendar reaches beyond the year 9999
MANY_DIGITS = 19  # no key and no count has so many

# From general to special: a DecimalField is an IntegerField, too.
MESSAGES = {
    forms.Field: {"required": "Nothing is entered here."},
    forms.ChoiceField: {
        "required": "Nothing is chosen.",
        "invalid_choice": "%(value)s is not one of the choices.",
    },
    forms.ModelChoiceField: {
        "required": "Nothing is chosen.",
        "invalid_choice": "This is not one of the choices.",
    },
    forms.FileField: {"required": "No file is chosen.", "empty": "The file is empty."},
    forms.DateField: {"invalid": "This is not a date. Use month, day, year, such as 3/1/2026."},
    forms.BooleanField: {"required": "Check this box to go on."},
    forms.IntegerField: {"invalid": "This is not a whole number."},
    forms.DecimalField: {"invalid": "This is not a number. Use digits and a point, such as 1250.00."},
}
# Of values that the field could read; keyed by what its validators call the fault.
LIMITS = {
    "min_value": "This must be %(limit_value)s or more.",
    "max_value": "This must be %(limit_value)s or less.",
    "max_length": "This is %(show_value)s characters long. At most %(limit_value)s fit.",
    "max_decimal_places": "This has too many places after the point. At most %(max)s are kept.",
    "max_digits": "This number is too long.",
    "max_whole_digits": "This number is too large.",
}


def whole_number(text):
    """The number in a text of a few digits, from an address or a field without a form; None for any other."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MANY_DIGITS else None


class DateInput(forms.DateInput):
    """The browser's own date field, shown in the person's way of writing dates."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if not ISO_DATE.fullmatch(context["widget"]["value"] or "2026-03-01"):
            context["widget"]["type"] = (
                "text"  # a date field would hide what the person typed and has to correct
            )
        return context


class _SignedAmountField(forms.DecimalField):
    widget = forms.TextInput

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace(self.affix, "").replace(",", "").replace("\N{MINUS SIGN}", "-").strip()
        return super().to_python(value)


class MoneyField(_SignedAmountField):
    """Dollars as an exact Decimal with two places; takes `$55,314.00` as people paste it."""

    affix = "$"

    def __init__(self, *, max_digits=14, decimal_places=2, **kwargs):
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)


class PercentField(_SignedAmountField):
    """A percent as an exact Decimal, four places at most: `2.2507` or `2.2507%`."""

    affix = "%"

    def __init__(self, *, max_digits=8, decimal_places=4, **kwargs):
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)


class SideBySide(LayoutObject):
    """The named fields as columns of one row, of a form's layout."""

    def __init__(self, *names):
        self.fields = list(names)

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        css = f"col-sm-{12 // len(self.fields)}"
        columns = ((css, render_field(name, form, context, **kwargs)) for name in self.fields)
        joined = format_html_join("", '<div class="{}">{}</div>', columns)
        return format_html('<div class="row g-3">{}</div>', joined)


class LookForm:
    """Mix in first: `class RecordForm(LookForm, forms.ModelForm)`; the template has `{% crispy form %}`.

    Set `self.helper.layout` after `super().__init__()` for fieldsets. The template writes `<form>`, the CSRF
    token and the buttons. `affixes` puts a sign at the edge of other fields: `{"hours": "h"}`.
    """

    affixes: dict[str, str] = {}
    use_required_attribute = False  # our sentences, not the browser's bubbles
    focus_errors = True  # the error summary takes the focus; one form of a page may

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.template = "crispy/form.html"
        self.helper.field_template = "crispy/field.html"
        for name, field in list(self.fields.items()):
            self.add_field(name, field)

    def add_field(self, name, field):
        """Give the form a field with our words and classes; `__init__` does so with those of the class."""
        field.affix = self.affixes.get(name) or getattr(field, "affix", "")
        _word(field)
        _dress(field)
        self.fields[name] = field


def _word(field):
    """Our sentences in place of Django's, unless the form gave the field its own."""
    if getattr(field, "empty_label", None) == "---------":
        field.empty_label = "Choose one" if field.required else "None"
    for code, djangos, ours in _sentences(type(field)):
        if field.error_messages[code] is djangos:  # comparing lazy texts would translate them each time
            field.error_messages[code] = ours
    field.error_messages = LIMITS | field.error_messages


@cache
def _sentences(field_class):
    """(code, Django's message, ours) of a kind of field, from special to general."""
    return [
        (code, _djangos_message(field_class, code), message)
        for kind, messages in reversed(MESSAGES.items())
        if issubclass(field_class, kind)
        for code, message in messages.items()
    ]


def _djangos_message(field_class, code):
    return next(
        parent.default_error_messages[code]
        for parent in field_class.__mro__
        if code in getattr(parent, "default_error_messages", {})
    )


def _dress(field):
    if type(field.widget) is forms.DateInput:
        field.widget = DateInput(field.widget.attrs)
    widget = field.widget
    widget.attrs["class"] = f"{_css_class(widget)} {widget.attrs.get('class', '')}".strip()
    if field.required and not isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        widget.attrs["aria-required"] = "true"
    if isinstance(field, forms.DateField):
        field.validators = [*field.validators, _in_a_likely_year]
    if isinstance(field, forms.DecimalField):
        widget.attrs.setdefault("inputmode", "decimal")
    if isinstance(field, forms.ModelChoiceField):
        field.iterator = _ChoicesReadOnce
        widget.choices = field.choices


class _ChoicesReadOnce(ModelChoiceIterator):
    """Choices in one query: Django opens a cursor on the server for them, twice where one must be chosen."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, self.queryset)


def _in_a_likely_year(day):
    if day.year not in YEARS:
        raise forms.ValidationError(f"{day.year} is not a year from {YEARS[0]} to {YEARS[-1]}.")


def _css_class(widget):
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"
