"""A browser for the tests of pages, and pages served to it without a server or a database."""

import os
import shutil
from mimetypes import guess_type
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from playwright.sync_api import sync_playwright

ORIGIN = "http://countyhr.test"
FLAGS = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def chromium():
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        if os.environ.get("COUNTYHR_REQUIRE_BROWSER"):
            pytest.fail("No Chromium was found, and COUNTYHR_REQUIRE_BROWSER asks for one.")
        pytest.skip("NO BROWSER: this test did not run. `make setup-browser` installs Chromium.")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


class Site:
    """What the browser sees of the county: pages by path, and static files."""

    def __init__(self, context):
        self.pages = {}
        context.route(f"{ORIGIN}/**", self.answer)
        self.context = context

    def add(self, path, template, **context):
        source = engines["django"].from_string(template)
        self.pages[path] = lambda: source.render(context)

    def answer(self, route):
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/"))
            return route.fulfill(path=file, content_type=guess_type(path)[0] or "text/plain")
        page = self.pages.get(path)
        if page is None:
            return route.fulfill(status=404)
        return route.fulfill(body=page(), content_type="text/html; charset=utf-8")

    def open(self, path):
        page = self.context.new_page()
        page.goto(ORIGIN + path)
        return page


@pytest.fixture
def site(chromium):
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    yield Site(context)
    context.close()
