"""One Valkey server of a clone, the broker between web and worker, reached over a Unix socket only."""

import socket
import sys
import time

from launcher.binaries import find_valkey
from launcher.places import CannotStart, socket_folder, state_folder
from launcher.processes import start, stop, tail


class Server:
    """The Valkey of one profile. `start` may be called again after the server died."""

    def __init__(self, profile: str):
        self.profile = profile
        self.folder = state_folder(profile) / "valkey"
        self.log = state_folder(profile) / "valkey.log"
        self.socket = socket_folder(profile) / "valkey.sock"
        self.child = None

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}?virtual_host=0"

    def start(self):
        """Start the server and wait until it answers. Raises CannotStart with the end of its log."""
        if sys.platform != "linux":  # there a server outlives its parent
            self._say(b"SHUTDOWN NOSAVE\r\n")
        self.folder.mkdir(exist_ok=True)
        self.log.unlink(missing_ok=True)
        settings = {
            "port": 0,
            "unixsocket": self.socket,
            "unixsocketperm": 700,
            "dir": self.folder,
            "save": "",
            "appendonly": "no" if self.profile == "test" else "yes",
            "appendfsync": "everysec",
        }
        flags = [str(part) for name, value in settings.items() for part in (f"--{name}", value)]
        self.child = start([find_valkey(), *flags], log=self.log)
        until = time.monotonic() + 30
        while time.monotonic() < until and self.child.poll() is None:
            if self._say(b"PING\r\n") == b"+PONG\r\n":
                return
            time.sleep(0.02)
        stop(self.child)
        raise CannotStart(f"Valkey does not start. The end of {self.log}:\n{tail(self.log)}")

    def stop(self):
        if self.child:
            stop(self.child, within=10)

    def _say(self, words: bytes) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(str(self.socket))
                line.sendall(words)
                return line.recv(100)
        except OSError:
            return b""
