"""Inputs written by ourselves say what Django's templates say."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from look.rendering import WRITERS, Renderer

NASTY = """O'Neil & "Sons" <b>"""
GROUPED = [("", "None"), (1, NASTY), ("West", [("w1", "One"), (NASTY, "Two")])]
SHOWN = [
    (forms.TextInput(attrs={"class": "form-control", "aria-required": "true"}), NASTY),
    (forms.TextInput(attrs={"disabled": True, "readonly": False, "data-of": 7}), None),
    (forms.NumberInput(), 0),
    (forms.HiddenInput(), ""),
    (forms.PasswordInput(), "secret"),
    (forms.CheckboxInput(), True),
    (forms.FileInput(), None),
    (forms.Textarea(attrs={"rows": 4}), f"{NASTY}\n second line"),
    (forms.Textarea(), None),
    (forms.Select(choices=GROUPED), NASTY),
    (forms.SelectMultiple(choices=GROUPED), ["1", "w1"]),
    (forms.TextInput(), SafeString("&nbsp;")),
]


@pytest.mark.parametrize(("widget", "value"), SHOWN)
def test_an_input_is_written_as_djangos_template_writes_it(widget, value):
    assert widget.template_name in WRITERS
    ours, djangos = (
        widget.render("name", value, renderer=renderer) for renderer in (Renderer(), DjangoTemplates())
    )
    assert isinstance(ours, SafeString)
    assert ours == re.sub(r">\n\s*<(?!/textarea)", "><", djangos)


def test_other_kinds_go_by_their_template():
    choices = forms.RadioSelect(choices=[(1, "One")]).render("name", 1, renderer=Renderer())
    assert 'type="radio"' in choices
