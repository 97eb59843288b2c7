"""An address that somebody kept leads to its text, or says plainly that it was withdrawn."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from blog.middleware import Elsewhere, without_query
from blog.models import Category, MissingAddress, Post, Redirect, Tag
from tests.factories import CategoryFactory, PageFactory, PostFactory, TagFactory
from tests.people import administrator, member

pytestmark = pytest.mark.django_db

AUTUMN = datetime.datetime(2011, 10, 27, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def every_note(monkeypatch):
    monkeypatch.setattr("blog.middleware.SECONDS_BETWEEN_NOTES", 0)


def moved(client, address):
    response = client.get(address)
    assert response.status_code == 301, (address, response.status_code)
    return response["Location"]


def post_at(slug, **fields):
    return PostFactory(slug=slug, published_at=AUTUMN, **fields)


def rename(thing, slug):
    thing.slug = slug
    thing.save()


def test_a_post_that_was_renamed_twice_is_one_step_from_each_old_address(client):
    post = post_at("one")
    rename(post, "two")
    rename(post, "three")
    assert moved(client, "/2011/10/one/") == "/2011/10/three/"
    assert moved(client, "/2011/10/two/") == "/2011/10/three/"
    assert client.get("/2011/10/three/").status_code == 200


def test_a_post_that_gets_its_first_name_back_makes_no_loop(client):
    post = post_at("one")
    rename(post, "two")
    rename(post, "one")
    assert client.get("/2011/10/one/").status_code == 200
    assert moved(client, "/2011/10/two/") == "/2011/10/one/"


def test_the_day_the_feeds_and_the_further_pages_move_too(client):
    post, category = post_at("one"), CategoryFactory(name="Arts")
    rename(post, "two")
    rename(category, "fine-arts")
    assert moved(client, "/2011/10/27/one/") == "/2011/10/two/"
    assert moved(client, "/2011/10/one/feed/") == "/2011/10/two/feed/"
    assert moved(client, "/category/arts/") == "/category/fine-arts/"
    assert moved(client, "/category/arts/feed/atom/") == "/category/fine-arts/feed/atom/"
    assert moved(client, "/category/arts/page/2/") == "/category/fine-arts/page/2/"


def test_a_page_and_a_tag_that_were_renamed_keep_their_readers(client):
    page, tag = PageFactory(slug="about"), TagFactory(name="Ink")
    PostFactory(tags=[tag])
    rename(page, "who-we-are")
    rename(tag, "encre")
    assert moved(client, "/about/") == "/who-we-are/"
    assert moved(client, "/tag/ink/") == "/tag/encre/"


def test_a_new_date_and_a_new_parent_need_no_memory(client):
    post, page = post_at("one"), PageFactory(slug="team")
    post.published_at = AUTUMN + datetime.timedelta(days=400)
    post.save()
    page.parent = PageFactory(slug="house")
    page.save()
    assert moved(client, "/2011/10/one/") == "/2012/11/one/"
    assert moved(client, "/team/") == "/house/team/"
    assert not Redirect.objects.exists()


def test_a_draft_that_is_renamed_leaves_nothing_behind():
    post = PostFactory(slug="one", status=Post.Status.DRAFT)
    rename(post, "two")
    assert not Redirect.objects.exists()


def test_whoever_takes_an_old_address_has_it(client):
    rename(post_at("one"), "two")
    newcomer = post_at("one", title="Newcomer")
    assert newcomer.title in client.get("/2011/10/one/").text


@pytest.mark.parametrize("withdraw", ["unpublish", "delete", "unpublish many", "put off many"])
def test_a_withdrawn_post_is_gone_and_says_so(client, withdraw):
    post = post_at("one", title="Regrets")
    rename(post, "two")
    match withdraw:
        case "unpublish":
            post.status = Post.Status.DRAFT
            post.save()
        case "delete":
            post.delete()
        case "unpublish many":
            Post.objects.update(status=Post.Status.DRAFT)
        case "put off many":
            Post.objects.update(published_at=timezone.now() + datetime.timedelta(days=1))
    response = client.get("/2011/10/two/")
    assert response.status_code == 410
    assert "withdrawn" in response.text
    assert "Regrets" not in response.text
    assert client.get("/2011/10/one/").status_code in (404, 410)


def test_a_post_that_comes_back_is_there_again(client):
    post = post_at("one")
    for status in (Post.Status.DRAFT, Post.Status.PUBLISHED):
        Post.objects.update(status=status)
    assert client.get(post.get_absolute_url()).status_code == 200


def test_an_editor_who_withdrew_a_post_is_led_to_it(client):
    post = post_at("one")
    Post.objects.update(status=Post.Status.DRAFT)
    client.force_login(member("Editor"))
    assert client.get("/2011/10/one/")["Location"] == post.get_preview_url()


def test_many_renamed_at_once_are_found_at_their_old_addresses(client):
    post_at("one")
    Post.objects.filter(slug="one").update(slug="two")
    assert moved(client, "/2011/10/one/") == "/2011/10/two/"


class TestByHand:
    def given(self, path, **target):
        redirect = Redirect(path=path, by_hand=True, **target)
        redirect.full_clean()
        redirect.save()
        return redirect

    def test_any_old_address_leads_where_the_editor_says(self, client):
        post = post_at("one")
        self.given("https://old.example/blog/index.html?x=1", post=post)
        self.given("/elsewhere", address="https://other.example/é/")
        assert moved(client, "/blog/index.html") == "/2011/10/one/"
        assert moved(client, "/elsewhere/").startswith("https://other.example/")

    def test_a_chain_is_made_one_step_in_whatever_order_it_is_written(self, client):
        self.given("/a/", address="/b/")
        self.given("/b/", address="/c/")
        self.given("/z/", address="/a/")
        assert moved(client, "/a/") == "/c/"
        assert moved(client, "/z/") == "/c/"

    @pytest.mark.parametrize("address", ["/a/", "/a", "/b/"])
    def test_a_circle_is_refused(self, address):
        self.given("/b/", address="/a/")
        with pytest.raises(ValidationError) as refusal:
            self.given("/a/", address=address)
        assert "circle" in str(refusal.value)

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "//other.example/", "mailto:a@b.example", "data:text/html,x", "nothing"]
    )
    def test_what_is_no_address_is_refused(self, address):
        with pytest.raises(ValidationError):
            self.given("/a/", address=address)

    @pytest.mark.parametrize("path", ["/", "", "https://blog.example/", "/admin/login/", "http://[", "/static/x.css"])
    def test_what_must_stay_stays(self, path):
        with pytest.raises(ValidationError):
            self.given(path, address="/b/")

    def test_two_targets_are_refused(self):
        with pytest.raises(ValidationError):
            self.given("/a/", address="/b/", post=post_at("one"))

    def test_what_a_person_made_no_move_takes_away(self, client):
        self.given("/2011/10/one/", address="/archive/")
        rename(post_at("one"), "two")
        assert moved(client, "/2011/10/one/") == "/archive/"

    def test_an_editor_makes_one_at_the_desk_and_an_author_may_not(self, client):
        client.force_login(member("Editor"))
        client.post("/admin/blog/redirect/add/", {"path": "/old/", "address": "/archive/"})
        assert moved(client, "/old/") == "/archive/"
        assert "/old/" in client.get("/admin/blog/redirect/").text
        client.force_login(member("Author"))
        assert client.get("/admin/blog/redirect/").status_code == 403


class TestMissing:
    def test_the_editor_sees_what_readers_miss_and_who_sent_them_and_no_more(self, client):
        client.get("/lost/", headers={"Referer": "https://me:pw@friend.example/page?session=1#x"})
        client.get("/lost", follow=True)
        missing = MissingAddress.objects.get()
        assert (missing.path, missing.times, missing.referrer) == ("lost", 2, "https://friend.example/page")
        client.force_login(member("Editor"))
        assert "/admin/blog/redirect/add/?path=%2Flost%2F" in client.get("/admin/blog/missingaddress/").text

    def test_it_is_off_the_list_once_it_leads_somewhere(self, client):
        client.get("/lost/")
        Redirect(path="lost", address="/archive/").save()
        assert not MissingAddress.objects.exists()

    @pytest.mark.parametrize("path", ["/wp-login.php", "/.env", "/a/b.sql/", "/.git/config", "/media/x.jpg"])
    def test_programs_that_look_for_a_way_in_are_not_listed(self, client, path):
        assert client.get(path, follow=True).status_code == 404
        assert not MissingAddress.objects.exists()

    def test_a_crowd_of_wrong_addresses_writes_little(self, client, monkeypatch):
        monkeypatch.setattr("blog.middleware.SECONDS_BETWEEN_NOTES", 3600)
        for number in range(5):
            assert client.get(f"/lost-{number}/").status_code == 404
        assert MissingAddress.objects.count() == 1

    def test_the_list_is_bounded_and_the_oldest_go(self, client, monkeypatch):
        monkeypatch.setattr(MissingAddress, "MOST", 3)
        for number in range(5):
            client.get(f"/lost-{number}/")
        assert {missing.path for missing in MissingAddress.objects.all()} == {"lost-2", "lost-3", "lost-4"}

    def test_a_database_that_takes_no_writes_still_shows_the_page(self, client, monkeypatch):
        from django.db import DatabaseError

        def refuse(*args):
            raise DatabaseError("read-only")

        monkeypatch.setattr(MissingAddress, "note", refuse)
        assert client.get("/lost/").status_code == 404

    @pytest.mark.parametrize("referrer", ["", "nonsense", "http://[", "javascript:alert(1)", "android-app://x"])
    def test_a_referrer_that_is_no_page_is_not_kept(self, referrer):
        assert without_query(referrer) == ""

    def test_an_address_of_any_length_and_kind_is_answered(self, client):
        for path in ("/" + "x" * 3000, "/%00", "/é" * 100, "/%ff/", "/a\u202eb/"):
            assert client.get(path, follow=True).status_code in (404, 400), path[:50]


class TestMerging:
    def test_posts_addresses_and_descriptions_come_together(self, client):
        inks, ink = TagFactory(name="Inks", description="Black."), TagFactory(name="Ink")
        first, both = PostFactory(tags=[inks]), PostFactory(tags=[inks, ink])
        rename(inks, "all-inks")
        client.force_login(administrator())
        chosen = {"action": "merge", "_selected_action": [inks.pk, ink.pk]}
        assert "Merge into which one?" in client.post("/admin/blog/tag/", chosen).text
        assert Tag.objects.count() == 2
        client.post("/admin/blog/tag/", {**chosen, "into": ink.pk})
        assert list(Tag.objects.all()) == [ink]
        assert set(ink.posts.all()) == {first, both}
        assert Tag.objects.get().description == "Black."
        assert moved(client, "/tag/all-inks/") == "/tag/ink/"
        assert moved(client, "/tag/inks/") == "/tag/ink/"

    def test_a_category_that_goes_gives_its_branches_away(self, client):
        arts, music = CategoryFactory(name="Arts"), CategoryFactory(name="Music")
        jazz = CategoryFactory(name="Jazz", parent=arts)
        client.force_login(administrator())
        client.post(
            "/admin/blog/category/", {"action": "merge", "_selected_action": [arts.pk, music.pk], "into": music.pk}
        )
        assert Category.objects.get(pk=jazz.pk).parent == music
        assert moved(client, "/category/arts/jazz/") == "/category/music/jazz/"
        assert moved(client, "/category/arts/") == "/category/music/"

    def test_a_category_merged_into_one_below_it_leaves_no_loop(self, client):
        arts = CategoryFactory(name="Arts")
        engraving = CategoryFactory(name="Engraving", parent=CategoryFactory(name="Paper", parent=arts))
        client.force_login(administrator())
        client.post(
            "/admin/blog/category/",
            {"action": "merge", "_selected_action": [arts.pk, engraving.pk], "into": engraving.pk},
        )
        stays = Category.objects.get(pk=engraving.pk)
        assert [category.name for category in stays.lineage()] == ["Engraving"]
        assert [category.name for category in Category.objects.get(name="Paper").lineage()] == ["Engraving", "Paper"]

    def test_one_alone_cannot_be_merged(self, client):
        tag = TagFactory()
        client.force_login(administrator())
        response = client.post("/admin/blog/tag/", {"action": "merge", "_selected_action": [tag.pk]}, follow=True)
        assert "two or more" in response.text


def test_a_page_that_is_kept_as_missing_is_found_once_it_leads_somewhere():
    """The page cache reads off the statements that a 404 depends on the redirects."""
    from blog.pagecache.dependencies import topics_of

    assert "blog_redirect" in topics_of('SELECT 1 FROM "blog_redirect"', written=False)
    assert topics_of('UPDATE "blog_missingaddress" SET "times" = 2', written=True) == set()


def test_only_a_404_is_looked_at(rf, django_assert_num_queries):
    from django.http import HttpResponse

    for status in (200, 301, 403):
        with django_assert_num_queries(0):
            assert (
                Elsewhere(lambda request, status=status: HttpResponse(status=status))(rf.get("/x/")).status_code
                == status
            )
