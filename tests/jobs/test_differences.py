"""JOB-3: what changed between two versions, word by word."""

from jobs.differences import Pair, pairs


def told(old, new):
    return [
        tuple([(piece.kind, piece.text) for piece in side] for side in pair)
        for pair in pairs(old.splitlines(), new.splitlines())
    ]


def test_words_that_changed_are_told_from_words_that_stayed():
    assert told("Nine of ten copies in ten minutes.", "Nine of ten copies in eight minutes.") == [
        (
            [("same", "Nine of ten copies in"), ("gone", "ten"), ("same", "minutes.")],
            [("same", "Nine of ten copies in"), ("new", "eight"), ("same", "minutes.")],
        )
    ]


def test_a_line_taken_out_or_added_stands_alone():
    assert told("25% Serves the counter\n10% Is on call", "25% Serves the counter\n40% Trains others") == [
        ([("same", "25% Serves the counter")], [("same", "25% Serves the counter")]),
        ([("gone", "10% Is on call")], []),
        ([], [("new", "40% Trains others")]),
    ]


def test_a_changed_line_finds_its_like_behind_an_added_one():
    assert [bool(pair.old) for pair in pairs(["30% Records deeds"], ["5% Is kind", "35% Records deeds"])] == [
        False,
        True,
    ]


def test_versions_that_are_alike_have_no_change():
    assert pairs(["a b"], ["a b"]) == [Pair([("same", "a b")], [("same", "a b")])]
