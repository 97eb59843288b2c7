"""Replies by mail: only for those who asked twice, once each, and easy to end."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from comments.decisions import decide
from comments.mail import tasks
from comments.mail.links import address
from comments.models import Comment, MutedAddress, Subscription
from tests.factories import CommentFactory, PostFactory
from tests.people import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory(title="Le pain")


@pytest.fixture
def camille(post):
    """Return a published comment whose author confirmed that she wants replies."""
    comment = CommentFactory(post=post, name="Camille", email="Camille@example.org")
    Subscription.objects.create(
        comment=comment, email="camille@example.org", confirmed_at=comment.created_at, asked_at=comment.created_at
    )
    return comment


def answer(comment, **fields):
    fields = {"name": "Jean", "email": "jean@example.org", "body": "Tout à fait.", **fields}
    return CommentFactory(post=comment.post, parent=comment, **fields)


def link_in(message, purpose):
    return re.search(rf"{settings.SITE_URL}(/comments/{purpose}/\S+)", message.body)[1]


def send(client, post, **words):
    words = {"name": "Nina <b>", "email": "Nina@example.org", "body": "Buy pills", "notify": "on", **words}
    client.post(reverse("comments:submit", args=[post.get_absolute_url().strip("/"), post.pk]), words)


def test_nobody_is_mailed_before_their_comment_is_published(client, post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, post)
    assert "nina@example.org" not in [to for message in mail.outbox for to in message.to]
    with django_capture_on_commit_callbacks(execute=True):
        decide(Comment.objects.waiting(), Comment.Status.APPROVED)
    (message,) = [message for message in mail.outbox if message.to == ["nina@example.org"]]
    assert "Le pain" in message.body
    for words_of_the_visitor in ("pills", "Nina"):
        assert words_of_the_visitor not in message.body + message.subject + message.alternatives[0][0]


def test_whoever_did_not_ask_is_not_asked(client, post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, post, notify="")
        decide(Comment.objects.waiting(), Comment.Status.APPROVED)
    assert Subscription.objects.count() == 0
    assert [message for message in mail.outbox if message.to == ["nina@example.org"]] == []


def test_the_question_is_asked_once(post):
    for _ in range(2):
        comment = CommentFactory(post=post, email="nina@example.org")
        Subscription.objects.create(comment=comment, email="nina@example.org")
        tasks.tell_followers.enqueue(comment.pk)
        tasks.tell_followers.enqueue(comment.pk)
    assert len(mail.outbox) == 1


def test_a_follower_who_confirmed_hears_of_replies(client, post):
    comment = CommentFactory(post=post, email="nina@example.org")
    subscription = Subscription.objects.create(comment=comment, email="nina@example.org")
    tasks.tell_followers.enqueue(comment.pk)
    link = link_in(mail.outbox[0], "follow")
    client.get(link)
    tasks.tell_followers.enqueue(answer(comment).pk)
    assert len(mail.outbox) == 1, "a scanner that follows the link confirms nothing"
    client.post(link, {"scope": "branch"})
    subscription.refresh_from_db()
    assert subscription.confirmed_at
    tasks.tell_followers.enqueue(answer(comment, body="Oui !").pk)
    assert mail.outbox[1].to == ["nina@example.org"]
    assert "Oui !" in mail.outbox[1].body


def test_a_follower_is_told_of_a_comment_once(camille):
    reply = answer(camille)
    for _ in range(3):
        tasks.tell_followers.enqueue(reply.pk)
    assert len(mail.outbox) == 1


def test_a_comment_that_waits_is_told_to_nobody(camille):
    tasks.tell_followers.enqueue(answer(camille, status=Comment.Status.PENDING).pk)
    assert mail.outbox == []


def test_replies_to_replies_are_in_the_branch_and_other_comments_are_not(camille):
    tasks.tell_followers.enqueue(answer(answer(camille)).pk)
    assert len(mail.outbox) == 1
    tasks.tell_followers.enqueue(CommentFactory(post=camille.post, email="jean@example.org").pk)
    assert len(mail.outbox) == 1


def test_a_follower_of_the_whole_article_hears_of_every_comment(camille):
    Subscription.objects.update(scope=Subscription.Scope.POST)
    tasks.tell_followers.enqueue(CommentFactory(post=camille.post, email="jean@example.org").pk)
    assert len(mail.outbox) == 1


def test_nobody_is_told_of_their_own_words(camille):
    tasks.tell_followers.enqueue(answer(camille, email="CAMILLE@example.org").pk)
    assert mail.outbox == []


def test_somebody_who_follows_twice_gets_one_mail(camille):
    second = answer(camille, email="camille@example.org")
    Subscription.objects.create(comment=second, email="camille@example.org", confirmed_at=second.created_at)
    tasks.tell_followers.enqueue(answer(second).pk)
    assert len(mail.outbox) == 1


def test_the_reply_of_staff_from_the_desk_is_told(client, camille, django_capture_on_commit_callbacks):
    client.force_login(member("Moderator"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:comments_comment_reply", args=[camille.pk]), {"body": "Merci !"})
    assert [message.to for message in mail.outbox] == [["camille@example.org"]]


def test_a_mail_program_unsubscribes_with_one_click(client, camille):
    tasks.tell_followers.enqueue(answer(camille).pk)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>")
    assert link.startswith(settings.SITE_URL)
    path = link.removeprefix(settings.SITE_URL)
    client.get(path)
    tasks.tell_followers.enqueue(answer(camille).pk)
    assert len(mail.outbox) == 2, "following the link ends nothing"
    response = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    tasks.tell_followers.enqueue(answer(camille).pk)
    assert len(mail.outbox) == 2


def test_muting_one_article_leaves_the_others(client, camille):
    other = CommentFactory(email="camille@example.org")
    Subscription.objects.create(comment=other, email="camille@example.org", confirmed_at=other.created_at)
    client.post(address("unfollow", camille.subscription.pk).removeprefix(settings.SITE_URL), {"mute": "thread"})
    tasks.tell_followers.enqueue(answer(camille).pk)
    assert mail.outbox == []
    tasks.tell_followers.enqueue(answer(other).pk)
    assert len(mail.outbox) == 1


def test_muting_everything_is_for_ever(client, camille, post):
    link = address("unfollow", camille.subscription.pk).removeprefix(settings.SITE_URL)
    client.post(link, {"mute": "everything"})
    assert MutedAddress.objects.filter(email="camille@example.org").exists()
    send(client, PostFactory(), email="camille@example.org")
    assert Subscription.objects.count() == 1
    tasks.tell_followers.enqueue(answer(camille).pk)
    assert mail.outbox == []
