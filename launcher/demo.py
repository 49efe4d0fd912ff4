"""The demo: one process that starts all others, starts again what dies, and stops all on Ctrl-C."""

import contextlib
import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import sys
import time
from pathlib import Path

from launcher import postgres, processes, services
from launcher.places import CLONE, CannotStart, socket_folder, state_folder

FIRST_PORT = 8000
DEATHS_ALLOWED, DEATHS_WITHIN = 5, 60  # a part that dies more often than that, in seconds, will not live
PYTHON = sys.executable


def run() -> int:
    """Run the demo until somebody stops it. Returns the exit code."""
    with alone() as sign, services.lent("demo") as lease, stopping_on_signals():
        environment = os.environ | lease.environment | {"PYTHONUNBUFFERED": "1"}
        prepare(environment)
        port = free_port()
        web = [
            "gunicorn", "countyhr.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
            "--preload", "--no-control-socket", "--graceful-timeout", "5", "--access-logfile", "-",
        ]  # fmt: skip
        parts = {"web": Part(["-m", *web], environment, state_folder("demo") / "web.log")}
        parts |= background(environment)
        with contextlib.closing(Supervisor(parts, lease)) as supervisor:
            supervisor.wait_for_page(port)
            announce(sign, port)
            supervisor.watch()
    return 0


def develop() -> int:
    """Run Django's development server and a worker, both reloaded when code changes, on the demo's data."""
    with alone() as sign, services.lent("demo") as lease, stopping_on_signals():
        environment = os.environ | lease.environment | {"PYTHONUNBUFFERED": "1", "COUNTYHR_DEBUG": "1"}
        prepare(environment)
        port = free_port()
        parts = {"web": Part(["manage.py", "runserver", f"127.0.0.1:{port}"], environment, None)}
        parts |= background(environment)
        with contextlib.closing(Supervisor(parts, lease)) as supervisor:
            supervisor.wait_for_page(port)
            announce(sign, port)
            supervisor.watch(reload=("worker", "scheduler"))
    return 0


def reset() -> int:
    """Stop the demo if it runs, remove its data, and start it over."""
    if os.environ.get("DATABASE_URL"):
        raise CannotStart(
            "DATABASE_URL names a database of yours. demo-reset only removes the launcher's own."
        )
    stop_running_demo()
    folder = state_folder("demo")
    with services.starting("demo"):
        if line := services.connect(str(socket_folder("demo") / services.KEEPER_SOCKET)):
            line.close()
            raise CannotStart("A command is using the demo's database. Try again when it has ended.")
        shutil.rmtree(folder)
        shutil.rmtree(postgres.outside_home("demo"), ignore_errors=True)
    return run()


def background(environment: dict) -> dict:
    """Return the parts that work behind the pages."""
    state = state_folder("demo")
    celery = ["-m", "celery", "-A", "countyhr"]
    worker = [*celery, "worker", "-c", "2", "-l", "INFO", "--without-gossip", "--without-mingle"]
    scheduler = [*celery, "beat", "-l", "INFO", "--pidfile", "", "-s", str(state / "schedule")]
    return {
        "worker": Part(worker, environment, state / "worker.log"),
        "scheduler": Part(scheduler, environment, state / "scheduler.log"),
    }


def prepare(environment: dict):
    """Bring the database up to date, and fill it with the synthetic county if it is empty."""
    if not (state_folder("demo") / "sign-ins.json").exists():
        print("Preparing the county…", flush=True)
    step(["demo_county", "--if-empty"], environment)


def step(command: list[str], environment: dict):
    child = processes.start([PYTHON, "manage.py", *command], env=environment, own_group=False)
    if code := child.wait():
        raise CannotStart(f"manage.py {command[0]} failed with exit code {code}.")


@contextlib.contextmanager
def alone():
    """Hold the lock of the clone's one demo; yield the file that tells others its process and address."""
    sign = sign_of_life()
    with sign.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = told(sign).get("address") or "an address that it will print"
            raise CannotStart(
                f"The demo of this clone runs already, at {address}. Stop it there with Ctrl-C first."
            ) from None
        write_sign(sign, {"pid": os.getpid()})
        yield sign
        write_sign(sign, {})


def sign_of_life() -> Path:
    """Return the file in which a running demo says where it is; beside its folder, which a reset removes."""
    return state_folder("demo").with_suffix(".running.json")


def write_sign(sign: Path, words: dict):
    sign.write_text(json.dumps(words))


def told(sign: Path) -> dict:
    try:
        return json.loads(sign.read_text())
    except (OSError, ValueError):
        return {}


