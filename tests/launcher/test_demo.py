import socket

import pytest

from launcher import demo
from launcher.places import CannotStart


@pytest.fixture
def taken():
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_passed_over(taken, monkeypatch):
    monkeypatch.setattr(demo, "FIRST_PORT", taken)
    monkeypatch.delenv("COUNTYHR_PORT", raising=False)

    assert demo.free_port() > taken


def test_a_named_port_that_is_taken_is_refused(taken, monkeypatch):
    monkeypatch.setenv("COUNTYHR_PORT", str(taken))

    with pytest.raises(
        CannotStart, match=f"^Port {taken}, named by COUNTYHR_PORT, is taken. Name another one.$"
    ):
        demo.free_port()


def test_a_second_demo_in_the_same_clone_says_where_the_first_one_is(clone):
    first = clone.launch_code(
        "from launcher import demo\n"
        "with demo.alone() as sign:\n"
        "    demo.write_sign(sign, {'pid': 0, 'address': 'http://127.0.0.1:8000/'})\n"
        "    print('here', flush=True); input()\n"
    )
    first.stdout.readline()

    answer = clone.launch("demo")
    err = answer.communicate(timeout=20)[1]

    assert answer.returncode == 1
    assert err == (
        "The demo of this clone runs already, at http://127.0.0.1:8000/. Stop it there with Ctrl-C first.\n"
    )


def test_reset_leaves_a_named_database_alone(clone):
    answer = clone.launch("demo-reset", DATABASE_URL="postgres://db.example/hr")
    err = answer.communicate(timeout=20)[1]

    assert answer.returncode == 1
    assert err == "DATABASE_URL names a database of yours. demo-reset only removes the launcher's own.\n"


def test_a_part_that_keeps_ending_is_given_up(clone, tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "DEATHS_ALLOWED", 2)
    part = demo.Part(["-c", "raise SystemExit('no such host')"], {}, tmp_path / "log")
    supervisor = demo.Supervisor({"worker": part}, lease=None)

    for _ in range(2):
        part.child.wait()
        supervisor.revive()
    part.child.wait()

    with pytest.raises(CannotStart) as refusal:
        supervisor.revive()

    assert str(refusal.value).splitlines() == [
        "The worker keeps ending. The end of its log:",
        *["no such host"] * 3,
    ]
