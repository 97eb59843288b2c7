"""What a feed reader is given."""

import datetime

import pytest
from django.utils import timezone

from blog.models import SiteSettings
from tests.factories import CategoryFactory, PostFactory, TagFactory
from tests.pages import parse_xml

pytestmark = pytest.mark.django_db

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_feed_reader_gets_the_whole_text_with_links_that_work_anywhere(client):
    post = PostFactory(title="Eau-forte", body="Voir [la suite](/2011/10/suite/).")
    response = client.get("/feed/")
    assert response["Content-Type"].startswith("application/rss+xml")
    (item,) = parse_xml(response).findall("channel/item")
    assert item.findtext("title") == "Eau-forte"
    assert item.findtext("link") == f"http://127.0.0.1:8000{post.get_absolute_url()}"
    assert 'href="http://127.0.0.1:8000/2011/10/suite/"' in item.findtext(CONTENT)
    assert item.findtext(CREATOR) == post.author.public_name


def test_a_posts_id_in_the_feed_outlives_its_address(client):
    post = PostFactory(slug="avant")
    before = parse_xml(client.get("/feed/")).findtext("channel/item/guid")
    post.slug = "apres"
    post.save()
    assert parse_xml(client.get("/feed/")).findtext("channel/item/guid") == before == post.guid


def test_atom_names_people_and_dates(client):
    post = PostFactory(title="Eau-forte")
    feed = parse_xml(client.get("/feed/atom/"))
    assert feed.tag == f"{ATOM}feed"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == post.guid
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == post.author.public_name
    assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))


def test_categories_tags_and_authors_have_their_own_feeds(client):
    category, tag = CategoryFactory(), TagFactory()
    post = PostFactory(title="Dedans", categories=[category], tags=[tag])
    PostFactory(title="Dehors")
    for owner in (category, tag, post.author):
        for ending in ("feed/", "feed/atom/"):
            xml = client.get(f"{owner.get_absolute_url()}{ending}").content.decode()
            assert "Dedans" in xml
            assert "Dehors" not in xml


def test_an_author_with_several_posts_has_one_feed(client):
    post = PostFactory()
    PostFactory(author=post.author)
    assert len(parse_xml(client.get(f"{post.author.get_absolute_url()}feed/")).findall("channel/item")) == 2


@pytest.mark.parametrize("address", ["/category/rien/feed/", "/tag/rien/feed/", "/author/rien/feed/"])
def test_the_feed_of_nothing_is_a_404(client, address):
    assert client.get(address).status_code == 404


def test_a_reader_who_asks_again_gets_304(client):
    PostFactory(published_at=timezone.now() - datetime.timedelta(days=1))
    etag = client.get("/feed/")["ETag"]
    assert client.get("/feed/", headers={"if-none-match": etag}).status_code == 304


def test_a_feed_holds_as_many_posts_as_the_settings_say(client):
    SiteSettings(posts_in_feed=2).save()
    for _ in range(3):
        PostFactory()
    assert len(parse_xml(client.get("/feed/")).findall("channel/item")) == 2


def test_a_control_character_in_a_title_does_not_break_the_feed(client):
    PostFactory(title="Un\x0btitre")
    assert parse_xml(client.get("/feed/")).findtext("channel/item/title") == "Untitre"


def test_what_a_feed_costs_does_not_grow_with_the_posts(client, django_assert_max_num_queries):
    category = CategoryFactory()
    PostFactory(categories=[category])
    with django_assert_max_num_queries(8) as few:
        client.get("/feed/")
    for _ in range(15):
        PostFactory(categories=[category])
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/feed/")
