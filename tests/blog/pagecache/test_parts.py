"""A page that has to be made is made of parts that stand ready, and of none that is old."""

import datetime
import gc

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import pagecache
from blog.models import Category, Post, RelatedChoice, SiteSettings, Tag
from blog.pagecache.parts import Part, Parts, parts
from comments.models import Comment, DiscussionSettings
from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory, TagFactory

OWN = "?comments=oldest"  # makes a page that the page cache leaves to Django


def queries(ask):
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [query["sql"] for query in captured if not query["sql"].startswith(("PRAGMA", "SET", "BEGIN"))]


@pytest.fixture
def talked_about(reader):
    """A post that is filed below other things, stands between others, is alike others, and has seven comments."""
    root = CategoryFactory()
    middle = CategoryFactory(parent=CategoryFactory(parent=root))
    others = [PostFactory(categories=[root]) for _ in range(4)]
    post = PostFactory(categories=[middle], tags=[TagFactory(), TagFactory()])
    PostFactory()
    for other in others[:3]:
        RelatedChoice.objects.create(post=post, related=other)
    first = CommentFactory(post=post)
    for _ in range(6):
        CommentFactory(post=post, parent=first, body="@Camille I think so too.")
    PageFactory()
    return post


def test_a_post_with_seven_comments_costs_six_queries(reader, talked_about):
    reader.ask(PostFactory().get_absolute_url())  # what all pages have in common stands ready then
    address = talked_about.get_absolute_url()
    asked = queries(lambda: reader.ask(address + OWN))
    assert len(asked) <= 6, asked


def test_a_post_that_was_read_before_costs_none(reader, talked_about):
    address = talked_about.get_absolute_url()
    reader.ask(address)
    assert queries(lambda: reader.ask(address + OWN)) == []


def test_a_comment_costs_the_page_it_stands_on_one_query(reader, talked_about):
    address = talked_about.get_absolute_url()
    reader.ask(address)
    CommentFactory(post=talked_about, body="Another")
    asked = queries(lambda: reader.ask(address))
    assert len(asked) == 1, asked
    assert "Another" in reader.ask(address).text


