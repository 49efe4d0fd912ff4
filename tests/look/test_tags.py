import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Field
from django.template import engines

from look.icons import NoSuchIcon, icon_svg
from look.statuses import LOOKS
from look.templatetags.look import page_numbers


def render(source, request=None, **context):
    return engines["django"].from_string("{% load look %}" + source).render(context, request)


def link(rf, source, address):
    return render(source, rf.get(address)).replace("&amp;", "&")


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_words():
    assert 'aria-hidden="true"' in icon_svg("users")
    assert 'role="img" aria-label="Remove"' in icon_svg("x", "Remove")


def test_a_misspelled_icon_is_found_by_the_first_test_of_its_page():
    with pytest.raises(NoSuchIcon):
        icon_svg("uzers")


@pytest.mark.parametrize("name", ["money", "cents", "signed", "rate", "percent", "day", "clock", "number"])
def test_no_value_stays_empty(name):
    assert render("{{ value|" + name + " }}", value=None) == ""


def test_a_filter_is_taken_off_to_the_last(rf):
    assert link(rf, "{% query state=None %}", "/people?state=overdue") == "?"


def test_another_order_goes_back_to_the_first_page(rf):
    assert link(rf, "{% query sort='due' %}", "/people?q=K&page=7") == "?q=K&sort=due"
    assert link(rf, "{% query page=8 %}", "/people?q=K&page=7") == "?q=K&page=8"


@pytest.mark.parametrize(
    ("current", "direction", "next_sort"),
    [("name", "ascending", "-name"), ("-name", "descending", "name"), ("due", "none", "name")],
)
def test_sort_header(rf, current, direction, next_sort):
    head = render("{% sort_header 'Name' 'name' current %}", rf.get("/people"), current=current)

    assert f'aria-sort="{direction}"' in head
    assert f'href="?sort={next_sort}"' in head


def test_the_pager_leaves_out_what_is_far_away():
    assert page_numbers(Paginator(range(1834), 12).get_page(7)) == [1, None, 6, 7, 8, None, 153]


def test_a_meter_never_passes_its_ends():
    assert 'width="100.00"' in render("{% meter 7 5 'x' %}")
    assert 'width="0.00"' in render("{% meter 7 0 'x' %}")


def test_words_of_people_are_escaped():
    script = "<script>alert(1)</script>"

    for source in (
        "{% pill words %}",
        "{% notice title=words %}{{ words }}{% endnotice %}",
        "{% meter 1 2 words %}",
    ):
        assert "<script" not in render(source, words=script)


def test_a_message_takes_the_kind_of_its_level():
    assert render("{{ message|message_kind }}", message=SimpleNamespace(level_tag="success")) == "good"


def test_every_state_of_the_models_has_a_look():
    states = {
        value
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.name == "state" and model._meta.app_label != "sessions"
        for value, _ in field.flatchoices
    }

    assert states - set(LOOKS) == set()


def test_every_icon_named_in_a_template_is_there():
    pages = [page.read_text() for page in (settings.BASE_DIR / "templates").rglob("*.html")]
    names = {name for page in pages for name in re.findall(r'{% icon "([^"]+)"', page)}

    assert len(names) > 20
    assert all(icon_svg(name) for name in names)


def test_every_look_has_an_icon():
    assert all(icon_svg(name) for _, name in LOOKS.values())
