"""EVL-6: the text is there, whatever happens between the keyboard and the database."""

import json
import re
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FORM = """{% extends "layout/focus.html" %}{% load look static %}
{% block title %}Rate{% endblock %}
{% block page_head %}<h1>Rate</h1><p id="score">no score</p>
<form method="post" action="/signed-out" data-sign-out><button>Sign out</button></form>{% endblock %}
{% block content %}<form data-autosave="/save" data-autosave-form="evaluation-1">
<input type="hidden" name="csrfmiddlewaretoken" value="{{ county.token }}">
<label>Why <textarea name="comment" data-revision="{{ county.revision }}">{{ county.text }}</textarea></label>
<fieldset><legend>Level</legend>{% for level in "345" %}<label><input type="radio" name="level"
value="{{ level }}" data-revision="1">Level {{ level }}</label>{% endfor %}</fieldset></form>{% endblock %}
{% block workbar %}{% include "components/saved.html" with sign_in_url="/sign-in" only %}{% endblock %}
{% block scripts %}<script type="module" src="{% static "js/autosave.js" %}"></script>{% endblock %}"""


class County:
    """The other end: one evaluation, and the state that the connection and the session are in."""

    def __init__(self):
        self.text, self.revision, self.token = "She calls.", 1, "first"
        self.state = "up"  # or: cut, down, signed-out, refusing
        self.user = SimpleNamespace(is_authenticated=True, pk=7)
        self.received = []

    def save(self, route):
        body = {name: values[0] for name, values in parse_qs(route.request.post_data, True).items()}
        if self.state == "cut":
            return route.abort()
        if self.state == "down":
            return route.fulfill(status=503)
        if self.state == "signed-out" or route.request.headers["x-csrftoken"] != self.token:
            return route.fulfill(status=403, body="<!doctype html>", content_type="text/html")
        if self.state == "refusing":
            return self.json(route, 422, error="The evaluation was approved at 6:30 p.m.")
        self.received.append((body["field"], body["value"]))
        if body["field"] == "level":
            parts = {"#score": f"<strong>{body['value']}.00</strong>"}
            return self.json(route, 200, revision="2", saved_at="6:41:09 p.m.", parts=parts)
        if body["revision"] != str(self.revision):
            return self.json(route, 409, revision=str(self.revision), value=self.text, saved_at="6:39 p.m.")
        self.text, self.revision = body["value"], self.revision + 1
        return self.json(route, 200, revision=str(self.revision), saved_at="6:41:08 p.m.")

    def show(self, route):
        if self.state == "cut":
            return route.abort()
        if self.state == "signed-out":
            return route.fulfill(status=302, headers={"Location": "/sign-in"})
        return route.fallback()

    @staticmethod
    def json(route, status, **answer):
        return route.fulfill(status=status, body=json.dumps(answer), content_type="application/json")


@pytest.fixture
def county(site):
    county = County()
    site.add("/rate", FORM, county=county, user=county.user)
    site.add("/signed-out", "signed out")
    site.context.route("**/save", county.save)
    site.context.route("**/rate", county.show)
    return county


def write(page, text):
    page.get_by_label("Why").press("End")
    page.get_by_label("Why").press_sequentially(text)


def mark(page):
    return page.locator("[data-shown]")


def drafts(page):
    return page.evaluate("Object.keys(localStorage).length")


def test_text_is_saved_after_a_second_without_typing(site, county):
    page = site.open("/rate")
    write(page, " Daily.")

    expect(mark(page)).to_have_text("Saved at 6:41:08 p.m.")
    assert county.received == [("comment", "She calls. Daily.")]
    assert drafts(page) == 0


def test_steady_typing_is_saved_after_three_seconds(site, county):
    page = site.open("/rate")
    page.clock.install()
    for _ in range(8):
        write(page, "a")
        page.clock.run_for(500)

    assert len(county.received[0][1]) < len(page.get_by_label("Why").input_value())


def test_a_choice_is_saved_at_once_and_the_score_follows(site, county):
    page = site.open("/rate")
    page.get_by_label("Level 4").check()

    expect(page.locator("#score")).to_have_text("4.00")
    assert county.received == [("level", "4")]


@pytest.mark.parametrize("trouble", ["cut", "down"])
def test_without_connection_the_text_stays_and_goes_out_later(site, county, trouble):
    page = site.open("/rate")
    county.state = trouble
    write(page, " Daily.")
    expect(mark(page)).to_have_text(re.compile("^No connection. Kept on this computer, "))

    county.state = "up"

    expect(mark(page)).to_have_text("Saved at 6:41:08 p.m.")
    assert county.text == "She calls. Daily."


