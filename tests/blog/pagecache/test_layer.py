"""A reader gets kept pages fast, and never an old one."""

import datetime
import gzip
import threading

import brotli
import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from blog.models import Post, SiteSettings, Tag
from blog.pagecache.store import Store
from comments.decisions import decide
from comments.models import Comment
from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory

BROWSER = "gzip, deflate, br, zstd"


def test_a_page_asked_for_twice_is_made_once(reader):
    address = PostFactory().get_absolute_url()
    first, second = reader.ask(address), reader.ask(address)
    assert first.body == second.body
    assert first.status == 200
    assert reader.entered == 1


@pytest.mark.parametrize("address", ["/", "/feed/", "/feed/atom/", "/sitemap.xml", "/robots.txt", "/archive/", "/x/"])
def test_every_public_page_is_kept(reader, address):
    PostFactory()
    reader.ask(address)
    assert reader.is_kept(address)


@pytest.mark.parametrize("first", ["text/html,*/*;q=0.8", "*/*"])
def test_a_browser_and_a_feed_reader_get_one_kept_feed_under_two_types(reader, first):
    PostFactory()
    reader.ask("/feed/", accept=first)
    in_browser, in_reader = (reader.ask("/feed/", accept=accept) for accept in ("text/html,*/*;q=0.8", "*/*"))
    assert reader.entered == 1
    assert in_browser.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert in_reader.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert in_browser.headers["Vary"] == in_reader.headers["Vary"] == "Accept, Accept-Encoding"
    assert in_browser.body == in_reader.body


@pytest.mark.parametrize("first", [0, 1])
def test_a_json_feed_and_the_page_that_a_browser_gets_there_are_both_kept(reader, first):
    PostFactory(title="Before")
    accepts = ["text/html,*/*;q=0.8", "*/*"]
    reader.ask("/feed/json/", accept=accepts[first])
    page, feed = (reader.ask("/feed/json/", accept=accept) for accept in accepts)
    assert reader.entered == 2
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert feed.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    assert page.headers["Vary"] == feed.headers["Vary"] == "Accept, Accept-Encoding"
    assert page.headers["ETag"] != feed.headers["ETag"]
    PostFactory(title="After")
    assert all("After" in reader.ask("/feed/json/", accept=accept).text for accept in accepts)


