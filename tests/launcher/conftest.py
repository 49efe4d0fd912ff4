import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest

PROJECT = Path(__file__).resolve().parents[2]
NAMED_BY_LAUNCHER = ("DATABASE_URL", "CELERY_BROKER_URL", "COUNTYHR_MODE", "COUNTYHR_STATE", "COUNTYHR_PORT")


class Clone:
    """A copy of the launcher alone in a folder of its own, as a fresh clone would hold it."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(
            PROJECT / "launcher", folder / "launcher", ignore=shutil.ignore_patterns("__pycache__")
        )
        self.environment = {name: v for name, v in os.environ.items() if name not in NAMED_BY_LAUNCHER}
        self.started = []
        self.homes = [folder, Path("/var/lib/countyhr") / short_hash(str(folder))]
        self.sockets = Path("/tmp").glob(f"countyhr-{short_hash(f'{folder}:{os.getuid()}')}-*")

    def launch(self, *arguments, **variables) -> subprocess.Popen:
        return self.python("-m", "launcher", *arguments, **variables)

    def launch_code(self, code: str) -> subprocess.Popen:
        return self.python("-c", code)

    def python(self, *arguments, **variables) -> subprocess.Popen:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment | variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(child)
        return child

    def run(self, *command, profile="demo", **variables) -> subprocess.CompletedProcess:
        child = self.launch("run", "--profile", profile, "--", *command, **variables)
        out, err = child.communicate(timeout=60)
        return subprocess.CompletedProcess(command, child.returncode, out, err)

    def hold(self, profile="demo", **variables) -> tuple[subprocess.Popen, str]:
        """Start a process that uses the services until its input ends; return it with the address it got."""
        child = self.launch(
            "run", "--profile", profile, "--", "sh", "-c", "echo $DATABASE_URL; cat", **variables
        )
        return child, child.stdout.readline().strip()

    def servers(self) -> dict[str, int]:
        """Return the process ids of the clone's keeper, postgres and valkey that run."""
        found = {}
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and is_below(process / "cwd", self.homes):
                try:
                    command = (process / "cmdline").read_text(errors="replace").replace("\0", " ")
                except ProcessLookupError:  # it ended just now
                    continue
                for name in ("launcher.keeper", "bin/postgres", "valkey-server"):
                    if name in command:
                        found[name] = int(process.name)
        return found

    def finish(self, child: subprocess.Popen):
        """End a child's input, on which it gives the services back; press harder if it stays."""
        for pressure in (lambda: None, child.terminate, child.kill):
            pressure()
            try:
                child.communicate(timeout=15)
                return
            except subprocess.TimeoutExpired:
                pass

    def end(self):
        for child in self.started:
            if not child.stdout.closed:
                self.finish(child)
        for pid in self.servers().values():
            os.kill(pid, signal.SIGKILL)
        for home in (*self.homes, *self.sockets):
            shutil.rmtree(home, ignore_errors=True)


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def is_below(link: Path, folders: list[Path]) -> bool:
    try:
        target = link.readlink()
    except OSError:  # the process has just ended
        return False
    return any(target.is_relative_to(folder) for folder in folders)


@pytest.fixture
def make_clone():
    """Makes clones, each in a folder that everybody can enter, and removes them with all they started."""
    if not Path("/proc/self/cwd").exists():
        pytest.skip("looks for processes in /proc")
    clones = []

    def make() -> Clone:
        folder = Path(tempfile.mkdtemp(prefix="clone-"))
        folder.chmod(0o755)
        clones.append(Clone(folder))
        return clones[-1]

    yield make
    for clone in clones:
        clone.end()


@pytest.fixture
def clone(make_clone):
    return make_clone()


@pytest.fixture
def project(clone):
    """A whole copy of the project, in which nothing was ever started."""
    left_out = shutil.ignore_patterns(".*", "__pycache__", "launcher", "tests", "staticfiles", "screenshots")
    shutil.copytree(PROJECT, clone.folder, ignore=left_out, dirs_exist_ok=True)
    return clone


@pytest.fixture
def ask():
    """Runs one statement in the database at an address and returns its rows, if it has any."""

    def ask(url, statement):
        connection = psycopg2.connect(url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    return ask
