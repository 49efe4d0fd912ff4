"""The floor of a page: the smallest Django page that shows as much.

It has as many form fields (with as many choices), as many table cells and as many bytes as the page that it
is measured against; no middleware, no session, no query, and plain Django templates.
"""

from html.parser import HTMLParser
from typing import NamedTuple

from django import forms
from django.core.handlers.wsgi import WSGIHandler
from django.forms.renderers import DjangoTemplates
from django.http import HttpResponse
from django.template import Context, Engine
from django.test.utils import override_settings
from django.urls import path

CONTROLS = ("input", "select", "textarea")
DJANGOS_OWN = DjangoTemplates()  # not the county's templates
FORM = 5  # fields at least; one with fewer is a button with a note
PAGE = Engine(builtins=["django.template.defaulttags"]).from_string(
    "<!doctype html><title>{{ title }}</title>"
    "<form>{{ form.as_div }}</form>"
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    "</table>"
    "{{ rest }}"
)


class Size(NamedTuple):
    is_form: bool
    fields: int
    choices: int
    cells: list[int]  # of each table row
    bytes: int


class _Sizer(HTMLParser):
    def __init__(self):
        super().__init__()
        self.fields = self.choices = 0
        self.cells = []
        self.is_main = False  # what the shell of every page holds is not counted
        self.posts = False
        self.filled_in = 0  # fields of forms that are sent, not of those that filter a list

    def handle_starttag(self, tag, attributes):
        self.is_main = self.is_main or tag == "main"
        if not self.is_main:
            return
        if tag == "form":
            self.posts = dict(attributes).get("method") == "post"
        elif tag in CONTROLS and dict(attributes).get("type") != "hidden":
            self.fields += 1
            self.filled_in += self.posts
        elif tag == "option":
            self.choices += 1
        elif tag == "tr":
            self.cells.append(0)
        elif tag in ("td", "th") and self.cells:
            self.cells[-1] += 1


def size_of(body):
    sizer = _Sizer()
    sizer.feed(body.decode())
    return Size(sizer.filled_in >= FORM, sizer.fields, sizer.choices, sizer.cells, len(body))


def view(request):
    size = request.META["bench.size"]
    fields = {f"field_{place}": forms.CharField(help_text="Help") for place in range(size.fields)}
    if size.choices:
        choices = [(place, f"Choice {place}") for place in range(size.choices)]
        fields["field_0"] = forms.ChoiceField(choices=choices)
    form = type("FloorForm", (forms.Form,), fields)(auto_id="id_%s", renderer=DJANGOS_OWN)
    rows = [[f"Cell {place}" for place in range(cells)] for cells in size.cells]
    context = {"title": "Floor", "form": form, "rows": rows}
    content = PAGE.render(Context(context))
    return HttpResponse(content + "x" * max(0, size.bytes - len(content)))


urlpatterns = [path("floor/", view)]


def handler():
    """A WSGI handler of the floor alone."""

    class Floor(WSGIHandler):
        def get_response(self, request):
            request.urlconf = "bench.floor"
            return super().get_response(request)

    with override_settings(MIDDLEWARE=[]):
        return Floor()
