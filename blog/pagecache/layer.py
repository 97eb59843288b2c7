"""The WSGI application around Django: a kept page is answered before Django is entered."""

import fcntl
import hashlib
import os
import threading
import time
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import parse_cookie
from django.utils.http import parse_http_date_safe

from blog import media_types

from . import files
from .compression import CODINGS, choose, compressed, is_worth_it
from .dependencies import Recorder, is_right, recording, shared
from .store import Page, Store
from .versions import EVERYTHING

# What a page differs by; any other parameter (utm_source, fbclid…) changes nothing and is not shown to Django.
PARAMETERS = set("p page_id attachment_id replytocom comments q page paged preview category year feed".split())
PERSONAL = {"sessionid", "waiting", "messages"}  # cookies of somebody who sees more than others
NEVER = ("/admin/", "/preview/", "/search/", "/card/", "/share/", "/media/", "/static/", "/healthz", "/avatars/")
KEPT_STATUSES = ("200", "404")
LONGEST_PATH = 500  # bytes
FOR_PEOPLE = "text/html"  # what a browser asks for at the address of a JSON feed
STRIPES = 64
PASSING, MOST_PASSING = 10, 10_000  # seconds, keys
# Headers that are made anew for each answer.
OWN_HEADERS = {"etag", "content-length", "content-encoding", "vary", "age", "date", "server-timing"}


