"""Who asks, when a proxy may stand between."""

from ipaddress import ip_network

import pytest

from config.doorway import Doorway

LOOPBACK = ("127.0.0.0/8", "::1/128")


def seen(peer, trusted=LOOPBACK, **headers):
    """Return (address, scheme that a proxy claims) as the site sees them of a request."""
    environ = {"REMOTE_ADDR": peer, **{f"HTTP_{name.upper()}": value for name, value in headers.items()}}
    found = {}

    def application(environ, start_response):
        found.update(environ)
        return []

    Doorway(application, map(ip_network, trusted))(environ, None)
    assert "HTTP_X_FORWARDED_FOR" not in found
    return found["REMOTE_ADDR"], found.get("HTTP_X_FORWARDED_PROTO")


def test_who_asks_directly_is_who_they_are():
    assert seen("203.0.113.5") == ("203.0.113.5", None)


def test_who_asks_directly_cannot_pose_as_another():
    assert seen("203.0.113.5", x_forwarded_for="198.51.100.1", x_forwarded_proto="https") == ("203.0.113.5", None)


def test_a_proxy_on_this_machine_is_believed():
    assert seen("127.0.0.1", x_forwarded_for="203.0.113.5", x_forwarded_proto="https") == ("203.0.113.5", "https")
    assert seen("::1", x_forwarded_for="2001:db8::5") == ("2001:db8::5", None)


def test_unless_nobody_is_trusted():
    assert seen("127.0.0.1", (), x_forwarded_for="203.0.113.5", x_forwarded_proto="https") == ("127.0.0.1", None)


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("198.51.100.1, 203.0.113.5", "203.0.113.5"),  # the first was sent by the client itself
        ("198.51.100.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"),  # through two of ours
        ("127.0.0.1, 203.0.113.5", "203.0.113.5"),
        ("10.0.0.2", "10.0.0.2"),  # somebody on our own network
        ("nonsense, 203.0.113.5", "203.0.113.5"),
        ("203.0.113.5, nonsense", "10.0.0.1"),
        ("", "10.0.0.1"),
        (" , ,", "10.0.0.1"),
        ("203.0.113.5:4711", "203.0.113.5"),
        ("[2001:db8::5]:4711", "2001:db8::5"),
        ("2001:DB8:0::5", "2001:db8::5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("1.1.1.1," * 5000 + "203.0.113.5", "203.0.113.5"),
    ],
)
def test_the_last_address_that_is_none_of_ours_is_the_client(forwarded, client):
    assert seen("10.0.0.1", ("10.0.0.0/8", "127.0.0.0/8"), x_forwarded_for=forwarded)[0] == client


def test_an_ipv4_address_written_as_ipv6_is_the_same_address():
    assert seen("::ffff:203.0.113.5") == ("203.0.113.5", None)
    assert seen("::ffff:127.0.0.1", x_forwarded_for="203.0.113.5") == ("203.0.113.5", None)


def test_an_unknown_peer_is_left_as_it_is():
    assert seen("", x_forwarded_for="203.0.113.5") == ("", None)


def test_the_server_does_not_say_what_it_is():
    told = []

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    doorway = Doorway(application, ())
    assert doorway({"REMOTE_ADDR": "203.0.113.5"}, lambda status, headers, exc_info: told.extend(headers)) == [b"ok"]
    assert told == [("Content-Type", "text/plain"), ("Server", "Causerie")]
