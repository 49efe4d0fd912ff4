import pytest

from tests.overtime.lumps import released_lumps


@pytest.fixture
def batch(world):
    return released_lumps(world)