class PageCache:
    """Answers from the store what it may, and asks `application` for the rest."""

    def __init__(self, application, folder: Path):
        self.application = application
        self.store = Store(folder / "pages")
        self.folder = folder
        self.locks = [threading.Lock() for _ in range(STRIPES)]
        self.lock_files = [
            os.open(folder / f"lock-{number}", os.O_RDWR | os.O_CREAT, 0o600) for number in range(STRIPES)
        ]
        self.usual: dict[str, str] | None = None
        self.passing: dict[str, float] = {}  # what could not be kept, and until when nobody waits for it
        self.hosts = {host.lower() for host in settings.ALLOWED_HOSTS if host and "*" not in host}
        # Another process, perhaps with other code or templates, made what is on the disk.
        shared.end([EVERYTHING])
        self.files = files.open_files(settings.DATA_DIR, settings.PAGE_FILES)
        if self.files:
            self.files.keep_watch()

    def __call__(self, environ, start_response):
        key = self.key(environ)
        if key is None:
            return compressed(self.application, environ, start_response)
        page = self.store.get(key)
        if page is None or not self.is_right(page):
            if self.passing.get(key, 0) > time.monotonic():
                return self.make(key, environ, start_response)
            with self.alone(key):
                page = self.store.get(key)
                if page is None or not self.is_right(page):
                    page = self.store.get_from_disk(key)
                if page is None or not self.is_right(page):
                    return self.make(key, environ, start_response)
        if self.files:
            self.place(key, environ, page)
        return answer(page, environ, start_response)

    def key(self, environ) -> str | None:
        """Return what this request has in common with all that get the same page; None when it must go to Django."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        path = environ.get("PATH_INFO", "")
        if len(path) > LONGEST_PATH or path.startswith(NEVER) or "HTTP_AUTHORIZATION" in environ:
            return None
        cookies = environ.get("HTTP_COOKIE", "")
        if cookies and not PERSONAL.isdisjoint(parse_cookie(cookies)):
            return None
        host = environ.get("HTTP_HOST", "")
        if host.rsplit(":", 1)[0].lower() not in self.hosts:
            return None
        query = environ.get("QUERY_STRING", "")
        if query and any(name in PARAMETERS for name, _ in parse_qsl(query, keep_blank_values=True)):
            return None
        secure = "s" if is_secure(environ) else ""
        page = f"http{secure}://{host.lower()}{path}"
        return f"{page} {FOR_PEOPLE}" if media_types.suits_people(path, environ.get("HTTP_ACCEPT", "")) else page

    def is_right(self, page: Page) -> bool:
        if page.expires is not None and page.expires <= time.time():
            return False
        return is_right(page, shared.generation())

    @contextmanager
    def alone(self, key: str):
        """Let one thread of one process make a page; the others wait and then find it."""
        number = hash_of(key) % STRIPES
        with self.locks[number]:
            fcntl.flock(self.lock_files[number], fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self.lock_files[number], fcntl.LOCK_UN)

    def make(self, key: str, environ, start_response):
        """Have Django make the page, keep it if everybody may see it, and answer."""
        # One page for every query, coding and method: nothing of those may get into it.
        plain = {name: value for name, value in environ.items() if name not in LEFT_OUT}
        plain |= {"REQUEST_METHOD": "GET", "QUERY_STRING": ""}
        if key.endswith(f" {FOR_PEOPLE}"):
            plain["HTTP_ACCEPT"] = FOR_PEOPLE
        began = {}

        def begin(status, headers, exc_info=None):
            began.update(status=status, headers=headers)

        with recording() as record:
            result = self.application(plain, begin)
            try:
                body = b"".join(result)
            finally:
                if hasattr(result, "close"):
                    result.close()
        page = page_of(began["status"], began["headers"], body, record)
        if may_be_kept(page, record):
            self.store.put(key, page)
            if self.files:
                self.place(key, environ, page)
        else:
            if len(self.passing) >= MOST_PASSING:
                self.passing.clear()
            self.passing[key] = time.monotonic() + PASSING
        return answer(page, environ, start_response)

    def place(self, key: str, environ, page: Page) -> None:
        """Make files of a page, for a web server that tells nothing but what it tells of all pages."""
        path = environ["PATH_INFO"]
        if key != settings.SITE_URL + path or not page.status.startswith("200") or self.files.has(path):
            return
        headers = dict(page.headers)
        if headers.pop("Content-Type", None) == HTML and headers == self.usual_headers(environ):
            self.files.place(path, page, self.is_right)

    def usual_headers(self, environ) -> dict[str, str]:
        """Return the headers that every page has, which the web server is told once (`manage.py nginx`)."""
        if self.usual is None:
            self.usual = headers_of_all_pages(self.application, environ)
        return self.usual


HTML = "text/html; charset=utf-8"


def headers_of_all_pages(application, environ) -> dict[str, str]:
    """Return what Django says with any page, as it says it with /robots.txt, but for what that page is."""
    told = {}
    kept = {name: value for name, value in environ.items() if name not in LEFT_OUT}
    asked = kept | {"REQUEST_METHOD": "GET", "QUERY_STRING": "", "PATH_INFO": "/robots.txt"}
    result = application(asked, lambda status, headers, exc_info=None: told.update(headers))
    result.close()
    return {name: value for name, value in told.items() if name.lower() not in OWN_HEADERS | {"content-type"}}


LEFT_OUT = {
    "HTTP_COOKIE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
    "HTTP_ACCEPT",
}


def is_secure(environ) -> bool:
    header = settings.SECURE_PROXY_SSL_HEADER
    if header and header[0] in environ:
        return environ[header[0]].split(",")[0].strip() == header[1]
    return environ.get("wsgi.url_scheme") == "https"


def hash_of(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=4).digest(), "big")


def page_of(status: str, headers, body: bytes, record: Recorder) -> Page:
    kept = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    bodies = {"": body}
    if is_worth_it(kind, len(body)):
        bodies |= {coding: compress(body) for coding, compress in CODINGS.items()}
    etag = hashlib.blake2b(body, digest_size=12).hexdigest()
    return Page(status, kept, etag, time.time(), record.expires, record.versions, bodies)


def may_be_kept(page: Page, record: Recorder) -> bool:
    headers = {name.lower(): value for name, value in page.headers}
    control = headers.get("cache-control", "")
    return (
        not record.skipped
        and -1 not in record.versions.values()
        and page.status.startswith(KEPT_STATUSES)
        and "set-cookie" not in headers
        and "private" not in control
        and "no-store" not in control
    )


def answer(page: Page, environ, start_response):
    """Answer with a page in the coding the client likes best; 304 when it has it already (RFC 9110 § 13)."""
    coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""), page.bodies)
    etag = f'"{page.etag}{"-" + coding if coding else ""}"'
    headers = page.headers
    if page.is_feed:
        headers = [(name, media_types.for_client(value, environ.get("HTTP_ACCEPT", ""))) for name, value in headers]
    differs = page.is_feed or environ.get("PATH_INFO", "").endswith(media_types.JSON_FEED)
    headers = [*headers, ("ETag", etag), ("Vary", "Accept, Accept-Encoding" if differs else "Accept-Encoding")]
    if not any(name.lower() == "cache-control" for name, _ in page.headers):
        # Kept by browsers, and asked for again each time: a 304 is quick, and nothing is ever stale.
        headers.append(("Cache-Control", "no-cache"))
    headers += [("Date", formatdate(usegmt=True)), ("Age", str(max(0, int(time.time() - page.made))))]
    if page.status.startswith("200") and is_known(environ, etag, page.headers):
        start_response("304 Not Modified", [header for header in headers if header[0].lower() != "content-type"])
        return []
    body = page.bodies[coding]
    if coding:
        headers.append(("Content-Encoding", coding))
    headers.append(("Content-Length", str(len(body))))
    start_response(page.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def is_known(environ, etag: str, headers) -> bool:
    """Whether the client says that it has this page (RFC 9110 § 13.2.2: by its tag or, without one, by its date)."""
    if asked := environ.get("HTTP_IF_NONE_MATCH"):
        return matches(asked, etag)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    modified = next((value for name, value in headers if name.lower() == "last-modified"), None)
    if not (since and modified):
        return False
    since, modified = parse_http_date_safe(since), parse_http_date_safe(modified)
    return since is not None and modified is not None and modified <= since


def matches(asked: str, etag: str) -> bool:
    """Whether an If-None-Match names `etag` (weak comparison, RFC 9110 § 13.1.2)."""
    return asked.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in asked.split(",")}
