"""Whatever stands in an address: the right status, a designed page, never an error."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from blog.models import SiteSettings
from blog.search import index
from tests.factories import CategoryFactory, PageFactory, PostFactory, TagFactory, UserFactory
from tests.pages import parse, parse_xml, with_class

JUNE = datetime.datetime(2011, 6, 1, 10, tzinfo=datetime.UTC)
POST = "/2011/06/le-burin/"
LISTS = ["/", "/category/arts/", "/tag/encre/", "/author/zoe/", "/2011/", "/2011/06/"]
FEEDS = ["/feed/", "/feed/atom/", "/feed/json/", "/comments/feed/", f"{POST}feed/"]
OTHERS = [POST, "/a-propos/", "/archive/", "/category/", "/tag/", "/search/", "/sitemap.xml", "/sitemap-posts-1.xml",
          "/robots.txt", "/opensearch.xml"]  # fmt: skip
NO_PAGE = ["abc", "0", "-1", "99999", "9" * 400, "1.5", "1e3", "٣", "²", "NaN", "last", "1 OR 1=1", "%00", "1%00", "💥"]


@pytest.fixture
def blog(db):
    SiteSettings(posts_per_page=2, posts_in_feed=2).save()
    filed = {"categories": [CategoryFactory(name="Arts")], "tags": [TagFactory(name="Encre")]}
    author = UserFactory(display_name="Zoé")
    for number in range(5):
        title = f"Le burin {number}" if number else "Le burin"
        PostFactory(title=title, author=author, published_at=JUNE + datetime.timedelta(hours=number), **filed)
    PageFactory(title="À propos", author=author)
    CategoryFactory(name="Vide")
    TagFactory(name="Rien")
    UserFactory(display_name="Muet")
    index.rebuild()


def assert_designed_404(response, address=""):
    assert response.status_code == 404, address
    page = parse(response)
    assert with_class(page, "lost"), address
    assert [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "robots"] == ["noindex"]


@pytest.mark.parametrize("address", LISTS)
def test_a_page_that_is_none_is_a_designed_404_of_every_list(client, blog, address):
    for page in NO_PAGE:
        assert_designed_404(client.get(f"{address}?page={page}"), page)
        assert_designed_404(client.get(f"{address}page/{page}/"), page)
        assert_designed_404(client.get(f"/search/?q=burin&page={page}"), page)


def test_a_page_asked_for_in_wordpress_or_djangos_way_leads_to_its_one_address(client, blog):
    for address in LISTS:
        for query in ("page=2", "paged=2", "paged=2&x=y"):
            response = client.get(f"{address}?{query}")
            assert (response.status_code, response["Location"]) == (301, f"{address}page/2/")
        assert client.get(f"{address}?page=1")["Location"] == address
        assert client.get(f"{address}page/2/?page=3")["Location"] == f"{address}page/3/"
        assert_designed_404(client.get(f"{address}?paged=99999"))


@pytest.mark.parametrize(
    "address",
    [
        "/category/nulle-part/", "/category/arts/nulle-part/", "/category/%00/", "/category/arts%00/",
        "/category/💥/", f"/category/{'a' * 5000}/", "/category/../../etc/passwd/", "/category/arts/%2e%2e/",
        "/category/nulle-part/feed/", "/category/arts%00/feed/", "/category/💥/feed/atom/",
        "/tag/nulle-part/", "/tag/%00/", f"/tag/{'a' * 5000}/", "/tag/nulle-part/feed/json/", "/tag/💥/",
        "/author/personne/", "/author/muet/", "/author/muet/feed/", "/author/%00/",
        "/2011/13/", "/2011/00/", "/2011/6/", "/0000/", "/0001/01/", "/9999/", "/9999/12/", "/3011/", "/2011/07/",
        "/20111/", "/2011/06/99/le-burin/", "/2011/06/nulle-part/", "/2011/06/%00/", "/2011/06/nulle-part/feed/",
        "/2011/13/le-burin/", "/nulle-part/", "/a-propos/nulle-part/", "/💥/", f"/{'a/' * 2000}", "/%FF%FE/",
        "/feed/xml/", "/sitemap-posts-0.xml", "/sitemap-posts-99999999999999999999.xml", "/sitemap-rien-1.xml",
        "/card/99999-abc.png", "/card/99999999999999999999-abc.png",
        "/share/mastodon/99999/", "/share/mastodon/99999999999999999999/",
        "/media/nulle-part.jpg", "/media/../config/settings.py", "/media/%2e%2e/%2e%2e/etc/passwd", "/media/%00.jpg",
        "/wp-content/uploads/%00.jpg", "/wp-content/uploads/../../x", "/?p=99999", "/?p=abc", "/?p=%00", "/?p=-1",
        f"/?p={'9' * 400}", "/?page_id=²", "/?attachment_id=٣",
    ],
)  # fmt: skip
def test_what_is_nowhere_is_a_designed_404(client, blog, address):
    assert_designed_404(client.get(address, follow=True))


QUERIES = [
    "a" * 10_000, "burin " * 2000, '"', '"burin', 'burin"', '""', '" "', "'", "''", "“", "« burin", "burin »", '"a"b"c',
    "burin AND", "OR", "NOT burin", "burin NEAR/2 x", "NEAR(burin x)", "title:burin", "{a b}:c", "^burin", "burin*",
    "*", "+burin", "-", "--", "-burin", "- burin", "burin -", "(", ")", "((burin)", "burin & | !", "<->", "a <2> b",
    ":*", "\\", "\\'", "%", "_", "burin\x00", "\x00", "a\x00b", "😀", "👨‍👩‍👧‍👦", "سلام",
    "שלום", "\u202eburin", "\u200f", "\u0301", "\ufeff", "\u2028", "検索", "';DROP TABLE blog_post;--",
    "<script>alert(1)</script>", "{{ 7*7 }}", "%s%s%n", "\t\n", " ", "", "\x1b[0m", "ﬀ", "ß", "İ", "𝔟𝔲𝔯𝔦𝔫",
]  # fmt: skip


@pytest.mark.parametrize("more", [{}, {"category": "arts"}, {"year": "2011"}, {"page": "1"}])
def test_whatever_is_typed_is_answered_and_shown_again(client, blog, more):
    for typed in QUERIES:
        response = client.get("/search/", {"q": typed, **more})
        assert response.status_code == (400 if len(typed) > 1000 else 200)
        page = parse(response)
        assert with_class(page, "search")
        assert not [script for script in page.iter("script") if "alert" in (script.text or "")]
        (field,) = [field for field in page.iter("input") if field.get("name") == "q"]
        shown = "".join(character for character in typed if character >= " " or character in "\t\n")
        assert (field.get("value") or "").split() == shown.split()[: len(field.get("value") or "")]


def test_bytes_that_are_no_text_are_answered(client, blog):
    for address in (
        "/search/?q=%FF%FE",
        "/search/?q=%C3%28",
        "/?page=%FF",
        "/feed/?paged=%FF",
        "/?p=%FF",
        "/search/?q=%ED%A0%80",
    ):
        response = client.get(address)
        assert response.status_code in (200, 404)
        assert parse(response).find(".//h1") is not None


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=x",
        "%00=%00",
        "x" * 3000,
        "a=b&a=c&&&=",
        "fbclid=💥",
        "%FF=%FF",
        "q=%00",
        "[]=1",
        "sort=id;--",
    ],
)
def test_what_nobody_asks_for_changes_no_page(client, blog, query):
    for address in [*LISTS, *FEEDS, *OTHERS]:
        response = client.get(f"{address}?{query}")
        assert response.status_code == 200, address
        if address != "/search/":
            assert response.content == client.get(address).content, address


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_a_page_that_is_only_read_survives_every_other_method(client, blog, method):
    for address in [*LISTS, *FEEDS, *OTHERS, "/nulle-part/"]:
        response = client.generic(method, address, b"\x00\xff" * 9, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 400, 403, 404, 405), address


@pytest.mark.parametrize("owner", ["/category/vide/", "/tag/rien/"])
@pytest.mark.parametrize("ending", ["feed/", "feed/atom/", "feed/json/"])
def test_the_feed_of_what_holds_nothing_is_an_empty_feed(client, blog, owner, ending):
    response = client.get(f"{owner}{ending}")
    assert response.status_code == 200
    if ending == "feed/json/":
        assert response.json()["items"] == []
    else:
        assert not [element for element in parse_xml(response).iter() if element.tag.endswith(("item", "entry"))]
    assert_designed_404(client.get(f"{owner}{ending}?paged=2"))
    page = client.get(owner)
    assert page.status_code == 200
    assert with_class(parse(page), "empty")


def test_headers_made_to_hurt_are_answered(client, blog):
    hurtful = ["\x00", "a" * 5000, "\xf0\x9f", "text/html;q=abc", "*/*;" * 500, "W/", '"' * 300, "Sun, 99 Foo", "-1"]
    for address in (POST, "/feed/", "/nulle-part/"):
        for name in (
            "accept",
            "if-none-match",
            "if-modified-since",
            "accept-language",
            "range",
            "referer",
            "cookie",
            "user-agent",
        ):
            for value in hurtful:
                assert client.get(address, headers={name: value}).status_code < 500, (name, value)


PARTS = st.text(alphabet="abé/.%-_?&=\x00\n\\'\"<>0123456789 💥\u202e:*", max_size=40)


class AnyAddress(TestCase):
    @settings(max_examples=20)
    @given(PARTS, PARTS)
    def test_no_address_at_all_is_an_error(self, path, query):
        from urllib.parse import quote

        for prefix in ("/", "/category/", "/tag/", "/2011/06/", "/feed/", "/media/", "/wp-content/uploads/"):
            response = self.client.get(f"{prefix}{quote(path)}?{quote(query, safe='=&')}")
            assert response.status_code < 500
