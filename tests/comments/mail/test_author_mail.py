"""What the author hears of comments, and what they can do from their mail."""

import html
import re

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import translation

from comments.decisions import undo
from comments.mail import letters, tasks
from comments.mail.links import address
from comments.models import Comment, Decision, DiscussionSettings, Subscription
from tests.factories import CommentFactory, PostFactory, UserFactory
from tests.pages import parse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory(title="Le pain", author=UserFactory(is_staff=True, email="author@example.org"))


def comment_on(post, **fields):
    return CommentFactory(post=post, status=Comment.Status.PENDING, **fields)


def links_in(message, purpose="moderate"):
    return re.findall(rf"{settings.SITE_URL}(/comments/{purpose}/\S+)", message.body)


def test_the_author_gets_one_readable_mail_of_a_comment_that_waits(client, post, django_capture_on_commit_callbacks):
    words = {"name": "Camille", "email": "camille@example.org", "body": "Une <b>bonne</b> pensée & plus"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("comments:submit", args=[post.get_absolute_url().strip("/"), post.pk]), words)
    (message,) = mail.outbox
    assert message.to == ["author@example.org"]
    assert message.subject == "[Causerie] A comment waits: Camille on “Le pain”"
    assert "Une <b>bonne</b> pensée & plus" in message.body
    (shown, kind) = message.alternatives[0]
    assert kind == "text/html"
    assert "<b>bonne</b> pensée &amp; plus" in shown
    assert len(links_in(message)) == 3


def test_a_name_cannot_write_headers(post):
    tasks.tell_author.enqueue(comment_on(post, name="A\r\nBcc: all@example.org").pk)
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["author@example.org"]


def test_a_mail_shows_no_picture_and_runs_nothing(post):
    comment = comment_on(post)
    Comment.objects.filter(pk=comment.pk).update(html='<p class="x">Hi<img src="https://t.example/1.gif"></p>')
    tasks.tell_author.enqueue(comment.pk)
    shown = mail.outbox[0].alternatives[0][0]
    assert "<p>Hi</p>" in shown
    assert "img" not in shown


def test_what_looks_like_spam_mails_nobody(post):
    tasks.tell_author.enqueue(comment_on(post, looks_like_spam=True).pk)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("notices", "status", "mails"),
    [
        ("waiting", "pending", 1),
        ("waiting", "approved", 0),
        ("all", "approved", 1),
        ("all", "pending", 1),
        ("all", "spam", 0),
        ("none", "pending", 0),
    ],
)
def test_the_author_chooses_what_to_hear_of(post, notices, status, mails):
    DiscussionSettings(notices=notices).save()
    tasks.tell_author.enqueue(CommentFactory(post=post, status=status).pk)
    assert len(mail.outbox) == mails


def test_a_post_whose_author_has_no_mail_is_looked_after_by_the_administrators(post):
    post.author.email = ""
    post.author.save()
    UserFactory(is_staff=True, is_superuser=True, email="admin@example.org")
    tasks.tell_author.enqueue(comment_on(post).pk)
    assert mail.outbox[0].to == ["admin@example.org"]


def test_a_scanner_that_follows_the_links_changes_nothing(client, post):
    comment = comment_on(post)
    tasks.tell_author.enqueue(comment.pk)
    for link in links_in(mail.outbox[0]):
        response = client.get(link)
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "no-referrer"
    comment.refresh_from_db()
    assert comment.status == Comment.Status.PENDING


@pytest.mark.parametrize(("move", "status"), [("approve", "approved"), ("spam", "spam"), ("trash", "trash")])
def test_the_author_decides_from_the_mail_once(client, post, move, status):
    comment = comment_on(post)
    link = address("moderate", [comment.pk, move]).removeprefix(settings.SITE_URL)
    client.post(link)
    comment.refresh_from_db()
    assert comment.status == status
    Comment.objects.filter(pk=comment.pk).update(status="trash" if status != "trash" else "spam")
    before = Comment.objects.get(pk=comment.pk).status
    again = client.post(link)
    assert "decided already" in text_of(parse(again).find(".//main"))
    comment.refresh_from_db()
    assert comment.status == before


