"""What a feed reader is given."""

import datetime
import json
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from blog.feeds.content import for_feeds
from blog.models import Post, SiteSettings
from blog.pictures import make_variants
from blog.uploads import store_upload
from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory, TagFactory, UserFactory
from tests.feed_specifications import (
    ATOM,
    CONTENT,
    CREATOR,
    LANGUAGE,
    XHTML,
    assert_atom,
    assert_json_feed,
    assert_rss,
)
from tests.pages import parse, parse_xml, text_of
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
FORMATS = ("feed/", "feed/atom/", "feed/json/")


def rss_items(client, address="/feed/"):
    return parse_xml(client.get(address)).findall("channel/item")


def rss_links(client, address):
    return {link.get("rel"): link.get("href") for link in parse_xml(client.get(address)).iter(f"{ATOM}link")}


def assert_valid(response):
    """The feed keeps its own specification, whichever that is."""
    if "json" in response["Content-Type"]:
        assert_json_feed(json.loads(response.content))
    elif "atom" in response["Content-Type"]:
        assert_atom(parse_xml(response))
    else:
        assert_rss(parse_xml(response))


@pytest.fixture
def picture(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return store_upload("photo.jpg", jpeg(1200, 800), alt="A case of type", caption="The case", credit="Anne")


@pytest.fixture
def full_post(picture):
    """A post with everything a feed can say of one."""
    return PostFactory(
        title="Ink & <paper>",
        slug="ink",
        excerpt="If a < b & c",
        body="See [the rest](/2011/10/rest/), ![a case](/media/x.jpg) and a note[^1].\n\n[^1]: Here.",
        categories=[CategoryFactory(name="Arts", parent=CategoryFactory(name="All"))],
        tags=[TagFactory(name="Ink & co")],
        lead_picture=picture,
        language="fr",
        published_at=datetime.datetime(2011, 10, 27, 8, 30, tzinfo=datetime.UTC),
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_every_feed_keeps_its_specification(client, full_post, ending):
    for owner in ("/", *(owner.get_absolute_url() for owner in owners(full_post))):
        response = client.get(f"{owner}{ending}")
        assert response.status_code == 200
        assert_valid(response)
        assert b"2011/10/ink/" in response.content


def owners(post):
    category = post.categories.get()
    return (category, category.parent, post.tags.get(), post.author)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_feed_of_nothing_yet_is_a_feed_and_always_the_same(client, ending):
    for address in ("/", CategoryFactory().get_absolute_url(), TagFactory().get_absolute_url()):
        first, second = (client.get(f"{address}{ending}") for _ in range(2))
        assert_valid(first)
        assert first["ETag"] == second["ETag"]


@pytest.mark.parametrize("address", ["/category/nothing/feed/", "/tag/nothing/feed/atom/", "/author/nobody/feed/json/"])
def test_the_feed_of_what_does_not_exist_is_a_404(client, address):
    assert client.get(address).status_code == 404


def test_somebody_who_published_nothing_has_no_feed(client):
    person = UserFactory()
    PostFactory(author=person, status=Post.Status.DRAFT)
    assert client.get(f"{person.get_absolute_url()}feed/").status_code == 404


@pytest.mark.parametrize("ending", FORMATS)
def test_nobody_reads_a_draft_a_scheduled_post_or_a_page_in_a_feed(client, ending):
    category, tag, person = CategoryFactory(), TagFactory(), UserFactory()
    shared = {"author": person, "categories": [category], "tags": [tag]}
    PostFactory(title="Shown", **shared)
    PostFactory(title="Hidden draft", status=Post.Status.DRAFT, **shared)
    PostFactory(title="Hidden tomorrow", published_at=timezone.now() + datetime.timedelta(days=1), **shared)
    PageFactory(title="Hidden page", **shared)
    for owner in ("/", *(owner.get_absolute_url() for owner in (category, tag, person))):
        shown = client.get(f"{owner}{ending}").content.decode()
        assert "Shown" in shown
        assert "Hidden" not in shown


def test_categories_tags_and_authors_have_their_own_feeds(client):
    category, tag = CategoryFactory(), TagFactory()
    post = PostFactory(title="Inside", categories=[category], tags=[tag])
    PostFactory(title="Outside")
    for owner in (category, tag, post.author):
        assert [item.findtext("title") for item in rss_items(client, f"{owner.get_absolute_url()}feed/")] == ["Inside"]


def test_the_feed_of_a_category_holds_what_is_filed_below_it_once(client):
    parent = CategoryFactory(name="Arts")
    child = CategoryFactory(name="Prints", parent=parent)
    PostFactory(categories=[parent, child])
    assert len(rss_items(client, "/category/arts/feed/")) == 1
    assert len(rss_items(client, "/category/arts/prints/feed/")) == 1


def test_a_category_that_moved_keeps_its_subscribers(client):
    child = CategoryFactory(name="Prints", parent=CategoryFactory(name="Arts"))
    PostFactory(categories=[child])
    response = client.get("/category/prints/feed/atom/")
    assert (response.status_code, response["Location"]) == (301, "/category/arts/prints/feed/atom/")


@pytest.mark.parametrize("alias", ["rss/", "rss2/", "rdf/"])
def test_wordpress_other_names_of_a_feed_lead_to_it(client, alias):
    response = client.get(f"/feed/{alias}")
    assert (response.status_code, response["Location"]) == (301, "/feed/")


@pytest.mark.parametrize(
    ("query", "address"),
    [("feed=rss2", "/feed/"), ("feed=rss", "/feed/"), ("feed=atom", "/feed/atom/"), ("feed=json", "/feed/json/")],
)
def test_wordpress_plain_addresses_of_feeds_lead_to_them(client, query, address):
    response = client.get(f"/?{query}")
    assert (response.status_code, response["Location"]) == (301, address)


# What an entry says


def test_an_entry_says_in_rss_who_wrote_what_when_and_where_it_is_filed(client, full_post):
    (item,) = rss_items(client)
    assert item.findtext("title") == "Ink & <paper>"
    assert item.findtext("link") == f"{SITE}/2011/10/ink/"
    assert item.findtext("description") == "If a &lt; b &amp; c"  # HTML, as readers take it
    assert item.findtext(CREATOR) == full_post.author.public_name
    assert item.findtext("pubDate") == "Thu, 27 Oct 2011 08:30:00 +0000"
    assert [category.text for category in item.findall("category")] == ["Arts", "Ink & co"]
    assert item.findtext(LANGUAGE) == "fr"
    assert item.findtext("comments") == f"{SITE}/2011/10/ink/#respond"


def test_an_entry_says_the_same_in_atom_and_in_json(client, full_post):
    entry = parse_xml(client.get("/feed/atom/")).find(f"{ATOM}entry")
    (item,) = json.loads(client.get("/feed/json/").content)["items"]
    assert entry.findtext(f"{ATOM}id") == item["id"] == full_post.guid
    assert entry.findtext(f"{ATOM}title") == item["title"] == "Ink & <paper>"
    assert entry.findtext(f"{ATOM}content") == item["content_html"]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == item["authors"][0]["name"]
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == item["language"] == "fr"
    assert [term.get("term") for term in entry.findall(f"{ATOM}category")] == item["tags"] == ["Arts", "Ink & co"]
    assert item["summary"] == "If a < b & c"
    assert item["image"] == full_post.lead_picture.absolute_url


def test_a_posts_id_outlives_its_address(client):
    post = PostFactory(slug="before")
    before = rss_items(client)[0].findtext("guid")
    post.slug = "after"
    post.save()
    assert rss_items(client)[0].findtext("guid") == before == post.guid


def test_the_enclosure_is_the_lead_picture_as_long_as_it_says(client, full_post):
    enclosure = rss_items(client)[0].find("enclosure")
    served = client.get(enclosure.get("url").removeprefix(SITE))
    assert len(b"".join(served.streaming_content)) == int(enclosure.get("length"))
    assert served["Content-Type"] == enclosure.get("type") == "image/jpeg"
    atom = parse_xml(client.get("/feed/atom/"))
    (link,) = [link for link in atom.iter(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert dict(link.items()) == {"rel": "enclosure", "href": enclosure.get("url"), **without_url(enclosure)}
    (attachment,) = json.loads(client.get("/feed/json/").content)["items"][0]["attachments"]
    assert (attachment["url"], str(attachment["size_in_bytes"])) == (enclosure.get("url"), enclosure.get("length"))


def without_url(enclosure):
    return {name: value for name, value in enclosure.items() if name != "url"}


def test_the_text_begins_with_the_lead_picture_that_it_does_not_show_itself(client, picture):
    post = PostFactory(body="Words.", lead_picture=picture)
    assert rss_items(client)[0].findtext(CONTENT).count("<img") == 1
    assert "The case © Anne" in rss_items(client)[0].findtext(CONTENT)
    post.body = f"![a case]({picture.file.url})"
    post.save()
    assert rss_items(client)[0].findtext(CONTENT).count("<img") == 1


def test_every_address_in_a_text_works_from_anywhere(client, picture):
    assert make_variants(picture)
    body = f"[a](/b/) [c](d/) [e](#f) [g](../../h/) [i](https://j.example/k) ![l]({picture.file.url})"
    PostFactory(slug="here", published_at=datetime.datetime(2011, 10, 1, tzinfo=datetime.UTC), body=body)
    content = rss_items(client)[0].findtext(CONTENT)
    assert re.findall(r'href="([^"]*)"', content) == [
        f"{SITE}/b/",
        f"{SITE}/2011/10/here/d/",
        f"{SITE}/2011/10/here/#text-f",
        f"{SITE}/2011/h/",
        "https://j.example/k",
    ]
    (source,) = re.findall(r'src="([^"]*)"', content)
    (candidates,) = re.findall(r'srcset="([^"]*)"', content)
    assert source == picture.absolute_url
    assert all(candidate.startswith(f"{SITE}/media/") for candidate in candidates.split(", "))


def test_the_headings_of_a_text_are_in_its_feed(client):
    PostFactory(body="## One heading\n\nwords\n\n## Another\n\nmore")
    assert re.findall(r"<h2>(.*?)</h2>", rss_items(client)[0].findtext(CONTENT)) == ["One heading", "Another"]


def test_a_control_character_does_not_break_a_feed(client):
    PostFactory(
        title="A\x0btitle\uffff", excerpt="\x01x", author__display_name="N\x02", tags=[TagFactory(name="T\x03ag")]
    )
    for ending in FORMATS:
        response = client.get(f"/{ending}")
        assert_valid(response)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", response.content.decode())
    assert rss_items(client)[0].findtext("title") == "Atitle"


def test_no_feed_holds_an_email_address(client, full_post):
    full_post.author.email = "secret@example.org"
    full_post.author.save()
    for ending in FORMATS:
        assert b"@example.org" not in client.get(f"/{ending}").content


# What a feed allows a text to contain

AT = "https://blog.example/2011/10/here/"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ('<p id="text-a" class="b">c</p>', "<p>c</p>"),
        ('<pre tabindex="0"><code><span class="k">if</span></code></pre>', "<pre><code>if</code></pre>"),
        (
            '<h2 id="text-t"><a class="headerlink" href="#text-t">The <em>title</em></a></h2>',
            "<h2>The <em>title</em></h2>",
        ),
        ('<div><button type="button">Load <b>it</b></button><a href="/v">Video</a></div>', None),
        ("<p>a</p><script>alert(1)</script><style>p{}</style><nav><ol><li>toc</ol></nav><p>b</p>", "<p>a</p><p>b</p>"),
        ('<iframe src="https://x.example/"></iframe><svg><path d="M0"/></svg><p>a</p>', "<p>a</p>"),
        (
            '<picture><source type="image/avif" srcset="/a.avif 4w, /b.avif 8w" sizes="1px">'
            '<img src="/c.jpg" srcset="/a.jpg 4w, /b.jpg 8w" loading="lazy" decoding="async" alt=""></picture>',
            '<img src="https://blog.example/c.jpg" '
            'srcset="https://blog.example/a.jpg 4w, https://blog.example/b.jpg 8w" alt="">',
        ),
        (
            '<video controls poster="/p.jpg"><source src="/v.mp4" type="video/mp4"></video>',
            '<video controls="" poster="https://blog.example/p.jpg">'
            '<source src="https://blog.example/v.mp4" type="video/mp4"></video>',
        ),
        ('<a href="http://[">x</a>', "<a>x</a>"),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<blockquote cite="/q">x</blockquote>', '<blockquote cite="https://blog.example/q">x</blockquote>'),
        ('<sup><a href="#fn:1" rel="footnote">1</a></sup>', f'<sup><a href="{AT}#fn:1" rel="footnote">1</a></sup>'),
        ("a&nbsp;&lt;b&gt; &amp; é", "a&nbsp;&lt;b&gt; &amp; é"),
    ],
)
def test_a_feed_keeps_the_words_and_leaves_the_page_behind(page, feed):
    expected = '<div><a href="https://blog.example/v">Video</a></div>' if feed is None else feed
    assert for_feeds(page, AT) == expected


@given(st.text(alphabet="<>/=\"' abhrefsrcimgdivp:#?&;", max_size=80))
def test_no_html_makes_a_feeds_text_fail_or_hold_a_relative_address(html):
    cleaned = for_feeds(html, AT)
    assert all(re.match(r"[a-z]+:", found) for found in re.findall(r'(?:href|src)="([^"]+)"', cleaned))
    assert for_feeds(cleaned, AT) == cleaned


# Asking again


@pytest.mark.parametrize("ending", FORMATS)
def test_a_reader_who_has_it_gets_nothing_again(client, ending):
    with time_machine.travel("2026-01-02T03:04:05Z", tick=False):
        PostFactory()
    first = client.get(f"/{ending}")
    assert first["Last-Modified"] == "Fri, 02 Jan 2026 03:04:05 GMT"
    for header, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
        again = client.get(f"/{ending}", headers={header: first[name]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert client.head(f"/{ending}", headers={header: first[name]}).status_code == 304


def test_a_reader_who_has_an_older_one_gets_the_new_one(client):
    with time_machine.travel("2026-01-02T03:04:05Z", tick=False):
        post = PostFactory()
    first = client.get("/feed/")
    with time_machine.travel("2026-01-02T03:04:07Z", tick=False):
        post.title = "Changed"
        post.save()
    for header, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
        assert client.get("/feed/", headers={header: first[name]}).status_code == 200


def test_a_scheduled_post_makes_the_feed_new_when_its_moment_comes(client):
    with time_machine.travel("2026-01-02T00:00:00Z", tick=False):
        PostFactory()
        later = PostFactory(published_at=timezone.now() + datetime.timedelta(hours=5))
    with time_machine.travel("2026-01-02T04:00:00Z", tick=False):
        before = client.get("/feed/")
    with time_machine.travel("2026-01-02T06:00:00Z", tick=False):
        after = client.get("/feed/", headers={"if-modified-since": before["Last-Modified"]})
        assert_atom(parse_xml(client.get("/feed/atom/")))  # which wants it changed when published, at the earliest
    assert after.status_code == 200
    assert later.guid in after.content.decode()


def test_head_tells_what_get_would(client):
    PostFactory()
    get, head = client.get("/feed/"), client.head("/feed/")
    assert head.status_code == 200
    assert {name: head[name] for name in ("ETag", "Last-Modified", "Content-Type")} == {
        name: get[name] for name in ("ETag", "Last-Modified", "Content-Type")
    }


def test_nobody_posts_to_a_feed(client):
    assert client.post("/feed/").status_code == 405


def test_addresses_come_from_the_settings_and_not_from_the_request(client):
    PostFactory()
    for ending in FORMATS:
        assert b"localhost" not in client.get(f"/{ending}", headers={"host": "localhost"}).content


# Pages (RFC 5005 § 3)


@pytest.fixture
def five_posts():
    SiteSettings(posts_in_feed=2).save()
    now = timezone.now()
    return [PostFactory(title=f"P{n}", published_at=now - datetime.timedelta(days=n)) for n in range(5)]


def test_a_reader_walks_from_the_newest_page_to_the_oldest_and_misses_nothing(client, five_posts):
    titles, address = [], "/feed/"
    while address:
        titles += [item.findtext("title") for item in rss_items(client, address)]
        address = rss_links(client, address).get("next", "").removeprefix(SITE)
    assert titles == ["P0", "P1", "P2", "P3", "P4"]


def test_a_page_in_the_middle_names_all_the_others(client, five_posts):
    feed = f"{SITE}/feed/"
    expected = {
        "self": f"{feed}?paged=2",
        "first": feed,
        "previous": feed,
        "next": f"{feed}?paged=3",
        "last": f"{feed}?paged=3",
    }
    assert rss_links(client, "/feed/?paged=2") == expected
    atom = parse_xml(client.get("/feed/atom/?paged=2"))
    found = {link.get("rel"): link.get("href") for link in atom.findall(f"{ATOM}link")}
    assert found == {name: link.replace("/feed/", "/feed/atom/") for name, link in expected.items()} | {
        "alternate": f"{SITE}/"
    }
    assert atom.findtext(f"{ATOM}id") == f"{SITE}/feed/atom/"
    page = json.loads(client.get("/feed/json/?paged=2").content)
    assert page["feed_url"] == f"{SITE}/feed/json/?paged=2"
    assert page["next_url"] == f"{SITE}/feed/json/?paged=3"
    assert "next_url" not in json.loads(client.get("/feed/json/?paged=3").content)


def test_a_feed_of_one_page_names_no_other(client):
    PostFactory()
    assert set(rss_links(client, "/feed/")) == {"self"}
    assert client.get("/feed/?paged=1").content == client.get("/feed/").content


@pytest.mark.parametrize("page", ["0", "4", "99999", "abc", "-1", "", "1.5", "٣", "9" * 5000, "2%00"])
def test_a_page_that_does_not_exist_is_a_designed_404(client, five_posts, page):
    response = client.get(f"/feed/?paged={page}")
    assert response.status_code == 404
    assert "lost" in response.content.decode()


# In a browser


@pytest.mark.parametrize("ending", ["feed/", "feed/atom/"])
def test_somebody_who_opens_a_feed_in_a_browser_reads_what_it_is(client, full_post, ending):
    response = client.get(f"/{ending}", headers={"accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    # Firefox downloads application/rss+xml, Chromium shows its source.
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert '<?xml-stylesheet href="/static/css/feed.css" type="text/css"?>' in response.content.decode()
    page = next(parse_xml(response).iter(f"{XHTML}div"))
    assert page.findtext(f"{XHTML}header/{XHTML}h1") == SiteSettings.load().title
    assert "feed reader" in text_of(page)
    links = {link.text: link.get("href") for link in page.iter(f"{XHTML}a")}
    assert links["Ink & <paper>"] == f"{SITE}/2011/10/ink/"
    assert f"{SITE}/" in links.values()


BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    "address", ["/feed/json/", "/feed/json/?paged=1", "/tag/paper/feed/json/", "/comments/feed/json/"]
)
def test_a_json_feed_in_a_browser_is_a_page_and_in_a_reader_a_feed(client, address):
    post = PostFactory(title="Ink & <paper>")
    post.tags.add(TagFactory(name="Paper", slug="paper"))
    CommentFactory(post=post)
    page, feed = client.get(address, headers=BROWSER), client.get(address, headers={"accept": "*/*"})
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert "Accept" in page["Vary"]
    assert "Accept" in feed["Vary"]
    assert page["ETag"] != feed["ETag"]
    assert feed["Content-Type"].startswith("application/feed+json")
    assert feed.json()["items"]
    text = page.content.decode()
    assert "feed reader" in text
    assert feed.json()["items"][0]["url"] in text
    assert "<paper>" not in text
    again = client.get(address, headers={**BROWSER, "if-none-match": page["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("asked", "status"), [("1", 200), ("2", 404), ("abc", 404), ("0", 404), ("-1", 404)])
@pytest.mark.parametrize("address", ["/feed/", "/feed/json/", "/comments/feed/"])
def test_a_feed_answers_page_as_the_lists_do(client, address, asked, status):
    CommentFactory()
    assert client.get(address, {"page": asked}).status_code == status
    assert client.get(address, {"paged": asked}).status_code == status


def test_a_browser_and_a_reader_get_the_same_bytes_under_two_types(client):
    PostFactory()
    for ending, type_for_browsers in (("feed/", "application/xml"), ("feed/atom/", "application/xml")):
        reader, browser = client.get(f"/{ending}"), client.get(f"/{ending}", headers={"accept": "text/html"})
        assert reader.content == browser.content
        assert browser["Content-Type"].startswith(type_for_browsers)
        assert reader["Content-Type"] != browser["Content-Type"]
        assert "Accept" in reader["Vary"]


@pytest.mark.parametrize("page", ["/", "/archive/", "/category/arts/", "/tag/ink/", "/2011/", "/2011/10/ink/"])
def test_every_page_tells_a_feed_reader_of_its_feeds(client, page):
    PostFactory(
        slug="ink",
        published_at=datetime.datetime(2011, 10, 1, tzinfo=datetime.UTC),
        categories=[CategoryFactory(name="Arts")],
        tags=[TagFactory(name="Ink")],
    )
    links = [link for link in parse(client.get(page)).iter("link") if link.get("rel") == "alternate"]
    found = {(link.get("type"), link.get("href")) for link in links}
    own = {"/"} | ({page} if page.startswith(("/category/", "/tag/", "/2011/10/")) else set())
    for base in own:
        assert ("application/rss+xml", f"{base}feed/") in found
        assert ("application/atom+xml", f"{base}feed/atom/") in found
        assert ("application/feed+json", f"{base}feed/json/") in found
    for _, address in found:
        assert client.get(address).status_code == 200


# What it costs


@pytest.mark.parametrize("ending", FORMATS)
def test_what_a_feed_costs_does_not_grow_with_the_posts(client, ending):
    SiteSettings(posts_in_feed=100).save()
    shared = {"author": UserFactory(), "categories": [CategoryFactory()], "tags": [TagFactory()]}
    owners = ["/", *(found.get_absolute_url() for found in (shared["author"], *shared["categories"], *shared["tags"]))]

    def costs():
        found = []
        for owner in owners:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"{owner}{ending}").status_code == 200
            found.append(len(queries))
        return found

    PostFactory(**shared)
    few = costs()
    PostFactory.create_batch(11, **shared)
    assert costs() == few
    assert max(few) <= 9
