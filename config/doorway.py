"""The outermost layer: who asks, and over what, is settled here once, for the page cache and for Django."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

SERVER = ("Server", "Causerie")  # says nothing about what to try


class Doorway:
    """A WSGI application around another. Behind a proxy REMOTE_ADDR becomes the client's address.

    A proxy that `trusted` networks hold is believed when it says for whom it asks (X-Forwarded-For) and over what
    (X-Forwarded-Proto). From anybody else these headers are taken away: everyone can send them.
    """

    def __init__(self, application, trusted):
        self.application = application
        self.trusted = tuple(trusted)
        self.is_trusted = lru_cache(maxsize=10_000)(self.is_trusted)

    def __call__(self, environ, start_response):
        peer = environ.get("REMOTE_ADDR", "")
        forwarded = environ.pop("HTTP_X_FORWARDED_FOR", "")
        if self.is_trusted(peer):
            if forwarded:
                environ["REMOTE_ADDR"] = self.client(peer, forwarded)
        else:
            environ.pop("HTTP_X_FORWARDED_PROTO", None)
            if ":" in peer:
                environ["REMOTE_ADDR"] = str(address(peer) or peer)

        def begin(status, headers, exc_info=None):
            return start_response(status, [*headers, SERVER], exc_info)

        return self.application(environ, begin)

    def client(self, peer: str, forwarded: str) -> str:
        """Return the last address in `forwarded` that no trusted proxy has: what stands before it may be invented."""
        found = peer
        for item in reversed(forwarded.split(",")):
            candidate = address(without_port(item.strip()))
            if candidate is None:
                break
            found = str(candidate)
            if not self.is_trusted(found):
                break
        return found

    def is_trusted(self, text: str) -> bool:
        candidate = address(text)
        return candidate is not None and any(candidate in network for network in self.trusted)


def address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an IP address, an IPv4 one even if it is written as IPv6 (`::ffff:192.0.2.1`); None when it is none."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def without_port(text: str) -> str:
    """Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
