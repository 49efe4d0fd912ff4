"""Celery 5.7.0 dies when the broker goes away while a task runs that is acknowledged late; 5.6.3 does not.

Run this before moving to another Celery.
"""

import os
import signal
import sys
import time

import pytest

pytestmark = pytest.mark.drill

TASK = """
import pathlib, time
from countyhr.celery import app

@app.task(name="nap")
def nap(name, seconds):
    pathlib.Path(name + ".begun").touch()
    time.sleep(seconds)
    pathlib.Path(name + ".done").touch()
"""


def appears(file, seconds=60):
    until = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.1)
    return file.exists()


@pytest.mark.parametrize("attempt", range(3))
def test_a_worker_outlives_its_broker_in_the_middle_of_a_task(project, attempt):
    (project.folder / "naps.py").write_text(TASK)
    celery = ("-m", "celery", "-A", "countyhr", "worker", "-c", "1", "-I", "naps")
    worker = project.launch("run", "--", "sh", "-c", f"exec {sys.executable} {' '.join(celery)} >log 2>&1")
    send = "from naps import nap; nap.delay('{}', {})"
    assert project.run(sys.executable, "-c", send.format("first", 4)).returncode == 0
    assert appears(project.folder / "first.begun")

    os.kill(project.servers()["valkey-server"], signal.SIGKILL)

    assert appears(project.folder / "first.done")
    assert project.run(sys.executable, "-c", send.format("second", 0)).returncode == 0
    assert appears(project.folder / "second.done")
    assert worker.poll() is None
    worker.terminate()
