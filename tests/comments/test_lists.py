"""What lists of posts say of their conversations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment
from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory
from tests.pages import parse, text_of, with_class

pytestmark = pytest.mark.django_db


def counts(client, address="/"):
    return [text_of(element) for element in with_class(parse(client.get(address)), "entry-comments")]


def test_each_post_in_a_list_says_how_many_comments_everybody_may_read(client):
    one, two, _silent = (PostFactory(categories=[CategoryFactory(name=f"C{n}")]) for n in range(3))
    CommentFactory(post=one)
    for _ in range(2):
        CommentFactory(post=two)
    for status in ("pending", "spam", "trash"):
        CommentFactory(post=one, status=status)
    assert sorted(counts(client)) == ["1 comment", "2 comments"]
    assert counts(client, two.categories.get().get_absolute_url()) == ["2 comments"]
    (link,) = with_class(parse(client.get(one.categories.get().get_absolute_url())), "entry-comments")[0].iter("a")
    assert link.get("href") == f"{one.get_absolute_url()}#comments"


def test_the_counts_of_a_list_are_one_question_however_long_it_is(client):
    def questions():
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return [query["sql"] for query in queries if "COUNT" in query["sql"] and "comments_comment" in query["sql"]]

    CommentFactory()
    assert len(questions()) == 1
    for _ in range(6):
        CommentFactory()
    assert len(questions()) == 1


def test_the_front_page_ends_with_the_newest_comments_and_where_they_stand(client):
    page = PageFactory(title="About", slug="about")
    first = CommentFactory(body="The first word.", name="Ann")
    last = CommentFactory(post=page, body="The last <b>word</b>.", name="Bo")
    (block,) = with_class(parse(client.get("/")), "latest-comments")
    assert [text_of(words) for words in with_class(block, "latest-words")] == ["The last word.", "The first word."]
    assert "Bo" in text_of(block)
    for comment, link in zip((last, first), block.iter("a"), strict=True):
        assert client.get(link.get("href"))["Location"].endswith(f"#comment-{comment.pk}")


def test_nobody_reads_there_what_was_not_approved_or_stands_below_a_draft(client):
    assert "latest-comments" not in client.get("/").content.decode()
    PostFactory()
    for status in ("pending", "spam", "trash"):
        CommentFactory(status=status, body="Not yet.")
    CommentFactory(post=PostFactory(status="draft"), body="Not here.")
    content = client.get("/").content.decode()
    assert "Not yet." not in content
    assert "Not here." not in content
    assert "latest-comments" not in content
    Comment.objects.filter(body="Not yet.").update(status="approved")
    assert "Not yet." in client.get("/").content.decode()
