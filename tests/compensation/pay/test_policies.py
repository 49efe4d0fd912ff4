"""Policies of real counties, each as a plan's document whose examples come out to the cent."""

import json
from datetime import date
from pathlib import Path

import pytest

from compensation.pay import document
from compensation.pay.calculation import award
from compensation.pay.case import PayCase
from compensation.pay.checks import find_problems
from compensation.pay.dating import dates_of
from compensation.pay.explain import arithmetic
from compensation.pay.periods import say

FILES = sorted((Path(__file__).parent / "policies").glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_countys_policy_is_a_plan_and_its_examples_hold(path):
    plan = document.read(json.loads(path.read_text()))
    assert [str(failure) for failure in document.failures(plan)] == []
    found = find_problems(plan.rules, adopted_on=plan.adopted_on, tables=plan.tables)
    refused = {problem.field for problem in found if problem.severity == "refused"}
    assert refused == set()
    ready = plan.prepared()
    for example in plan.examples:
        given = award(example.case, ready)
        lines = arithmetic(example.case, given, plan.rules, dates=dates_of(example.case, ready))
        assert lines[0].amount == given.old_rate


def read(name):
    return document.read(json.loads((FILES[0].parent / f"{name}.json").read_text())).prepared()


@pytest.mark.parametrize(
    ("name", "case", "merit_on"),
    [
        ("tarrant_2024", {}, "January 1, 2024"),
        ("orange_1993", {"in_position_since": "1990-02-10"}, "February 20, 1993"),
        ("orange_abc_2022", {}, "July 9, 2022"),
        ("volusia", {"hired_on": "2015-03-20"}, "March 29, 2025"),
        ("volusia", {"hired_on": "2016-02-29"}, "March 1, 2025"),
    ],
)
def test_merit_counts_from_the_day_that_the_policy_says(name, case, merit_on):
    facts = {key: date.fromisoformat(value) for key, value in case.items()}
    assert say(dates_of(PayCase("1", "annual", 4_000_000, **facts), read(name)).merit_on) == merit_on