def stop_running_demo():
    """Ask a running demo of this clone to stop, and wait until it has."""
    sign = sign_of_life()
    with sign.open("a+") as file:
        until = time.monotonic() + 60
        asked = False
        while time.monotonic() < until:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if not asked and (pid := told(sign).get("pid")):
                    print("Stopping the demo that runs…", flush=True)
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGTERM)
                    asked = True
            time.sleep(0.1)
    raise CannotStart("The demo that runs does not stop. Stop it with Ctrl-C and try again.")


@contextlib.contextmanager
def stopping_on_signals():
    """Turn SIGTERM and a closed terminal into what Ctrl-C raises, once; take any of them as a wish to end."""

    def interrupt(number, frame):
        for wish in wishes:
            signal.signal(wish, lambda number, frame: None)  # stopping is under way
        raise KeyboardInterrupt

    wishes = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for wish in wishes:
        signal.signal(wish, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)


class Part:
    """One process of the demo and how often it has died."""

    def __init__(self, arguments: list[str], environment: dict, log: Path | None):
        self.arguments, self.environment, self.log = arguments, environment, log
        self.deaths = []
        self.child = None

    def start(self):
        self.child = processes.start([PYTHON, *self.arguments], env=self.environment, log=self.log)


class Supervisor:
    """Keeps the parts of the demo running."""

    def __init__(self, parts: dict[str, Part], lease: services.Lease):
        self.parts, self.lease = parts, lease
        for part in parts.values():
            if part.log:
                part.log.unlink(missing_ok=True)
            part.start()

    def close(self):
        processes.stop(*(part.child for part in self.parts.values() if part.child))

    def revive(self):
        """Start again what died. Raises CannotStart when a part will not live."""
        for name, part in self.parts.items():
            if part.child.poll() is None:
                continue
            processes.sweep(part.child)
            now = time.monotonic()
            part.deaths = [at for at in part.deaths if now - at < DEATHS_WITHIN] + [now]
            words = processes.tail(part.log) if part.log else ""
            if len(part.deaths) > DEATHS_ALLOWED:
                raise CannotStart(f"The {name} keeps ending. The end of its log:\n{words}")
            print(f"The {name} ended ({part.child.returncode}); it is started again.", file=sys.stderr)
            part.start()

    def wait_for_page(self, port: int):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if answers(port):
                return
            if self.parts["web"].child.poll() is not None:
                break
            time.sleep(0.1)
        log = self.parts["web"].log
        raise CannotStart(
            "The web server does not start." + (f" Its log ends:\n{processes.tail(log)}" if log else "")
        )

    def watch(self, reload: tuple[str, ...] = ()):
        seen = code_changed_at() if reload else 0
        while True:
            time.sleep(0.5)
            self.lease.renew()
            self.revive()
            if reload and (changed := code_changed_at()) != seen:
                seen = changed
                processes.stop(*(self.parts[name].child for name in reload))
                for name in reload:
                    self.parts[name].start()


def code_changed_at() -> float:
    """Return when the youngest Python file of the project was written."""
    folders = [found for found in CLONE.iterdir() if found.is_dir() and not found.name.startswith(".")]
    return max(file.stat().st_mtime for folder in folders for file in folder.rglob("*.py") if file.exists())


def answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def free_port() -> int:
    """Return the first free port from 8000 on, or the one named by COUNTYHR_PORT if that is free."""
    if named := os.environ.get("COUNTYHR_PORT"):
        if not (named.isdigit() and is_free(int(named))):
            raise CannotStart(f"Port {named}, named by COUNTYHR_PORT, is taken. Name another one.")
        return int(named)
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if is_free(port):
            return port
    raise CannotStart(f"No free port from {FIRST_PORT} to {FIRST_PORT + 99}. Name one in COUNTYHR_PORT.")


def is_free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def announce(sign: Path, port: int):
    """Print the sign-ins and the address, and leave the address for a second `make demo` to find."""
    address = f"http://localhost:{port}/"  # browsers make no passkey for an address of numbers
    write_sign(sign, {"pid": os.getpid(), "address": address})
    file = state_folder("demo") / "sign-ins.json"
    people = json.loads(file.read_text()) if file.exists() else []
    if people:
        columns = ("role", "name", "email", "password")
        widths = [max(len(person[column]) for person in people) for column in columns]
        print("\nSign in as")
        for person in people:
            print(
                "  " + "   ".join(person[c].ljust(w) for c, w in zip(columns, widths, strict=True)).rstrip()
            )
        print("Every other head and supervisor: the e-mail address on his page, and the same password.")
    print(f"\nCounty HR is at {address}   Ctrl-C stops it; logs are in {file.parent}.\n", flush=True)
