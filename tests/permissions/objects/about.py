"""What a page is about, and who may see it."""

from collections.abc import Callable
from typing import NamedTuple


class About(NamedTuple):
    parameters: Callable  # (world) -> the parameters of the address, making what they name
    seen_by: tuple | None = None  # keys of tests.world among those admitted; None: all of them
    refused_to: tuple = ()  # who sees it, and is refused by the page itself
