"""What needs somebody: one line of his home page."""

from datetime import date
from typing import NamedTuple


class Need(NamedTuple):
    """`title` begins with a verb, `why` is one sentence, `verb` is the button, `icon` a Lucide name."""

    title: str
    why: str
    url: str
    verb: str
    icon: str
    due_on: date | None = None
    is_late: bool = False
