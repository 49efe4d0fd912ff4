"""A real Celery worker on the test's database, to be killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from countyhr.celery import app


class Worker:
    """A worker process with its children, in a group of its own."""

    def __init__(self, processes=2):
        self.processes = processes
        self.child = None

    def start(self):
        """Start it and wait until it takes tasks."""
        parts = urlsplit(os.environ["DATABASE_URL"])
        database = urlunsplit(parts._replace(path="/" + connection.settings_dict["NAME"]))
        command = [sys.executable, "-m", "celery", "-A", "countyhr", "worker", "-c", str(self.processes)]
        quiet = [
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
            "-l",
            "CRITICAL",
            "-n",
            f"{self.name}@%h",
        ]
        self.child = subprocess.Popen(
            [*command, *quiet],
            env=os.environ | {"DATABASE_URL": database},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 30
        while not app.control.ping([f"{self.name}@{os.uname().nodename}"], timeout=0.3):
            if self.child.poll() is not None or time.monotonic() > until:
                raise AssertionError("The worker does not start.")

    @property
    def name(self):
        return f"test-{settings.CELERY_TASK_DEFAULT_QUEUE}"

    def kill(self):
        """kill -9, the children too: nothing is cleaned up."""
        if self.child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()


@contextlib.contextmanager
def worker():
    """A worker for the time of a test; what it left in the queue is thrown away."""
    app.control.purge()
    found = Worker()
    try:
        found.start()
        yield found
    finally:
        found.kill()
        app.control.purge()
