"""A real browser for the tests of pages. tests/conftest.py hands its fixtures to every test.

`site` serves pages to the browser without a server: they are rendered here, inside the test's transaction.
`browse` opens the county's real address, for journeys, in tests marked `django_db(transaction=True)`.
"""

import os
import re
import shutil
from mimetypes import guess_type
from urllib.parse import urlsplit

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ORIGIN = "http://countyhr.localhost"  # which browsers trust without TLS
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
# What the page tells people itself is no fault: a refusal, such as a wrong password, and a cut connection.
TOLD = re.compile(
    r"^Failed to load resource: "
    r"(the server responded with a status of 4(00|03|09|22) |net::ERR_INTERNET_DISCONNECTED)"
    r"|^Response Status Error Code 4(00|03|09|22) from "
)

# What of a page can't be seen whole at the window's width: the page is wider, a table is wider than its place
# and does not scroll there, a pill, button or figure passes its cell, a chosen value passes its field.
# Phones cut long choices; the list shows them.
CUT = """() => {
  const found = [], width = document.documentElement.clientWidth
  const right = one => one.getBoundingClientRect().right
  const note = (what, one) => found.push(`${what}: ${one.outerHTML.slice(0, 120)}`)
  const needed = document.documentElement.scrollWidth
  if (needed > width) {
    found.push(`the page needs ${needed}`)
    const wide = [...document.querySelectorAll('body *')].filter(one => right(one) > width + 1)
    wide.slice(-3).forEach(one => note('too wide', one))
  }
  const seen = css => [...document.querySelectorAll(css)].filter(one => one.checkVisibility())
  for (const table of seen('table')) {
    const place = table.parentElement
    const scrolls = getComputedStyle(place).overflowX !== 'visible'
    if (!scrolls && right(table) > right(place) + 1.5) note('wider than its place', table)
  }
  for (const one of seen('.status, .btn, .figure__value')) {
    const place = one.closest('td, th, .figure, .page')
    if (place && one.offsetWidth > 2 && right(one) > right(place) + 1.5) note('passes its place', one)
  }
  const pen = document.createElement('canvas').getContext('2d')
  for (const one of width < 768 ? [] : seen('select')) {
    const style = getComputedStyle(one)
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    const chosen = one.selectedOptions[0]
    if (chosen && pen.measureText(chosen.text.trim()).width > room + 2) note(chosen.text, one)
  }
  return found
}"""


@pytest.fixture(scope="session")
def chromium():
    from django.db import connections
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("COUNTYHR_REQUIRE_BROWSER"):
            pytest.fail("No Chromium was found, and COUNTYHR_REQUIRE_BROWSER asks for one.")
        pytest.skip("NO BROWSER: this test did not run. `make setup-browser` installs Chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags())
        yield browser
        browser.close()
        # While Playwright's loop runs Django keeps connections of its own, which would hold the database.
        connections.close_all()


def flags():
    """Chromium refuses to run as root with its sandbox, as in most containers."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


def faults_of(context):
    """The list in which everything will stand that pages of the context complain of.

    A breach of the content security policy comes as an error on the console.
    """
    faults = []

    def note(message):
        if message.type in ("error", "warning") and not TOLD.match(message.text):
            faults.append(f"{message.page.url if message.page else '?'}: {message.text}")

    context.on("console", note)
    context.on("weberror", lambda error: faults.append(f"{error.page and error.page.url}: {error.error}"))
    return faults


class Site:
    """What the browser sees of the county: pages by path, and static files."""

    def __init__(self, context):
        self.pages = {}
        self.other = lambda route: route.fulfill(status=404)
        self.context = context
        context.route(f"{ORIGIN}/**", self.answer)

    def add(self, path, template, **context):
        from django.template import engines

        source = engines["django"].from_string(template)
        self.pages[path] = lambda: source.render(context)

    def answer(self, route):
        from django.contrib.staticfiles import finders

        address = urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            file = finders.find(address.path.removeprefix("/static/"))
            return route.fulfill(path=file, content_type=guess_type(address.path)[0] or "text/plain")
        page = self.pages.get(address.path)
        if page is None:
            return self.other(route)
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


class Desk:
    """Browsers at the county's address, one for each person, who signs in as people do."""

    def __init__(self, chromium, address, world):
        self.chromium, self.address, self.world = chromium, address, world
        self.contexts, self.faults = {}, []

    def context(self, key):
        if key not in self.contexts:
            context = self.chromium.new_context(
                base_url=self.address, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
            )
            context.set_default_timeout(10_000)
            self.faults.append(faults_of(context))
            self.contexts[key] = context
        return self.contexts[key]

    def __call__(self, key, path="/"):
        """Return a page at `path` for a person of tests/world.py, signed in by the form the first time."""
        from tests.world import PASSWORD

        is_new = key not in self.contexts
        page = self.context(key).new_page()
        page.goto(path)
        if is_new:
            page.get_by_label("Work e-mail or employee number").fill(self.world.users[key].email)
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url(self.address + path)
        return page


@pytest.fixture
def browse(chromium, live_server, world):
    """Opens a page for somebody: `browse("denise", "/cycles/")`. What pages complain of fails the test."""
    desk = Desk(chromium, live_server.url, world)
    yield desk
    for context in desk.contexts.values():
        context.close()
    if found := [fault for faults in desk.faults for fault in faults]:
        pytest.fail("Pages complained:\n" + "\n".join(found))
