"""A county's own layout of the payroll file: what it may say, what is wrong with it, and the file (PAY-10).

Pure: rows are dicts by the names of `columns.FIELDS`, amounts exact dollars.
"""

import csv
import io
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from payroll.layouts.columns import (
    CENTS,
    CUTTABLE,
    DOLLARS,
    FIELDS,
    MONEY,
    TEXT,
    plain,
    safe,
    shown,
)

CSV, FIXED = "csv", "fixed"
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
LONGEST = 500  # of a column
TRAILER_WIDTH = 42
LINE_END = "\r\n"


class Column(NamedTuple):
    """`header` and `text` as typed; the rest for fixed width: first place from 1, what fills it."""

    field: str
    header: str = ""
    text: str = ""
    start: int | None = None
    length: int | None = None
    align: str = "left"
    pad: str = " "
    cuts: bool = False

    @property
    def kind(self):
        return FIELDS[self.field].kind

    @property
    def name(self):
        return self.header or FIELDS[self.field].label

    @property
    def end(self):
        return self.start + self.length - 1


class Layout(NamedTuple):
    kind: str
    columns: tuple[Column, ...]
    delimiter: str = "comma"
    date_format: str = "%m/%d/%Y"
    money: str = DOLLARS
    has_header: bool = True
    has_trailer: bool = True
    base_word: str = "BASE"
    lump_word: str = "LUMP"
    longevity_word: str = "LONG"

    @property
    def suffix(self):
        return "csv" if self.kind == CSV else "txt"


class Totals(NamedTuple):
    """Of the whole batch, for header and trailer; dollars."""

    batch: int
    released_on: date
    lines: int
    base: Decimal
    lump: Decimal  # paid once, in all
    longevity: Decimal = Decimal("0.00")  # of that


class Problem(NamedTuple):
    """`column` counts from 0; None where the layout as a whole is meant. `part` is the field at fault."""

    column: int | None
    part: str | None
    text: str


def parse(document):
    """The Layout of a stored document."""
    return Layout(**document | {"columns": tuple(Column(**each) for each in document["columns"])})


def dump(layout):
    """The Layout as JSON holds it."""
    return layout._asdict() | {"columns": [column._asdict() for column in layout.columns]}


def find_problems(layout):
    """What is wrong with a layout whatever the lines: a sentence each, with the column at fault."""
    if not layout.columns:
        return [Problem(None, None, "The file has no column yet. Choose what each line says.")]
    found = [
        Problem(place, "text", "Write the text that stands on each line.")
        for place, column in enumerate(layout.columns)
        if column.field == "text" and not column.text
    ]
    return found + (_of_csv(layout) if layout.kind == CSV else _of_fixed(layout))


def _of_csv(layout):
    found, seen = [], {}
    for place, column in enumerate(layout.columns):
        first = seen.setdefault(column.name.casefold(), place)
        if layout.has_header and first != place:
            said = f"Column {first + 1} has the heading “{column.name}” too. Write another."
            found.append(Problem(place, "header", said))
    return found


def _of_fixed(layout):
    found = []
    for place, column in enumerate(layout.columns):
        if not column.start:
            found.append(Problem(place, "start", "Say at which place it starts; the first is 1."))
        if not column.length:
            found.append(Problem(place, "length", "Say how many places it takes."))
        if column.pad == "0" and column.align == "left":
            said = "Zeros on the right would make another number. Align it right, or fill with blanks."
            found.append(Problem(place, "pad", said))
        if column.cuts and column.field not in CUTTABLE:
            found.append(
                Problem(place, "cuts", f"{FIELDS[column.field].label} can’t be cut: it would be another.")
            )
    return found or [*_overlaps(layout), *_too_short(layout)]


def _overlaps(layout):
    placed = sorted(enumerate(layout.columns), key=lambda each: each[1].start)
    for (_, before), (place, column) in pairwise(placed):
        if column.start <= before.end:
            said = f"Place {column.start} is taken: {before.name} goes from {before.start} to {before.end}."
            yield Problem(place, "start", said)


def _too_short(layout):
    if (layout.has_header or layout.has_trailer) and width(layout) < TRAILER_WIDTH:
        said = f"First and last line take {TRAILER_WIDTH} places, and the lines only {width(layout)}."
        yield Problem(None, None, f"{said} Leave them out, or make a column wider.")


def width(layout):
    return max(column.end for column in layout.columns)


def write(layout, rows, totals):
    """The file as bytes, and what does not fit: (bytes, [Problem]), the first of each column.

    `layout` is one without problems of its own. CSV is UTF-8, fixed width ASCII; lines end with CR LF.
    """
    problems = {}
    texts = [[_text(layout, column, row) for column in layout.columns] for row in rows]
    if layout.kind == CSV:
        return _csv(layout, texts, totals), []
    lines = [_record(layout, row, cells, problems) for row, cells in zip(rows, texts, strict=True)]
    lines = [*_first(layout, totals), *lines, *_last(layout, totals)]
    return "".join(line + LINE_END for line in lines).encode("ascii"), list(problems.values())


def _text(layout, column, row):
    if column.field == "text":
        return column.text
    value = row[column.field]
    if column.field == "element":
        return {"BASE": layout.base_word, "LUMP": layout.lump_word, "LONG": layout.longevity_word}[value]
    return shown(value, column.kind, date_format=layout.date_format, money=layout.money)


def _csv(layout, texts, totals):
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=DELIMITERS[layout.delimiter], lineterminator=LINE_END)
    if layout.has_header:
        writer.writerow([safe(column.name, TEXT) for column in layout.columns])
    kinds = [column.kind for column in layout.columns]
    writer.writerows([safe(text, kind) for text, kind in zip(cells, kinds, strict=True)] for cells in texts)
    if layout.has_trailer:
        writer.writerow(["Lines", totals.lines])
        words = layout.base_word, layout.lump_word, layout.longevity_word
        for word, amount in zip(
            words, (totals.base, totals.lump - totals.longevity, totals.longevity), strict=True
        ):
            amount = shown(amount, MONEY, date_format=layout.date_format, money=layout.money)
            writer.writerow([f"Sum of {word}", amount])
    return written.getvalue().encode()


def _record(layout, row, cells, problems):
    line = [" "] * width(layout)
    for place, (column, text) in enumerate(zip(layout.columns, map(plain, cells), strict=True)):
        if len(text) > column.length and not column.cuts:
            said = f"“{text}” on line {row['line']} takes {len(text)} places, and {column.length} are there."
            problems.setdefault(place, Problem(place, "length", said))
        line[column.start - 1 : column.end] = _placed(column, text[: column.length])
    return "".join(line)


def _placed(column, text):
    if column.align == "left":
        return text.ljust(column.length, column.pad)
    if column.pad == "0" and text.startswith("-"):
        return "-" + text[1:].rjust(column.length - 1, "0")
    return text.rjust(column.length, column.pad)


def _first(layout, totals):
    if layout.has_header:
        yield f"HDR{totals.batch:09d}{totals.released_on:%Y%m%d}".ljust(width(layout))


def _last(layout, totals):
    if layout.has_trailer:
        base, lump = (shown(each, MONEY, date_format="", money=CENTS) for each in (totals.base, totals.lump))
        yield f"TRL{totals.lines:09d}{int(base):015d}{int(lump):015d}".ljust(width(layout))
