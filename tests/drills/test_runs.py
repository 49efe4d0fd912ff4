"""A run survives the death of its worker at any moment, and comes out the same to the byte."""

import os

import pytest

from bench import county
from compensation.runs import computing
from tests import killing

pytestmark = pytest.mark.drill
KILLS = int(os.environ.get("DRILL_KILLS", "50"))


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_killed_at_random_moments(monkeypatch):
    monkeypatch.setattr(computing, "STILL_SECONDS", 1)
    hashes = killing.kill_in_runs(KILLS, seed=27)
    assert (len(hashes), len(set(hashes))) == (KILLS + 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_press_run_at_the_same_instant_again_and_again():
    plan = county.build(200)
    for _ in range(20):
        assert killing.press_twice_at_once(plan) == ["refused", "started"]
