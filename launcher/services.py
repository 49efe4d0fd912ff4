"""Lends a process the database and the broker for as long as it needs them."""

import contextlib
import fcntl
import json
import os
import select
import socket
import subprocess
import sys
import time

from launcher.places import CLONE, CannotStart, socket_folder, state_folder
from launcher.processes import tail

KEEPER_SOCKET = "keeper.sock"
SERVICES = ("DATABASE_URL", "CELERY_BROKER_URL")


@contextlib.contextmanager
def provided(profile: str, wanted=SERVICES):
    """Yield the environment variables of the services that nobody has named, and keep those up meanwhile.

    Several processes may do so at once: the first one starts the servers, the others share them, the last
    one out stops them. Raises CannotStart with a sentence for the person at the keyboard.
    """
    wanted = [name for name in wanted if not os.environ.get(name)]
    found = {"COUNTYHR_MODE": mode_of(profile), "COUNTYHR_STATE": str(state_folder(profile))}
    if not wanted:
        yield found
        return
    line = call_keeper(profile)
    try:
        line.sendall(" ".join(wanted).encode())
        answer = wait_for_answer(line, profile)
        if "problem" in answer:
            raise CannotStart(answer["problem"])
        yield found | answer
    finally:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_WR)
            line.settimeout(30)
            while line.recv(
                100
            ):  # the keeper hangs up once we are out, or all is stopped if we were the last
                pass
        line.close()


def mode_of(profile: str) -> str:
    return os.environ.get("COUNTYHR_MODE") or ("test" if profile == "test" else "demo")


@contextlib.contextmanager
def starting(profile: str):
    """Hold the lock under which a keeper is started and ends."""
    # Beside the profile's folder, so that `demo-reset` can remove the folder while it holds the lock.
    with state_folder(profile).with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def call_keeper(profile: str) -> socket.socket:
    """Return a connection to the profile's keeper, starting one if none answers."""
    door = str(socket_folder(profile) / KEEPER_SOCKET)
    log = state_folder(profile) / "keeper.log"
    with starting(profile):
        if line := connect(door):
            return line
        with log.open("wb") as output:
            keeper = subprocess.Popen(
                [sys.executable, "-m", "launcher.keeper", profile],
                cwd=CLONE,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # it must outlive a Ctrl-C here while others still use it
            )
        until = time.monotonic() + 30
        while time.monotonic() < until and keeper.poll() is None:
            if line := connect(door):
                return line
            time.sleep(0.01)
    raise CannotStart(f"The keeper of the services does not start. The end of {log}:\n{tail(log)}")


def connect(door: str) -> socket.socket | None:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(door)
        return line
    except (FileNotFoundError, ConnectionRefusedError):
        line.close()
        return None


def wait_for_answer(line: socket.socket, profile: str) -> dict:
    """Read the keeper's answer, saying so on standard error when it takes a while."""
    answer = b""
    if not select.select([line], [], [], 1.0)[0]:
        print("Starting the database…", file=sys.stderr, flush=True)
    while not answer.endswith(b"\n"):
        part = line.recv(4000)
        if not part:
            log = state_folder(profile) / "keeper.log"
            raise CannotStart(f"The keeper of the services ended. The end of {log}:\n{tail(log)}")
        answer += part
    return json.loads(answer)
