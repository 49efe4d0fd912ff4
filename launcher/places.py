"""Where a clone keeps its services' data and sockets."""

import hashlib
import os
import pwd
import stat
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
PROFILES = ("demo", "test", "bench")


class CannotStart(Exception):
    """Something that the person at the keyboard must settle; the message says what."""


def place_of(profile: str) -> Path:
    """Return the folder of a profile's data. COUNTYHR_STATE names another one for the demo."""
    named = os.environ.get("COUNTYHR_STATE") if profile == "demo" else None
    return Path(named).absolute() if named else CLONE / ".state" / profile


def key_of(profile: str, *more) -> str:
    """Return a short name, the clone's own, for what must stand outside it."""
    place = place_of(profile)
    whose = CLONE if place == CLONE / ".state" / profile else place
    return hashlib.sha256(":".join(map(str, (whose, *more))).encode()).hexdigest()[:10]


def state_folder(profile: str) -> Path:
    """Make and return the folder for one profile's data, secrets and logs."""
    folder = place_of(profile)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except PermissionError:
        raise CannotStart(f"You may not write to {folder}. Run this as the owner of the clone.") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CannotStart(f"{folder} is another user's. Run this as that user, or remove the folder.")
    return folder


def socket_folder(profile: str) -> Path:
    """Make and return a short private folder for the profile's Unix sockets.

    It stands outside the clone because the path of a socket is limited to about 100 bytes.
    """
    # Not tempfile.gettempdir(): two terminals with different TMPDIR must meet in the same place.
    folder = Path("/tmp") / f"countyhr-{key_of(profile, os.getuid())}-{profile}"  # noqa: S108 - owner and mode are checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if (
        not stat.S_ISDIR(found.st_mode)
        or stat.S_IMODE(found.st_mode) != 0o700
        or found.st_uid not in owners()
    ):
        raise CannotStart(f"{folder} is not a private folder of yours. Remove it and try again.")
    return folder


def owners() -> set[int]:
    """User ids that may own our folders: one's own, and for root also nobody's, who runs the database."""
    if os.getuid() != 0:
        return {os.getuid()}
    return {0, nobody().pw_uid}


def nobody():
    """Return the account that runs PostgreSQL when we are root, which PostgreSQL refuses to be."""
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise CannotStart(
            "PostgreSQL does not run as root, and this system has no user 'nobody' to run it. "
            "Use an ordinary user, or name a database in DATABASE_URL."
        ) from None