@pytest.mark.parametrize("address", ["/search/?q=essai", "/feed/?paged=1"])
@pytest.mark.parametrize(("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_page_that_is_not_kept_is_compressed_too(reader, address, coding, unpack):
    PostFactory(title="Essai")
    plain, small = reader.ask(address), reader.ask(address, accept_encoding=coding)
    assert small.headers["Content-Encoding"] == coding
    assert unpack(small.body) == plain.body
    assert int(small.headers["Content-Length"]) == len(small.body) < len(plain.body)
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.headers["Vary"]
    head = reader.ask(address, method="HEAD", accept_encoding=coding)
    assert (head.body, head.headers["Content-Length"]) == (b"", small.headers["Content-Length"])


def test_a_compressed_page_that_is_not_kept_is_known_again_by_its_tag(reader):
    PostFactory()
    answer = reader.ask("/feed/?paged=1", accept_encoding="br")
    assert answer.headers["ETag"].startswith("W/")
    again = reader.ask("/feed/?paged=1", accept_encoding="br", if_none_match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert "Content-Encoding" not in again.headers


@pytest.mark.parametrize(
    ("address", "headers"), [("/admin/login/", {}), ("/search/?q=essai", {"cookie": "sessionid=x"})]
)
def test_a_page_that_may_hold_a_secret_is_not_compressed(reader, address, headers):
    assert "Content-Encoding" not in reader.ask(address, accept_encoding="br", **headers).headers


def test_the_page_of_somebody_whose_comment_waits_is_compressed(reader):
    address = PostFactory().get_absolute_url()
    assert reader.ask(address, accept_encoding="br", cookie="waiting=x").headers["Content-Encoding"] == "br"


def test_a_comment_on_one_post_leaves_the_conversations_of_others_kept(reader):
    here, elsewhere = CommentFactory(), CommentFactory()
    feeds = [f"{comment.post.get_absolute_url()}feed/" for comment in (here, elsewhere)]
    for feed in feeds:
        reader.ask(feed)
    CommentFactory(post=here.post, name="Another")
    assert "Another" in reader.ask(feeds[0]).text
    assert reader.is_kept(feeds[1])


@pytest.mark.parametrize(
    "address", ["/admin/login/", "/healthz", "/search/?q=pain", "/preview/1/", "/share/mastodon/1/"]
)
def test_what_is_for_one_reader_or_for_now_is_not(reader, address):
    reader.ask(address)
    assert not reader.is_kept(address)


def test_the_page_is_what_django_would_answer(reader):
    address = CommentFactory().post.get_absolute_url()
    assert reader.ask(address).body == reader.ask(address, fresh=True).body
    kept = reader.ask(address)
    fresh = reader.ask(address, fresh=True)
    for name in ("Content-Type", "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"):
        assert kept.headers[name] == fresh.headers[name]


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        (BROWSER, "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("gzip;q=1, br;q=0", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
        ("br;q=nonsense", None, bytes),
        ("*", "br", brotli.decompress),
    ],
)
def test_a_browser_gets_the_coding_it_likes(reader, accepted, coding, unpack):
    address = PostFactory().get_absolute_url()
    answer = reader.ask(address, accept_encoding=accepted)
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert unpack(answer.body) == reader.ask(address, fresh=True).body


def test_a_browser_that_has_the_page_is_told_so(reader):
    address = PostFactory().get_absolute_url()
    for coding in (BROWSER, "gzip", ""):
        etag = reader.ask(address, accept_encoding=coding).headers["ETag"]
        again = reader.ask(address, accept_encoding=coding, if_none_match=f'"other", {etag}')
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == etag
    assert reader.ask(address, if_none_match='"other"').status == 200


def test_each_coding_has_its_own_strong_tag(reader):
    address = PostFactory().get_absolute_url()
    tags = {reader.ask(address, accept_encoding=coding).headers["ETag"] for coding in (BROWSER, "gzip", "")}
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


def test_head_is_answered_like_get_without_the_body(reader):
    address = PostFactory().get_absolute_url()
    head, get = reader.ask(address, method="HEAD"), reader.ask(address)
    assert head.body == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert get.status == 200
    assert get.body


def test_the_age_of_a_page_is_told(reader):
    address = PostFactory().get_absolute_url()
    with time_machine.travel("2030-01-01 12:00", tick=False):
        reader.ask(address)
    with time_machine.travel("2030-01-01 12:01:30", tick=False):
        assert reader.ask(address).headers["Age"] == "90"


@pytest.mark.parametrize("query", ["?utm_source=mail", "?fbclid=1&x=2", "?", "?%00"])
def test_what_is_added_to_an_address_makes_no_other_page(reader, query):
    address = PostFactory().get_absolute_url()
    plain = reader.ask(address)
    assert reader.is_kept(address + query)
    assert reader.ask(address + query).body == plain.body


def test_a_query_that_means_something_is_no_kept_page(reader):
    comment = CommentFactory()
    address = comment.post.get_absolute_url()
    plain = reader.ask(address)
    assert reader.ask(f"{address}?replytocom={comment.pk}").body != plain.body
    assert reader.ask(address).body == plain.body


def test_headers_and_hosts_cannot_poison_a_page(reader):
    address = PostFactory().get_absolute_url()
    poison = {
        "x_forwarded_host": "evil.example",
        "x_forwarded_proto": "ftp",
        "accept_language": "xx",
        "accept": "evil/x",
    }
    first = reader.ask(f"{address}?utm_source=evil", user_agent="evil", referer="https://evil.example/", **poison)
    assert "evil" not in first.text
    assert reader.ask(address).body == first.body
    assert reader.ask(address, host="evil.example").status == 400
    assert reader.ask(address).status == 200


@pytest.mark.parametrize("cookie", ["sessionid=x", "a=b; waiting=x", 'waiting="x'])
def test_somebody_who_may_see_more_gets_their_own_page(reader, cookie):
    address = PostFactory().get_absolute_url()
    reader.ask(address)
    before = reader.entered
    reader.ask(address, cookie=cookie)
    assert reader.entered == before + 1


def test_a_cookie_from_elsewhere_changes_nothing(reader):
    address = PostFactory().get_absolute_url()
    reader.ask(address)
    before = reader.entered
    reader.ask(address, cookie="_ga=GA1.2; theme=dark")
    assert reader.entered == before


def test_a_hundred_readers_at_once_cost_one_rendering(reader):
    address = PostFactory().get_absolute_url()
    answers = []

    def ask():
        answers.append(reader.ask(address).status)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 100
    assert reader.entered == 1


def test_a_flood_of_wrong_addresses_pushes_no_page_out(reader):
    address = PostFactory().get_absolute_url()
    reader.ask(address)
    reader.cache.store.missing.most = 100_000
    for number in range(60):
        reader.ask(f"/wrong-{number}/")
    assert reader.cache.store.missing.bytes <= 100_000
    assert reader.is_kept(address)


# Never stale --------------------------------------------------------------------------------------------------------


WRITES = {
    "a new title": lambda post: Post.objects.filter(pk=post.pk).update(title="Another"),
    "the whole post saved": lambda post: (setattr(post, "title", "Another"), post.save()),
    "a comment": lambda post: CommentFactory(post=post, body="Another"),
    "the site's title": lambda post: SiteSettings(title="Another").save(),
    "a tag": lambda post: post.tags.add(Tag.objects.create(name="Another")),
    "a category": lambda post: post.categories.add(CategoryFactory(name="Another")),
    "a page in the menu": lambda post: PageFactory(title="Another"),
    "the author's name": lambda post: type(post.author).objects.update(display_name="Another"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_whatever_is_written_is_read_at_once(reader, write):
    post = PostFactory()
    address = post.get_absolute_url()
    reader.ask(address)
    assert reader.is_kept(address)
    write(post)
    answer = reader.ask(address)
    assert "Another" in answer.text
    assert answer.body == reader.ask(address, fresh=True).body


def test_what_is_taken_away_is_gone_at_once(reader):
    post = PostFactory()
    address = post.get_absolute_url()
    for listing in ("/", address):
        reader.ask(listing)
    Post.objects.filter(pk=post.pk).update(status=Post.Status.DRAFT)
    assert reader.ask(address).status == 410
    assert post.title not in reader.ask("/").text


def test_an_address_that_was_none_is_found_once_it_is(reader):
    assert reader.ask("/about/").status == 404
    PageFactory(title="About", slug="about")
    assert reader.ask("/about/").status == 200


def test_a_comment_leaves_the_other_pages_warm(reader):
    posts = [PostFactory() for _ in range(5)]
    for post in posts:
        reader.ask(post.get_absolute_url())
    comment = CommentFactory(post=posts[0], status=Comment.Status.PENDING)
    decide(Comment.objects.filter(pk=comment.pk), Comment.Status.APPROVED)
    assert comment.body in reader.ask(posts[0].get_absolute_url()).text
    for post in posts[1:]:
        assert reader.is_kept(post.get_absolute_url())


def test_comments_changed_in_bulk_by_nobody_we_know_are_seen_too(reader):
    comment = CommentFactory()
    address = comment.post.get_absolute_url()
    reader.ask(address)
    Comment.objects.all().update(name="Another")
    assert "Another" in reader.ask(address).text


def test_nothing_is_seen_before_it_is_committed_and_all_after(reader):
    post = PostFactory(title="Before")
    address = post.get_absolute_url()
    reader.ask(address)
    seen = []

    def ask():
        seen.append(reader.ask(address).text)
        connection.close()

    with transaction.atomic():
        Post.objects.filter(pk=post.pk).update(title="After")
        if connection.vendor == "postgresql":  # SQLite in memory has one connection for all
            other = threading.Thread(target=ask)
            other.start()
            other.join()
    assert all("After" not in text for text in seen)
    assert "After" in reader.ask(address).text
    assert reader.is_kept(address)


def test_a_page_made_while_a_writer_is_at_work_is_not_kept(reader):
    """The writer might die between its commit and saying so."""
    post = PostFactory()
    address = post.get_absolute_url()
    with transaction.atomic():
        Post.objects.filter(pk=post.pk).update(title="During")
        reader.ask(address)
        assert not reader.is_kept(address)


def test_a_savepoint_that_is_rolled_back_hides_no_later_write(reader):
    post = PostFactory()
    address = post.get_absolute_url()
    reader.ask(address)
    with transaction.atomic():
        undone = transaction.savepoint()
        Post.objects.filter(pk=post.pk).update(title="Undone")
        transaction.savepoint_rollback(undone)
        Post.objects.filter(pk=post.pk).update(title="Kept")
    assert "Kept" in reader.ask(address).text
    assert reader.is_kept(address)


def test_a_scheduled_post_appears_on_time(reader):
    with time_machine.travel("2030-01-01 12:00", tick=False):
        PostFactory(title="Now", published_at=timezone.now())
        PostFactory(title="Later", published_at=timezone.now() + datetime.timedelta(hours=1))
        assert "Later" not in reader.ask("/").text
        assert reader.is_kept("/")
    with time_machine.travel("2030-01-01 12:59:59", tick=False):
        assert "Later" not in reader.ask("/").text
    with time_machine.travel("2030-01-01 13:00:01", tick=False):
        assert "Later" in reader.ask("/").text
        assert reader.is_kept("/")


def test_a_restart_keeps_no_page_of_older_code(reader):
    address = PostFactory().get_absolute_url()
    reader.ask(address)
    again = type(reader)(reader.cache.folder)
    again.ask(address)
    assert again.entered == 1


def test_what_one_process_made_another_finds(reader):
    address = PostFactory().get_absolute_url()
    other = type(reader)(reader.cache.folder)
    reader.ask(address)
    assert other.is_kept(address)


def test_a_kept_file_that_was_cut_off_is_made_anew(reader):
    address = PostFactory().get_absolute_url()
    whole = reader.ask(address)
    for file in reader.cache.folder.glob("pages/??/*"):
        file.write_bytes(file.read_bytes()[:-10])
    reader.cache.store = Store(reader.cache.folder / "pages")
    assert reader.ask(address).body == whole.body
    assert reader.entered == 2


def test_the_disk_holds_no_more_than_it_may(reader):
    for _ in range(6):
        reader.ask(PostFactory().get_absolute_url())
    store = reader.cache.store
    files = list(store.folder.glob("??/*"))
    assert len(files) == 6
    store.on_disk = sum(file.stat().st_size for file in files) // 2
    store.sweep()
    assert 0 < sum(file.stat().st_size for file in store.folder.glob("??/*")) <= store.on_disk
