"""What somebody who follows a conversation is given."""

import datetime
import json
from urllib.parse import urljoin

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, SiteSettings
from comments.decisions import decide
from comments.models import Comment, DiscussionSettings
from tests.factories import CommentFactory, PageFactory, PostFactory
from tests.feed_specifications import ATOM, CONTENT, REPLY, assert_atom, assert_json_feed, assert_rss
from tests.pages import parse, parse_xml

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
FORMATS = ("feed/", "feed/atom/", "feed/json/")


@pytest.fixture
def post():
    return PostFactory(title="Ink", slug="ink", published_at=datetime.datetime(2011, 10, 27, tzinfo=datetime.UTC))


def titles(client, address):
    return [item.findtext("title") for item in parse_xml(client.get(address)).iter("item")]


def json_items(client, address):
    return json.loads(client.get(f"{address}json/").content)["items"]


def test_a_posts_conversation_has_a_feed_in_each_format(client, post):
    parent = CommentFactory(post=post, name="Anne", url="https://anne.example/")
    CommentFactory(post=post, name="Luc", parent=parent)
    for address in ("/2011/10/ink/", "/comments/"):
        assert_rss(parse_xml(client.get(f"{address}feed/")))
        assert_atom(parse_xml(client.get(f"{address}feed/atom/")))
        assert_json_feed(json.loads(client.get(f"{address}feed/json/").content))


@pytest.mark.parametrize("ending", FORMATS)
def test_a_conversation_that_has_not_begun_has_a_feed(client, post, ending):
    assert client.get(f"/2011/10/ink/{ending}").status_code == 200
    assert client.get(f"/comments/{ending}").status_code == 200


def test_an_entry_names_who_wrote_under_what_and_leads_to_it(client, post):
    comment = CommentFactory(post=post, name="Anne & co", body="A <b>thought</b> :)\n\n[x] http://x.example/")
    (item,) = parse_xml(client.get("/2011/10/ink/feed/")).iter("item")
    assert item.findtext("title") == "Anne & co on “Ink”"
    assert item.findtext("link") == f"{SITE}/2011/10/ink/#comment-{comment.pk}"
    assert "<p>A <b>thought</b> 🙂</p>" in item.findtext(CONTENT)
    assert 'rel="nofollow ugc"' in item.findtext(CONTENT)
    assert item.findtext("description") == "A thought 🙂 [x] http://x.example/"


def test_the_feed_of_a_post_holds_its_own_conversation_newest_first(client, post):
    now = timezone.now()
    for number in range(3):
        CommentFactory(post=post, name=f"N{number}", created_at=now - datetime.timedelta(hours=number))
    CommentFactory(name="Elsewhere", created_at=now - datetime.timedelta(days=1))
    assert titles(client, "/2011/10/ink/feed/") == ["N0 on “Ink”", "N1 on “Ink”", "N2 on “Ink”"]
    assert len(titles(client, "/comments/feed/")) == 4


@pytest.mark.parametrize("status", [Comment.Status.PENDING, Comment.Status.SPAM, Comment.Status.TRASH])
@pytest.mark.parametrize("ending", FORMATS)
def test_nobody_reads_in_a_feed_what_was_not_approved(client, post, status, ending):
    hidden = CommentFactory(post=post, name="Hidden", body="Hidden words", status=status)
    CommentFactory(post=post, name="Shown", parent=hidden)
    for address in ("/2011/10/ink/", "/comments/"):
        feed = client.get(f"{address}{ending}").content.decode()
        assert "Shown" in feed
        assert "Hidden" not in feed
        assert f"#comment-{hidden.pk}" not in feed


@pytest.mark.parametrize("ending", FORMATS)
def test_nobody_learns_of_an_unpublished_post_from_its_conversation(client, ending):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    for hidden in (PostFactory(status=Post.Status.DRAFT), PostFactory(published_at=tomorrow)):
        comment = CommentFactory(post=hidden, name="Hidden")
        assert client.get(f"{hidden.get_absolute_url()}{ending}").status_code == 404
        assert comment.name not in client.get(f"/comments/{ending}").content.decode()


@pytest.mark.parametrize("ending", FORMATS)
def test_no_feed_holds_an_email_address_or_a_hash_of_one(client, post, ending):
    DiscussionSettings(avatars=DiscussionSettings.Avatars.DIRECT).save()
    comment = CommentFactory(post=post, email="secret@example.org")
    for address in ("/2011/10/ink/", "/comments/"):
        feed = client.get(f"{address}{ending}").content.decode()
        assert "secret" not in feed
        assert comment.avatar.email_hash not in feed
        assert "gravatar" not in feed


def test_a_face_is_shown_by_our_own_address_or_not_at_all(client, post):
    comment = CommentFactory(post=post)
    (author,) = json_items(client, "/comments/feed/")[0]["authors"]
    assert author["avatar"] == f"{SITE}/avatars/{comment.avatar.key}"
    DiscussionSettings(avatars=DiscussionSettings.Avatars.NONE).save()
    (author,) = json_items(client, "/comments/feed/")[0]["authors"]
    assert "avatar" not in author


