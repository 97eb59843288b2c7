"""What this server may be talked into asking: the public internet, and nothing else."""

import gzip
import http.client
import ssl

import pytest

from comments.voices import fetching
from comments.voices.fetching import Refused, Unreachable, fetch

PAGE = "http://elsewhere.example/page"

HIDDEN = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # a cloud's key service
    "100.64.0.1",  # RFC 6598, carriers' own
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2001:0:7f00:1::1",
    "2001:db8::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "nonsense",
]


@pytest.mark.parametrize("address", HIDDEN)
def test_a_name_that_leads_inside_is_not_asked(elsewhere, address):
    elsewhere.page(PAGE, "secret")
    elsewhere.names["elsewhere.example"] = [address]
    with pytest.raises(Refused):
        fetch(PAGE, accept=["text/html"])
    assert elsewhere.connections == []


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_a_public_address_is_asked_itself(elsewhere, address):
    elsewhere.page(PAGE, "hello")
    elsewhere.names["elsewhere.example"] = [address]
    assert fetch(PAGE, accept=["text/html"]).text == "hello"
    assert elsewhere.connections == [(address, 80)]


def test_one_hidden_address_among_public_ones_is_enough(elsewhere):
    elsewhere.names["elsewhere.example"] = ["93.184.215.14", "10.0.0.1"]
    with pytest.raises(Refused):
        fetch(PAGE)


