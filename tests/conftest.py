"""What every test shares. Fixtures of one app live in tests/<app>/conftest.py."""

import os

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from tests.browser import chromium, site  # noqa: F401 (fixtures)

# Playwright keeps an event loop in the main thread, where Django would refuse to ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A worker that a test starts must find this run's queue.
os.environ.setdefault("COUNTYHR_TEST_NAME", settings.TEST_NAME)

# A busy machine makes an example slow, not wrong. The examples of `make test` are the same each time, so that
# it fails only for what was changed; `make drill` looks for new ones.
UNHURRIED = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("the same each time", UNHURRIED, derandomize=True)
hypothesis.settings.register_profile("searching", UNHURRIED, max_examples=2_000)
hypothesis.settings.load_profile("the same each time")


def pytest_configure(config):
    if settings.MODE != "test":
        pytest.exit(
            "Tests need a database of their own. Run `make test`, or\n"
            ".venv/bin/python -m launcher run --profile test -- .venv/bin/python -m pytest tests/...",
            returncode=2,
        )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of this process; in the end nobody holds it.

    A thread of the server that a browser has kept waiting has a connection until its socket is closed.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db):
    """The small county of tests/world.py."""
    from tests import world

    return world.build()
