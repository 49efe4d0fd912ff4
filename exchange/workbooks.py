"""XLSX: from a workbook to numbered records of cells as text."""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

import openpyxl

from exchange.cleaning import Cleaner
from exchange.layout import Record, lay_out, span
from exchange.tables import Limits, Table, UnreadableFile, column_letter
from exchange.zipped import check_zip

LAST_ROW = 1_048_576  # of any Excel sheet
TITLES = 30  # filled rows looked at for a table
ZEROS = re.compile(r"0{2,}")


def read_workbook(content: bytes, *, sheet: str | None, limits: Limits) -> Table:
    """The table in one sheet of a workbook. Raises `UnreadableFile`."""
    no_result = check_zip(content)
    try:
        # openpyxl warns of things that don't matter here, such as a missing default style.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read_sheets(content, sheet, no_result, limits)
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise almost anything
        raise UnreadableFile(
            "The workbook is damaged and can’t be read. Open it in Excel, save it and choose it again."
        ) from error


def read_sheets(content, name, no_result, limits) -> Table:
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        chosen = choose_sheet(sheets, name)
        if chosen is None:
            raise UnreadableFile("No sheet of the workbook holds anything.")
        notes = []
        if len(sheets) > 1:
            others = "one other sheet" if len(sheets) == 2 else f"{len(sheets) - 1:,} other sheets"
            notes.append(f"Read from the sheet “{chosen.title}”; the workbook has {others}.")
        formulas = no_result.get(chosen._worksheet_path.lstrip("/"), {})
        records = numbered_records(chosen, formulas, limits)
        return lay_out(records, padded=True, notes=notes, limits=limits)
    finally:
        workbook.close()


def choose_sheet(sheets, name):
    """The sheet of this name, or the first that holds a table, or else the first that holds anything."""
    if name is not None:
        for sheet in sheets:
            if sheet.title.strip().casefold() == name.strip().casefold():
                sheet.reset_dimensions()
                return sheet
        names = ", ".join(f"“{sheet.title}”" for sheet in sheets[:10])
        raise UnreadableFile(f"The workbook has no sheet “{name}”. Its sheets are {names}.")
    held = []
    for sheet in sheets:
        sheet.reset_dimensions()  # what a file says of its size can be wrong, and would cut rows off
        rows = islice(sheet.iter_rows(values_only=True), LAST_ROW)
        counts = (sum(value not in (None, "") for value in row) for row in rows)
        filled = list(islice(filter(None, counts), TITLES))
        if len(filled) > 1 and max(filled) > 1:
            return sheet
        if filled:
            held.append(sheet)
    return held[0] if held else None


def numbered_records(sheet, formulas: dict[str, str], limits: Limits) -> Iterator[Record]:
    """Each row of the sheet with its number. `formulas` are the cells whose formula has no stored result."""
    cleaner = Cleaner(limits)
    breadth = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        breadth += len(row)
        if number > LAST_ROW or breadth > limits.cells * 4:
            raise UnreadableFile(
                "The sheet is formatted far beyond its cells. Copy the filled cells to a new sheet."
            )
        if not row:
            continue
        cells = ["" if cell.value is None else cell_text(cell) for cell in row]
        if formulas:
            for index, text in enumerate(cells):
                if not text:
                    cells[index] = formulas.get(f"{column_letter(index)}{number}", "")
        cells = cleaner.clean(number, cells)
        yield Record(number, cells[: span(cells)])


def cell_text(cell) -> str:
    """A cell as text that can be read in one way only.

    Whole days are 2024-02-29; numbers have plain digits, at most the 15 that Excel keeps (55314.1, not
    55314.100000000006); percentages keep their sign; numbers shown as 00123 keep their zeros.
    """
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number_text(value, cell.number_format)
    if isinstance(value, dt.datetime):
        value = (value + dt.timedelta(microseconds=500_000)).replace(
            microsecond=0
        )  # Excel's seconds are floats
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def number_text(value: int | float, number_format: str | None) -> str:
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite():
        return "#NUM!"
    number_format = number_format or ""
    if "%" in number_format:
        return f"{plain(number * 100)}%"
    text = plain(number)
    if ZEROS.fullmatch(number_format) and text.isdigit():
        return text.zfill(len(number_format))
    return text


def plain(number: Decimal) -> str:
    """Digits without exponent or needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
