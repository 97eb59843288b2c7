"""nginx answers with kept pages as files, wakes nobody for them, and never has an old one."""

import contextlib
import gzip
import http.client
import re
import time
from pathlib import Path

import brotli
import pytest

from tests.project.nginx import NGINX, Nginx
from tests.project.serving import PATIENCE, Server, Site, free_port, until

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
POSTS = """
from tests.factories import PostFactory
PostFactory(title="Aube", slug="aube", body="Une phrase sur le matin. " * 40)
PostFactory(title="Midi", slug="midi", body="Une phrase sur le jour. " * 40)
"""


class Reader:
    def __init__(self, port):
        self.port = port

    def get(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            answer.content = answer.read()
            # nginx makes its own tags: date and size.
            answer.is_file = bool(re.fullmatch('"[0-9a-f]{1,8}-[0-9a-f]{1,8}"', answer.headers.get("ETag", "")))
            return answer

    def until_file(self, path):
        """Ask for `path` until it is answered with a file; return that answer."""
        return until(lambda: (answer := self.get(path)).is_file and answer)


@pytest.fixture(scope="module")
def blog(tmp_path_factory):
    """A site whose pages are files, nginx in front of it, and a reader."""
    folder, port = tmp_path_factory.mktemp("files"), free_port()
    site = Site(folder / "data", SITE_URL=f"http://127.0.0.1:{port}", PAGE_FILES="1")
    site.folder.mkdir()
    site.manage("migrate", "--verbosity", "0")
    site.manage("shell", "--verbosity", "0", "--command", POSTS)
    reader = Reader(port)
    with Server(site) as server:
        configuration = site.manage("nginx", "--listen", f"127.0.0.1:{port}", "--upstream", f"127.0.0.1:{server.port}")
        with Nginx(folder / "nginx", configuration, lambda: reader.get("/healthz").status == 200):
            reader.site, reader.server = site, server
            post = [line for line in site.manage("shell", "-v", "0", "-c", ADDRESSES).split() if line.startswith("/")]
            reader.aube, reader.midi = post
            yield reader


ADDRESSES = """
from blog.models import Post
for slug in ("aube", "midi"):
    print(Post.objects.get(slug=slug).get_absolute_url())
"""


def write(blog, code):
    """Have another process write to the database."""
    blog.site.manage("shell", "--verbosity", "0", "--command", f"from blog.models import *\n{code}")


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("x-br", None, bytes),
    ],
)
def test_a_file_says_what_causerie_says(blog, accepted, coding, unpack):
    blog.until_file(blog.aube)
    file = blog.get(blog.aube, Accept_Encoding=accepted)
    asked = blog.get(f"{blog.aube}?utm_source=mail", Accept_Encoding=accepted)
    assert file.is_file
    assert not asked.is_file
    assert file.headers["Content-Encoding"] == coding
    assert unpack(file.content) == unpack(asked.content)
    own = {"age", "date", "etag", "server", "connection", "accept-ranges", "content-length"}
    told = [
        {name.lower(): sorted(value.split("; ")) for name, value in answer.headers.items() if name.lower() not in own}
        for answer in (file, asked)
    ]
    assert told[0] == told[1]
    assert file.headers["ETag"].startswith('"')


def test_a_browser_that_has_the_file_is_told_so(blog):
    blog.until_file(blog.aube)
    tag = blog.get(blog.aube, **BROWSER).headers["ETag"]
    again = blog.get(blog.aube, **BROWSER, If_None_Match=tag)
    assert (again.status, again.content, again.is_file) == (304, b"", True)
    assert blog.get(blog.aube, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT").status == 200


def test_head_is_answered_from_a_file_too(blog):
    size = blog.until_file(blog.aube).headers["Content-Length"]
    head = blog.get(blog.aube, "HEAD")
    assert (head.status, head.content, head.is_file, head.headers["Content-Length"]) == (200, b"", True, size)


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Cookie": "theme=dark; waiting=x"}, ""),
        ({"Cookie": "sessionid=x"}, ""),
        ({"Authorization": "Basic x"}, ""),
        ({}, "?replytocom=1"),
        ({}, "?"),
    ],
)
def test_who_may_see_something_else_is_answered_by_causerie(blog, headers, query):
    blog.until_file(blog.aube)
    assert not blog.get(blog.aube + query, **headers).is_file


def test_another_host_or_method_or_spelling_is_answered_by_causerie(blog):
    blog.until_file(blog.aube)
    assert not blog.get(blog.aube, Host="evil.example").is_file
    assert not blog.get(blog.aube, "POST").is_file
    for spelling in (blog.aube.rstrip("/"), f"/{blog.aube}", f"/x/..{blog.aube}", blog.aube.replace("aube", "%61ube")):
        assert not blog.get(spelling).is_file
    assert not blog.get("/current/live/index.html").is_file


def test_what_is_no_page_of_the_site_is_no_file(blog):
    for path in ("/nothing/", "/feed/", "/robots.txt", "/admin/login/", "/search/?q=x"):
        assert not [blog.get(path) for _ in range(3)][-1].is_file


def test_whatever_another_process_writes_is_read_at_once(blog):
    for number in range(3):
        blog.until_file(blog.aube)
        write(blog, f"Post.objects.filter(slug='aube').update(title='Aube {number}')")
        assert f"Aube {number}" in blog.get(blog.aube).content.decode()
    blog.until_file("/")
    write(blog, "SiteSettings(title='Another').save()")
    assert "Another" in blog.get("/").content.decode()


def test_a_comment_ends_the_file_of_its_post_alone(blog):
    tag = blog.until_file(blog.midi).headers["ETag"]
    blog.until_file(blog.aube)
    write(
        blog,
        "from tests.factories import CommentFactory\n"
        "CommentFactory(post=Post.objects.get(slug='aube'), body='Just said.')",
    )
    assert "Just said." in blog.get(blog.aube).content.decode()
    midi = blog.get(blog.midi)
    assert midi.is_file
    assert midi.headers["ETag"] == tag


def test_a_scheduled_post_appears_on_time(blog):
    """Readers ask all the while; nobody who asks after the moment is answered with what was before."""
    moment = time.time() + 20
    write(
        blog,
        "import datetime\nfrom tests.factories import PostFactory\n"
        f"moment = datetime.datetime.fromtimestamp({moment}, tz=datetime.UTC)\n"
        "PostFactory(title='Soir', author=User.objects.first(), published_at=moment)",
    )
    was_file = False
    while True:
        now = time.time()
        answer = blog.get("/")
        was_file |= answer.is_file and now < moment
        if now > moment:
            assert "Soir" in answer.content.decode()
            break
        time.sleep(0.05)
    assert was_file
    assert "Soir" in blog.until_file("/").content.decode()


def test_what_disappears_is_gone_at_once(blog):
    made = "PostFactory(title='Nuit', slug='nuit', author=User.objects.first())"
    write(blog, f"from tests.factories import PostFactory\n{made}")
    address = blog.aube.replace("aube", "nuit")
    blog.until_file(address)
    write(blog, "Post.objects.get(slug='nuit').delete()")
    assert blog.get(address).status == 410


def test_no_file_outlives_the_server(blog):
    blog.until_file(blog.aube)
    folder = Path(blog.site.folder) / "pages" / "current"
    assert list(folder.rglob("index.html"))
    blog.server.stop()
    assert not folder.exists()
    assert blog.get(blog.aube).status == 502
