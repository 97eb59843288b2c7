"""Asking servers whose address a stranger gave.

Whoever may say "look at this page" may try to have this server look at what only it can reach (CWE-918): a router, a
database, a cloud's key service. So the name is looked up once, every address it has must be one of the public
internet, and the connection goes to that very address, so that a second look-up cannot say something else. Each
redirect is a new question with the same rules. Size, time and kind of the answer are bounded.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

PORTS = {80, 443, 8080, 8443}
MOST_BYTES = 2 * 1024 * 1024  # of a page, unpacked
MOST_SECONDS = 20  # for one question, redirects and all
MOST_REDIRECTS = 5
LONGEST_URL = 2000  # characters
REDIRECTS = {301, 302, 307, 308}
PIECE = 64 * 1024  # bytes

PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")  # https://www.iana.org/assignments/ipv6-unicast-address-assignments
TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))  # 6to4, Teredo: they hold any IPv4
# Of the protocols themselves; some versions of Python take a part of it for public.
PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits


class FetchError(Exception):
    """There is no answer. The words are for the log and for moderators."""


class Refused(FetchError):
    """What was asked for must not be asked, or cannot be used. Asking again would change nothing."""


class Unreachable(FetchError):
    """The other server, or the way to it, has trouble: later it may be better."""


@dataclass(frozen=True)
class Answer:
    url: str  # after redirects
    status: int
    headers: Message
    body: bytes = b""  # empty where its kind was not asked for

    @property
    def content_type(self) -> str:
        return self.headers.get_content_type() if self.headers.get("Content-Type") else ""

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        charset = self.headers.get_content_charset("utf-8")
        try:
            return self.body.decode(charset, "replace")
        except LookupError:  # a charset that nobody knows
            return self.body.decode("utf-8", "replace")


def fetch(url: str, *, accept: Iterable[str] = (), most_bytes: int = MOST_BYTES, data: bytes | None = None) -> Answer:
    """Return what the server at `url` answers, whatever the status.

    `accept`: the content types whose body is read (`text/html`, or all of a kind: `image/`). `data`: what to POST, a
    form. Raises `Refused` or `Unreachable`.
    """
    deadline = time.monotonic() + MOST_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        try:
            answer = ask(url, tuple(accept), most_bytes, data, deadline)
        except (http.client.HTTPException, OSError, zlib.error) as error:
            raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from error
        location = answer.headers.get("Location")
        if answer.status not in REDIRECTS or not location:
            return answer
        url = urljoin(url, location)
    raise Refused(f"more than {MOST_REDIRECTS} redirects")


def ask(url, accept, most_bytes, data, deadline) -> Answer:
    url = urldefrag(url).url
    host, port, path, is_secure = parts_of(url)
    addresses = public_addresses(host, port)
    connection = Connection(host, port, addresses, is_secure, deadline)
    watch = threading.Timer(max(0.0, deadline - time.monotonic()), connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST" if data is not None else "GET", path, data, headers_of(accept, data))
        response = connection.getresponse()
        answer = Answer(url, response.status, response.headers)
        if answer.is_good and accept and answer.content_type.startswith(accept):
            answer = Answer(url, response.status, response.headers, read(response, most_bytes))
    finally:
        watch.cancel()
        connection.close()
    if time.monotonic() > deadline:
        raise Unreachable(f"no whole answer within {MOST_SECONDS} seconds")
    return answer


def parts_of(url: str) -> tuple[str, int, str, bool]:
    """Return (host, port, path and query, whether it is https) of an address that may be asked; or raise `Refused`."""
    if len(url) > LONGEST_URL or any(character <= " " or character == "\x7f" for character in url):
        raise Refused("no web address")
    try:
        split = urlsplit(url)
        port = split.port or (443 if split.scheme == "https" else 80)
        host = (
            (split.hostname or "").encode("idna").decode("ascii")
            if ":" not in (split.hostname or "")
            else split.hostname
        )
    except ValueError as error:  # UnicodeError is one
        raise Refused("no web address") from error
    if split.scheme not in ("http", "https") or not host:
        raise Refused("no web address")
    if split.username is not None or split.password is not None:
        raise Refused("an address with a name or password")
    if port not in PORTS:
        raise Refused(f"port {port}")
    path = iri_to_uri(split.path or "/") + (f"?{iri_to_uri(split.query)}" if split.query else "")
    return host, port, path, split.scheme == "https"


def public_addresses(host: str, port: int) -> list[str]:
    """Return the IP addresses of `host`; raise `Refused` unless all of them are of the public internet."""
    try:
        found = list(dict.fromkeys(resolve(host, port)))
    except UnicodeError as error:
        raise Refused("no host") from error
    if hidden := [address for address in found if not is_public(address)]:
        raise Refused(f"{host} is {hidden[0]}, no address of the public internet")
    if not found:
        raise Unreachable(f"{host} has no address")
    return found


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet may reach, however it is written."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if found.version == 6:
        if found.ipv4_mapped:
            found = found.ipv4_mapped
        elif found in NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        elif found not in PUBLIC_IPV6 or any(found in tunnel for tunnel in TUNNELS):
            return False
    if found in PROTOCOLS or found.is_multicast or found.is_reserved:
        return False
    return found.is_global


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a name. Raises OSError where there are none."""
    return [item[4][0] for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """Return a connection to an IP address that was checked."""
    return socket.create_connection((address, port), timeout)


class Connection(http.client.HTTPConnection):
    """A connection to one of `addresses`, which were looked up and checked before; `host` is only spoken of."""

    def __init__(self, host, port, addresses, is_secure, deadline):
        self.default_port = 443 if is_secure else 80
        super().__init__(host, port)
        self.addresses, self.deadline = addresses, deadline
        self.context = ssl.create_default_context() if is_secure else None

    def connect(self):
        for number, address in enumerate(self.addresses, start=1):
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("no time left")
            try:
                self.sock = connect(address, self.port, left)
                break
            except OSError:
                if number == len(self.addresses):
                    raise
        if self.context:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self):
        """End it now, from another thread: a server that sends a byte a second never meets a socket's own timeout."""
        if self.sock:
            with contextlib.suppress(OSError):
                # Of TLS too: only the line below it may be touched by two threads.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def headers_of(accept, data) -> dict[str, str]:
    kinds = [f"{kind}*" if kind.endswith("/") else kind for kind in accept]
    headers = {
        "User-Agent": f"Mozilla/5.0 (compatible; Causerie; Webmention; +{settings.SITE_URL})",
        "Accept": ", ".join([*kinds, "*/*;q=0.1"]),
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if data is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    return headers


def read(response, most_bytes: int) -> bytes:
    """Return the unpacked body. However little is sent, it is never unpacked to more than `most_bytes`."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip"):
        raise Refused(f"packed with {coding[:20]}")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in coding else None
    body = bytearray()
    while piece := response.read(PIECE):
        body += unpacker.decompress(piece, most_bytes + 1 - len(body)) if unpacker else piece
        if len(body) > most_bytes or (unpacker and unpacker.unconsumed_tail):
            raise Refused(f"more than {most_bytes} bytes")
    if response.length or (unpacker and not unpacker.eof):
        raise Unreachable("the answer broke off")
    return bytes(body)
