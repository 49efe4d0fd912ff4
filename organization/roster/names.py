"""People's names as files write them."""

import re
import unicodedata
from functools import lru_cache

SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "v", "md", "phd", "esq"}
WORD = re.compile(r"[^\W_]+")


def split_name(text):
    """First and last name of `Okafor, Denise M`, `OKAFOR,DENISE M` or `Denise M Okafor Jr`."""
    text = " ".join(text.split())
    if "," in text:
        last, _, first = text.partition(",")
        first, last = first.strip(" ,"), last.strip()
        suffix, comma, rest = first.partition(",")
        if comma and is_suffix(suffix):  # Okafor, Jr., Denise
            first, last = rest.strip(), f"{last} {suffix}"
        elif is_suffix(first):  # Denise Okafor, Jr.
            return split_name(f"{last} {first}")
        return first, last
    words = text.split(" ")
    at = len(words) - 1
    while at > 1 and is_suffix(words[at]):
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def is_suffix(word):
    return word.strip(". ").replace(".", "").lower() in SUFFIXES


@lru_cache(maxsize=200_000)
def name_key(first, last):
    """What two spellings of one name share: case, accents, points and spacing do not count."""
    decomposed = unicodedata.normalize("NFKD", f"{last} {first}".casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(WORD.findall(plain.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")))


@lru_cache(maxsize=20_000)
def text_key(text):
    """What two spellings of a department or job title share."""
    return " ".join(text.casefold().split())
