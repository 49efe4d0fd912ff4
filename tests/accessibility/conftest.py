import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import CUT, ORIGIN, faults_of

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Light and dark differ in nothing but colours.
RULES_OF_COLOR = ["color-contrast", "link-in-text-block"]
WIDTHS = (1366, 1280, 768, 360, 320)


class Examiner:
    """Opens an answer of the county in a browser and tells what of it not everybody can use."""

    def __init__(self, site, client):
        self.site, self.client, self.faults = site, client, faults_of(site.context)
        site.other = self.answer
        self.page = site.context.new_page()
        self.page.emulate_media(reduced_motion="reduce")

    def open(self, response, outline):
        """Show the page that the test client got, with its headers, under the address it was asked for."""
        path = response.wsgi_request.path
        # Fetched here: when the browser asks, Django has another connection, which sees nothing of the test.
        self.answers = {part: self.client.get(part, HTTP_HX_REQUEST="true") for part in outline.parts}
        self.answers[path] = response
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.emulate_media(color_scheme="light")
        self.page.goto(ORIGIN + path)
        expect(self.page.locator(".htmx-request")).to_have_count(0)
        self.page.evaluate(Axe().axe_script)
        self.page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")

    def answer(self, route):
        response = self.answers.get(route.request.url.removeprefix(ORIGIN))
        if response is None:
            return route.fulfill(status=204)
        return route.fulfill(
            status=response.status_code, body=response.content, headers=dict(response.items())
        )

    def examine(self, response, outline):
        """Return what is wrong: [(where, rule, elements)]."""
        self.open(response, outline)
        wrong = [("light", *one) for one in self.violations({"type": "tag", "values": RULES})]
        self.page.emulate_media(color_scheme="dark")
        wrong += [("dark", *one) for one in self.violations({"type": "rule", "values": RULES_OF_COLOR})]
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            wrong += [(f"{width} px", cut) for cut in self.page.evaluate(CUT)]
        wrong += [("console", fault) for fault in self.faults]
        self.faults.clear()
        return wrong

    def violations(self, which):
        self.page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
        found = self.page.evaluate("axe.run", {"runOnly": which, "resultTypes": ["violations"]})
        return [
            (rule["id"], [node["html"][:160] for node in rule["nodes"][:4]]) for rule in found["violations"]
        ]


@pytest.fixture
def examiner(site, client):
    return Examiner(site, client)
