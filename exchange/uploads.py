"""Which files are taken at all: their size and their kind, by name and by content."""

from pathlib import PurePath

from exchange.tables import DEFAULT_LIMITS, Limits, UnreadableFile

TEXT_SUFFIXES = {".csv", ".txt", ".tsv", ".tab", ".psv"}
TAKEN = "Save it as CSV or as an Excel workbook (.xlsx)."

# First bytes of files that people choose by mistake.
SIGNATURES = [
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an Excel file of the kind before 2007 (.xls), or one protected with a password"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
]
SUFFIX_KINDS = {
    ".xls": "an Excel file of the kind before 2007",
    ".xlsm": "a workbook with macros",
    ".xlsb": "a binary Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".numbers": "a Numbers spreadsheet",
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".zip": "a zip archive",
}


def check_upload(uploaded, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The kind of an uploaded file, "csv" or "xlsx", from its name and first bytes; leaves it rewound.

    Raises `UnreadableFile` when it is empty, too large, or of another kind.
    """
    check_size(uploaded.size, limits)
    uploaded.seek(0)
    start = uploaded.read(512)
    uploaded.seek(0)
    return kind_of(uploaded.name, start)


def check_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise UnreadableFile("The file is empty.")
    if size > limits.size:
        raise UnreadableFile(
            f"The file is larger than {limits.size / 2**20:,.0f} MB, the most that is taken. Split it, or "
            "save only the sheet and the columns that are needed."
        )


def kind_of(filename: str, start: bytes) -> str:
    """The kind of a file, "csv" or "xlsx". Raises `UnreadableFile` if name and first bytes don't allow it."""
    suffix = PurePath(filename or "").suffix.lower()
    if suffix in SUFFIX_KINDS:
        raise UnreadableFile(f"This is {SUFFIX_KINDS[suffix]} ({suffix}). {TAKEN}")
    if suffix != ".xlsx" and suffix not in TEXT_SUFFIXES:
        ending = f"ends in {shorten_suffix(suffix)}" if suffix else "has no ending"
        raise UnreadableFile(f"The file’s name {ending}. Choose one that ends in .csv or .xlsx.")
    content = content_of(start)
    if suffix == ".xlsx":
        if content == "a zip archive or an Excel workbook":
            return "xlsx"
        found = f"the file is {content}" if content else "the file is not a workbook"
        raise UnreadableFile(f"The name ends in .xlsx, but {found}. {TAKEN}")
    if content:
        raise UnreadableFile(f"The name ends in {suffix}, but the file is {content}. {TAKEN}")
    return "csv"


def content_of(start: bytes) -> str:
    """What the first bytes say the file is, in words; empty if they say nothing."""
    if start[257:262] == b"ustar":
        return "a tar archive"
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, words in SIGNATURES:
        if start[: len(signature)].lower() == signature.lower():
            return words
    return ""


def shorten_suffix(suffix: str) -> str:
    return suffix if len(suffix) <= 12 else suffix[:11] + "…"
