import pytest

from tests import pay_year


@pytest.fixture
def rated(world):
    pay_year.rate_all(world)
    return world


@pytest.fixture
def run(rated):
    return pay_year.compute(rated)
