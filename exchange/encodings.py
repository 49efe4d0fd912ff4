"""Bytes to text: which encoding a text file is in."""

import re

from exchange.tables import UnreadableFile

BYTE_ORDER_MARKS = [  # UTF-32 before UTF-16, whose mark is the beginning of it
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
]
SAVE_AGAIN = "Save it again as “CSV UTF-8”."
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
LETTERS = re.compile(r"[^\W\d_]*")


def decode(content: bytes) -> tuple[str, str]:
    """The text and a note on its encoding. Raises `UnreadableFile` naming the line that can't be read.

    A byte-order mark decides; then zero bytes in every second place (UTF-16); then UTF-8 if every byte fits;
    then Windows-1252, what Excel in the United States writes, and of which Latin-1 text is a part.
    """
    for mark, encoding, label in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return decode_as(content[len(mark) :], encoding, label), f"Read as {label}."
    encoding = guess_utf_16(content[:4096])
    if encoding:
        return decode_as(content, encoding, "UTF-16"), "Read as UTF-16."
    try:
        return content.decode("utf-8"), "Read as UTF-8."
    except UnicodeDecodeError as error:
        refuse_broken_utf_8(content, error)
    text = decode_as(content, "cp1252", "UTF-8 or Windows-1252")
    sample = accented_word(text)
    look = f" Check names with accents, such as “{sample}”." if sample else ""
    return text, f"Read as Windows-1252, since it is not UTF-8.{look}"


def accented_word(text: str) -> str:
    """The first word with a letter beyond ASCII; empty if that is not a letter."""
    at = BEYOND_ASCII.search(text).start()
    before = LETTERS.match(text[max(at - 20, 0) : at][::-1]).group()[::-1]
    after = LETTERS.match(text[at : at + 20]).group()
    return before + after if after else ""


def decode_as(content: bytes, encoding: str, label: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = line_at(content, error.start, encoding)
        found = f"byte 0x{content[error.start]:02X}"
        raise UnreadableFile(
            f"Line {line:,} can’t be read as {label}: it has the {found}. {SAVE_AGAIN}"
        ) from None


def guess_utf_16(start: bytes) -> str:
    """UTF-16 without a mark shows as zero bytes in every second place. Empty if it is not that."""
    half = len(start) // 2
    if half < 2:
        return ""
    zeros_even, zeros_odd = start[0::2].count(0), start[1::2].count(0)
    if zeros_odd > half * 0.6 and zeros_even < half * 0.1:
        return "utf-16-le"
    if zeros_even > half * 0.6 and zeros_odd < half * 0.1:
        return "utf-16-be"
    return ""


def refuse_broken_utf_8(content: bytes, error: UnicodeDecodeError) -> None:
    """Refuse a file that is UTF-8 but for a few bytes: as Windows-1252 its other accents would be garbled."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("�")
    sound = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    if sound >= broken:
        line = line_at(content, error.start, "utf-8")
        raise UnreadableFile(
            f"Line {line:,} has the byte 0x{content[error.start]:02X}, which is not UTF-8 as the rest of "
            f"the file is. {SAVE_AGAIN}"
        )


def line_at(content: bytes, position: int, encoding: str) -> int:
    before = content[:position].decode(encoding, errors="replace")
    return 1 + before.count("\n") + before.count("\r") - before.count("\r\n")
