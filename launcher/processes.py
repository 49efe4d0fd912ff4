"""Children that never outlive their parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from launcher.places import CLONE, nobody

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def start(
    argv, *, log=None, env=None, cwd=CLONE, as_nobody=False, own_group=True, at_parents_death=signal.SIGTERM
):
    """Start a child that the kernel signals when we die, even by `kill -9` (on Linux).

    `log` is the file that receives its output, or None for ours. With `own_group` a Ctrl-C in the terminal
    does not reach the child, so that we can stop several of them in order.
    """
    parent = os.getpid()

    def before_exec():
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(at_parents_death))
            if os.getppid() != parent:  # the parent died before the line above
                os._exit(1)

    options = {"env": env, "cwd": cwd, "start_new_session": own_group, "preexec_fn": before_exec}
    if as_nobody:
        options |= nobody_options()
    if log is None:
        return subprocess.Popen(argv, **options)
    with Path(log).open("ab") as output:
        return subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options
        )


def nobody_options() -> dict:
    """Options of `subprocess` that run a program as nobody, from a folder that nobody can enter."""
    account = nobody()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


def stop(*children: subprocess.Popen, with_signal=signal.SIGTERM, within: float = 10):
    """Ask children to end, and after `within` seconds end them and whatever they left in their groups."""
    for child in children:
        if child.poll() is None:
            child.send_signal(with_signal)
    until = time.monotonic() + within
    for child in children:
        try:
            child.wait(max(0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        sweep(child)


def sweep(child: subprocess.Popen):
    """End what a dead child left behind in its own process group."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def tail(log: Path, lines: int = 8) -> str:
    """Return the last lines of a log, to show with a refusal."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
