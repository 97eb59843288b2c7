"""After an update, what older versions rendered is brought up to date."""

import io

import pytest
from django.core.management import call_command

from blog import rendering
from blog.models import Post
from comments import rendering as comment_rendering
from comments.models import Comment
from config.management.commands import rerender
from tests.factories import CommentFactory, PageFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    """Return a post, a page and a comment whose HTML an older version made."""
    written = [PostFactory(body="*soft*"), PageFactory(body="*soft*"), CommentFactory(body="soft")]
    Post.objects.update(html="old", renderer_version=0)
    Comment.objects.update(html="old", renderer_version=0)
    return written


def run(*arguments):
    output = io.StringIO()
    call_command("rerender", *arguments, stdout=output)
    return output.getvalue()


def test_posts_pages_and_comments_get_their_new_html(old):
    changed = {post.pk: post.updated_at for post in Post.objects.all()}
    told = run()
    for thing, version in zip(old, [rendering.VERSION] * 2 + [comment_rendering.VERSION], strict=True):
        thing.refresh_from_db()
        assert "soft" in thing.html
        assert thing.renderer_version == version
    assert {post.pk: post.updated_at for post in Post.objects.all()} == changed
    assert told.split()[0] == "3"  # the comment stands below a post of its own


def test_what_is_up_to_date_is_left_alone(old):
    run()
    Post.objects.update(html="kept as it is")
    assert run().split()[0] == "0"
    assert set(Post.objects.values_list("html", flat=True)) == {"kept as it is"}
    run("--all")
    assert "kept as it is" not in Post.objects.values_list("html", flat=True)


def test_more_than_a_batch_is_done_to_the_end(monkeypatch):
    monkeypatch.setattr(rerender, "BATCH", 2)
    for _ in range(5):
        PostFactory()
    Post.objects.update(renderer_version=0)
    run("--verbosity", "0")
    assert not Post.objects.exclude(renderer_version=rendering.VERSION).exists()
