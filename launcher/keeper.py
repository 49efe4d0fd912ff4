"""The process that keeps a profile's servers while anybody uses them.

Everybody who needs a service holds a connection to the keeper's socket; the kernel closes it whatever way
that process ends. The keeper starts what is asked for, starts again what died, and stops all when the last
connection is gone. `python -m launcher.keeper PROFILE` is run by `launcher.services`, never by hand.
"""

import contextlib
import json
import select
import shutil
import signal
import socket
import sys
import time

from launcher import postgres, valkey
from launcher.places import CannotStart, socket_folder
from launcher.services import KEEPER_SOCKET, starting

SERVERS = {"DATABASE_URL": postgres.Server, "CELERY_BROKER_URL": valkey.Server}


def keep(profile: str):
    """Serve until nobody is left, then stop the servers and only then let go of whoever was last."""
    door = socket_folder(profile) / KEEPER_SOCKET
    door.unlink(missing_ok=True)
    users, servers = [], {}
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(door))
        listener.listen(64)
        begun = time.monotonic()
        while True:
            ready, _, _ = select.select([listener, *users], [], [], 0.5)
            leavers = []
            for line in ready:
                if line is listener:
                    users.append(listener.accept()[0])
                elif wanted := heard(line):
                    say(line, provide(wanted, servers, profile))
                else:
                    leavers.append(line)
            users = [line for line in users if line not in leavers]
            nobody_came = not leavers and time.monotonic() - begun > 30
            if not users and (leavers or nobody_came) and close_unless_called(listener, profile, servers):
                return
            for line in leavers:
                line.close()
            revive(servers)


def heard(line: socket.socket) -> list[str]:
    """Return the names of the services asked for; nothing when the asker is gone."""
    try:
        return line.recv(200).decode().split()
    except OSError:
        return []


def say(line: socket.socket, answer: dict):
    with contextlib.suppress(OSError):  # the asker may have gone meanwhile
        line.sendall(json.dumps(answer).encode() + b"\n")


def provide(wanted: list[str], servers: dict, profile: str) -> dict:
    """Start the servers wanted that do not run yet, and return their addresses or what is wrong."""
    try:
        for name in wanted:
            if name not in servers:
                server = SERVERS[name](profile)
                try:
                    server.start()
                except BaseException:
                    server.stop()
                    raise
                servers[name] = server
    except (CannotStart, OSError) as problem:
        return {"problem": str(problem)}
    return {name: servers[name].url for name in wanted}


def revive(servers: dict):
    """Start again what died; if that fails, the next round tries once more."""
    for server in servers.values():
        if server.child.poll() is not None:
            try:
                server.start()
            except (CannotStart, OSError) as problem:
                print(problem, file=sys.stderr, flush=True)


def close_unless_called(listener: socket.socket, profile: str, servers: dict) -> bool:
    """Stop all unless somebody is coming in; whoever comes later waits for the lock and starts afresh."""
    with starting(profile):
        if select.select([listener], [], [], 0)[0]:
            return False
        for server in servers.values():
            server.stop()
        shutil.rmtree(socket_folder(profile))
        return True


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    keep(sys.argv[1])
