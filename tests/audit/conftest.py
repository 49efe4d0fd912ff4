from types import SimpleNamespace

import pytest
from django.db import connection

from accounts.models import User
from audit import chain
from audit.models import Entry
from audit.services import record
from tests.world import AT

DENISE = SimpleNamespace(user_id=7, name="Denise Okafor", role_name="Supervisor")


@pytest.fixture
def write(db):
    """Write `count` acts into the history."""
    user = User.objects.create_user("denise@caprock.example", "Denise Okafor")

    def write_acts(count):
        return [record("plan.signed", user, by=DENISE, at=AT, after={"step": step}) for step in range(count)]

    return write_acts


@pytest.fixture
def sealed(write):
    """Five entries, sealed; the transactions of tests leave no other."""
    entries = write(5)
    chain.seal()
    with connection.cursor() as cursor:  # as a commit would: no check of the rows written so far is left over
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return entries


@pytest.fixture
def tamper(db):
    """Change the history as the owner of the database could: with its triggers out of the way."""

    def run(sql, *parameters):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql, parameters)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return run


@pytest.fixture
def link_of():
    return lambda entry: Entry.objects.select_related("link").get(pk=entry.pk).link
