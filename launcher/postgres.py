"""One PostgreSQL server of a clone: made on first use, reached over a Unix socket only."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from launcher.binaries import Postgres, find_postgres
from launcher.places import CannotStart, key_of, nobody, socket_folder, state_folder
from launcher.processes import nobody_options, start, stop, tail

# In the demo the project signs in as in production: as an ordinary role that owns its database. Tests sign in
# as a superuser, because they create databases and must empty tables that nobody else may empty.
ROLES = """
SELECT 'CREATE ROLE countyhr LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countyhr') \\gexec
SELECT 'CREATE DATABASE countyhr OWNER countyhr'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'countyhr') \\gexec
"""
TEST_ROLE = """
SELECT 'CREATE ROLE countyhr_test LOGIN SUPERUSER'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countyhr_test') \\gexec
"""
LEFT_BY_KILLED_TESTS = """
SELECT format('DROP DATABASE %I', datname) FROM pg_database WHERE datname LIKE 'test\\_%' \\gexec
"""


class Server:
    """The PostgreSQL of one profile. `start` may be called again after the server died."""

    def __init__(self, profile: str):
        self.profile = profile
        self.log = state_folder(profile) / "postgres.log"
        self.sockets = socket_folder(profile)
        self.as_nobody = os.getuid() == 0
        self.child = None

    @property
    def url(self) -> str:
        role = "countyhr_test" if self.profile == "test" else "countyhr"
        return f"postgres://{role}@/countyhr?host={self.sockets}"

    def start(self):
        """Start the server and wait until it answers. Raises CannotStart with the end of its log."""
        setup = ROLES
        if self.profile == "test":
            setup += TEST_ROLE if self.child else TEST_ROLE + LEFT_BY_KILLED_TESTS
        self.installation, home = self._reachable(find_postgres())
        self.data = home / f"pg{self.installation.major}"
        self.log.unlink(missing_ok=True)
        if self.as_nobody:
            os.chown(self.sockets, nobody().pw_uid, nobody().pw_gid)
        if not self.data.exists():
            self._make_cluster()
        self._refuse_data_of_others()
        # After a kill -9 old backends can hold the shared memory for a moment.
        for _ in range(20):
            self.child = start(
                self._command(), log=self.log, as_nobody=self.as_nobody, at_parents_death=signal.SIGINT
            )
            if self._answers():
                return self._psql(setup)
            if sys.platform != "linux":  # there a server outlives its parent
                self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", "10")
            time.sleep(0.3)
        raise CannotStart(f"PostgreSQL does not start. The end of {self.log}:\n{tail(self.log)}")

    def stop(self):
        """Stop the server at once, rolling back what is open."""
        if self.child:
            stop(self.child, with_signal=signal.SIGINT, within=30)

    def _refuse_data_of_others(self):
        owner, runner = self.data.stat().st_uid, nobody().pw_uid if self.as_nobody else os.getuid()
        if owner != runner:
            raise CannotStart(
                f"{self.data} is the database of user {user_name(owner)}. "
                "Run the command as before, or remove that folder to begin with an empty database."
            )

    def _command(self) -> list:
        settings = {
            "listen_addresses": "",  # with no password, a TCP port would let in every user of the machine
            "unix_socket_directories": self.sockets,
            "unix_socket_permissions": "0700",
            "max_connections": 200,
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if self.profile == "test":
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.installation.bin / "postgres", "-D", self.data, *flags]

    def _make_cluster(self):
        """Make the data directory under another name first, so that Ctrl-C never leaves half of one."""
        unfinished = self.data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self.as_nobody:
            os.chown(unfinished, nobody().pw_uid, nobody().pw_gid)
        if self.installation.major >= 17:  # sorts the same on every system
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        else:
            locale = ["--locale=C", "--lc-ctype=" + ("C.UTF-8" if sys.platform == "linux" else "UTF-8")]
        fast = ["--no-sync"] if self.profile == "test" else []
        answer = self._run(
            "initdb", "-D", unfinished, "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale, *fast
        )
        if answer.returncode:
            if "could not look up effective user ID" in answer.stderr:
                raise CannotStart(
                    f"PostgreSQL needs a user with a name, and user id {os.getuid()} has none here. "
                    "Name a database in DATABASE_URL instead."
                )
            raise CannotStart(f"PostgreSQL could not make its data directory:\n{answer.stderr.strip()}")
        unfinished.rename(self.data)

    def _answers(self) -> bool:
        """Wait until the server takes connections; False when it ended or a minute has gone."""
        until = time.monotonic() + 60
        while time.monotonic() < until and self.child.poll() is None:
            ready = (
                self._run(
                    "pg_isready", "-q", "-h", self.sockets, "-U", "postgres", "-d", "postgres"
                ).returncode
                == 0
            )
            if ready and self.child.poll() is None:
                return True
            time.sleep(0.03)
        stop(self.child, with_signal=signal.SIGINT)
        return False

    def _psql(self, script: str):
        options = ["-U", "postgres", "-d", "postgres", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        answer = self._run("psql", "-h", self.sockets, *options, input=script)
        if answer.returncode:
            raise CannotStart(f"PostgreSQL refused the role and the database:\n{answer.stderr.strip()}")

    def _run(self, program: str, *arguments, **options):
        options |= nobody_options() if self.as_nobody else {}
        argv = [self.installation.bin / program, *arguments]
        return subprocess.run(argv, capture_output=True, text=True, env=plain_environment(), **options)

    def _reachable(self, installation: Postgres) -> tuple[Postgres, Path]:
        """Return the programs and a home for the data that the server's user can reach.

        For root the server runs as nobody, who cannot look into a clone below a 0700 folder such as /root.
        Then the data stands in /var/lib, with a copy of the wheel's programs and the libraries beside them.
        """
        home = state_folder(self.profile)
        if not self.as_nobody:
            return installation, home
        if not nobody_can("-x", home):
            home = outside_home(self.profile)
            home.mkdir(parents=True, exist_ok=True)
            for folder in (home, *home.parents[:2]):
                folder.chmod(0o755)
        if nobody_can("-x", installation.bin / "initdb") or installation.package is None:
            return installation, home
        package, copy = installation.package, home / f"programs-{installation.major}"
        if not copy.exists():
            unfinished = copy.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            libraries = package.with_name(f"{package.name}.libs")
            shutil.copytree(installation.bin.parent, unfinished / package.name / installation.bin.parent.name)
            if libraries.exists():
                shutil.copytree(libraries, unfinished / libraries.name)
            subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
            unfinished.rename(copy)
        found = copy / package.name / installation.bin.relative_to(package)
        return installation._replace(bin=found), home


def plain_environment() -> dict:
    """Return our environment without libpq's variables, which would point its programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def nobody_can(test: str, path: Path) -> bool:
    return subprocess.run(["test", test, path], **nobody_options()).returncode == 0


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def outside_home(profile: str) -> Path:
    """Return where root keeps the data of a clone that nobody cannot enter."""
    return Path("/var/lib/countyhr") / key_of(profile) / profile
