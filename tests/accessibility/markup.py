"""What a page's markup tells without a browser."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
TELLING = {"class", "role", "type", "scope", "hidden", "tabindex", "aria-hidden", "aria-disabled"}


class Outline(HTMLParser):
    """Title, headings of the first level, main parts, and the kinds of elements that a page is made of.

    `kinds` knows each kind of element below its parent once, and none of the words: a list of one person
    and a list of a hundred are alike, a page with a button more is another. The navigation does not count.
    `parts` are the addresses that the page fetches by itself once it is there.
    """

    def __init__(self, html):
        super().__init__()
        self.path, self.title, self.h1, self.mains, self.kinds, self.parts = [], "", 0, 0, set(), []
        self.feed(html)
        self.kinds = frozenset(self.kinds)

    def handle_starttag(self, tag, attributes):
        kind = (tag, *sorted(f"{name}={value if name in TELLING else ''}" for name, value in attributes))
        if all("class=shell__nav" not in step for step in self.path):
            self.kinds.add((self.path[-1] if self.path else None, kind))
        self.h1 += tag == "h1"
        found = dict(attributes)
        if "hx-get" in found and "load" in found.get("hx-trigger", ""):
            self.parts.append(found["hx-get"])
        self.mains += tag == "main" or ("role", "main") in attributes
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):
            self.path.append(kind)

    def handle_endtag(self, tag):
        places = [place for place, step in enumerate(self.path) if step[0] == tag]
        if places:
            del self.path[places[-1] :]

    def handle_data(self, data):
        if [step[0] for step in self.path[-2:]] == ["head", "title"]:
            self.title += data
