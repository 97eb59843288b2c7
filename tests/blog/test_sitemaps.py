"""What search engines are told."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import sitemaps
from blog.models import Post
from blog.uploads import store_upload
from tests.factories import CategoryFactory, PageFactory, PostFactory, TagFactory, UserFactory
from tests.pages import parse_xml
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


def entries(client, address):
    """Return {path: date of its last change} of a sitemap or an index."""
    root = parse_xml(client.get(address))
    assert root.tag in (f"{NAMESPACE}urlset", f"{NAMESPACE}sitemapindex")
    found = [(entry.findtext(f"{NAMESPACE}loc"), entry.findtext(f"{NAMESPACE}lastmod")) for entry in root]
    assert all(address.startswith(SITE) for address, _ in found)
    return {
        address.removeprefix(SITE): changed and datetime.datetime.fromisoformat(changed) for address, changed in found
    }


def listed(client):
    """Return every path that the index leads to; none stands in two files."""
    paths = [path for file in entries(client, "/sitemap.xml") for path in entries(client, file)]
    assert len(set(paths)) == len(paths)
    return set(paths)


def file_of(post):
    """The file that lists `post`: keys are not given out again, on PostgreSQL not even after a test."""
    return f"/sitemap-posts-{(post.pk - 1) // sitemaps.PER_FILE + 1}.xml"


def test_the_index_leads_to_every_public_page_by_its_canonical_address(client):
    child = CategoryFactory(name="Prints", parent=CategoryFactory(name="Arts"))
    ink = TagFactory(name="Ink")
    post = PostFactory(categories=[child], tags=[ink])
    other = PostFactory(tags=[ink])
    page = PageFactory(slug="team", parent=PageFactory(slug="about"))
    found = listed(client)
    assert found == {
        *("/", "/archive/", "/category/arts/", "/category/arts/prints/", "/tag/ink/", "/about/", "/about/team/"),
        *(found.get_absolute_url() for found in (post, post.author, other, other.author)),
    }
    assert page.get_absolute_url() in found
    assert {client.get(path).status_code for path in found} == {200}


def test_what_is_not_public_or_shows_nothing_is_not_listed(client):
    hidden = {"categories": [CategoryFactory()], "tags": [TagFactory()], "author": UserFactory()}
    PostFactory(status=Post.Status.DRAFT, **hidden)
    PostFactory(published_at=timezone.now() + datetime.timedelta(days=1), **hidden)
    PageFactory(status=Post.Status.DRAFT)
    assert listed(client) == {"/", "/archive/"}


def test_a_page_that_search_engines_are_asked_not_to_keep_is_not_listed(client):
    once = TagFactory(name="Once")
    post = PostFactory(tags=[once])
    found = listed(client)
    assert post.get_absolute_url() in found
    for owner in (once, post.author):
        assert owner.get_absolute_url() not in found
        assert b'content="noindex, follow"' in client.get(owner.get_absolute_url()).content


def test_an_empty_blog_has_a_sitemap(client):
    assert listed(client) == {"/", "/archive/"}


def test_addresses_come_from_the_settings_not_from_the_request(client):
    for address in ("/sitemap.xml", file_of(PostFactory())):
        assert b"localhost" not in client.get(address, headers={"host": "localhost"}).content


def test_every_page_says_when_it_last_changed(client):
    parent = CategoryFactory(name="Arts")
    shared = {"tags": [TagFactory(name="Ink")], "author": UserFactory(username="anne")}
    with time_machine.travel("2026-01-01T10:00:00Z", tick=False):
        PostFactory()
    with time_machine.travel("2026-01-02T10:00:00Z", tick=False):
        PostFactory(categories=[parent], **shared)
    with time_machine.travel("2026-01-05T10:00:00Z", tick=False):
        newest = PostFactory(categories=[CategoryFactory(name="Prints", parent=parent)], **shared)
    dates = {
        path: changed for file in entries(client, "/sitemap.xml") for path, changed in entries(client, file).items()
    }
    lists = ("/", "/archive/", "/category/arts/", "/category/arts/prints/", "/tag/ink/", "/author/anne/")
    for path in (newest.get_absolute_url(), *lists):
        assert dates[path] == newest.updated_at.replace(microsecond=dates[path].microsecond), path


def test_a_scheduled_post_changed_when_it_was_published_not_when_it_was_written(client):
    with time_machine.travel("2026-01-02T10:00:00Z", tick=False):
        post = PostFactory(published_at=timezone.now() + datetime.timedelta(days=3))
    with time_machine.travel("2026-01-08T10:00:00Z", tick=False):
        assert entries(client, file_of(post))[post.get_absolute_url()] == post.published_at


def test_the_index_says_of_each_file_when_the_last_of_it_changed(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 1)
    posts = []
    for day in (2, 3, 4):
        with time_machine.travel(f"2026-01-0{day}T10:00:00Z", tick=False):
            posts.append(PostFactory())
    files = entries(client, "/sitemap.xml")
    assert [files[f"/sitemap-posts-{post.pk}.xml"].day for post in posts] == [2, 3, 4]
    assert files["/sitemap-front-1.xml"].day == 4


def test_a_post_shows_its_pictures_to_search_engines(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lead, shown = store_upload("lead.jpg", jpeg()), store_upload("shown.jpg", jpeg(61, 41))
    post = PostFactory(lead_picture=lead, body=f"![a]({lead.file.url}) ![b]({shown.file.url})")
    (url,) = parse_xml(client.get(file_of(post)))
    assert [image.text for image in url.findall(f"{IMAGE}image/{IMAGE}loc")] == [lead.absolute_url, shown.absolute_url]


# Many pages


def test_files_hold_no_more_than_their_share_and_lose_nothing(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 3)
    categories = [CategoryFactory() for _ in range(7)]
    tags = [TagFactory() for _ in range(7)]
    posts = [PostFactory(categories=[category], tags=tags) for category in categories]
    pages = PageFactory.create_batch(4)
    files = entries(client, "/sitemap.xml")
    assert all(0 < len(entries(client, file)) <= 3 for file in files)
    owners = (*posts, *pages, *categories, *tags, *(post.author for post in posts))
    assert listed(client) == {"/", "/archive/", *(owner.get_absolute_url() for owner in owners)}


def test_a_new_post_moves_no_other_to_another_file(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    PostFactory.create_batch(4)
    before = {file: entries(client, file) for file in entries(client, "/sitemap.xml") if "posts" in file}
    PostFactory(published_at=timezone.now() - datetime.timedelta(days=900))
    after = {file: entries(client, file) for file in entries(client, "/sitemap.xml") if "posts" in file}
    assert all(set(after[file]) >= set(paths) for file, paths in before.items())


def test_what_a_sitemap_costs_does_not_grow(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    shared = TagFactory()

    def costs():
        found = {}
        for address in ("/sitemap.xml", *entries(client, "/sitemap.xml")):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found[address] = len(queries)
        return found

    def add():
        category = CategoryFactory(parent=CategoryFactory(parent=CategoryFactory()))
        picture = store_upload("a.jpg", jpeg())
        PostFactory(
            categories=[category], tags=[shared, TagFactory()], lead_picture=picture, body=f"![a]({picture.file.url})"
        )
        PageFactory(parent=PageFactory(parent=PageFactory()))

    add(), add()
    few = costs()
    for _ in range(5):
        add()
    assert costs() == few
    assert max(few.values()) <= 7


@pytest.mark.parametrize("name", ["posts-999999", "posts-0", "pages-1", "nothing-1", "posts-9999999999999999999999"])
def test_a_file_that_is_not_there_is_a_404(client, name):
    PostFactory()
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


# Asking again


def test_a_search_engine_that_has_it_gets_nothing_again(client):
    for address in ("/sitemap.xml", file_of(PostFactory())):
        first = client.get(address)
        assert first["Content-Type"] == "application/xml; charset=utf-8"
        assert first["X-Robots-Tag"] == "noindex"
        for header, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
            assert client.get(address, headers={header: first[name]}).status_code == 304


def test_wordpress_address_of_the_sitemap_leads_to_it(client):
    assert client.get("/wp-sitemap.xml")["Location"] == "/sitemap.xml"


# robots.txt (RFC 9309)


def test_a_crawler_is_told_where_to_look_and_where_not(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    refused = {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")}
    assert refused == {"/admin/", "/preview/", "/search/", "/share/", "/*?replytocom="}


def test_no_crawler_is_kept_from_a_page_of_the_sitemap(client):
    PostFactory(categories=[CategoryFactory()], tags=[TagFactory()])
    PageFactory()
    lines = client.get("/robots.txt").content.decode().splitlines()
    refused = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: /")]
    for path in listed(client):
        assert not path.startswith(tuple(prefix for prefix in refused if "*" not in prefix))
