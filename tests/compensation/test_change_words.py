"""What changed since a run, as people read it."""

from datetime import date

import pytest

from compensation.change_words import sentences
from compensation.facts import Change, StaleCase


def said(*changes, basis="annual", is_gone=False):
    return sentences(StaleCase(1, 2, 3, "10483", basis, is_gone, tuple(Change(*each) for each in changes)))


RATED = (("rating_id", None, 7), ("level", None, 4), ("score", None, 398), ("service_weight", None, 4_500))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            RATED,
            "A rating of record (level 4, score 3.98, service weight 45.00) arrived after the run.",
        ),
        (
            [(fact, after, before) for fact, before, after in RATED],
            "The rating of record of the run (level 4, score 3.98, service weight 45.00) no longer counts.",
        ),
        (
            [("rating_id", 7, 8), ("score", 337, 352)],
            "The rating of record was replaced: score from 3.37 to 3.52.",
        ),
        ([("rating_id", 7, 8)], "The rating of record was replaced by one with the same figures."),
        ([("rate", 3_987_000, 4_000_000)], "Rate of pay from $39,870.00 a year to $40,000.00 a year."),
        ([("fte", 10_000, 5_000)], "FTE from 1.00 to 0.50."),
        ([("grade", None, "C2")], "Grade is on record now: C2."),
        (
            [("hired_on", date(2026, 3, 2), None)],
            "Hire date is no longer on record; it was March 2, 2026.",
        ),
        ([("is_grant", False, True)], "Now paid from a grant."),
        ([("department_id", 4, 5)], "Moved to another department."),
    ],
)
def test_each_change_is_a_sentence(changes, expected):
    assert said(*changes) == [expected]


def test_a_changed_basis_changes_the_unit_of_the_rate():
    assert said(("basis", "annual", "hourly"), ("rate", 3_987_000, 191_683)) == [
        "Pay basis from by the year to by the hour.",
        "Rate of pay from $39,870.00 a year to $19.1683 an hour.",
    ]


def test_who_is_gone_is_said_alone():
    assert said(is_gone=True) == ["No longer employed in this position on the day of the base pay."]
