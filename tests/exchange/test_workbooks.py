import datetime as dt
import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from exchange.reading import Limits, UnreadableFile, read_table


def workbook(rows, formats=None):
    """A workbook with these rows; `formats` are number formats by cell."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def altered(content, name, change, compression=zipfile.ZIP_DEFLATED):
    """The workbook with one of its parts changed, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", compression) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return target.getvalue()


def refusal(content, **options):
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, "roster.xlsx", **options)
    return str(refused.value)


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook([["Name", "Pay"], ["Lee", 5], ["Ray", 6]])


def test_cells_become_text_that_can_be_read_in_one_way():
    rows = [
        ["Day", "Moment", "Rate", "Whole", "Noise", "Percent", "ID", "Text", "Flag"],
        [
            dt.date(2024, 2, 29),
            dt.datetime(2024, 2, 29, 13, 30),  # noqa: DTZ001 (as in Excel)
            55314.1,
            55314.0,
            24.150000000000002,
            0.035,
            123,
            "00123",
            True,
        ],
    ]
    table = read_table(workbook(rows, {"F2": "0.00%", "G2": "00000"}), "roster.xlsx")

    assert table.rows[0].cells == (
        "2024-02-29",
        "2024-02-29 13:30:00",
        "55314.1",
        "55314",
        "24.15",
        "3.5%",
        "00123",
        "00123",
        "TRUE",
    )


def test_titles_gaps_and_totals():
    rows = [
        ["County roster"],
        [],
        ["Name ", None, "Pay", None],
        ["Lee", "x", 5],
        [None],
        ["Ray"],
        ["Total", None, 5],
    ]
    table = read_table(workbook(rows), "roster.xlsx")

    assert [header.name for header in table.headers] == ["Name", "Column 2", "Pay"]
    assert [(row.number, row.cells) for row in table.rows] == [
        (4, ("Lee", "x", "5")),
        (6, ("Ray", "", "")),
        (7, ("Total", "", "5")),
    ]


def test_the_first_sheet_that_holds_anything_or_the_one_named():
    book = Workbook()
    book.create_sheet("Roster").append(["Name"])
    book["Roster"].append(["Lee"])
    hidden = book.create_sheet("Old")
    hidden.append(["Name"])
    hidden.sheet_state = "hidden"
    content = saved(book)

    table = read_table(content, "roster.xlsx")

    assert table.column(0) == ["Lee"]
    assert table.notes[0] == "Read from the sheet “Roster”; the workbook has one other sheet."
    assert read_table(content, "roster.xlsx", sheet="roster").column(0) == ["Lee"]
    assert refusal(content, sheet="Staff") == (
        "The workbook has no sheet “Staff”. Its sheets are “Sheet”, “Roster”."
    )
    assert refusal(workbook([])) == "No sheet of the workbook holds anything."


def test_a_cover_sheet_is_passed_over():
    book = Workbook()
    book.active.append(["Roster of Caprock County"])
    book.active.append(["as of September 1"])
    roster = book.create_sheet("Roster")
    roster.append(["Name", "Pay"])
    roster.append(["Lee", 5])
    assert read_table(saved(book), "roster.xlsx").column(0) == ["Lee"]


def test_a_formula_without_a_stored_result_is_not_an_empty_cell():
    content = workbook([["Name", "Pay"], ["Lee", "=5*2"], ["Ray", 6]])

    assert read_table(content, "roster.xlsx").column(1) == ["=5*2", "6"]


def test_a_formula_with_a_result_is_that_result():
    content = altered(
        workbook([["Name", "Pay"], ["Lee", "=5*2"]]),
        SHEET,
        lambda xml: re.sub(rb"</f><v ?/>", b"</f><v>10</v>", xml),
    )

    assert read_table(content, "roster.xlsx").column(1) == ["10"]


def test_a_wrong_size_in_the_sheet_cuts_nothing_off():
    content = altered(PLAIN, SHEET, lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1"'))

    assert [row.cells for row in read_table(content, "roster.xlsx").rows] == [("Lee", "5"), ("Ray", "6")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"PK\x03\x04 and nothing",
            "The file is damaged: it can’t be unpacked. Save it again from Excel, or as CSV.",
        ),
        (PLAIN[:-40], "The file is damaged: it can’t be unpacked. Save it again from Excel, or as CSV."),
        (
            altered(PLAIN, SHEET, lambda xml: xml[:-30]),
            "The workbook is damaged and can’t be read. Open it in Excel, save it and choose it again.",
        ),
        (
            altered(PLAIN, SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml),
            "The workbook declares XML entities, which Excel never does. It was not opened.",
        ),
        (
            altered(PLAIN, SHEET, lambda xml: ('<?xml version="1.0"?>' + xml.decode()).encode("utf-16")),
            "The workbook is in an unusual encoding. Save it again from Excel, or as CSV.",
        ),
        (
            altered(PLAIN, SHEET, lambda xml: b'<?xml version="1.0" encoding="cp037"?>' + xml),
            "The workbook is in an unusual encoding. Save it again from Excel, or as CSV.",
        ),
        (
            altered(PLAIN, "xl/worksheets/sheet9.xml", lambda xml: b" " * 50 * 2**20),
            "The workbook unpacks to far more than it should, so it was not opened. Copy the filled cells to "
            "a new workbook, or save the sheet as CSV.",
        ),
        (
            altered(PLAIN, "xl/vbaProject.bin", lambda xml: b"x"),
            "The workbook has macros. Save it as an Excel workbook without them (.xlsx), or as CSV.",
        ),
        (
            altered(PLAIN, SHEET, lambda xml: xml.replace(b'r="3"', b'r="99999999999"')),
            "The sheet is formatted far beyond its cells. Copy the filled cells to a new sheet.",
        ),
    ],
)
def test_what_cannot_be_opened_safely_is_refused(content, sentence):
    assert refusal(content) == sentence


def test_another_kind_of_archive():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert refusal(target.getvalue()) == (
        "This is a Word document, not an Excel workbook (.xlsx). Save it as one, or as CSV."
    )


def test_limits():
    assert refusal(PLAIN, limits=Limits(rows=1)) == (
        "The file has more than 1 rows, the most that is taken. Split it."
    )
    assert refusal(workbook([["Name"], ["x" * 11]]), limits=Limits(cell_length=10)) == (
        "Row 2, column A has a cell of more than 10 characters; perhaps a quotation mark is opened there and "
        "never closed."
    )
