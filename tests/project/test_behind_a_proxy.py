"""A site that readers reach over HTTPS, through a proxy on the same machine."""

import pytest

from tests.project.serving import Server

READER = {"Host": "blog.example", "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def server(site):
    with Server(site, "--workers", "1", SITE_URL="https://blog.example") as running:
        running.headers = READER
        yield running


def test_readers_over_https_get_the_page_and_are_told_to_stay(server):
    answer = server.get("/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert b"https://blog.example/" in server.get("/feed/").content


@pytest.mark.parametrize("host", ["blog.example", "127.0.0.1"])
def test_readers_without_https_are_led_to_it(server, host):
    answer = server.get("/2011/?page=2", Host=host, X_Forwarded_Proto="http")
    assert (answer.status, answer.headers["Location"]) == (301, "https://blog.example/2011/?page=2")


def test_a_probe_is_not_led_away(server):
    assert server.get("/healthz", Host="127.0.0.1", X_Forwarded_Proto="http").status == 200


def test_cookies_are_for_https_only(server):
    cookie = server.get("/admin/login/").headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie


def test_commenters_are_known_by_their_own_addresses(server, site):
    for address in ("203.0.113.5", "2001:db8::6"):
        sent = server.send_comment({"X_Forwarded_For": f"198.51.100.1, {address}"}, body=f"From {address}.")
        assert sent.status == 303
    rows = site.rows("SELECT body, ip FROM comments_comment WHERE body LIKE 'From %:%' OR body LIKE 'From %.%.%'")
    assert {(body, str(ip)) for body, ip in rows} >= {
        ("From 203.0.113.5.", "203.0.113.5"),
        ("From 2001:db8::6.", "2001:db8::6"),
    }
