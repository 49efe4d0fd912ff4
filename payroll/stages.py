"""The stages of base pay, each on the one before: the raise for everyone, tenure, merit.

Each is released once in a fiscal year, and counts from its own day (`compensation.pay.dating`).
"""

from typing import NamedTuple

from look.formats import listed

WORDS = ("Across the board", "tenure", "merit")
ALL = len(WORDS)


class Stage(NamedTuple):
    """The rate and step that a stage leads to, and what it adds a year, in cents."""

    rate: int | None
    step: int | None
    cents: int


def stages_of(award, *, step=None):
    """The stages of an award or a run line; `step` is that of the case, on which the raise leaves it."""
    return [
        Stage(award.lifted_rate, step, award.across_the_board + award.lift),
        Stage(award.tenure_rate, award.tenure_step, award.tenure),
        Stage(award.new_rate, award.new_step, award.merit),
    ]


def count_settled(line, released):
    """How many stages of a run line wait for no release any more; `released` says of each whether it was."""
    waits = (stage.cents and not done for stage, done in zip(stages_of(line), released, strict=True))
    return next((count for count, each in enumerate(waits) if each), ALL)


def days_changed(award, before, dates, settled):
    """From which days the settled stages of base pay differ: of the first whose rate changed, and of those
    after it that add anything, now or before. `before` is None where there was no award.
    """
    days = []
    former = stages_of(before) if before else [Stage(None, None, 0)] * ALL
    for now, was, day in zip(stages_of(award)[:settled], former, dates, strict=False):
        if now.rate != was.rate and (not days or now.cents or was.cents):
            days.append(day or dates.raise_on)
    return days


def days_of(given, dates):
    """The days of the stages that are `given`, in order; that of the raise for one that can't be known."""
    return [day or dates.raise_on for is_given, day in zip(given, dates, strict=False) if is_given]


def covered(covers):
    """What a line of base pay covers, in words: "Across the board, tenure and merit"."""
    said = listed([words for words, is_covered in zip(WORDS, covers, strict=True) if is_covered])
    return said[0].upper() + said[1:]
