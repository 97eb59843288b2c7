"""Where the server listens."""

import errno
import re
import socket
import time
from dataclasses import dataclass

BIND = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<four>[^\s:\[\]/]+)):(?P<port>[0-9]{1,5})")


class CannotBind(Exception):
    """The server cannot listen there; the message says why, in one line."""


@dataclass(frozen=True)
class Binding:
    host: str  # an IP address
    port: int

    @classmethod
    def parse(cls, text: str) -> "Binding":
        """Return what `HOST:PORT` means; a name is looked up. Raises CannotBind."""
        found = BIND.fullmatch(text)
        port = int(found["port"]) if found else 0
        if not 0 < port < 65536:
            raise CannotBind("--bind needs HOST:PORT, like 127.0.0.1:8000, 0.0.0.0:80 or [::1]:8000.")
        host = found["six"] or found["four"]
        try:
            *_, (address, *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        except OSError:
            raise CannotBind(f"--bind names {host}, which is no address of this machine.") from None
        return cls(address, port)

    def __str__(self):
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """Where this machine finds what listens here: 0.0.0.0 is every address, and none to go to."""
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{Binding(here, self.port)}".removesuffix(":80")

    def check(self) -> None:
        """Raise CannotBind when nobody could listen here now.

        The workers share the port (SO_REUSEPORT), and would share it with another server of this user too: a socket
        that does not share finds out.
        """
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
                probe.listen(1)
            except OSError as error:
                raise CannotBind(
                    REASONS.get(error.errno, "{} cannot be used: " + error.strerror).format(self)
                ) from None

    def wait_until_answered(self) -> bool:
        """Return True once somebody accepts connections here; it may take for ever."""
        while True:
            try:
                with socket.create_connection((self.host, self.port), timeout=1):
                    return True
            except OSError:
                time.sleep(0.1)


REASONS = {
    errno.EADDRINUSE: "{} is taken: another program listens there. Stop it, or choose another port with --bind.",
    errno.EADDRNOTAVAIL: "{} is not an address of this machine.",
    errno.EACCES: "{} may only be used by an administrator: choose a port from 1024 on, and a proxy in front.",
}
