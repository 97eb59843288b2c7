"""`manage.py serve` as an operator knows it: real processes, a real port."""

import os
import re
import signal

import pytest

from config.management.commands.serve import programs
from config.server.binding import Binding
from tests.project.serving import manage, until


def test_a_reader_gets_a_page_and_its_style_for_ever(server):
    page = server.get("/")
    assert page.status == 200
    assert page.headers["Server"] == "Causerie"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    address = re.search(r'href="(/static/css/causerie\.[0-9a-f]{12}\.css)"', page.content.decode())[1]
    plain = server.get(address)
    for coding in ("br", "gzip"):
        style = server.get(address, Accept_Encoding=coding)
        assert style.headers["Content-Encoding"] == coding
        assert "immutable" in style.headers["Cache-Control"]
        assert len(style.content) < len(plain.content) / 2
    # A name without a hash may get another content.
    assert "immutable" not in server.get("/static/css/causerie.css").headers["Cache-Control"]


def test_a_comment_is_followed_up_by_the_worker(server, site):
    assert server.send_comment().status == 303
    until(lambda: ("SUCCESSFUL", 1) in site.tasks("tell_author"))


def test_a_stranger_with_another_host_gets_a_page_that_says_so(server):
    answer = server.get("/", Host="evil.example")
    assert answer.status == 400
    assert b"could not be understood" in answer.content
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_uploaded_files_are_served_and_run_nothing(server, site):
    folder = site.folder / "media" / "2026"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_text("<script>alert(1)</script>")
    answer = server.get("/media/2026/page.html")
    assert (answer.status, answer.content) == (200, b"<script>alert(1)</script>")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


GET = "GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.mark.parametrize(
    "request_line",
    [
        "/%00",
        "/aube%00/",
        "/%ff%fe/",
        "/%zz/?q=%zz&page=%00",
        "/?page=%ff",
        "/search/?q=%00%ff%ed%a0%80",
        "/%ed%a0%80/",
        "/" + "a" * 60_000,
        "/" + "a" * 200_000,
        "/?" + "a=b&" * 5_000,
        "/../../etc/passwd",
        "/media/%2e%2e/%2e%2e/secret_key",
        "/media/..%2fsecret_key",
        "/static/..%2f..%2fsecret_key",
        "//evil.example/",
        "/media/a%00b",
        "/avatars/%00",
        "/99999/13/",
        "http://evil.example/",
        "*",
    ],
)
def test_no_address_breaks_the_site(server, request_line):
    assert 200 <= status(server.raw(GET.format(request_line).encode())) < 500


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 500_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + b"sessionid=a; " * 2_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: " + b"1.1.1.1," * 2_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: \xff\xfe\r\nReferer: \xff\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-Modified-Since: \0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-Modified-Since: Thu, 99 Foo 99999\r\nRange: bytes=9-1,x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br;q=x, gzip;q=\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"CONNECT evil.example:80 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"BREW /coffee HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=\xff\r\n"
        b"Content-Length: 3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
    ],
)
def test_no_request_breaks_the_site(server, request_bytes):
    assert 200 <= status(server.raw(request_bytes)) < 500


def status(line):
    return int(line.split()[1])


def test_after_all_that_nothing_was_an_error(server):
    assert "Traceback" not in server.log.read_text()


def test_a_second_server_on_the_same_port_says_so_in_one_line(server, site):
    done = manage("serve", "--bind", f"127.0.0.1:{server.port}", **site.environment)
    assert done.returncode
    assert re.fullmatch(r".*127\.0\.0\.1:\d+ is taken: another program listens there\..*\n", done.stderr)
    assert server.answers()


def test_what_was_killed_comes_back(server):
    master, tasks = server.pid_of("config.server.web", server.process.pid), server.pid_of("run_tasks")
    workers = server.pid_of("config.server.web", *master)
    assert (len(master), len(tasks), len(workers) >= 2) == (1, 1, True)
    for victim in (workers[0], tasks[0]):
        os.kill(victim, signal.SIGKILL)
    until(lambda: len(server.pid_of("run_tasks")) == 1 and server.pid_of("run_tasks") != tasks)
    until(lambda: len(server.pid_of("config.server.web", *master)) == len(workers))
    assert workers[0] not in server.pid_of("config.server.web", *master)
    os.kill(*master, signal.SIGKILL)
    until(lambda: len(server.pid_of("config.server.web", server.process.pid)) == 1)
    (new,) = server.pid_of("config.server.web", server.process.pid)
    until(lambda: len(server.pid_of("config.server.web", new)) == len(workers))
    until(server.answers)
    # The workers of the one that was killed do not go on behind its back.
    until(lambda: len(server.pid_of("config.server.web")) == len(workers) + 1)


def test_without_site_url_the_site_is_where_it_listens(server, site):
    feed = server.get("/feed/").content.decode()
    assert f"http://127.0.0.1:{server.port}/" in feed
    assert ":8000" not in feed
    assert f'rel="canonical" href="http://127.0.0.1:{server.port}/"' in server.get("/").content.decode()
    assert f"Causerie serves http://127.0.0.1:{server.port} at" in server.log.read_text()


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("0.0.0.0:9000", "http://127.0.0.1:9000"),
        ("[::]:9000", "http://[::1]:9000"),
        ("127.0.0.1:80", "http://127.0.0.1"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_the_address_of_a_binding_is_one_to_go_to(bind, address):
    assert Binding.parse(bind).address == address


def test_a_site_url_that_is_given_stands_whatever_is_bound():
    binding = Binding("127.0.0.1", 9000)
    for program in programs(binding, 2, "https://blog.example"):
        assert program.environment["SITE_URL"] == "https://blog.example"
