"""The filter learns from what this blog's moderators decide."""

import pytest
from django.urls import reverse

from comments.models import Comment, SpamFilter
from comments.spam import learning
from tests.comments.forms import stamped
from tests.factories import CommentFactory, PostFactory
from tests.people import member

pytestmark = pytest.mark.django_db
SELLING = [f"Cheap pills number {n}, click https://pills{n}.example now and earn money" for n in range(20)]
TALKING = [f"J’ai essayé votre recette {n} fois : le levain monte, la mie est belle, merci." for n in range(20)]
FRESH_SPAM = "Click now: cheap pills, earn money at https://pills99.example"


@pytest.fixture
def moderated():
    post = PostFactory()
    for spam, talk in zip(SELLING, TALKING, strict=True):
        CommentFactory(post=post, name="Seller", body=spam, status=Comment.Status.SPAM)
        CommentFactory(post=post, name="Camille", email="camille@example.org", body=talk)
    learning.learn()
    return post


def send(client, post, body, name="Camille", email="camille@example.org"):
    address = reverse("comments:submit", args=[post.get_absolute_url().strip("/"), post.pk])
    client.post(address, {"name": name, "email": email, "body": body, **stamped(post)})
    return Comment.objects.get(body=body)


def test_what_looks_like_spam_waits_even_from_somebody_known(client, moderated):
    comment = send(client, moderated, FRESH_SPAM)
    assert comment.status == Comment.Status.PENDING
    assert comment.spam_probability > 0.9
    assert "It looks like spam" in comment.reason
    assert "“cheap pill”" in comment.reason


def test_what_reads_like_talk_does_not_wait(client, moderated):
    comment = send(client, moderated, "La mie de mon pain est belle, merci pour la recette.")
    assert comment.status == Comment.Status.APPROVED
    assert comment.spam_probability < 0.5


def test_nothing_looks_like_spam_before_anybody_decided(client):
    post = PostFactory()
    comment = send(client, post, FRESH_SPAM, name="Nina")
    assert "spam" not in comment.reason


def test_a_moderators_click_teaches_the_filter(client, moderated, django_capture_on_commit_callbacks):
    before = SpamFilter.load()
    waiting = CommentFactory(post=moderated, body="Win a voucher at https://vouchers.example", status="pending")
    client.force_login(member("Moderator"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:comments_comment_spam", args=[waiting.pk]))
    after = SpamFilter.load()
    assert after.decisions == before.decisions + 1
    assert after.weights["vouch"] > 0
    assert learning.current().decisions == after.decisions


def test_the_words_of_staff_teach_nothing(moderated):
    CommentFactory(post=moderated, user=member("Author"), body="Une annonce de la maison")
    assert "annonc" not in SpamFilter.load().weights
    learning.learn(always=True)
    assert "annonc" not in SpamFilter.load().weights


def test_learning_again_without_news_is_left_out(moderated):
    assert learning.learn() is False
    assert learning.learn(always=True) is True
