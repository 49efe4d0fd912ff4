import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.tables import UnreadableFile
from exchange.uploads import TAKEN, check_upload


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("roster.csv", b"", "The file is empty."),
        (
            "roster.csv",
            b"%PDF-1.7 ...",
            "The name ends in .csv, but the file is a PDF. " + TAKEN,
        ),
        (
            "roster.csv",
            b"\n <!DOCTYPE html><html>",
            "The name ends in .csv, but the file is a web page. " + TAKEN,
        ),
        (
            "roster.xlsx",
            b"Name,Pay\n",
            "The name ends in .xlsx, but the file is not a workbook. " + TAKEN,
        ),
        (
            "roster.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "The name ends in .xlsx, but the file is an Excel file of the kind before 2007 (.xls), or one "
            "protected with a password. " + TAKEN,
        ),
        (
            "roster.XLS",
            b"\xd0\xcf\x11\xe0",
            "This is an Excel file of the kind before 2007 (.xls). " + TAKEN,
        ),
        (
            "roster.xlsm",
            b"PK\x03\x04",
            "This is a workbook with macros (.xlsm). " + TAKEN,
        ),
        ("roster", b"a,b", "The file’s name has no ending. Choose one that ends in .csv or .xlsx."),
        ("roster.exe", b"MZ", "The file’s name ends in .exe. Choose one that ends in .csv or .xlsx."),
    ],
)
def test_wrong_kinds_are_refused(name, content, sentence):
    with pytest.raises(UnreadableFile) as refused:
        check_upload(SimpleUploadedFile(name, content))

    assert str(refused.value) == sentence


def test_the_right_kinds_are_taken_and_left_rewound():
    uploaded = SimpleUploadedFile("Roster.CSV", b"Name,Pay\n")

    assert (check_upload(uploaded), uploaded.read()) == ("csv", b"Name,Pay\n")
