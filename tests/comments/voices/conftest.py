"""Other people's sites. Only the look-up of names and the opening of connections are stood in for: every guard of
`comments.voices.fetching` is at work."""

import socket
from collections import defaultdict

import pytest

from tests.comments.voices.elsewhere import ADDRESS, Elsewhere


@pytest.fixture
def elsewhere(monkeypatch):
    """A server that is every host of the internet whose name a test gave an address."""
    server = Elsewhere()
    names = defaultdict(lambda: [ADDRESS])

    def resolve(host, port):
        return names[host]

    def connect(address, port, timeout):
        server.connections.append((address, port))
        return socket.create_connection(("127.0.0.1", server.port), timeout)

    server.names = names
    monkeypatch.setattr("comments.voices.fetching.resolve", resolve)
    monkeypatch.setattr("comments.voices.fetching.connect", connect)
    with server:
        yield server