def test_a_name_that_changes_its_mind_after_the_look_changes_nothing(elsewhere, monkeypatch):
    """DNS rebinding: the name is looked up once, and the connection goes to what was found then."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    asked = []

    def resolve(host, port):
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    monkeypatch.setattr(fetching, "resolve", resolve)
    elsewhere.page(PAGE, "hello")
    fetch(PAGE)
    assert asked == ["elsewhere.example"]
    assert elsewhere.connections == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://elsewhere.example/",
        "file:///etc/passwd",
        "gopher://elsewhere.example/",
        "javascript:alert(1)",
        "//elsewhere.example/",
        "http://",
        "http:///path",
        "",
        "http://elsewhere.example:22/",
        "http://elsewhere.example:6379/",
        "http://elsewhere.example:99999/",
        "http://user:word@elsewhere.example/",
        "http://user@elsewhere.example/",
        "http://elsewhere.example/\r\nX: y",
        "http://elsewhere.example/a b",
        "http://[::1/",
        "http://" + "a" * 300 + ".example/",
        "http://elsewhere.example/" + "a" * 2000,
    ],
)
def test_what_is_no_plain_web_address_is_not_asked(elsewhere, url):
    with pytest.raises(Refused):
        fetch(url)
    assert elsewhere.connections == []


def test_a_redirect_is_checked_like_the_first_address(elsewhere):
    elsewhere.names["inside.example"] = ["127.0.0.1"]
    for to in ("http://inside.example/", "http://inside.example:6379/", "file:///etc/passwd", "//inside.example/x"):
        elsewhere.redirect(PAGE, to)
        with pytest.raises(Refused):
            fetch(PAGE)
    assert set(elsewhere.asked) == {PAGE}


def test_redirects_are_followed_and_counted(elsewhere):
    for number in range(fetching.MOST_REDIRECTS):
        elsewhere.redirect(f"http://elsewhere.example/{number}", f"/{number + 1}")
    last = f"http://elsewhere.example/{fetching.MOST_REDIRECTS}"
    elsewhere.page(last, "hello")
    assert fetch("http://elsewhere.example/0", accept=["text/html"]).url == last
    elsewhere.redirect(last, "/0")
    with pytest.raises(Refused, match="redirects"):
        fetch("http://elsewhere.example/0")


def test_a_page_larger_than_any_page_is_not_read(elsewhere):
    elsewhere.page(PAGE, b"x" * 5000)
    assert fetch(PAGE, accept=["text/html"], most_bytes=5000).body
    with pytest.raises(Refused, match="bytes"):
        fetch(PAGE, accept=["text/html"], most_bytes=4999)


def test_a_packed_page_is_unpacked_and_a_bomb_is_not(elsewhere):
    elsewhere.page(PAGE, gzip.compress(b"hello"), headers=[("Content-Encoding", "gzip")])
    assert fetch(PAGE, accept=["text/html"]).body == b"hello"
    bomb = gzip.compress(b"\0" * 50_000_000)
    elsewhere.page(PAGE, bomb, headers=[("Content-Encoding", "gzip")])
    with pytest.raises(Refused, match="bytes"):
        fetch(PAGE, accept=["text/html"])
    elsewhere.page(PAGE, gzip.compress(b"hello")[:-9], headers=[("Content-Encoding", "gzip")])
    with pytest.raises(Unreachable):
        fetch(PAGE, accept=["text/html"])
    elsewhere.page(PAGE, b"???", headers=[("Content-Encoding", "br")])
    with pytest.raises(Refused):
        fetch(PAGE, accept=["text/html"])


def test_an_answer_that_breaks_off_is_no_answer(elsewhere):
    elsewhere.page(PAGE, b"half", headers=[("Content-Length", "8")])
    elsewhere.server.pages[PAGE][1].append(("Connection", "close"))
    with pytest.raises(Unreachable):
        fetch(PAGE, accept=["text/html"])


def test_what_was_not_asked_for_is_not_read(elsewhere):
    elsewhere.page(PAGE, b"\0" * 100, kind="application/zip")
    answer = fetch(PAGE, accept=["text/html", "image/"])
    assert (answer.status, answer.body, answer.content_type) == (200, b"", "application/zip")
    elsewhere.page(PAGE, b"picture", kind="image/png")
    assert fetch(PAGE, accept=["text/html", "image/"]).body == b"picture"


def test_a_server_that_never_ends_is_not_waited_for(elsewhere, monkeypatch):
    """Each byte comes well before a socket would give up; the watch ends it."""
    import socket
    import threading

    monkeypatch.setattr(fetching, "MOST_SECONDS", 1)
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(fetching, "connect", lambda *args: ours)
    over = threading.Event()

    def drip():
        try:
            theirs.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nX: ")
            while not over.wait(0.05):
                theirs.sendall(b"x")
        except OSError:
            pass

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        with pytest.raises(Unreachable):
            fetch(PAGE, accept=["text/html"])
    finally:
        over.set()
        thread.join()
        theirs.close()


def test_this_server_says_who_it_is_and_sends_no_cookie(elsewhere, settings):
    fetch(PAGE)
    ((_, _, headers),) = elsewhere.server.asked
    assert settings.SITE_URL in headers["User-Agent"]
    assert "Causerie" in headers["User-Agent"]
    assert headers["Host"] == "elsewhere.example"
    assert "Cookie" not in headers


def test_no_address_and_no_server_is_trouble_that_may_pass(elsewhere, monkeypatch):
    elsewhere.names["elsewhere.example"] = []
    with pytest.raises(Unreachable):
        fetch(PAGE)

    def refuse(*args):
        raise ConnectionRefusedError

    elsewhere.names["elsewhere.example"] = ["93.184.215.14"]
    monkeypatch.setattr(fetching, "connect", refuse)
    with pytest.raises(Unreachable):
        fetch(PAGE)


def test_what_is_no_http_is_trouble_too(elsewhere, monkeypatch):
    def garble(self):
        raise http.client.BadStatusLine("SSH-2.0")

    monkeypatch.setattr(http.client.HTTPResponse, "begin", garble)
    with pytest.raises(Unreachable):
        fetch(PAGE)


def test_over_https_the_certificate_must_be_that_of_the_name(elsewhere, monkeypatch):
    """The connection goes to an address; the certificate is checked against the name that was asked for."""
    seen = []

    def wrap(self, sock, server_hostname=None, **options):
        seen.append((server_hostname, self.check_hostname, self.verify_mode))
        raise ssl.SSLCertVerificationError("not theirs")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    with pytest.raises(Unreachable):
        fetch("https://elsewhere.example/")
    assert seen == [("elsewhere.example", True, ssl.CERT_REQUIRED)]
    assert elsewhere.connections == [("93.184.215.14", 443)]


def test_names_in_other_letters_are_asked_for_as_dns_knows_them(elsewhere):
    elsewhere.page("http://xn--caf-dma.example/%C3%A9t%C3%A9?a=%C3%A9", "hello")
    assert fetch("http://café.example/été?a=é", accept=["text/html"]).text == "hello"
