import pytest

from tests import pay_year


@pytest.fixture
def rated(world):
    pay_year.rate_all(world)
    return world


@pytest.fixture
def clerk_certified(rated):
    """The County Clerk's awards are certified; those of the others wait. The Court has released the pay."""
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)
    pay_year.certify(rated, run, "CC", "ruth")
    pay_year.order_release(rated)
    return run


@pytest.fixture
def run(world):
    """Released: Marisol 46,280.00, raised 2 percent to 47,205.60, merit 2.75 percent for level 4."""
    return pay_year.released(world).run
