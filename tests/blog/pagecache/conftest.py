"""A site behind its page cache, and readers who ask it over WSGI."""

import io
from http import HTTPStatus

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import override_settings

from blog.pagecache import dependencies
from blog.pagecache.layer import PageCache


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = int(status.split()[0]), dict(headers), body
        assert HTTPStatus(self.status)

    @property
    def text(self):
        return self.body.decode()


class Reader:
    """Asks a WSGI application for pages and counts how often Django was entered."""

    def __init__(self, folder):
        self.entered = 0
        self.django = WSGIHandler()
        self.cache = PageCache(self.counted, folder)

    def counted(self, environ, start_response):
        self.entered += 1
        return self.django(environ, start_response)

    def ask(self, path, *, method="GET", fresh=False, **headers):
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        began = []
        application = self.django if fresh else self.cache
        # What is made freshly is made of nothing that was kept.
        with override_settings(PAGE_CACHE=not fresh):
            result = application(environ, lambda status, headers, exc_info=None: began.append((status, headers)))
            body = b"".join(result)
            if hasattr(result, "close"):
                result.close()
        return Answer(*began[0], body)

    def is_kept(self, path):
        """Whether asking for `path` leaves Django alone."""
        before = self.entered
        self.ask(path)
        return self.entered == before


@pytest.fixture
def reader(transactional_db, settings, tmp_path):
    """Return a reader of a site whose pages are kept; every write of the test is watched."""
    settings.DATA_DIR = tmp_path
    settings.PAGE_CACHE = True
    dependencies.shared.forget()
    connection.ensure_connection()
    connection.execute_wrappers.append(dependencies.track)
    dependencies.start()  # for the connections of threads that the test begins
    (tmp_path / "cache").mkdir()
    yield Reader(tmp_path / "cache")
    connection_created.disconnect(dispatch_uid="blog.pagecache")
    connection.execute_wrappers.remove(dependencies.track)
    dependencies.shared.forget()
