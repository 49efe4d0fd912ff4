import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import ORIGIN, faults_of

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Light and dark differ in nothing but colours.
RULES_OF_COLOR = ["color-contrast", "link-in-text-block"]
WIDTHS = (768, 360, 320)


class Examiner:
    """Opens an answer of the county in a browser and tells what of it not everybody can use."""

    def __init__(self, site):
        self.site, self.faults = site, faults_of(site.context)
        self.page = site.context.new_page()
        self.page.emulate_media(reduced_motion="reduce")

    def open(self, response):
        """Show the page that the test client got, with its headers, under the address it was asked for."""
        path = response.wsgi_request.path
        headers = dict(response.items())
        self.site.context.route(
            f"{ORIGIN}{path}", lambda route: route.fulfill(body=response.content, headers=headers), times=1
        )
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.emulate_media(color_scheme="light")
        self.page.goto(ORIGIN + path)
        self.page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")

    def examine(self, response):
        """Return what is wrong: [(where, rule, elements)]."""
        self.open(response)
        wrong = [("light", *one) for one in self.violations({"type": "tag", "values": RULES})]
        self.page.emulate_media(color_scheme="dark")
        wrong += [("dark", *one) for one in self.violations({"type": "rule", "values": RULES_OF_COLOR})]
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            needed = self.page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wrong.append((f"{width} px", "needs", needed, self.widest(width)))
        wrong += [("console", fault) for fault in self.faults]
        self.faults.clear()
        return wrong

    def violations(self, which):
        self.page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
        found = Axe().run(self.page, options={"runOnly": which, "resultTypes": ["violations"]})
        return [
            (rule["id"], [node["html"][:160] for node in rule["nodes"][:4]])
            for rule in found.response["violations"]
        ]

    def widest(self, width):
        return self.page.evaluate(
            """width => [...document.querySelectorAll('body *')]
            .filter(one => one.getBoundingClientRect().right > width + 1).slice(-3)
            .map(one => one.outerHTML.slice(0, 120))""",
            width,
        )


@pytest.fixture
def examiner(site):
    return Examiner(site)
