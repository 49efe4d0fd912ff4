from datetime import date

import pytest
from django.db import connection, transaction
from django.test import override_settings

from accounts.models import User
from organization.person import Person
from synthetic import county as synthetic_county

SMALL = 60


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker, tmp_path_factory):
    """A synthetic county of 60 people, made once for the tests of a module and rolled back after them."""
    quickly = override_settings(
        STATE_FOLDER=tmp_path_factory.mktemp("state"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with quickly, django_db_blocker.unblock(), rolled_back():
        made = synthetic_county.make(SMALL, seed=7)
        connection.check_constraints()
        yield made


class rolled_back:
    """What happens inside never happened."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *problem):
        transaction.set_rollback(True)
        self.atomic.__exit__(*problem)


def person(name, on=date(2026, 9, 15)):
    return Person(user=User.objects.get(name=name), on=on)
