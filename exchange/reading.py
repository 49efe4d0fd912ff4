"""Reading a table out of a file that a person chose."""

from typing import BinaryIO

from exchange.delimited import read_delimited
from exchange.tables import DEFAULT_LIMITS, Header, Limits, Row, Table, UnreadableFile
from exchange.uploads import check_size, kind_of
from exchange.workbooks import read_workbook

__all__ = ["Header", "Limits", "Row", "Table", "UnreadableFile", "read_table"]


def read_table(
    source: bytes | BinaryIO, filename: str, *, sheet: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Table:
    """The table in a CSV or XLSX file, whole in memory.

    Text is decoded, the separator and the row of column names are found, cells are trimmed; XLSX dates become
    2024-02-29 and numbers plain digits. Rows with too many or too few cells are `Table.problems`. `sheet`
    names the sheet of a workbook; without it the first that holds anything is read.

    Raises `UnreadableFile`, whose message is a sentence for the person, and nothing else.
    """
    content = source if isinstance(source, bytes) else source.read(limits.size + 1)
    check_size(len(content), limits)
    if kind_of(filename, content[:512]) == "xlsx":
        return read_workbook(content, sheet=sheet, limits=limits)
    return read_delimited(content, limits=limits)
