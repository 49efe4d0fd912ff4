"""What changed between two versions of a job description, word by word (JOB-3)."""

from difflib import SequenceMatcher
from typing import NamedTuple

ALIKE = 0.4  # from here on two lines are one line that was changed, not one taken out and one added
SAME, GONE, NEW = "same", "gone", "new"


class Piece(NamedTuple):
    """A run of words; `kind` is SAME, GONE (only in the old version) or NEW (only in the new one)."""

    kind: str
    text: str


class Pair(NamedTuple):
    """One line in both versions, as pieces; a side without the line is empty."""

    old: list
    new: list

    @property
    def is_changed(self):
        return any(piece.kind != SAME for piece in [*self.old, *self.new])


class Part(NamedTuple):
    """One part of the description, such as the duties."""

    name: str
    pairs: list

    @property
    def is_changed(self):
        return any(pair.is_changed for pair in self.pairs)


def part(name, old, new):
    return Part(name, pairs(old.splitlines(), new.splitlines()))


def pairs(old, new):
    """Lines of both texts beside each other, in their order."""
    found = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += _paired(old[a:b], new[c:d])
    return found


def _paired(old, new):
    """Each old line with the first of the new ones that is like it; the others stand alone."""
    found, rest = [], list(new)
    for line in old:
        match = next((each for each in rest if _alike(line, each)), None)
        if match is None:
            found.append(words(line, ""))
            continue
        place = rest.index(match)
        found += [words("", each) for each in rest[:place]] + [words(line, match)]
        del rest[: place + 1]
    return found + [words("", line) for line in rest]


def _alike(one, other):
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() >= ALIKE


def words(old, new):
    """One line in both versions, with the words that only one of them has."""
    before, after = old.split(), new.split()
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left.append(Piece(SAME if kind == "equal" else GONE, " ".join(before[a:b])))
        right.append(Piece(SAME if kind == "equal" else NEW, " ".join(after[c:d])))
    return Pair([each for each in left if each.text], [each for each in right if each.text])
