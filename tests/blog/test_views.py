"""What a reader meets at each address."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post, SiteSettings
from tests.factories import CategoryFactory, PageFactory, PostFactory, TagFactory, UserFactory
from tests.pages import links, parse, text_of, with_class

pytestmark = pytest.mark.django_db

PARIS_MORNING = datetime.datetime(2011, 10, 27, 7, 30, tzinfo=datetime.UTC)


@pytest.fixture
def staff(client):
    person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


def draft(**kwargs):
    return PostFactory(status=Post.Status.DRAFT, published_at=None, **kwargs)


def scheduled(**kwargs):
    return PostFactory(published_at=timezone.now() + datetime.timedelta(days=3), **kwargs)


def test_a_reader_finds_the_newest_posts_on_the_front_page(client):
    old = PostFactory(title="Old", published_at=timezone.now() - datetime.timedelta(days=2))
    new = PostFactory(title="New")
    titles = [text_of(title) for title in with_class(parse(client.get("/")), "entry-title")]
    assert titles == [new.title, old.title]


def test_an_empty_blog_says_so_instead_of_showing_nothing(client):
    response = client.get("/")
    assert response.status_code == 200
    assert with_class(parse(response), "empty")


def test_the_second_page_holds_the_rest_and_both_pages_link_to_each_other(client):
    SiteSettings(posts_per_page=2).save()
    for number in range(3):
        PostFactory(title=f"Post {number}", published_at=timezone.now() - datetime.timedelta(days=number))
    assert "/page/2/" in links(parse(client.get("/")))
    second = parse(client.get("/page/2/"))
    assert [text_of(title) for title in with_class(second, "entry-title")] == ["Post 2"]
    assert "/" in links(second)


@pytest.mark.parametrize("address", ["/page/2/", "/page/0/", "/page/99999999999999999999/", "/?page=abc"])
def test_a_page_that_does_not_exist_is_a_designed_404(client, address):
    PostFactory()
    response = client.get(address)
    assert response.status_code == 404
    assert with_class(parse(response), "lost")


def test_page_one_is_the_front_page_itself(client):
    response = client.get("/page/1/")
    assert (response.status_code, response["Location"]) == (301, "/")


def test_a_post_lives_at_its_permalink_in_the_sites_time_zone(client):
    # 23:30 UTC on 31 October is November in Paris.
    night = datetime.datetime(2011, 10, 31, 23, 30, tzinfo=datetime.UTC)
    post = PostFactory(slug="minuit", published_at=night)
    assert post.get_absolute_url() == "/2011/11/minuit/"
    assert client.get("/2011/11/minuit/").status_code == 200


@pytest.mark.parametrize("address", ["/2011/10/27/aube/", "/2012/01/aube/", "/2011/09/30/aube/"])
def test_an_address_with_another_date_leads_to_the_permalink(client, address):
    PostFactory(slug="aube", published_at=PARIS_MORNING)
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, "/2011/10/aube/")


@pytest.mark.parametrize("address", ["/2011/13/aube/", "/0000/01/", "/2011/10/32/aube/", "/2011/00/", "/9999/12/aube/"])
def test_an_impossible_date_is_a_404(client, address):
    PostFactory(slug="aube", published_at=PARIS_MORNING)
    response = client.get(address)
    assert response.status_code in (301, 404)
    assert response.status_code == 404 or response["Location"] == "/2011/10/aube/"


def test_a_post_shows_its_category_above_the_title_as_a_link(client):
    parent = CategoryFactory(name="Arts")
    category = CategoryFactory(name="Gravure", parent=parent)
    post = PostFactory(title="Le burin", categories=[category])
    (article,) = with_class(parse(client.get(post.get_absolute_url())), "h-entry")
    order = [text_of(e) for e in article.iter() if e.tag == "h1" or "p-category" in (e.get("class") or "")]
    assert order[:2] == ["Gravure", "Le burin"]
    (link,) = [a for a in article.iter("a") if text_of(a) == "Gravure"]
    assert link.get("href") == "/category/arts/gravure/"


@pytest.mark.parametrize("hidden", [draft, scheduled])
def test_a_reader_never_meets_what_is_not_published(client, hidden):
    category, tag = CategoryFactory(), TagFactory()
    PostFactory(title="Visible", categories=[category], tags=[tag])
    post = hidden(title="Sous le boisseau", categories=[category], tags=[tag])
    year = timezone.localtime(post.date).year
    addresses = [
        "/", post.get_absolute_url(), f"/?p={post.pk}", f"/preview/{post.pk}/", category.get_absolute_url(),
        tag.get_absolute_url(), post.author.get_absolute_url(), f"/{year}/", "/archive/", "/feed/", "/feed/atom/",
        "/sitemap.xml", "/sitemap-posts-1.xml", f"{category.get_absolute_url()}feed/",
    ]  # fmt: skip
    for address in addresses:
        response = client.get(address)
        assert "Sous le boisseau" not in response.content.decode(), address
        assert post.slug not in response.content.decode().replace(f"/{post.slug}/&", ""), address
    assert client.get(post.get_absolute_url()).status_code == 404
    assert client.get(post.author.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("hidden", [draft, scheduled])
def test_staff_read_an_unpublished_post_at_its_preview(client, staff, hidden):
    post = hidden(title="Bientôt")
    response = client.get(post.get_absolute_url(), follow=True)
    assert response.redirect_chain == [(f"/preview/{post.pk}/", 302)]
    assert "Bientôt" in response.content.decode()
    assert with_class(parse(response), "notice")
    assert "no-store" in response["Cache-Control"]


def test_an_author_without_wider_rights_previews_only_their_own(client):
    from django.contrib.auth.models import Permission

    author = UserFactory(is_staff=True)
    author.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(author)
    assert client.get(draft(author=author).get_preview_url()).status_code == 200
    assert client.get(draft().get_preview_url()).status_code == 403


def test_a_stranger_who_asks_for_a_preview_is_asked_to_log_in(client):
    response = client.get(draft().get_preview_url())
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))


def test_a_scheduled_post_appears_at_its_moment_with_no_help(client, time_machine):
    post = scheduled(title="À l’heure dite")
    assert "heure dite" not in client.get("/").content.decode()
    time_machine.move_to(timezone.now() + datetime.timedelta(days=4))
    assert "heure dite" in client.get("/").content.decode()
    assert client.get(post.get_absolute_url()).status_code == 200


def test_a_page_lives_under_its_parent_and_its_short_address_leads_there(client):
    about = PageFactory(title="À propos", slug="a-propos")
    team = PageFactory(title="Colophon", slug="colophon", parent=about)
    assert team.get_absolute_url() == "/a-propos/colophon/"
    assert "Colophon" in client.get("/a-propos/colophon/").content.decode()
    assert client.get("/colophon/")["Location"] == "/a-propos/colophon/"
    assert client.get("/a-propos")["Location"] == "/a-propos/"


def test_a_category_holds_the_posts_of_those_below_it(client):
    parent = CategoryFactory(name="Arts")
    child = CategoryFactory(name="Gravure", parent=parent)
    PostFactory(title="Eau-forte", categories=[child])
    page = parse(client.get("/category/arts/"))
    assert [text_of(title) for title in with_class(page, "entry-title")] == ["Eau-forte"]
    assert "/category/arts/gravure/" in links(page)
    assert client.get("/category/gravure/")["Location"] == "/category/arts/gravure/"


def test_a_post_in_a_category_and_its_parent_is_listed_once(client):
    parent = CategoryFactory(name="Arts")
    child = CategoryFactory(name="Gravure", parent=parent)
    PostFactory(categories=[child, parent])
    assert len(with_class(parse(client.get("/category/arts/")), "entry")) == 1


@pytest.mark.parametrize("address", ["/category/rien/", "/tag/rien/", "/author/rien/", "/1999/", "/1999/05/", "/rien/"])
def test_what_was_never_there_is_a_designed_404(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert with_class(parse(response), "lost")


def test_tags_authors_years_and_months_list_their_posts(client):
    tag, author = TagFactory(name="Encre"), UserFactory(display_name="Zoé", biography="Graveuse.")
    PostFactory(title="Le noir", tags=[tag], author=author, published_at=PARIS_MORNING)
    PostFactory(title="Autre")
    for address in ["/tag/encre/", "/author/zoe/", "/2011/", "/2011/10/"]:
        page = parse(client.get(address))
        assert [text_of(title) for title in with_class(page, "entry-title")] == ["Le noir"], address
    assert "Graveuse." in client.get("/author/zoe/").content.decode()
    assert text_of(parse(client.get("/2011/10/")).find(".//h1")) == "October 2011"


def test_the_archive_counts_each_month(client):
    PostFactory(published_at=PARIS_MORNING)
    PostFactory(published_at=PARIS_MORNING)
    page = parse(client.get("/archive/"))
    assert "/2011/10/" in links(page)
    assert [text_of(count) for count in with_class(page, "count")] == ["2"]


def test_wordpress_plain_addresses_lead_to_the_post(client):
    post = PostFactory(slug="aube", published_at=PARIS_MORNING, wordpress_id=200)
    native = PostFactory()
    assert client.get("/?p=200")["Location"] == "/2011/10/aube/"
    assert client.get("/?page_id=200").status_code == 301
    assert client.get(f"/?p={native.pk}")["Location"] == native.get_absolute_url()
    # An imported post does not answer to the number it happens to have here.
    assert post.pk == 200 or client.get(f"/?p={post.pk}").status_code == 404


@pytest.mark.parametrize("number", ["abc", "-1", "0", "99999999999999999999", "1e3", "٣"])
def test_a_wrong_post_number_is_a_404(client, number):
    assert client.get("/", {"p": number}).status_code == 404


def test_a_lead_picture_that_the_text_shows_is_not_shown_twice(client):
    from blog.uploads import store_upload
    from tests.pictures import jpeg

    media = store_upload("aube.jpg", jpeg(60, 40), alt="Une aube")
    with_it = PostFactory(body=f"![Une aube]({media.file.url})", lead_picture=media)
    without = PostFactory(body="Rien.", lead_picture=media)
    assert not with_class(parse(client.get(with_it.get_absolute_url())), "article-lead")
    (lead,) = with_class(parse(client.get(without.get_absolute_url())), "article-lead")
    assert lead.find(".//img").get("alt") == "Une aube"


def test_robots_are_told_where_the_sitemap_is(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_the_health_check_asks_the_database(client):
    assert client.get("/healthz").content == b"ok\n"


def test_the_canonical_address_comes_from_the_settings_not_from_the_request(client):
    post = PostFactory(slug="aube", published_at=PARIS_MORNING)
    page = parse(client.get(post.get_absolute_url(), headers={"host": "localhost"}))
    (canonical,) = [link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"]
    assert canonical == "http://127.0.0.1:8000/2011/10/aube/"


def test_what_a_list_costs_does_not_grow_with_the_posts(client, django_assert_max_num_queries):
    category = CategoryFactory()
    SiteSettings(posts_per_page=50).save()
    for _ in range(2):
        PostFactory(categories=[category])
    with django_assert_max_num_queries(12) as few:
        client.get("/")
    for _ in range(40):
        PostFactory(categories=[category])
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/")


@pytest.mark.parametrize(
    ("body", "large"),
    [
        ("Longtemps, je me suis couché de bonne heure. " * 6, True),
        ("*Longtemps*, je me suis [couché](https://a.example/) de bonne heure. " * 6, True),
        ("Bref.\n\n" + "Longtemps, je me suis couché de bonne heure. " * 6, False),
        ("– Longtemps, je me suis couché de bonne heure. " * 6, False),
        ("## Longtemps\n\n" + "Je me suis couché de bonne heure. " * 6, False),
        ("Je me suis couché  \nde bonne heure. " * 6, False),
        ("", False),
    ],
    ids=range(7),
)
def test_a_post_opens_on_a_large_letter_where_its_first_paragraph_carries_one(client, body, large):
    page = parse(client.get(PostFactory(body=body).get_absolute_url()))
    assert bool(with_class(page, "opens-large")) == large


def test_the_front_page_has_a_cover_and_those_behind_it_a_running_head(client):
    SiteSettings(posts_per_page=5).save()
    for number in range(6):
        PostFactory(published_at=timezone.now() - datetime.timedelta(days=number))
    front, second = parse(client.get("/")), parse(client.get("/page/2/"))
    assert len(with_class(front, "cover")) == 1
    assert len(with_class(front, "entry-lead")) == 1
    assert len(with_class(front, "entry")) == 5
    assert not with_class(second, "cover")
    assert not with_class(second, "entry-lead")


@pytest.mark.parametrize(
    "address",
    "/ /feed/ /feed/json/ /comments/feed/ /search/?q=x /archive/ /2011/ /tag/ /category/ /sitemap.xml /robots.txt "
    "/healthz /opensearch.xml /about/ /2011/10/ink/ /preview/1/".split(),
)
def test_what_is_only_read_answers_a_post_with_what_it_allows(address):
    response = Client(enforce_csrf_checks=True).post(address, {"q": "x"})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_a_post_published_without_a_date_has_the_second_it_was_published_in():
    assert PostFactory(published_at=None).published_at.microsecond == 0


@pytest.mark.parametrize(
    "address", ["/", "/2011/10/ink/", "/nowhere/", "/search/", "/feed/json/", "/sitemap-posts-1.xml"]
)
def test_no_date_is_written_finer_than_to_the_second(client, address):
    """HTML's dates have three decimals at most (https://html.spec.whatwg.org/#valid-time-string)."""
    post = PostFactory(slug="ink", published_at=PARIS_MORNING.replace(microsecond=123456))
    Post.objects.filter(pk=post.pk).update(updated_at=PARIS_MORNING.replace(microsecond=123456))
    response = client.get(address, follow=True, HTTP_ACCEPT="text/html")
    content = response.content.decode()
    assert "2011-10-27T09:30:00" in content
    assert "09:30:00." not in content
