"""Many comments at once are kept as each alone would be."""

import datetime

import pytest
from django.utils import timezone

from comments.models import Avatar, Comment
from tests.factories import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def words(post, number, parent=None, **fields):
    return Comment(
        post=post, parent=parent, name=f"N{number}", email=f"n{number % 2}@example.org", body=f"Mot *{number}* :)",
        created_at=NOW - datetime.timedelta(minutes=number), status=Comment.Status.APPROVED, **fields,
    )  # fmt: skip


def kept(comment):
    fields = ("post_id", "name", "html", "renderer_version", "created_at", "status")
    return [getattr(comment, name) for name in fields], comment.avatar.email_hash, len(comment.path)


def test_each_has_what_it_would_have_alone():
    post, other = PostFactory(), PostFactory()
    here = CommentFactory(post=post)
    alone = [words(post, 1), words(post, 2, here), words(other, 3)]
    for comment in alone:
        comment.save()
    together = [words(post, 1), words(post, 2, here), words(other, 3)]
    Comment.objects.add_many(together)
    assert [kept(comment) for comment in together] == [kept(comment) for comment in alone]
    assert [kept(Comment.objects.get(pk=comment.pk)) for comment in together] == [kept(comment) for comment in alone]
    assert together[1].path.startswith(here.path)


def test_an_answer_may_come_with_what_it_answers_in_any_order():
    post = PostFactory()
    root = words(post, 1)
    answer = words(post, 2, root)
    answers_answer = words(post, 3, answer)
    Comment.objects.add_many([answers_answer, answer, root])
    in_order = list(Comment.objects.order_by("path"))
    assert in_order == [root, answer, answers_answer]
    assert [comment.parent for comment in in_order] == [None, root, answer]
    assert in_order[2].path.startswith(in_order[1].path)


def test_a_number_of_ones_own_is_kept():
    post = PostFactory()
    root = words(post, 1, pk=700)
    Comment.objects.add_many([words(post, 2, root, pk=701), root])
    assert dict(Comment.objects.values_list("pk", "parent")) == {700: None, 701: 700}


def test_a_face_is_one_for_an_address_however_it_is_written():
    post = PostFactory()
    known = Avatar.of("n0@example.org")
    comments = [words(post, number) for number in range(6)] + [words(post, 7)]
    comments[-1].email = "N0@Example.org"
    comments[-2].email = ""
    Comment.objects.add_many(comments)
    assert len({comment.avatar for comment in comments if comment.avatar}) == 2
    assert comments[0].avatar == comments[-1].avatar == known
    assert comments[-2].avatar is None


def test_what_it_costs_does_not_grow_with_the_comments(django_assert_max_num_queries):
    post = PostFactory()
    with django_assert_max_num_queries(100) as few:
        Comment.objects.add_many([words(post, number) for number in range(2)])
    with django_assert_max_num_queries(len(few.captured_queries)):
        Comment.objects.add_many([words(post, number) for number in range(10)])
