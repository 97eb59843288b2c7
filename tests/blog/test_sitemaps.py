"""What search engines are told."""

import pytest

from tests.factories import CategoryFactory, PageFactory, PostFactory, TagFactory
from tests.pages import parse_xml

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client, address):
    return [element.text for element in parse_xml(client.get(address)).iter(f"{NAMESPACE}loc")]


def test_the_index_leads_to_every_public_page(client):
    post = PostFactory(categories=[CategoryFactory(name="Arts")], tags=[TagFactory(name="Encre")])
    page = PageFactory(slug="a-propos")
    found = set()
    for section in locations(client, "/sitemap.xml"):
        found.update(locations(client, section.removeprefix("http://127.0.0.1:8000")))
    paths = {"/", "/archive/", post.get_absolute_url(), page.get_absolute_url(), "/category/arts/", "/tag/encre/"}
    assert found == {f"http://127.0.0.1:8000{path}" for path in paths}


def test_addresses_come_from_the_settings_not_from_the_request(client):
    PostFactory()
    response = client.get("/sitemap-posts.xml", headers={"host": "localhost"})
    assert "localhost" not in response.content.decode()


def test_each_post_says_when_it_last_changed(client):
    post = PostFactory()
    lastmod = parse_xml(client.get("/sitemap-posts.xml")).find(f".//{NAMESPACE}lastmod").text
    assert lastmod == post.updated_at.date().isoformat()


def test_an_empty_blog_has_an_empty_sitemap(client):
    assert client.get("/sitemap.xml").status_code == 200
    assert locations(client, "/sitemap-posts.xml") == []
