"""Writing tables as CSV and XLSX, safe to open in a spreadsheet."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from django.http import FileResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_IN_MEMORY = 4 * 2**20
LONGEST_CELL = 32_767  # of Excel
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as Windows-1252

# What a spreadsheet would run as a formula. Blanks and apostrophes before it are looked through, so that
# `cleaning` can take exactly one apostrophe off again.
FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|[\t\r]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SHEET_TITLE = re.compile(r"[\\/*?:\[\]]")


def write_csv(
    columns: Sequence[str], rows: Iterable[Sequence], *, byte_order_mark: bool = True
) -> Iterator[bytes]:
    """CSV in UTF-8 with CRLF, row by row.

    Numbers stay numbers, negative ones too; days are 2026-03-01; text that a spreadsheet would take for a
    formula gets an apostrophe in front, which `read_table` takes off again.
    """
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    if byte_order_mark:
        line.write(BYTE_ORDER_MARK)
    writer.writerow([guarded(column) for column in columns])
    for row in rows:
        writer.writerow([csv_text(value) for value in row])
        if line.tell() > 64 * 1024:
            yield line.getvalue().encode("utf-8")
            line.seek(0)
            line.truncate()
    yield line.getvalue().encode("utf-8")


def csv_text(value) -> str:
    """One value as CSV text: a Decimal as its exact digits, a bool as Yes or No, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dt.datetime):
        return local(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return guarded(str(value))


def guarded(text: str) -> str:
    """Text with an apostrophe in front if a spreadsheet would run it as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def write_xlsx(
    target: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence], *, sheet: str = "Sheet1"
) -> None:
    """Write a workbook with one sheet to `target`.

    Text stays text, also when it looks like a number (`00123`) or a formula; money and days get a format.
    """
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(SHEET_TITLE.sub(" ", sheet)[:31].strip() or "Sheet1")
    page.freeze_panes = "A2"
    for index, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = min(max(len(str(column)) + 3, 11), 40)
    bold = Font(bold=True)
    names = []
    for column in columns:
        cell = text_cell(page, str(column))
        cell.font = bold
        names.append(cell)
    page.append(names)
    try:
        for row in rows:
            page.append([xlsx_cell(page, value) for value in row])
    except Exception:
        workbook.save(io.BytesIO())  # closes and removes the temporary file of openpyxl
        raise
    workbook.save(target)


def xlsx_cell(page, value):
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return text_cell(page, "Yes" if value else "No")
    if isinstance(value, Decimal):
        if not value.is_finite():
            return text_cell(page, str(value))
        cell = WriteOnlyCell(page, value)
        cell.number_format = decimal_format(value)
        return cell
    if isinstance(value, int | float):
        return value
    if isinstance(value, dt.datetime):
        cell = WriteOnlyCell(page, local(value))
        cell.number_format = "mm/dd/yyyy hh:mm"
        return cell
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(page, value)
        cell.number_format = "mm/dd/yyyy"
        return cell
    return text_cell(page, str(value))


def local(moment: dt.datetime) -> dt.datetime:
    """The moment by the county's clock, without a zone, of which spreadsheets know nothing."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def decimal_format(value: Decimal) -> str:
    places = max(-value.as_tuple().exponent, 0)
    return "#,##0." + "0" * min(places, 8) if places else "#,##0"


def text_cell(page, text: str):
    text = UNWRITABLE.sub("", text)[:LONGEST_CELL]
    if text.startswith("'"):
        text = guarded(text)  # text of its own, not the mark that `read_table` takes off
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"  # else openpyxl makes a formula of what begins with =
    if FORMULA.match(text) or text.isdigit():
        cell.quotePrefix = True  # stays text when a person edits the cell
        cell.number_format = "@"
    return cell


def csv_response(
    filename: str, columns: Sequence[str], rows: Iterable[Sequence], *, byte_order_mark: bool = True
) -> FileResponse:
    """The CSV as a download."""
    parts = write_csv(columns, rows, byte_order_mark=byte_order_mark)
    return download(filename, CSV_TYPE, lambda file: file.writelines(parts))


def xlsx_response(
    filename: str, columns: Sequence[str], rows: Iterable[Sequence], *, sheet: str = "Sheet1"
) -> FileResponse:
    """The workbook as a download."""
    return download(filename, XLSX_TYPE, lambda file: write_xlsx(file, columns, rows, sheet=sheet))


def download(filename: str, content_type: str, write: Callable[[BinaryIO], None]) -> FileResponse:
    """What `write` writes, as a download. It is written whole before any of it is sent: never half a file."""
    file = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 (the response closes it)
    try:
        write(file)
    except Exception:
        file.close()
        raise
    length = file.tell()
    file.seek(0)
    response = FileResponse(file, content_type=content_type)
    response["Content-Length"] = str(length)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["Cache-Control"] = "private, no-store"
    return response
