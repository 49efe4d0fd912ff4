from decimal import Decimal as D

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from look.forms import LookForm, MoneyField, PercentField, whole_number


class RaiseForm(LookForm, forms.Form):
    pay = MoneyField(label="Base pay", help_text="A year.")
    percent = PercentField(label="Merit", required=False)
    starts_on = forms.DateField(label="From")
    kind = forms.ChoiceField(
        label="Kind", choices=[("b", "Base"), ("l", "Lump sum")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I am sure", error_messages={"required": "Say that you are sure."})


GOOD = {"pay": "1", "starts_on": "2026-10-17", "kind": "b", "sure": "on"}


@pytest.mark.parametrize("typed", ["55314", "55,314.00", "$55,314.00 ", " $ 55314.0"])
def test_money_is_taken_as_people_paste_it(typed):
    form = RaiseForm({**GOOD, "pay": typed})

    assert form.is_valid()
    assert form.cleaned_data["pay"] == D("55314")


def test_percent_keeps_four_places():
    form = RaiseForm({**GOOD, "percent": "2.2507%"})

    assert form.is_valid()
    assert form.cleaned_data["percent"] == D("2.2507")


def test_errors_are_our_sentences_unless_the_form_has_its_own():
    form = RaiseForm({"pay": "12,5O", "starts_on": "2/30/2026"})

    assert form.errors == {
        "pay": ["This is not a number. Use digits and a point, such as 1250.00."],
        "starts_on": ["This is not a date. Use month, day, year, such as 3/1/2026."],
        "kind": ["Nothing is chosen."],
        "sure": ["Say that you are sure."],
    }


def test_what_is_out_of_bounds_is_told_in_our_sentences_and_under_the_fields_name():
    class Days(LookForm, forms.Form):
        days = forms.IntegerField(label="Days ahead", min_value=1, max_value=30)
        pay = MoneyField(label="Base pay")
        note = forms.CharField(label="Note", max_length=3)

    form = Days({"days": "0", "pay": "1.005", "note": "four"})

    assert form.errors == {
        "days": ["This must be 1 or more."],
        "pay": ["This has too many places after the point. At most 2 are kept."],
        "note": ["This is 4 characters long. At most 3 fit."],
    }
    assert "Days ahead: This must be 1 or more." in render_crispy_form(form)


def test_a_field_is_written_as_label_help_error_input():
    markup = render_crispy_form(RaiseForm({**GOOD, "pay": ""}))
    places = [
        markup.index(part) for part in ('for="id_pay"', "A year.", 'id="id_pay_error"', '<input type="text"')
    ]

    assert places == sorted(places)
    assert 'aria-describedby="id_pay_helptext id_pay_error"' in markup


def test_the_error_summary_links_to_the_fields_and_takes_the_focus():
    markup = render_crispy_form(RaiseForm({**GOOD, "pay": "", "kind": ""}))

    assert "Two things need to be put right" in markup
    assert '<a href="#id_pay">Base pay: Nothing is entered here.</a>' in markup
    assert '<a href="#id_kind">Kind: Nothing is chosen.</a>' in markup
    assert 'tabindex="-1" autofocus' in markup


def test_a_date_that_is_none_stays_to_be_corrected():
    markup = render_crispy_form(RaiseForm({**GOOD, "starts_on": "2/30/2026"}))

    assert '<input type="text" name="starts_on" value="2/30/2026"' in markup
    assert '<input type="date" name="starts_on"' in render_crispy_form(RaiseForm())


def test_a_year_that_no_calendar_reaches_is_refused():
    form = RaiseForm({**GOOD, "starts_on": "9999-12-31"})

    assert form.errors == {"starts_on": ["9999 is not a year from 1900 to 2199."]}


@pytest.mark.parametrize(
    ("text", "number"), [("27", 27), ("", None), ("-1", None), ("²", None), ("٣", None), ("9" * 5_000, None)]
)
def test_a_number_without_a_form_is_read_or_none(text, number):
    assert whole_number(text) == number
