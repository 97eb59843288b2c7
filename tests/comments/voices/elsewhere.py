"""A server that plays other people's sites, those of webmention.rocks among them."""

import contextlib
import http.server
import threading
from urllib.parse import parse_qsl, urlsplit

ADDRESS = "93.184.215.14"  # of the public internet; nobody is asked there
ROCKS = "http://webmention.rocks"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(None)

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

    def answer(self, form):
        url = f"http://{self.headers['Host']}{self.path}"
        self.server.asked.append((self.command, url, dict(self.headers)))
        if form is not None:
            self.server.told.append((url, dict(parse_qsl(form))))
        status, headers, body = self.server.pages.get(url, (404, [], b""))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name == "Content-Length" for name, _ in headers):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # whoever asked may have heard enough
            self.wfile.write(body)

    def log_message(self, *args):
        pass


class Elsewhere:
    """`pages`: what stands at an address. `asked`, `told`: what came in, told being the forms that were posted."""

    def __init__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.pages, self.server.asked, self.server.told = {}, [], []
        self.connections = []
        self.port = self.server.server_port

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *args):
        self.server.shutdown()
        self.server.server_close()

    @property
    def asked(self):
        return [url for _, url, _ in self.server.asked]

    @property
    def told(self):
        return self.server.told

    def page(self, url, body="", *, status=200, kind="text/html", headers=()):
        """Put a page at `url` (which has a path)."""
        body = body if isinstance(body, bytes) else body.encode()
        self.server.pages[url] = (status, [("Content-Type", kind), *headers], body)

    def redirect(self, url, to, status=302):
        self.server.pages[url] = (status, [("Location", to)], b"")

    def takes(self, url, status=202):
        """Have an endpoint at `url` that takes every mention."""
        self.page(url, "Thank you", status=status, kind="text/plain")


def discovery_tests(host=ROCKS):
    """Return {number: (Link headers, HTML, the endpoint)} of the discovery tests of webmention.rocks, as it lists
    them. All but 23 stand at /test/NUMBER."""

    def test(number, links=(), html="", endpoint=None):
        return [("Link", link) for link in links], html, endpoint or f"{host}/test/{number}/webmention"

    wrong = f"{host}/test/error"
    return {
        1: test(1, ["</test/1/webmention>; rel=webmention"]),
        2: test(2, [f"<{host}/test/2/webmention>; rel=webmention"]),
        3: test(3, html='<link rel="webmention" href="/test/3/webmention">'),
        4: test(4, html=f'<link rel="webmention" href="{host}/test/4/webmention">'),
        5: test(5, html='<a rel="webmention" href="/test/5/webmention">here</a>'),
        6: test(6, html=f'<a rel="webmention" href="{host}/test/6/webmention">here</a>'),
        7: ([("LinK", f"<{host}/test/7/webmention>; rel=webmention")], "", f"{host}/test/7/webmention"),
        8: test(8, [f'<{host}/test/8/webmention>; rel="webmention"']),
        9: test(9, html=f'<link rel="webmention somethingelse" href="{host}/test/9/webmention">'),
        10: test(10, [f'<{host}/test/10/webmention>; rel="webmention somethingelse"']),
        11: test(
            11,
            ["</test/11/webmention>; rel=webmention"],
            f'<link rel="webmention" href="{wrong}"><a rel="webmention" href="{wrong}">not here</a>',
        ),
        12: test(
            12,
            html=f'<link rel="not-webmention" href="{wrong}"><link rel="webmention" href="/test/12/webmention">',
        ),
        13: test(
            13,
            html=f'<!-- <a href="{wrong}" rel="webmention"></a> -->'
            '<a rel="webmention" href="/test/13/webmention">x</a>',
        ),
        14: test(
            14,
            html=f'<code>&lt;a href="{wrong}" rel="webmention"&gt;&lt;/a&gt;</code>'
            '<a rel="webmention" href="/test/14/webmention">x</a>',
        ),
        15: test(15, html='<link rel="webmention" href="">', endpoint=f"{host}/test/15"),
        16: test(
            16, html=f'<a rel="webmention" href="/test/16/webmention">x</a><link rel="webmention" href="{wrong}">'
        ),
        17: test(
            17, html=f'<link rel="webmention" href="/test/17/webmention"><a rel="webmention" href="{wrong}">x</a>'
        ),
        18: test(18, [f'<{wrong}>; rel="other"', f'<{host}/test/18/webmention>; rel="webmention"']),
        19: test(19, [f'<{wrong}>; rel="other", <{host}/test/19/webmention>; rel="webmention"']),
        20: test(20, html='<link rel="webmention"><a rel="webmention" href="/test/20/webmention">x</a>'),
        21: test(
            21,
            html='<link rel="webmention" href="/test/21/webmention?query=yes">',
            endpoint=f"{host}/test/21/webmention?query=yes",
        ),
        22: test(22, html='<link rel="webmention" href="22/webmention">'),
        23: test(
            23,
            html='<link rel="webmention" href="webmention-endpoint">',
            endpoint=f"{host}/test/23/page/webmention-endpoint",
        ),
    }


def play_discovery_tests(server):
    """Put the discovery tests on the server; return {number: (the address to link to, the endpoint)}."""
    found = {}
    for number, (headers, html, endpoint) in discovery_tests().items():
        address = f"{ROCKS}/test/{number}"
        where = address
        if number == 23:  # the page that is linked to redirects, and the endpoint is relative to where it leads
            where = f"{ROCKS}/test/23/page/final"
            server.redirect(address, where)
        server.page(where, f"<!doctype html><title>{number}</title>{html}", headers=headers)
        if number != 15:
            server.takes(endpoint)
        found[number] = (address, endpoint)
    return found


def host_of(url):
    return urlsplit(url).hostname
