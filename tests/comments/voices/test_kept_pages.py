"""A page that is kept says where it takes mentions as one that is made anew does, and shows a new voice at once."""

import pytest

from comments.decisions import decide
from comments.models import Comment, Voice
from tests.blog.pagecache.conftest import reader as reader
from tests.factories import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_kept_page_names_the_endpoints_too(reader):
    address = PostFactory().get_absolute_url()
    reader.ask(address)
    assert reader.is_kept(address)
    text = reader.ask(address).text
    assert 'rel="webmention"' in text
    assert 'rel="pingback"' in text


def test_a_kept_page_is_made_anew_for_a_voice_that_was_approved(reader):
    post = PostFactory()
    comment = CommentFactory(post=post, kind="webmention", email="", body="From elsewhere.", status="pending")
    Voice.objects.create(post=post, comment=comment, source="http://ann.example/")
    assert "From elsewhere." not in reader.ask(post.get_absolute_url()).text
    decide(Comment.objects.all(), Comment.Status.APPROVED)
    assert "From elsewhere." in reader.ask(post.get_absolute_url()).text


def test_a_list_is_made_anew_for_a_comment_below_one_of_its_posts_alone(reader):
    from tests.factories import CategoryFactory

    here, there = (PostFactory(categories=[CategoryFactory(name=name)]) for name in ("Here", "There"))
    lists = [post.categories.get().get_absolute_url() for post in (here, there)]
    for address in lists:
        reader.ask(address)
    CommentFactory(post=here)
    assert "1 comment" in reader.ask(lists[0]).text
    assert reader.is_kept(lists[1])
