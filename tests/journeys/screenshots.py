"""Pictures of every main page as each role sees it, at three widths, light and dark, in screenshots/.

    make screenshots                          of the demo that runs, or of the small county of the tests
    python tests/journeys/screenshots.py --role HR --width 360 --only pay

Starts at each role's home page and follows the links of the navigation, then one link of each kind below.
"""

import argparse
import json
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

CLONE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CLONE))
SHOTS = CLONE / "screenshots"
WIDTHS = (1440, 768, 360)
SCHEMES = ("light", "dark")
# Addresses that are no page to look at, or that lead out.
LEFT_OUT = re.compile(r"(csv|xlsx|pdf|json|sign-out|/theme)")


def main():
    chosen = arguments()
    with county() as (address, sign_ins), browser() as chromium:
        for person in sign_ins:
            if chosen.role and chosen.role.lower() not in person["role"].lower():
                continue
            picture_all(chromium, address, person, chosen)
    print(f"The pictures are in {SHOTS.relative_to(CLONE)}/.")


def arguments():
    parser = argparse.ArgumentParser(description="Picture every main page into screenshots/.")
    parser.add_argument("--role", help="only roles whose name holds this")
    parser.add_argument("--only", help="only addresses that hold this")
    parser.add_argument("--width", type=int, action="append", help="instead of 1440, 768 and 360")
    parser.add_argument("--scheme", choices=SCHEMES, action="append", help="instead of light and dark")
    parser.add_argument("--fold", action="store_true", help="only what shows without scrolling")
    return parser.parse_args()


@contextmanager
def browser():
    import shutil

    from playwright.sync_api import sync_playwright

    from tests.browser import NAMES, flags

    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        sys.exit("No Chromium was found. `make setup-browser` installs it.")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=flags())
        yield found
        found.close()


@contextmanager
def county():
    """The address and the sign-ins of the demo that runs, else of the small county, served for as long."""
    state = CLONE / ".state"
    try:
        address = json.loads((state / "demo.running.json").read_text())["address"]
        urlopen(f"{address}healthz", timeout=5).close()  # noqa: S310 - our own address
        yield address.rstrip("/"), json.loads((state / "demo" / "sign-ins.json").read_text())
    except (OSError, KeyError, ValueError):
        with small_county() as found:
            yield found


@contextmanager
def small_county():
    """tests/world.py in a database of its own, with a run that is partly certified and released."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countyhr.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread
    from django.test.utils import setup_databases, teardown_databases

    from tests.world import PASSWORD, build

    databases = setup_databases(0, False)
    world = build()
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        yield (
            f"http://localhost:{server.port}",
            [
                {"role": key, "name": user.name, "email": user.email, "password": PASSWORD}
                for key, user in world.users.items()
            ],
        )
    finally:
        server.terminate()
        server.join()
        teardown_databases(databases, 0)


def picture_all(chromium, address, person, chosen):
    folder = SHOTS / slug(person["role"])
    folder.mkdir(parents=True, exist_ok=True)
    context = chromium.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Work e-mail or employee number").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{address}/")
    for path in paths_of(page, address):
        if not chosen.only or chosen.only in path:
            picture(page, path, folder, chosen)
    context.close()


def paths_of(page, address):
    """Addresses to picture: those of the navigation and, two steps down, one of each kind of link."""
    kinds, found, level = set(), [], ["/"]
    for _ in range(3):
        below = []
        for path in level:
            if not is_page(page, path):
                continue
            found.append(path)
            for link in links(page, address):
                if kind(link) not in kinds:
                    kinds.add(kind(link))
                    below.append(link)
        level = below
    return [*found, *(path for path in level if is_page(page, path))]


def is_page(page, path):
    """Open it. Files that come down instead are left out."""
    from playwright.sync_api import Error

    try:
        page.goto(path)
    except Error as problem:
        if "Download is starting" in str(problem):
            return False
        raise
    return True


def links(page, address):
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    for href in hrefs:
        if href.startswith(f"{address}/") and not LEFT_OUT.search(href):
            yield urlsplit(href).path


def kind(path):
    """The same for pages that differ only in what they are about."""
    return re.sub(r"/(?=[^/]*[\dA-Z])[^/]+", "/*", path)


def picture(page, path, folder, chosen):
    """Take the pictures of a page, and say what of it is cut."""
    from tests.browser import CUT

    page.goto(path)
    for width in chosen.width or WIDTHS:
        page.set_viewport_size({"width": width, "height": 900 if width > 500 else 780})
        for scheme in chosen.scheme or SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(150)
            file = folder / f"{slug(path) or 'home'}-{width}-{scheme}.png"
            page.screenshot(path=file, full_page=not chosen.fold)
        for cut in page.evaluate(CUT):
            print(f"{path} at {width} px: {cut}")


def slug(words):
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


if __name__ == "__main__":
    main()
