"""The index follows what is written, withdrawn and said below."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from blog import checks
from blog.models import Page, Post
from blog.search import engines, finding, index
from blog.search.entries import entry
from blog.search.query import parse
from comments.decisions import decide
from comments.models import Comment
from comments.searched import MOST_CHARACTERS, approved_words
from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory, TagFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Let what waits for a commit happen at the end of a `with commit():`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def found(typed):
    return set(finding.find(Post.objects.published(), parse(typed)).values_list("title", flat=True))


def indexed():
    with connection.cursor() as cursor:
        return engines.current().indexed(cursor)


def test_an_author_finds_what_they_have_just_saved(commit):
    with commit():
        post = PostFactory(title="Avant", body="Le burin.")
    assert found("burin") == {"Avant"}
    with commit():
        post.body = "La gouge."
        post.save()
    assert found("burin") == set()
    assert found("gouge") == {"Avant"}


def test_the_authors_excerpt_is_searched(commit):
    with commit():
        PostFactory(title="Avec", excerpt="Sur la gouge.")
    assert found("gouge") == {"Avec"}


def test_a_draft_enters_when_it_is_published_and_leaves_when_it_is_withdrawn(commit):
    with commit():
        post = PostFactory(title="Essai", status=Post.Status.DRAFT)
    assert indexed() == set()
    with commit():
        post.status = Post.Status.PUBLISHED
        post.save()
    assert found("essai") == {"Essai"}
    with commit():
        post.status = Post.Status.DRAFT
        post.save()
    assert indexed() == set()


def test_changes_of_many_posts_at_once_reach_the_index(commit):
    with commit():
        for number in range(3):
            PostFactory(title=f"Essai {number}", status=Post.Status.DRAFT)
    with commit():
        Post.objects.update(status=Post.Status.PUBLISHED)
    assert len(found("essai")) == 3
    with commit():
        Post.objects.filter(title="Essai 1").update(text="La gouge.")
    assert found("gouge") == {"Essai 1"}


def test_a_change_of_very_many_posts_is_left_to_the_worker(commit, monkeypatch):
    from blog import models

    monkeypatch.setattr(models.post, "MOST_AT_ONCE", 1)
    with commit():
        PostFactory.create_batch(3, title="Essai", status=Post.Status.DRAFT)
    with commit():
        Post.objects.update(status=Post.Status.PUBLISHED)
    assert len(indexed()) == 3


@pytest.mark.parametrize(("model", "factory"), [(Post, PostFactory), (Page, PageFactory)])
def test_a_deleted_text_leaves_the_index(commit, model, factory):
    with commit():
        one, other, _ = factory.create_batch(3, title="Essai")
    one.delete()
    model.objects.filter(pk=other.pk).delete()
    assert len(indexed()) == 1


def test_a_post_is_found_by_an_approved_comment_only(commit):
    with commit():
        post = PostFactory(title="Essai")
        comment = CommentFactory(post=post, body="Quelle gouge !", status=Comment.Status.PENDING)
    assert found("gouge") == set()
    with commit():
        decide(Comment.objects.all(), Comment.Status.APPROVED)
    assert found("gouge") == {"Essai"}
    with commit():
        decide(Comment.objects.all(), Comment.Status.TRASH)
    assert found("gouge") == set()
    with commit():
        comment.status = Comment.Status.APPROVED
        comment.save()
    assert found("gouge") == {"Essai"}
    with commit():
        comment.delete()
    assert found("gouge") == set()


def test_many_comments_that_came_in_at_once_are_found(commit):
    with commit():
        post = PostFactory(title="Essai")
    with commit():
        Comment.objects.add_many([CommentFactory.build(post=post, body="Quelle gouge !") for _ in range(3)])
    assert found("gouge") == {"Essai"}


def test_many_posts_that_came_in_at_once_are_found(commit):
    with commit():
        Post(title="Essai", author=UserFactory(), status=Post.Status.PUBLISHED).save(announce=False)
        Post.announce_all()
    assert found("essai") == {"Essai"}


def test_a_comment_that_changes_its_words_is_found_by_the_new_ones(commit):
    with commit():
        comment = CommentFactory(body="Quelle gouge !")
    with commit():
        comment.body = "Quel burin !"
        comment.save()
    assert found("gouge") == set()
    assert found("burin")


def test_of_a_very_long_conversation_the_newest_words_are_searched():
    post = PostFactory()
    for number in range(5):
        CommentFactory(post=post, body=f"numéro{number} " + "mot " * (MOST_CHARACTERS // 12))
    said = approved_words([post.pk])[post.pk]
    assert "numéro4" in said
    assert "numéro0" not in said


def test_a_text_as_long_as_a_book_is_searched_too(commit):
    words = " ".join(f"mot{number}x{number * 7919 % 100_003}" for number in range(30_000))
    with commit():
        PostFactory(title="Un livre", body=f"La gouge. {words}")
    assert found("gouge") == {"Un livre"}
    assert found("livre mot5x39595") == {"Un livre"}


def test_a_phrase_far_into_a_long_text_is_found(commit):
    with commit():
        PostFactory(title="Long", body=f"{'de la ' * 20_000} gouge fine {'de la ' * 300}")
    assert found('"gouge fine"') == {"Long"}
    assert found('"fine gouge"') == set()


def test_an_entry_takes_the_place_of_the_one_before():
    post = PostFactory()
    with connection.cursor() as cursor:
        for title in ("burin", "gouge"):
            engines.current().write(cursor, [entry(post.pk, title=title, html="", text="", comments="")])
    assert len(indexed()) == 1
    assert found("burin") == set()
    assert found("gouge") == {post.title}


def test_a_post_that_cannot_be_indexed_is_saved_all_the_same(commit, monkeypatch, caplog):
    def fail(pks):
        raise RuntimeError("no room")

    monkeypatch.setattr(index, "update", fail)
    with commit():
        post = PostFactory(title="Essai")
    assert Post.objects.filter(pk=post.pk).exists()
    assert "no room" in caplog.text


def test_a_sqlite_without_full_text_search_is_told_of_before_anything_fails(monkeypatch):
    assert not run_checks(tags=["database"], databases=["default"])
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(checks, "has_fts5", lambda connection: False)
    assert [error.id for error in run_checks(tags=["database"], databases=["default"])] == ["blog.E002"]


def test_a_post_is_found_by_the_name_of_its_author_also_when_that_changes(commit):
    author = UserFactory(display_name="Colette Berthier")
    with commit():
        PostFactory(title="Essai", author=author)
        PostFactory(title="Autre", author=UserFactory(display_name="Jean Martin"))
    assert found("colette berthier") == {"Essai"}
    with commit():
        author.display_name = "Colette Vasseur"
        author.save()
    assert found("berthier") == set()
    assert found("vasseur") == {"Essai"}


def test_a_post_that_is_given_to_another_author_is_found_by_their_name(commit):
    with commit():
        post = PostFactory(title="Essai", author=UserFactory(display_name="Jean Martin"))
    with commit():
        Post.objects.filter(pk=post.pk).update(author=UserFactory(display_name="Colette Berthier"))
    assert found("martin") == set()
    assert found("berthier") == {"Essai"}


def test_logging_in_indexes_nothing(commit, django_assert_num_queries):
    author = UserFactory(display_name="Jean Martin")
    author.last_login = author.date_joined
    with django_assert_num_queries(1):
        author.save(update_fields=["last_login"])


@pytest.mark.parametrize(("factory", "field"), [(CategoryFactory, "categories"), (TagFactory, "tags")])
def test_a_post_is_found_by_what_it_is_filed_under(commit, factory, field):
    with commit():
        post = PostFactory(title="Essai")
    with commit():
        term = factory(name="Gravure")
        getattr(post, field).add(term)
    assert found("gravure") == {"Essai"}
    with commit():
        term.name = "Estampe"
        term.save()
    assert (found("gravure"), found("estampe")) == (set(), {"Essai"})
    with commit():
        term.delete()
    assert found("estampe") == set()
