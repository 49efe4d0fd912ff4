import json

import pytest


@pytest.mark.drill  # applies every migration in a new cluster
def test_a_command_with_no_database_named_makes_the_demos_and_keeps_standard_output_clean(project):
    first, again = (
        project.python("manage.py", "audit", "verify", "--json").communicate(timeout=90) for _ in "12"
    )

    assert json.loads(first[0]) == json.loads(again[0])
    assert (first[1].splitlines()[-1:], again[1]) == (["Preparing the database…"], "")
    assert project.servers() == {}


@pytest.mark.drill
def test_the_first_account_of_a_county_of_ones_own_needs_no_database_prepared(project):
    names = ("--noinput", "--email", "pat@county.example", "--name", "Pat Doe")
    made = project.python("manage.py", "createsuperuser", *names, DJANGO_SUPERUSER_PASSWORD="a long word")

    assert made.communicate(timeout=90)[0] == "Superuser created successfully.\n"


def test_a_command_that_needs_no_database_starts_none(project):
    child = project.python("manage.py", "check")

    assert child.communicate(timeout=60)[0] == "System check identified no issues (0 silenced).\n"
    assert not (project.folder / ".state/demo/keeper.log").exists()
