"""Lucide icons as inline SVG, read once from the zip inside the `lucide` package."""

import re
from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

from django.utils.html import format_html
from django.utils.safestring import SafeString

CHILDREN = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class NoSuchIcon(LookupError):
    pass


@cache
def _archive():
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))


@cache
def _shapes(name):
    try:
        svg = _archive().read(f"{name}.svg").decode()
    except KeyError:
        raise NoSuchIcon(
            f"Lucide has no icon {name!r}. See https://lucide.dev/icons for the names."
        ) from None
    return SafeString(re.sub(r"\s+", " ", CHILDREN.search(svg)[1]).replace("> <", "><").strip())


@cache
def icon_svg(name, label="", css=""):
    """Inline SVG of a Lucide icon; hidden from screen readers unless it has a label of its own.

    Raises `NoSuchIcon`, so that a misspelled name is found by the first test that renders the page.
    """
    shown = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        f" {css}" if css else "",
        shown,
        _shapes(name),
    )
