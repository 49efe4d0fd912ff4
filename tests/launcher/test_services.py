import os
import signal
import sys
import time

import psycopg2
import pytest

NAMED = {"DATABASE_URL": "postgres://db.example/hr", "CELERY_BROKER_URL": "redis://mq.example/0"}
KEPT = "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number"


def eventually(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


def test_the_demo_signs_in_as_an_ordinary_role_that_may_add_the_extensions(clone, ask):
    url = clone.hold()[1]

    ask(url, "CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")
    role = ask(url, "SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")

    assert role == [("countyhr", False, False)]
    assert ask(url, "SELECT lower('ÁLVAREZ'), current_setting('fsync')") == [("álvarez", "on")]


def test_tests_sign_in_as_a_role_that_may_make_databases(clone, ask):
    url = clone.hold(profile="test")[1]

    assert ask(url, "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user") == [
        ("countyhr_test", True)
    ]


def test_the_broker_keeps_its_queue_on_disk_and_listens_on_no_port(clone):
    script = """
import os, redis
socket = os.environ["CELERY_BROKER_URL"].removeprefix("redis+socket://").split("?")[0]
print(sorted(redis.Redis(unix_socket_path=socket).config_get("port", "appendonly").values()))
"""

    assert clone.run(sys.executable, "-c", script).stdout == "['0', 'yes']\n"


def test_the_first_starts_the_others_share_and_the_last_one_out_stops(clone):
    first, url = clone.hold(profile="test")
    servers = clone.servers()
    second, same_url = clone.hold(profile="test")

    first.communicate()

    assert sorted(servers) == ["bin/postgres", "launcher.keeper", "valkey-server"]
    assert (same_url, clone.servers()) == (url, servers)
    second.communicate()
    assert eventually(lambda: clone.servers() == {})


def test_a_killed_user_takes_the_services_along_and_the_rows_stay(clone, ask):
    holder, url = clone.hold(profile="test")
    ask(url, KEPT)

    holder.kill()

    assert eventually(lambda: clone.servers() == {})
    assert ask(clone.hold(profile="test")[1], "SELECT count(*) FROM kept") == [(1000,)]


def test_everything_killed_at_once_starts_again_with_its_rows(clone, ask):
    holder, url = clone.hold()
    ask(url, KEPT)

    for pid in clone.servers().values():
        os.kill(pid, signal.SIGKILL)
    holder.kill()

    assert ask(clone.hold()[1], "SELECT count(*) FROM kept") == [(1000,)]


@pytest.mark.parametrize("name", ["bin/postgres", "valkey-server"])
def test_a_killed_server_is_started_again(clone, name):
    clone.hold(profile="test")
    killed = clone.servers()[name]

    os.kill(killed, signal.SIGKILL)

    assert eventually(lambda: clone.servers().get(name, killed) != killed)


def test_two_clones_and_two_profiles_work_side_by_side(make_clone, ask):
    one, other = make_clone(), make_clone()

    urls = [one.hold(profile="bench")[1], one.hold(profile="test")[1], other.hold(profile="test")[1]]

    assert len(set(urls)) == 3
    assert [ask(url, "SELECT count(*) FROM pg_stat_activity WHERE datname = 'countyhr'") for url in urls] == [
        [(1,)]
    ] * 3


def test_databases_of_killed_tests_are_dropped_at_the_next_start(clone, ask):
    holder, url = clone.hold(profile="test")
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE test_countyhr_4711")
    connection.close()
    holder.communicate()

    url = clone.hold(profile="test")[1]

    assert ask(url, "SELECT datname FROM pg_database WHERE datname LIKE 'test%'") == []


def test_nothing_is_started_for_services_that_are_named(clone):
    answer = clone.run("sh", "-c", "echo $DATABASE_URL $CELERY_BROKER_URL", **NAMED)

    assert answer.stdout == "postgres://db.example/hr redis://mq.example/0\n"
    assert not (clone.folder / ".state/demo/keeper.log").exists()


def test_only_the_broker_is_started_when_the_database_is_named(clone):
    url = clone.hold(DATABASE_URL=NAMED["DATABASE_URL"])[1]

    assert url == NAMED["DATABASE_URL"]
    assert sorted(clone.servers()) == ["launcher.keeper", "valkey-server"]


def test_another_folder_holds_another_county(clone, ask):
    ask(clone.hold()[1], KEPT)

    url = clone.hold(COUNTYHR_STATE=str(clone.folder / ".state/own"))[1]

    assert ask(url, "SELECT to_regclass('kept')") == [(None,)]


def test_production_is_no_place_for_the_demo(clone):
    answer = clone.run("true", COUNTYHR_MODE="production", **NAMED)

    assert (answer.returncode, answer.stderr) == (
        1,
        "COUNTYHR_MODE is production here, where neither the demo nor tests may run.\n",
    )


@pytest.mark.parametrize(("script", "code"), [("exit 3", 3), ("kill -TERM $$", 143)])
def test_run_returns_what_the_command_returned(clone, script, code):
    assert clone.run("sh", "-c", script, **NAMED).returncode == code


def test_a_socket_folder_that_others_may_enter_is_refused(clone):
    asked = clone.python("-c", "from launcher.places import socket_folder; print(socket_folder('demo'))")
    folder = asked.communicate()[0].strip()
    os.chmod(folder, 0o755)  # noqa: S103 - the fault that is looked for

    answer = clone.run("true")

    os.rmdir(folder)
    assert (answer.returncode, answer.stderr) == (
        1,
        f"{folder} is not a private folder of yours. Remove it and try again.\n",
    )


@pytest.mark.skipif(os.getuid() != 0, reason="only root hands the database to nobody")
def test_root_in_a_clone_that_nobody_can_enter(clone, ask):
    clone.folder.chmod(0o700)

    url = clone.hold(profile="test")[1]

    assert ask(url, "SHOW data_directory")[0][0].startswith(str(clone.homes[1]))
