"""How a reader finds their way: archive, categories, tags, before and after, where one is."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import filing
from blog.models import Category, Post
from tests.factories import CategoryFactory, PageFactory, PostFactory, TagFactory, UserFactory
from tests.pages import links, parse, text_of, with_class

pytestmark = pytest.mark.django_db


def on(day, month=6, year=2011):
    return datetime.datetime(year, month, day, 10, 0, tzinfo=datetime.UTC)


def tomorrow():
    return datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=1)


def way(response):
    """Return the steps of the breadcrumbs: (words, address); the last is the page itself and leads nowhere."""
    (nav,) = with_class(parse(response), "breadcrumbs")
    return [(text_of(item), a.get("href") if (a := item.find("a")) is not None else None) for item in nav.iter("li")]


def beside(response):
    """Return {rel: (title, address)} of the posts before and after."""
    navs = with_class(parse(response), "neighbours")
    return {
        a.get("rel"): (text_of(with_class(a, "neighbours-title")[0]), a.get("href"))
        for nav in navs
        for a in nav.iter("a")
    }


def robots(response):
    return [meta.get("content") for meta in parse(response).iter("meta") if meta.get("name") == "robots"]


# Where one is


def test_a_post_says_where_it_stands_by_its_deepest_category(client):
    arts = CategoryFactory(name="Arts")
    prints = CategoryFactory(name="Gravure", parent=arts)
    post = PostFactory(title="Le burin", categories=[arts, prints, CategoryFactory(name="Zinc")])
    assert way(client.get(post.get_absolute_url())) == [
        ("Home", "/"),
        ("Arts", "/category/arts/"),
        ("Gravure", "/category/arts/gravure/"),
        ("Le burin", None),
    ]


def test_a_page_and_a_category_say_what_they_stand_under(client):
    about = PageFactory(title="À propos", slug="a-propos")
    PageFactory(title="Équipe", slug="equipe", parent=about)
    arts = CategoryFactory(name="Arts")
    CategoryFactory(name="Gravure", parent=arts)
    assert way(client.get("/a-propos/equipe/")) == [("Home", "/"), ("À propos", "/a-propos/"), ("Équipe", None)]
    assert way(client.get("/category/arts/gravure/")) == [("Home", "/"), ("Arts", "/category/arts/"), ("Gravure", None)]


@pytest.mark.parametrize(
    ("address", "steps"),
    [
        ("/tag/encre/", [("Tags", "/tag/"), ("Encre", None)]),
        ("/author/elise/", [("Élise", None)]),
        ("/2011/", [("Archive", "/archive/"), ("2011", None)]),
        ("/2011/06/", [("Archive", "/archive/"), ("2011", "/2011/"), ("June", None)]),
    ],
)
def test_a_reader_and_a_search_engine_learn_where_every_list_stands(client, address, steps):
    author = UserFactory(display_name="Élise", slug="elise")
    PostFactory(published_at=on(1), author=author, tags=[TagFactory(name="Encre", slug="encre")])
    response = client.get(address)
    assert way(response) == [("Home", "/"), *steps]
    (told,) = re.findall(r'{[^<]*"BreadcrumbList"[^<]*}', response.content.decode())
    told = json.loads(told)["itemListElement"]
    assert [step["name"] for step in told] == ["Causerie", *(name for name, _ in steps)]
    assert told[-1]["item"].endswith(address)


# Before and after


def test_a_post_leads_to_the_one_before_and_the_one_after(client):
    old, middle, new = (PostFactory(title=f"Jour {day}", published_at=on(day)) for day in (1, 2, 3))
    assert beside(client.get(middle.get_absolute_url())) == {
        "prev": ("Jour 1", old.get_absolute_url()),
        "next": ("Jour 3", new.get_absolute_url()),
    }
    assert set(beside(client.get(old.get_absolute_url()))) == {"next"}
    assert set(beside(client.get(new.get_absolute_url()))) == {"prev"}


def test_posts_of_one_moment_still_stand_in_a_line(client):
    posts = [PostFactory(title=f"Post {number}", published_at=on(1)) for number in range(3)]
    walked, response = [], client.get(posts[2].get_absolute_url())
    while before := beside(response).get("prev"):
        walked.append(before[0])
        response = client.get(before[1])
    assert walked == ["Post 1", "Post 0"]


def test_what_is_not_published_is_beside_nothing(client):
    post = PostFactory(published_at=on(2))
    PostFactory(published_at=on(1), status=Post.Status.DRAFT)
    PostFactory(published_at=tomorrow())
    PageFactory(published_at=on(3))
    assert beside(client.get(post.get_absolute_url())) == {}


# The archive


def test_the_archive_counts_by_year_and_month_and_leads_to_categories_and_tags(client):
    for day, month, year in [(1, 6, 2011), (2, 6, 2011), (1, 7, 2011), (1, 6, 2012)]:
        PostFactory(published_at=on(day, month, year))
    page = parse(client.get("/archive/"))
    assert [text_of(heading) for heading in page.iter("h2")] == ["2012", "2011"]
    months = [text_of(item) for section in with_class(page, "archive-year") for item in section.iter("li")]
    assert months == ["June 1", "July 1", "June 2"]
    assert {"/2011/", "/2011/06/", "/category/", "/tag/"} <= set(links(page))


# Categories and tags


@pytest.fixture
def filed():
    arts = CategoryFactory(name="Arts", description="Ce qui se voit.")
    prints = CategoryFactory(name="Gravure", parent=arts)
    wood = CategoryFactory(name="Bois", parent=prints)
    CategoryFactory(name="Peinture", parent=arts)
    hidden = CategoryFactory(name="Secrets")
    ink, empty = TagFactory(name="Encre", description="La noire."), TagFactory(name="Rien")
    PostFactory(categories=[wood, arts], tags=[ink, TagFactory(name="Été")])
    PostFactory(categories=[prints], tags=[ink])
    PostFactory(categories=[hidden], tags=[empty], status=Post.Status.DRAFT)
    PostFactory(categories=[hidden], tags=[empty], published_at=tomorrow())


def test_all_categories_stand_in_a_tree_with_what_they_are_about_and_how_much_they_hold(client, filed):
    page = parse(client.get("/category/"))
    tree, *_ = with_class(page, "category-tree")
    assert text_of(tree) == "Arts 2 Ce qui se voit. Gravure 2 Bois 1"
    (arts,) = [item for item in tree if item.tag == "li"]
    assert "/category/arts/gravure/bois/" in links(arts.find("ul"))


def test_a_category_leads_to_those_below_it_that_hold_something(client, filed):
    (below,) = with_class(parse(client.get("/category/arts/")), "subcategories")
    assert [text_of(item) for item in below.iter("li")] == ["Gravure 2"]
    assert not with_class(parse(client.get("/category/arts/gravure/bois/")), "subcategories")


def test_all_tags_stand_by_their_first_letter(client, filed):
    page = parse(client.get("/tag/"))
    letters = {text_of(s.find("h2")): [text_of(i) for i in s.iter("li")] for s in with_class(page, "tag-letter")}
    assert letters == {"E": ["Encre 2 La noire.", "Été 1"]}
    assert "/tag/ete/" in links(page)


@pytest.mark.parametrize("address", ["/category/", "/tag/"])
def test_a_blog_without_categories_or_tags_says_so(client, address):
    page = client.get(address)
    assert page.status_code == 200
    assert with_class(parse(page), "empty")


def test_a_loop_of_categories_hangs_no_page(client):
    one = CategoryFactory(name="Un")
    other = CategoryFactory(name="Deux", parent=one)
    PostFactory(categories=[one])
    Category.objects.filter(pk=one.pk).update(parent=other)
    assert filing.tree(Post.objects.published()) == []
    assert len(filing.under(Post.objects.published(), one)) == 1
    assert client.get("/category/").status_code == 200


def test_what_these_pages_cost_does_not_grow(client):
    def costs():
        found = {}
        for address in ("/category/", "/tag/", "/archive/", "/category/arts/", first.get_absolute_url()):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found[address] = len(queries)
        return found

    arts, author = CategoryFactory(name="Arts"), UserFactory()
    first = PostFactory(categories=[CategoryFactory(parent=arts)], tags=[TagFactory()], author=author)
    PostFactory(categories=[CategoryFactory(parent=arts)], tags=[TagFactory()], author=author)
    few = costs()
    for day in range(1, 29):
        PostFactory(categories=[CategoryFactory(parent=arts)], tags=[TagFactory()], published_at=on(day), author=author)
    assert costs() == few


# What search engines are asked not to keep


def test_lists_that_add_nothing_are_kept_out_of_search_engines(client):
    empty, once, twice = CategoryFactory(name="Vide"), TagFactory(name="Une"), TagFactory(name="Deux")
    one, other = UserFactory(display_name="Zoé"), UserFactory(display_name="Ana")
    PostFactory(tags=[once, twice], author=one, published_at=on(1, 6, 2011))
    assert robots(client.get("/author/zoe/")) == ["noindex, follow"]
    PostFactory(tags=[twice], author=other, published_at=on(2, 7, 2011), categories=[CategoryFactory(name="Pleine")])
    thin = ["/tag/une/", "/2011/06/", empty.get_absolute_url()]
    rich = ["/", "/tag/deux/", "/2011/", "/author/zoe/", "/category/pleine/", "/archive/"]
    assert {address: robots(client.get(address)) for address in thin} == {
        address: ["noindex, follow"] for address in thin
    }
    assert {address: robots(client.get(address)) for address in rich} == {address: [] for address in rich}


def test_the_pages_of_a_list_lead_to_each_other_and_stay_in_search_engines(client):
    for day in range(1, 26):
        PostFactory(published_at=on(day))
    page = parse(client.get("/2011/06/page/2/"))
    head = {link.get("rel"): link.get("href") for link in page.iter("link") if link.get("rel") in ("prev", "next")}
    assert head == {"prev": "http://127.0.0.1:8000/2011/06/", "next": "http://127.0.0.1:8000/2011/06/page/3/"}
    assert {"prev", "next"} <= {a.get("rel") for a in page.iter("a")}
    assert robots(client.get("/2011/06/page/2/")) == []
