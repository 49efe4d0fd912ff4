"""Cells as they come out of a file, trimmed and checked."""

import re
from collections.abc import Sequence

from exchange.tables import Limits, UnreadableFile, column_letter

REMEMBERED_CELLS = 50_000

KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # how some exports keep leading zeros: ="00123"
GUARDED = re.compile(
    r"'+\s*[=+\-@＝＋－＠]"
)  # the apostrophe that `writing` puts before what looks like a formula
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class BadText(ValueError):
    pass


class Cleaner(dict):
    """Cells already seen, trimmed. Rosters repeat themselves: one string per value saves time and memory."""

    def __init__(self, limits: Limits):
        super().__init__()
        self.limits = limits

    def clean(self, number: int, cells: Sequence[str]) -> list[str]:
        """The cells of one row. Raises `UnreadableFile` with row and column."""
        try:
            return [self[cell] for cell in cells]
        except BadText as error:
            place = f"Row {number:,}, column {column_letter(self.first_bad(cells))}"
            raise UnreadableFile(f"{place} {error}.") from None

    def first_bad(self, cells: Sequence[str]) -> int:
        for index, cell in enumerate(cells):
            try:
                self[cell]
            except BadText:
                return index
        raise ValueError("every cell is clean")

    def __missing__(self, raw: str) -> str:
        text = raw.strip()
        if len(text) > self.limits.cell_length:
            raise BadText(
                f"has a cell of more than {self.limits.cell_length:,} characters; perhaps a quotation mark "
                "is opened there and never closed"
            )
        bad = CONTROL.search(text)
        if bad:
            code = ord(bad.group())
            what = "a zero byte (NUL)" if code == 0 else f"an unseen control character (0x{code:02X})"
            raise BadText(f"has {what}; the file is damaged or not a text file")
        if text[:1] == "=" and (match := KEPT_AS_TEXT.fullmatch(text)):
            text = match.group(1).strip()
        elif text[:1] == "'" and GUARDED.match(text):
            text = text[1:]
        if len(self) >= REMEMBERED_CELLS:
            self.clear()
        self[raw] = text
        return text
