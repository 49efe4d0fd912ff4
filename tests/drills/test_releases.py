"""A release survives the death of its worker at any moment: one batch in the end, and nothing before."""

from datetime import timedelta

import pytest

from payroll import releasing
from tests.killing_releases import kill_in_release

pytestmark = pytest.mark.drill


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(5))
def test_the_worker_is_killed_at_random_moments_of_a_release(seed, monkeypatch):
    monkeypatch.setattr(releasing, "STILL", timedelta(seconds=1))
    kill_in_release(seed=seed)
