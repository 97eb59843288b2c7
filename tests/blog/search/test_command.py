"""`manage.py rebuild_search`."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from blog.models import Post
from blog.search import engines, finding, index
from blog.search.query import parse
from tests.factories import PageFactory, PostFactory

pytestmark = pytest.mark.django_db


def found(typed):
    return finding.find(Post.objects.published(), parse(typed)).count()


def test_everything_published_is_found_after_it():
    PostFactory(title="Essai"), PageFactory(title="Essai"), PostFactory(title="Essai", status=Post.Status.DRAFT)
    out = io.StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue() == "2 posts and pages can be found.\n"
    assert found("essai") == 2


def test_it_says_nothing_when_it_is_asked_not_to():
    out = io.StringIO()
    call_command("rebuild_search", verbosity=0, stdout=out)
    assert out.getvalue() == ""


def test_what_is_there_no_more_is_forgotten():
    post = PostFactory(title="Essai")
    index.rebuild()
    Post.objects.filter(pk=post.pk)._raw_delete(using="default")  # behind everybody's back
    index.rebuild()
    with connection.cursor() as cursor:
        assert engines.current().indexed(cursor) == set()


def test_readers_find_everything_while_it_runs(monkeypatch):
    monkeypatch.setattr(index, "BATCH", 2)
    PostFactory.create_batch(5, title="Essai")
    index.rebuild()
    seen = []

    def progress(batches):
        for batch in batches:
            seen.append(found("essai"))
            yield batch
            seen.append(found("essai"))

    index.rebuild(progress)
    assert seen == [5] * 6
