"""Every part, looked at by axe and measured: WCAG 2.2 AA, nothing overflows at 320 px."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from look import samples, views

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LETTER = """{% extends "layout/letter.html" %}{% load look %}{% block title %}Letter{% endblock %}
{% block content %}<h1>Your pay</h1>
{% include "components/ledger.html" with caption="Pay" lines=ledger working=True only %}
{% endblock %}{% block letter_foot %}<span>Page 1 of 1</span>{% endblock %}"""
SIGN_IN = """{% extends "layout/signin.html" %}{% load crispy_forms_tags %}
{% block title %}Sign in{% endblock %}
{% block content %}<h1>Sign in</h1><form>{% crispy form %}</form>{% endblock %}"""


@pytest.fixture
def pages(site, rf, db):
    site.pages["/parts"] = lambda: Client().get("/look/parts").text
    site.pages["/404"] = lambda: views.page_not_found(rf.get("/x")).text
    site.pages["/500"] = lambda: views.server_error(rf.get("/x")).text
    site.add("/letter", LETTER, ledger=samples.ledger(), county="Caprock County, Texas")
    site.add("/sign-in", SIGN_IN, form=samples.GoalForm())
    return site


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
@pytest.mark.parametrize("path", ["/parts", "/404", "/500", "/letter", "/sign-in"])
def test_page_can_be_used_by_everyone(pages, path, width, scheme):
    page = pages.open(path)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]

    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_picked_rows_bring_the_bulk_bar(pages):
    page = pages.open("/parts")
    bar = page.locator("[data-bulk]")
    assert not bar.is_visible()

    page.get_by_label("Select Nguyễn, Quang").check()
    assert bar.get_by_role("status").inner_text() == "1 selected"

    page.get_by_label("Select all on this page").check()
    assert bar.get_by_role("status").inner_text() == "4 selected"

    bar.get_by_role("button", name="Clear").click()
    assert not bar.is_visible()


def test_slash_goes_to_the_search_field_but_not_while_typing(pages):
    page = pages.open("/parts")
    page.keyboard.press("/")
    page.keyboard.type("a/b")

    assert page.locator("input[type=search]").input_value() == "a/b"


def test_a_message_can_be_taken_away(pages):
    page = pages.open("/parts")
    notice = page.locator("[data-dismissible]")
    notice.get_by_role("button", name="Take this message away").click()

    assert notice.count() == 0