def test_a_link_ends_after_a_month(client, post):
    with time_machine.travel("2026-01-01"):
        link = address("moderate", [comment_on(post).pk, "approve"]).removeprefix(settings.SITE_URL)
    with time_machine.travel("2026-02-15"):
        assert client.post(link).status_code == 410
    assert Comment.objects.waiting().count() == 1


@pytest.mark.parametrize("token", ["x", "WzEsInNwYW0iXQ:1abc:forged", "%00", "a" * 5000])
def test_a_forged_link_does_nothing(client, post, token):
    comment_on(post)
    assert client.post(f"/comments/moderate/{token}/").status_code == 404
    assert Comment.objects.waiting().count() == 1


def test_a_link_for_one_purpose_is_none_for_another(client, post):
    comment = comment_on(post)
    token = address("unfollow", [comment.pk, "approve"]).rstrip("/").rsplit("/", 1)[1]
    assert client.post(f"/comments/moderate/{token}/").status_code == 404


def test_the_link_of_a_comment_that_was_deleted_says_so(client, post):
    comment = comment_on(post)
    link = address("moderate", [comment.pk, "approve"]).removeprefix(settings.SITE_URL)
    comment.delete()
    assert client.get(link).status_code == 410


def test_a_day_of_comments_is_one_mail(post):
    DiscussionSettings(notices="daily").save()
    for number in range(3):
        comment_on(post, name=f"Person {number}")
    comment_on(post, name="Seller", looks_like_spam=True)
    tasks.send_digest.enqueue("2026-03-01")
    tasks.send_digest.enqueue("2026-03-01")
    (message,) = mail.outbox
    assert message.subject == "[Causerie] 3 comments wait"
    assert "Person 2" in message.body
    assert "Seller" not in message.body


def test_a_day_without_waiting_comments_sends_nothing(post):
    DiscussionSettings(notices="daily").save()
    CommentFactory(post=post)
    tasks.send_digest.enqueue("2026-03-01")
    assert mail.outbox == []


def test_a_link_that_was_used_is_none_any_more_even_when_it_is_undone(client, post):
    comment = comment_on(post)
    tasks.tell_author.enqueue(comment.pk)
    approve, spam, _trash = links_in(mail.outbox[0])
    client.post(approve)
    undo(Decision.objects.get())
    for link in (approve, spam):
        assert "somebody decided meanwhile" in text_of(parse(client.post(link)).find(".//main"))
    comment.refresh_from_db()
    assert comment.status == Comment.Status.PENDING


def every_letter(post):
    comment = comment_on(post)
    subscription = Subscription.objects.create(comment=comment, email="camille@example.org")
    return {
        "to_author": letters.to_author(comment, "author@example.org"),
        "digest": letters.digest([comment], 1, "author@example.org"),
        "confirmation": letters.confirmation(subscription),
        "reply": letters.reply(comment, subscription),
        "my_data": letters.my_data("camille@example.org"),
    }


def test_every_mail_has_the_same_links_in_its_text_and_in_its_html(post):
    for name, letter in every_letter(post).items():
        links = {link.rstrip(")") for link in re.findall(rf"{settings.SITE_URL}/comments/\w[^\s<>]+", letter["text"])}
        assert links, name
        assert not [link for link in links if html.escape(link) not in letter["html"]], name
        assert "\n" not in letter["subject"]


def test_a_french_blog_writes_french_mails(post):
    with translation.override("fr"):
        french = every_letter(post)
    assert "attend" in french["to_author"]["subject"]
    for name, letter in french.items():
        assert '<html lang="fr">' in letter["html"]
        assert not re.search(r"\b(the|your|this|comment waits)\b", letter["subject"].split("]")[1]), name
