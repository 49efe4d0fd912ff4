from decimal import Decimal
from types import SimpleNamespace

import pytest

from certification.checks import find_problems
from compensation.facts import Change, StaleCase


def rating(**changes):
    facts = {
        "level": 4,
        "service_weight": Decimal("45.00"),
        "has_progress_review": True,
        "is_signed": True,
    } | changes
    return SimpleNamespace(**facts)


def codes(found, stale=None):
    return [problem.code for problem in find_problems(found, stale=stale, minimum_service_weight=Decimal(30))]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"level": 2}, ["level"]),
        ({"service_weight": Decimal(0)}, ["no_service"]),
        ({"service_weight": Decimal("29.99")}, ["service_weight"]),
        ({"service_weight": Decimal("30.00")}, []),
        ({"has_progress_review": False}, ["progress_review"]),
        ({"is_signed": False}, ["signature"]),
    ],
)
def test_each_reason_alone(changes, expected):
    assert codes(rating(**changes)) == expected


def test_all_reasons_are_found_at_once():
    poor = rating(level=1, service_weight=Decimal(10), has_progress_review=False, is_signed=False)

    assert codes(poor) == ["level", "service_weight", "progress_review", "signature"]


def test_without_a_rating_nothing_else_is_said():
    assert codes(None) == ["no_rating"]


def test_a_changed_rating_says_what_it_was_and_is():
    change = Change("score", 337, 352)
    stale = StaleCase(1, 2, 3, "10483", "annual", False, (change,))

    (problem,) = find_problems(rating(), stale=stale, minimum_service_weight=30)

    assert problem.title == "The rating changed after the pay run."
    assert problem.text == "Rating score from 3.37 to 3.52."
