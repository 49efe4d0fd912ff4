"""CSV and its relatives: from bytes to numbered records of trimmed cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from exchange.cleaning import Cleaner
from exchange.encodings import decode
from exchange.layout import Record, lay_out
from exchange.tables import Limits, Table, UnreadableFile

DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "pipes"}
SAMPLE_LENGTH = 64 * 1024
SAMPLE_ROWS = 200
LONGEST_FIGURE = 60
END_OF_FILE = "\x1aend of file\x1a"

EXCEL_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
FIGURE = re.compile(r"[$(\-]*\d[\d,.]*\d[)%]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def read_delimited(content: bytes, *, limits: Limits) -> Table:
    """The table in the bytes of a CSV, semicolon, tab or pipe separated file.

    Raises `UnreadableFile` with the row, and the column where there is one.
    """
    text, encoding_note = decode(content)
    text = text.removesuffix("\x1a")  # the end mark of old DOS files
    if not text.strip():
        raise UnreadableFile("The file is empty.")
    hint = EXCEL_HINT.match(text)
    delimiter = hint.group(1) if hint else guess_delimiter(text[:SAMPLE_LENGTH])
    records = numbered_records(text, delimiter, bool(hint), limits)
    separated = f"Columns are separated by {DELIMITERS.get(delimiter, f'“{delimiter}”')}."
    return lay_out(records, padded=False, notes=[encoding_note, separated], limits=limits)


def numbered_records(text: str, delimiter: str, hinted: bool, limits: Limits) -> Iterator[Record]:
    """Each record with its number as a spreadsheet counts: blank lines too, a cell of two lines once."""
    # Lines come from bytes: a StringIO would hold four bytes for each character.
    lines = io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8", newline="")
    del text
    # Were a quotation mark still open at the end, the reader would take the last line into its cell.
    reader = csv.reader(
        chain(bounded(lines, limits), [END_OF_FILE]), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    cleaner = Cleaner(limits)
    number = 0
    opened = 1
    try:
        for cells in reader:
            number += 1
            if number == 1 and hinted:
                continue
            if cells == [END_OF_FILE]:
                return
            yield Record(number, cleaner.clean(number, cells))
            opened = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(explain(error, number + 1, opened)) from None
    raise UnreadableFile(explain(None, number, opened))


def bounded(lines: Iterable[str], limits: Limits) -> Iterator[str]:
    """The lines, none longer than a row may be: the csv module would take any length into memory."""
    longest = limits.columns * limits.cell_length
    for number, line in enumerate(lines, start=1):
        if len(line) > longest:
            raise UnreadableFile(
                f"Line {number:,} has more than {longest:,} characters; the file is no table."
            )
        yield line


def explain(error: csv.Error | None, row: int, line: int) -> str:
    """A sentence for what the csv module found wrong in a record that begins on this line of the file."""
    place = f"Row {row:,}" if row == line else f"Row {row:,} (line {line:,} of the file)"
    if error and "expected after" in str(error):
        return (
            f"{place}: a cell goes on after its closing quotation mark, or one before it was never closed. "
            "Inside a quoted cell write a quotation mark twice."
        )
    if error is None or "unexpected end" in str(error):
        return f"{place}: a quotation mark is opened and never closed."
    if "field larger" in str(error):
        return f"{place}: a cell is too long. Perhaps a quotation mark is opened there and never closed."
    return f"{place} can’t be read as CSV."


def guess_delimiter(sample: str) -> str:
    """The separator that cuts the first rows into the most columns of the same number, below likely names."""
    if len(sample) == SAMPLE_LENGTH:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        score = delimiter_score(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def delimiter_score(sample: str, delimiter: str) -> float:
    rows = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True):
            if any(cell.strip() for cell in cells):
                rows.append(cells)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:  # found again, with its row, when the file is read
        pass
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    first = next(cells for cells in rows if len(cells) == width)
    # Amounts such as 55,314.00 cut up by the wrong separator leave figures where the names should be.
    has_figures = any(len(cell) <= LONGEST_FIGURE and FIGURE.fullmatch(cell.strip()) for cell in first)
    return count / len(rows) * (width - 1) * (0.25 if has_figures else 1)
