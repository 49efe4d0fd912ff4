import datetime as dt
import io
from decimal import Decimal

import pytest

from exchange.reading import read_table
from exchange.writing import csv_response, write_csv, write_xlsx, xlsx_response

RISKY = ["=1+1", "+1 806 555 0100", "-2+3", "@SUM(A1)", "'=1", "''+1", "＝1+1"]


def as_csv(columns, rows):
    return b"".join(write_csv(columns, rows))


def as_xlsx(columns, rows):
    target = io.BytesIO()
    write_xlsx(target, columns, rows)
    return target.getvalue()


def test_text_that_looks_like_a_formula_gets_an_apostrophe():
    written = as_csv(["=Name", "Amount"], [[text, Decimal("-5.50")] for text in RISKY])

    assert written.decode("utf-8-sig").splitlines() == [
        "'=Name,Amount",
        "'=1+1,-5.50",
        "'+1 806 555 0100,-5.50",
        "'-2+3,-5.50",
        "'@SUM(A1),-5.50",
        "''=1,-5.50",
        "'''+1,-5.50",
        "'＝1+1,-5.50",
    ]


def test_a_tab_or_return_in_front_is_guarded():
    assert as_csv(["Name"], [["\t=1"], ["\rx"]]).decode("utf-8-sig") == "Name\r\n'\t=1\r\n\"'\rx\"\r\n"


@pytest.mark.parametrize(("write", "name"), [(as_csv, "a.csv"), (as_xlsx, "a.xlsx")])
def test_what_is_written_is_read_back(write, name):
    rows = [[text, "00123", Decimal("-55314.10"), dt.date(2024, 2, 29), 7, None] for text in RISKY]

    table = read_table(write(["Name", "Number", "Pay", "Hired", "Steps", "Note"], rows), name)

    assert [row.cells[0] for row in table.rows] == RISKY
    assert {row.cells[1:2] + row.cells[3:] for row in table.rows} == {("00123", "2024-02-29", "7", "")}
    assert {Decimal(row.cells[2]) for row in table.rows} == {Decimal("-55314.1")}


def test_no_cell_of_a_workbook_is_a_formula():
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(as_xlsx(["Name"], [[text] for text in RISKY]))).active

    assert {cell.data_type for cell in sheet["A"]} == {"s"}


def test_control_characters_do_not_break_a_workbook():
    assert read_table(as_xlsx(["Name"], [["A\x07da"]]), "a.xlsx").column(0) == ["Ada"]


@pytest.mark.django_db  # closing an answer looks after the connections
def test_a_download_is_whole_and_has_its_name_in_any_script():
    response = csv_response("Evaluación 2026.csv", ["Name"], [["Treviño"]])

    content = b"".join(response.streaming_content)
    response.close()
    assert content == "\ufeffName\r\nTreviño\r\n".encode()
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Evaluaci%C3%B3n%202026.csv"
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_rows_that_fail_leave_no_half_download():
    def rows():
        yield ["first"]
        raise LookupError("gone")

    for respond in (csv_response, xlsx_response):
        with pytest.raises(LookupError):
            respond("a.csv", ["Name"], rows())
