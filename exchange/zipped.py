"""A workbook is a zip archive of XML: what is looked at before any of it is parsed."""

import io
import re
import zipfile

from exchange.tables import UnreadableFile

MOST_MEMBERS = 2_000
MOST_UNPACKED = 400 * 2**20
MOST_STRINGS = 120 * 2**20  # shared strings are held in memory
HIGHEST_RATIO = 250
RATIO_FROM = 2**20
CHUNK = 2**20
OVERLAP = 8_192
MOST_WITHOUT_RESULT = 200_000

DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# Lengths are bounded, so that no text makes the search slow.
NO_RESULT = re.compile(
    rb"""<(?:\w{1,9}:)?c\b[^<>]{0,200}?\br=["']([A-Z]{1,3}\d{1,7})["'][^<>]{0,200}>\s{0,50}"""
    rb"""<(?:\w{1,9}:)?f\b[^<>]{0,200}?(?:/>|>([^<]{0,2000})</(?:\w{1,9}:)?f>)\s{0,50}"""
    rb"""(?:<(?:\w{1,9}:)?v\s?/>|<(?:\w{1,9}:)?v></(?:\w{1,9}:)?v>)?\s{0,50}</(?:\w{1,9}:)?c>"""
)
OTHER_KINDS = [
    ("word/", "a Word document"),
    ("ppt/", "a presentation"),
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
]
DAMAGED = "The file is damaged: it can’t be unpacked. Save it again from Excel, or as CSV."


def check_zip(content: bytes) -> dict[str, dict[str, str]]:
    """Refuse an archive that is no plain workbook, or that is dangerous to open.

    Returns the cells whose formula has no stored result, by the name of the sheet's part: `{"K12": "=A1*2"}`.
    Raises `UnreadableFile`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            check_kind([member.filename for member in members])
            check_sizes(members)
            return {member.filename: check_part(archive, member) for member in members if is_xml(member)}
    except UnreadableFile:
        raise
    except Exception as error:  # damaged archives make zipfile raise almost anything
        raise UnreadableFile(DAMAGED) from error


def is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels", ".vml"))


def check_kind(names: list[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(
            "The workbook has macros. Save it as an Excel workbook without them (.xlsx), or as CSV."
        )
    if "xl/workbook.xml" in names:
        return
    for start, words in OTHER_KINDS:
        if any(name.startswith(start) for name in names):
            raise UnreadableFile(
                f"This is {words}, not an Excel workbook (.xlsx). Save it as one, or as CSV."
            )
    raise UnreadableFile("This is a zip archive, not an Excel workbook (.xlsx). Choose the workbook itself.")


def check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Refuse what would unpack to far more than it is; `zipfile` never unpacks more than is declared."""
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(
            f"The workbook has more than {MOST_MEMBERS:,} parts. Copy the sheet to a new workbook."
        )
    if len({member.filename for member in members}) < len(members):
        raise UnreadableFile(DAMAGED)
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableFile("The workbook is protected with a password. Save it without one.")
    swollen = any(
        member.file_size > RATIO_FROM and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    strings = sum(member.file_size for member in members if "sharedstrings" in member.filename.lower())
    if swollen or strings > MOST_STRINGS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UnreadableFile(
            "The workbook unpacks to far more than it should, so it was not opened. Copy the filled cells to "
            "a new workbook, or save the sheet as CSV."
        )


def check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> dict[str, str]:
    """Refuse XML that declares entities or hides its text in another encoding than UTF-8."""
    no_result = {}
    has_formulas = member.filename.startswith("xl/worksheets/")
    tail = b""
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            text = tail + chunk
            if not tail and not is_utf_8(text):
                raise UnreadableFile(
                    "The workbook is in an unusual encoding. Save it again from Excel, or as CSV."
                )
            if ENTITIES.search(text):
                raise UnreadableFile(
                    "The workbook declares XML entities, which Excel never does. It was not opened."
                )
            if has_formulas and (b"<f" in text or b":f" in text):
                for cell, formula in NO_RESULT.findall(text):
                    no_result[cell.decode()] = "=" + formula.decode("utf-8", "replace")
                if len(no_result) > MOST_WITHOUT_RESULT:
                    raise UnreadableFile(
                        "The workbook’s formulas have no stored results. Open it in Excel and save it."
                    )
            tail = text[-OVERLAP:]
    return no_result


def is_utf_8(start: bytes) -> bool:
    if b"\x00" in start[:4] or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024]
    if start.startswith(b"<?xml") and b"?>" not in start:
        return False
    declared = DECLARED.match(start)
    return declared is None or declared.group(1).lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