WRITES = {
    "a new title": lambda post: Post.objects.filter(pk=post.pk).update(title="Another"),
    "a comment": lambda post: CommentFactory(post=post, body="Another"),
    "a comment changed": lambda post: Comment.objects.filter(post=post).update(name="Another"),
    "the site's title": lambda post: SiteSettings(title="Another").save(),
    "a footer": lambda post: SiteSettings(footer="Another").save(),
    "a category": lambda post: post.categories.add(CategoryFactory(name="Another")),
    "a category's name": lambda post: Category.objects.update(name="Another"),
    "a tag": lambda post: post.tags.add(Tag.objects.create(name="Another")),
    "a tag's name": lambda post: Tag.objects.update(name="Another"),
    "a page in the menu": lambda post: PageFactory(title="Another"),
    "the author's name": lambda post: type(post.author).objects.update(display_name="Another"),
    "a related article": lambda post: RelatedChoice.objects.create(post=post, related=PostFactory(title="Another")),
    "a neighbour": lambda post: PostFactory(title="Another", published_at=post.published_at),
    "comments that close": lambda post: DiscussionSettings(pk=1, close_after_days=1).save(),
    "no avatars": lambda post: DiscussionSettings(pk=1, avatars="none").save(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_no_part_is_old(reader, talked_about, write):
    address = talked_about.get_absolute_url()
    for asked in (address, address + OWN, "/", "/x/"):
        reader.ask(asked)
    before = reader.ask(address + OWN).body
    write(talked_about)
    for asked in (address + OWN, address, "/", "/x/"):
        assert reader.ask(asked).body == reader.ask(asked, fresh=True).body
    assert reader.ask(address + OWN).body != before


def test_the_page_where_a_reader_is_is_marked_in_the_menu_and_on_no_other(reader):
    page = PageFactory(title="About")
    address = page.get_absolute_url()
    assert 'aria-current="page">About' in reader.ask(address).text
    assert 'aria-current="page">About' not in reader.ask("/").text
    assert reader.ask(address).body == reader.ask(address, fresh=True).body


def test_a_scheduled_post_enters_the_parts_on_time(reader):
    with time_machine.travel("2030-01-01 12:00", tick=False):
        post = PostFactory()
        PostFactory(title="Later", published_at=timezone.now() + datetime.timedelta(hours=1))
        address = post.get_absolute_url() + OWN
        assert "Later" not in reader.ask(address).text
    with time_machine.travel("2030-01-01 13:00:01", tick=False):
        assert "Later" in reader.ask(address).text


def test_a_form_closes_on_time(reader):
    with time_machine.travel("2030-01-01 12:00", tick=False):
        DiscussionSettings(pk=1, close_after_days=1).save()
        address = PostFactory(published_at=timezone.now()).get_absolute_url() + OWN
        assert "<form" in reader.ask(address).text
    with time_machine.travel("2030-01-02 12:00:01", tick=False):
        assert "<form" not in reader.ask(address).text


def test_what_waits_is_in_the_page_of_whoever_wrote_it_alone(reader, client, settings):
    post = PostFactory()
    address = post.get_absolute_url()
    comment = CommentFactory(post=post, status=Comment.Status.PENDING, body="Only mine")
    from django.core import signing

    from comments import waiting

    cookie = signing.dumps([(comment.pk, int(timezone.now().timestamp()))], salt=waiting.SALT)
    for _ in range(2):
        assert "Only mine" in reader.ask(address, cookie=f"waiting={cookie}").text
        assert "Only mine" not in reader.ask(address).text
        assert "Only mine" not in reader.ask(address + OWN).text


def test_a_reply_has_its_own_form_and_the_next_reader_the_usual_one(reader):
    comment = CommentFactory(name="Odile")
    address = comment.post.get_absolute_url()
    assert "Reply to Odile" in reader.ask(f"{address}?replytocom={comment.pk}").text.split('id="respond"')[1]
    usual = reader.ask(address + OWN).text.split('id="respond"')[1]
    assert "Reply to Odile" not in usual


def test_nothing_is_kept_of_what_a_transaction_wrote_and_took_back(reader):
    SiteSettings(title="Before").save()
    with transaction.atomic():
        SiteSettings(title="Taken back").save()
        assert SiteSettings.current().title == "Taken back"
        transaction.set_rollback(True)
    assert SiteSettings.current().title == "Before"


def test_a_part_names_all_that_went_into_it(reader):
    SiteSettings(title="Before").save()
    site = SiteSettings.current()
    made = [pagecache.kept(("test",), lambda: f"made of {SiteSettings.current().title}", of=[site]) for _ in range(2)]
    assert made == ["made of Before"] * 2
    SiteSettings(title="After").save()
    assert pagecache.kept(("test",), lambda: SiteSettings.current().title) == "After"


def test_what_is_made_from_something_that_was_not_kept_is_not_kept(reader):
    made = iter(["first", "second"])
    post = PostFactory()
    assert [pagecache.kept(("test",), lambda: next(made), of=[post]) for _ in range(2)] == ["first", "second"]


def test_parts_take_no_more_memory_than_they_may():
    bounded = Parts(most=1000)
    for number in range(100):
        bounded.put(number, Part("x", {}, None, 90))
    assert bounded.weight <= 1000
    assert bounded.get(99)
    assert bounded.get(0) is None
    bounded.put(99, Part("x", {}, None, 50))
    assert bounded.weight == sum(part.weight for part in bounded.known.values())


def test_parts_are_let_go(reader):
    PostFactory()
    reader.ask("/")
    assert parts.known
    parts.clear()
    gc.collect()
    assert (parts.weight, len(parts.known)) == (0, 0)
