"""Whatever is in a file, it is read or refused with a sentence; nothing else happens."""

import contextlib
import io
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from exchange.dates import parse_date
from exchange.parsing import BadCell, parse_fte, parse_money, parse_number, parse_percent, parse_yes_no
from exchange.reading import UnreadableFile, read_table
from exchange.writing import write_csv, write_xlsx

CSV_PIECES = st.sampled_from(
    [
        b",",
        b";",
        b"\t",
        b"|",
        b'"',
        b"\n",
        b"\r",
        b"\r\n",
        b"\x00",
        b"\xff\xfe",
        b"\xe9",
        b"a",
        b"1",
        b"=",
        b"sep=",
    ]
)


def sheet_bytes():
    target = io.BytesIO()
    write_xlsx(target, ["Name", "Pay"], [["Lee", 5], ["Ray", 6]])
    return target.getvalue()


SHEET = sheet_bytes()
with zipfile.ZipFile(io.BytesIO(SHEET)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}


def read_or_refuse(content, name):
    with contextlib.suppress(UnreadableFile):
        table = read_table(content, name)
        assert {len(row.cells) for row in table.rows} <= {len(table.headers)}
        assert len({header.name for header in table.headers}) == len(table.headers)


@settings(max_examples=300)
@given(st.binary(max_size=400) | st.lists(CSV_PIECES, max_size=40).map(b"".join))
@example(b"\xff\xfe\x00\x00")
@example(b'a,b\n"')
def test_any_bytes_named_csv(content):
    read_or_refuse(content, "roster.csv")


@settings(max_examples=100)
@given(st.integers(0, len(SHEET) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_damaged_bytes(position, damage):
    read_or_refuse(SHEET[:position] + damage + SHEET[position + len(damage) :], "roster.xlsx")


@settings(max_examples=100)
@given(
    st.sampled_from(sorted(PARTS)),
    st.integers(0, 2_000),
    st.sampled_from([b"<", b">", b'"', b"</c>", b"9999999999", b"\x00", b"Z", b"&#0;", b"<row/>", b""]),
    st.integers(0, 20),
)
def test_a_workbook_with_damaged_xml(part, position, damage, length):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in PARTS.items():
            if name == part:
                at = position % len(content)
                content = content[:at] + damage + content[at + length :]
            archive.writestr(name, content)
    read_or_refuse(target.getvalue(), "roster.xlsx")


@settings(max_examples=300)
@given(st.text(max_size=30) | st.text("0123456789,.-()$%/ :OEl", max_size=20))
def test_any_cell(text):
    for parse in (parse_money, parse_number, parse_percent, parse_fte, parse_yes_no, parse_date):
        with contextlib.suppress(BadCell):
            parse(text)


@settings(max_examples=150)
@given(
    st.lists(st.text(st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1, max_size=20), min_size=1)
)
def test_text_that_is_written_is_read_back(texts):
    texts = [text.strip() or "x" for text in texts]

    content = b"".join(write_csv(["Number", "Name"], [["7", text] for text in texts]))

    assert read_table(content, "names.csv").column(1) == texts
