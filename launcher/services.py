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


class Lease:
    """The right to use a profile's services that nobody has named, kept up while it is held."""

    def __init__(self, profile: str):
        self.profile = profile
        self.wanted = [name for name in SERVICES if not os.environ.get(name)]
        self.line = None
        self.environment = {"COUNTYHR_MODE": mode_of(profile), "COUNTYHR_STATE": str(state_folder(profile))}

    def take(self):
        """Ask the keeper for the services. Raises CannotStart with a sentence for whoever asked."""
        if not self.wanted:
            return
        self.line = call_keeper(self.profile)
        self.line.sendall(" ".join(self.wanted).encode())
        answer = wait_for_answer(self.line, self.profile)
        if "problem" in answer:
            raise CannotStart(answer["problem"])
        self.environment |= answer

    def renew(self):
        """Take the services again if their keeper was killed; their addresses stay the same."""
        if self.line and select.select([self.line], [], [], 0)[0]:
            self.line.close()
            self.take()

    def give_back(self):
        """Return when the keeper knows that we are out, and has stopped everything if we were the last."""
        if self.line:
            with contextlib.suppress(OSError):
                self.line.shutdown(socket.SHUT_WR)
                self.line.settimeout(60)
                while self.line.recv(100):
                    pass
            self.line.close()


@contextlib.contextmanager
def lent(profile: str):
    """Hold a Lease; its `environment` has the variables that point to the services.

    Several processes may hold one at once: the first starts the servers, the others share them, the last one
    out stops them.
    """
    lease = Lease(profile)
    try:
        lease.take()
        yield lease
    finally:
        lease.give_back()


def mode_of(profile: str) -> str:
    """Return the mode that goes with a profile. Raises CannotStart in a real county's environment."""
    if os.environ.get("COUNTYHR_MODE") == "production":
        raise CannotStart("COUNTYHR_MODE is production here, where neither the demo nor tests may run.")
    return "test" if profile == "test" else "demo"


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