def test_a_closed_lid_loses_nothing(site, county):
    page = site.open("/rate")
    county.state = "down"
    write(page, " Daily.")
    expect(mark(page)).to_contain_text("No connection")
    page.close()
    county.state = "up"

    page = site.open("/rate")

    expect(page.get_by_label("Why")).to_have_value("She calls. Daily.")
    expect(mark(page)).to_have_text("Saved at 6:41:08 p.m.")
    assert (county.text, drafts(page)) == ("She calls. Daily.", 0)


def test_after_a_new_sign_in_elsewhere_saving_goes_on(site, county):
    page = site.open("/rate")
    county.state = "signed-out"
    write(page, " Daily.")
    expect(mark(page)).to_contain_text("Signed out. Kept on this computer.")
    assert mark(page).get_by_role("link").get_attribute("href") == "/sign-in"

    county.state, county.token = "up", "second"

    expect(mark(page)).to_have_text("Saved at 6:41:08 p.m.")
    assert county.text == "She calls. Daily."


def test_the_session_of_someone_else_does_not_carry_the_text(site, county):
    page = site.open("/rate")
    county.state = "signed-out"
    write(page, " Daily.")
    expect(mark(page)).to_contain_text("Signed out")

    county.state, county.token, county.user.pk = "up", "second", 8

    expect(mark(page)).to_contain_text("Someone else has signed in here.")
    assert county.received == []


def test_two_windows_are_shown_side_by_side_and_mine_can_be_kept(site, county):
    page = site.open("/rate")
    county.text, county.revision = "The same day.", 2
    write(page, " Daily.")

    conflict = page.get_by_role("region", name="Two versions of this text")
    expect(conflict.locator("[data-mine]")).to_have_text("She calls. Daily.")
    expect(conflict.locator("[data-theirs]")).to_have_text("The same day.")
    assert county.text == "The same day."

    conflict.get_by_role("button", name="Keep yours").click()

    expect(mark(page)).to_have_text("Saved at 6:41:08 p.m.")
    expect(conflict).to_have_count(0)
    assert county.text == "She calls. Daily."


def test_the_text_of_the_other_window_can_be_taken(site, county):
    page = site.open("/rate")
    county.text, county.revision = "The same day.", 2
    write(page, " Daily.")
    page.get_by_role("button", name="Keep the other").click()

    expect(page.get_by_label("Why")).to_have_value("The same day.")
    assert (county.text, drafts(page)) == ("The same day.", 0)

    write(page, " Always.")

    expect(mark(page)).to_have_text("Saved at 6:41:08 p.m.")
    assert county.text == "The same day. Always."


def test_a_draft_that_rests_on_an_older_text_is_not_put_over_it(site, county):
    page = site.open("/rate")
    county.state = "down"
    write(page, " Daily.")
    expect(mark(page)).to_contain_text("No connection")
    page.close()
    county.state, county.text, county.revision = "up", "The same day.", 2

    page = site.open("/rate")

    conflict = page.get_by_role("region", name="Two versions of this text")
    expect(conflict.locator("[data-theirs]")).to_have_text("The same day.")
    assert (county.text, county.received) == ("The same day.", [])


def test_a_refusal_is_said_in_words_and_the_text_stays(site, county):
    page = site.open("/rate")
    county.state = "refusing"
    write(page, " Daily.")

    expect(mark(page)).to_have_text("Not saved. The evaluation was approved at 6:30 p.m.")
    assert drafts(page) == 1


def test_signing_out_saves_what_is_left_and_keeps_nothing(site, county):
    page = site.open("/rate")
    write(page, " Daily.")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signed-out")

    assert (county.text, drafts(page)) == ("She calls. Daily.", 0)


def test_signing_out_with_unsaved_text_asks_first(site, county):
    page = site.open("/rate")
    county.state = "down"
    write(page, " Daily.")
    expect(mark(page)).to_contain_text("No connection")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_timeout(300)

    assert len(asked) == 1
    assert (page.url.endswith("/rate"), drafts(page)) == (True, 1)


def test_drafts_of_another_person_stay_out_of_sight(site, county):
    page = site.open("/rate")
    county.state = "down"
    write(page, " Daily.")
    expect(mark(page)).to_contain_text("No connection")
    page.close()
    county.state, county.user.pk = "up", 8

    page = site.open("/rate")
    page.wait_for_timeout(300)

    expect(page.get_by_label("Why")).to_have_value("She calls.")
    assert county.received == []
