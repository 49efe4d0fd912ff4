"""Where the table is in a sheet: titles above the column names, blank rows, totals below."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from exchange.problems import Problem, shorten
from exchange.tables import Limits, Row, Table, UnreadableFile, name_headers

HEADER_WITHIN = 30  # filled rows looked at for the column names
FOOTER_ROWS = 3
LONGEST_FIGURE = 60  # longer cells are not tried as figures: it could take long
TOTAL = re.compile(r"((grand|report|sub|county|overall) ?)?(totals?|sums?|count)\b.*", re.IGNORECASE)
FOOTNOTE = re.compile(
    r"(\*|note:|source:|report |printed |generated |run (date|on)|page \d|end of|"
    r"\(?[\d,]+ (rows?|records?)).*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[$(\-]*[\d,]*\.?\d+\)?")
FIGURE_NAME = re.compile(
    r"\$?\d{1,3}(,\d{3})+(\.\d+)?|\$?\d+\.\d\d|\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|\S+@\S+\.\w+"
)


class Record(NamedTuple):
    number: int
    cells: list[str]


def lay_out(records: Iterator[Record], *, padded: bool, notes: list[str], limits: Limits) -> Table:
    """The table among these records; `notes` are what is known of the file so far.

    `padded` says that a short row only lacks empty cells at its end, as in a workbook; otherwise (CSV) it is
    a problem, since the lost cell may be any of them.
    """
    filled = (record for record in records if any(record.cells))
    first = list(islice(filled, HEADER_WITHIN))
    if not first:
        raise UnreadableFile("The file is empty.")
    at = find_header(first)
    header = first[at]
    titles = [" ".join(cell.split()) for cell in header.cells]
    named = span(titles)
    notes = notes + header_notes(header, titles, first[:at])
    rows, repeats = collect_rows(chain(first[at + 1 :], filled), header.cells, named, limits)
    footers = drop_footers(rows, named)
    ragged = {} if padded else find_ragged(rows, named, len(titles))
    if not rows:
        raise UnreadableFile(f"There are no rows below the column names in row {header.number:,}.")
    if len(ragged) * 2 > len(rows):
        raise UnreadableFile(
            f"Row {header.number:,} names {named:,} columns, but most rows have another number of cells; "
            f"row {next(iter(ragged)):,} {next(iter(ragged.values()))}."
        )
    notes += blank_notes(header, rows, repeats) + footers
    problems = [
        Problem(row=row.number, reason=ragged[row.number], value=", ".join(filter(None, row.cells)))
        for row in rows
        if row.number in ragged
    ]
    rows = [row for row in rows if row.number not in ragged]
    width = len(titles)
    if padded or named < width:  # columns without a name count if a row fills them
        width = max([named, *(span(row.cells) for row in rows)])
    check_columns(width, limits)
    titles = fitted(titles, width)
    rows = [
        row if len(row.cells) == width else Row(row.number, tuple(fitted(row.cells, width))) for row in rows
    ]
    return Table(headers=name_headers(titles), rows=rows, problems=tuple(problems), notes=tuple(notes))


def find_header(first: list[Record]) -> int:
    """Which of the first filled rows holds the column names: the first that is about as full as the fullest.

    A title fills one or two cells at the left. A gap in the names is allowed if the last column has one. In a
    narrow table two words above a row of figures are names, fewer than the columns, not a title.
    """
    fullest = usual_most(count_filled(record.cells) for record in first)
    widest = usual_most(span(record.cells) for record in first)
    words_above = None
    for index, record in enumerate(first):
        count = count_filled(record.cells)
        if count * 2 < fullest:
            continue
        has_figures = any(is_number(cell) for cell in record.cells)
        if count >= min(fullest, 3) or span(record.cells) >= widest:
            return words_above if has_figures and words_above is not None else index
        words_above = index if count > 1 and not has_figures else None
    return 0


def usual_most(counts: Iterable[int]) -> int:
    """The largest count, unless a single row reaches it: one row with too many cells is no measure."""
    *_, second, largest = [0, *sorted(counts)]
    return second if second > 1 or largest < 3 else largest


def collect_rows(records, header_cells, named: int, limits: Limits) -> tuple[list[Row], list[int]]:
    """The rows below the column names, and the numbers of those that only repeat the names (page breaks)."""
    rows = []
    repeats = []
    cell_count = 0
    for number, cells in records:
        if len(rows) == limits.rows:
            raise UnreadableFile(
                f"The file has more than {limits.rows:,} rows, the most that is taken. Split it."
            )
        if cells == header_cells and named > 1:
            repeats.append(number)
            continue
        if len(cells) > limits.columns:
            check_columns(span(cells), limits)
            cells = trimmed(cells)
        cell_count += len(cells)
        if cell_count > limits.cells:
            raise UnreadableFile(
                f"The file has more than {limits.cells:,} cells, the most that is taken. Leave out the "
                "columns that are not needed, or split it."
            )
        rows.append(Row(number, tuple(cells)))
    return rows, repeats


def drop_footers(rows: list[Row], named: int) -> list[str]:
    """Take totals and footnotes off the end of `rows`, in place. Returns a note for each.

    Only a row that says what it is, or that stands alone below a blank row, is taken: a file that breaks off
    in the middle of a row must not look complete.
    """
    notes = []
    while rows and len(notes) < FOOTER_ROWS and is_footer(rows, named):
        row = rows.pop()
        notes.insert(
            0, f"Row {row.number:,} was left out as a total or footnote: “{shorten(joined(row.cells))}”."
        )
    return notes


def is_footer(rows: list[Row], named: int) -> bool:
    row = rows[-1]
    count = count_filled(row.cells)
    if named < 3 or count * 2 > named:
        return False
    text = next(filter(None, row.cells))
    if TOTAL.fullmatch(text):
        return True
    after_blank = len(rows) > 1 and row.number > rows[-2].number + 1
    return count == 1 and (after_blank or bool(FOOTNOTE.fullmatch(text)))


def find_ragged(rows: list[Row], named: int, width: int) -> dict[int, str]:
    """What is wrong with the rows that have too many or too few cells, by row number."""
    ragged = {}
    for number, cells in rows:
        count = len(cells)
        if count == width:
            continue
        if count < named:
            ragged[number] = (
                f"has {count_of(count, 'cell')} where there are {named:,} columns; one or more are missing"
            )
        elif span(cells) > width:
            ragged[number] = (
                f"has {span(cells):,} cells where there are {count_of(width, 'column')}; perhaps a cell "
                "holds a separator and is not in quotation marks"
            )
    return ragged


def header_notes(header: Record, titles: list[str], above: list[Record]) -> list[str]:
    notes = []
    if above:
        lines = "; ".join(f"“{shorten(joined(record.cells))}”" for record in above[:3])
        notes.append(f"The column names are in row {header.number:,}. Left out above them: {lines}.")
    figure = next(
        (title for title in titles if len(title) <= LONGEST_FIGURE and FIGURE_NAME.fullmatch(title)), None
    )
    if figure:
        notes.append(
            f"Row {header.number:,} is read as the column names, though it holds “{shorten(figure)}”. If "
            "the file has no column names, add a row of them at the top."
        )
    if span(titles) == 1 and len(titles) == 1:
        notes.append("Only one column was found. Columns are separated by commas, semicolons, tabs or pipes.")
    repeated = sorted({title for title in titles if title and titles.count(title) > 1})
    if repeated:
        notes.append(
            f"More than one column is named {' and '.join(f'“{shorten(title)}”' for title in repeated)}."
        )
    return notes


def blank_notes(header: Record, rows: list[Row], repeats: list[int]) -> list[str]:
    notes = []
    blank = (
        rows[-1].number - header.number - len(rows) - sum(1 for number in repeats if number < rows[-1].number)
    )
    if blank:
        notes.append(f"{count_of(blank, 'blank row')} skipped.")
    if repeats:
        if len(repeats) == 1:
            notes.append(f"Row {repeats[0]:,} repeats the column names and was left out.")
        else:
            notes.append(f"{len(repeats):,} rows repeat the column names and were left out.")
    return notes


def check_columns(width: int, limits: Limits) -> None:
    if width > limits.columns:
        raise UnreadableFile(f"The file has more than {limits.columns:,} columns, the most that is taken.")


def is_number(cell: str) -> bool:
    return len(cell) <= LONGEST_FIGURE and bool(NUMBER.fullmatch(cell))


def span(cells) -> int:
    """The number of cells up to the last filled one."""
    count = len(cells)
    while count and not cells[count - 1]:
        count -= 1
    return count


def trimmed(cells):
    return cells[: span(cells)]


def fitted(cells, width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def count_filled(cells) -> int:
    return sum(1 for cell in cells if cell)


def count_of(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def joined(cells) -> str:
    return " ".join(filter(None, cells))