def test_a_reply_says_whom_it_answers(client, post):
    parent = CommentFactory(post=post, name="Anne <b>")
    CommentFactory(post=post, name="Luc", parent=parent)
    for address in ("/2011/10/ink/feed/", "/comments/feed/"):
        reply, answered = parse_xml(client.get(f"{address}atom/")).iter(f"{ATOM}entry")
        link = f"{SITE}/2011/10/ink/#comment-{parent.pk}"
        assert f'<p>In reply to <a href="{link}">Anne &lt;b&gt;</a></p>' in reply.findtext(f"{ATOM}content")
        assert reply.find(REPLY).attrib == {"ref": parent.guid, "href": link, "type": "text/html"}
        assert reply.find(REPLY).get("ref") == answered.findtext(f"{ATOM}id")
        assert answered.find(REPLY).get("ref") == post.guid


def test_a_comment_from_wordpress_keeps_the_id_its_feed_had_there(client):
    post = PostFactory(guid="http://old.example/?p=200")
    CommentFactory(post=post, wordpress_id=7)
    (item,) = json_items(client, f"{post.get_absolute_url()}feed/")
    assert item["id"] == "http://old.example/?p=200#comment-7"


def test_comments_of_one_post_never_share_an_id(client, post):
    here = CommentFactory(post=post)
    CommentFactory(post=post, wordpress_id=here.pk)
    assert_json_feed(json.loads(client.get("/2011/10/ink/feed/json/").content))


def test_a_page_has_a_conversation_to_follow_too(client):
    page = PageFactory(slug="team", parent=PageFactory(slug="about"))
    CommentFactory(post=page, name="Anne")
    assert titles(client, "/about/team/feed/") == [f"Anne on “{page.title}”"]
    assert client.get("/team/feed/")["Location"] == "/about/team/feed/"
    assert titles(client, "/comments/feed/") == [f"Anne on “{page.title}”"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/2012/01/ink/feed/", "/2011/10/ink/feed/"),
        ("/2011/10/27/ink/feed/atom/", "/2011/10/ink/feed/atom/"),
        ("/2011/10/ink/feed/rss2/", "/2011/10/ink/feed/"),
        ("/comments/feed/rss2/", "/comments/feed/"),
    ],
)
def test_other_addresses_of_a_conversation_lead_to_its_feed(client, post, address, found):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, found)


@pytest.mark.parametrize("address", ["/2011/10/nothing/feed/", "/nothing/feed/json/", "/a/b/c/feed/", "/2011/10/feed/"])
def test_the_conversation_of_nothing_is_a_404(client, post, address):
    assert client.get(address).status_code == 404


def test_a_page_of_a_post_tells_a_reader_of_its_conversations_feed(client, post):
    links = parse(client.get("/2011/10/ink/")).iter("link")
    assert "/2011/10/ink/feed/" in [link.get("href") for link in links if link.get("type") == "application/rss+xml"]
    home = parse(client.get("/")).iter("link")
    assert "/comments/feed/" in [link.get("href") for link in home if link.get("type") == "application/rss+xml"]


# Asking again


def test_somebody_who_has_it_gets_nothing_again(client, post):
    CommentFactory(post=post)
    for address in ("/2011/10/ink/feed/", "/comments/feed/atom/"):
        first = client.get(address)
        for header, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
            assert client.get(address, headers={header: first[name]}).status_code == 304
            assert client.head(address, headers={header: first[name]}).status_code == 304


def test_a_comment_approved_later_than_newer_ones_makes_the_feed_new(client, post):
    with time_machine.travel("2026-01-02T10:00:00Z", tick=False):
        waiting = CommentFactory(post=post, status=Comment.Status.PENDING)
    with time_machine.travel("2026-01-02T11:00:00Z", tick=False):
        CommentFactory(post=post)
        before = client.get("/2011/10/ink/feed/")
    with time_machine.travel("2026-01-02T12:00:00Z", tick=False):
        decide(Comment.objects.filter(pk=waiting.pk), Comment.Status.APPROVED)
        after = client.get("/2011/10/ink/feed/", headers={"if-modified-since": before["Last-Modified"]})
    assert after.status_code == 200
    assert len(list(parse_xml(after).iter("item"))) == 2


def test_a_long_conversation_is_walked_page_by_page(client, post):
    SiteSettings(posts_in_feed=2).save()
    now = timezone.now()
    for number in range(5):
        CommentFactory(post=post, name=f"N{number}", created_at=now - datetime.timedelta(minutes=number))
    found, address = [], f"{SITE}/2011/10/ink/feed/json/"
    while address:
        feed = json.loads(client.get(address.removeprefix(SITE)).content)
        found += [item["authors"][0]["name"] for item in feed["items"]]
        address = feed.get("next_url")
    assert found == ["N0", "N1", "N2", "N3", "N4"]
    assert client.get("/comments/feed/?paged=4").status_code == 404


def test_what_a_feed_of_comments_costs_does_not_grow(client):
    SiteSettings(posts_in_feed=100).save()

    def conversation_on(something):
        parent = CommentFactory(post=something)
        CommentFactory(post=something, parent=parent, email="other@example.org")

    def costs():
        found = []
        for address in ("/comments/feed/", "/comments/feed/json/", urljoin(page.get_absolute_url(), "feed/")):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    page = PageFactory(parent=PageFactory())
    conversation_on(page)
    conversation_on(PostFactory())
    few = costs()
    for _ in range(6):
        conversation_on(page)
        conversation_on(PostFactory())
        conversation_on(PageFactory(parent=PageFactory()))
    assert costs() == few
    assert max(few) <= 9
