"""What a roster leaves unknown of people and positions, and why (ORG-4)."""

from collections import defaultdict
from typing import NamedTuple

EMPTY = "The roster leaves it empty."
NO_COLUMN = "The roster has no column for it."
PART_TIME = "The roster says part time, not which part."
# What rules ask for, and which columns could tell it.
TOLD_BY = {
    "hired_on": {"hired_on"},
    "name": {"full_name", "last_name"},
    "job": {"job_title", "job_code"},
    "fte": {"fte"},
    "exempt": {"exempt"},
    "grade": {"grade"},
    "fund": {"fund"},
}
# What it means for pay, said beside the count.
MEANS = {
    "fte": "Their pay counts as stated. No pay range and no dollar amount of a plan holds for them.",
    "grade": "No pay range holds for them. That is right for elected officials and others without a grade.",
    "hired_on": "Rules about the length of service leave them out.",
    "fund": "Their cost stands under no fund.",
}
OF_PERSON = ("name", "hired_on")
OF_POST = ("job", "fte", "exempt", "grade", "fund")
LABELS = {
    "fte": "FTE",
    "grade": "Grade",
    "hired_on": "Hire date",
    "exempt": "FLSA status",
    "job": "Job title",
    "fund": "Fund",
    "name": "Name",
}
EXAMPLES = 5


class Unknown(NamedTuple):
    """One thing that is not known of people in the file, for one reason; `rows` are the first of them."""

    field: str
    reason: str
    count: int
    rows: list[int]

    @property
    def label(self):
        return LABELS[self.field]

    @property
    def means(self):
        return MEANS.get(self.field, "")

    @property
    def places(self):
        """`rows 2, 8, 10, …`; nothing where it is all of them for want of a column."""
        if self.reason == NO_COLUMN:
            return ""
        examples = ", ".join(f"{row:,}" for row in self.rows)
        return f"row{'s' if len(self.rows) > 1 else ''} {examples}{', …' if self.count > EXAMPLES else ''}"

    def __str__(self):
        people = "1 person" if self.count == 1 else f"{self.count:,} people"
        sentence = f"{self.label} of {people}: {self.reason}"
        return f"{sentence} ({self.places})" if self.places else sentence


def unknown_of(state, columns, fields, before):
    """Field to reason for what is unknown in `state`; an earlier reason stays if the file adds nothing.

    `columns` are the fields that the file has a column for.
    """
    reasons = {}
    for name in fields:
        value = state.name if name == "name" else getattr(state, name)
        if value not in (None, ""):
            continue
        if name == "fte" and getattr(state, "is_part_time", False):
            reasons[name] = PART_TIME
        elif columns & TOLD_BY[name]:
            reasons[name] = EMPTY
        else:
            reasons[name] = before.get(name, NO_COLUMN)
    return reasons


def count_unknown(states, columns):
    """What is unknown of people, each a list of `Unknown` in the order of `LABELS`.

    `states` are (row number, what is known of the person once the file is applied, his earlier reasons).
    """
    rows = defaultdict(list)
    columns = columns.keys()
    for at, state, before in states:
        for name, reason in unknown_of(state, columns, (*OF_PERSON, *OF_POST), before).items():
            rows[name, reason].append(at)
    found = [
        Unknown(name, reason, len(places), sorted(places)[:EXAMPLES])
        for (name, reason), places in rows.items()
    ]
    order = list(LABELS)
    return sorted(found, key=lambda each: (order.index(each.field), -each.count))
