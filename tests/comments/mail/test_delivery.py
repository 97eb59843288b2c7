"""Mail that is down holds up nobody and loses nothing."""

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from comments.mail import letters, tasks
from comments.models import Comment, Subscription
from tests.factories import CommentFactory, PostFactory

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_is_down(monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("no mail today")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)


def a_letter():
    return letters.to_author(CommentFactory(), "author@example.org")


def test_a_mail_that_could_not_be_sent_is_tried_again_later(settings, mail_is_down):
    settings.TASKS = DATABASE
    tasks.deliver.call(a_letter())
    (again,) = DBTaskResult.objects.all()
    assert again.run_after is not None
    assert again.args_kwargs["args"][1] == 1


def test_after_the_last_try_the_failure_is_kept_for_the_author_to_see(mail_is_down):
    with pytest.raises(ConnectionRefusedError):
        tasks.deliver.call(a_letter(), len(tasks.WAITS))


def test_a_visitor_comments_while_mail_is_down(client, settings, mail_is_down):
    settings.TASKS = DATABASE
    post = PostFactory()
    words = {"name": "Nina", "email": "nina@example.org", "body": "Bonjour", "notify": "on"}
    response = client.post(reverse("comments:submit", args=[post.get_absolute_url().strip("/"), post.pk]), words)
    assert response.status_code == 303
    assert Comment.objects.count() == 1


def test_a_letter_survives_the_queue(settings):
    """What is queued is JSON: sent from there it is the same mail."""
    letter = a_letter()
    tasks.deliver.enqueue(letter)
    assert mail.outbox[0].subject == letter["subject"]
    assert mail.outbox[0].body == letter["text"]


def test_where_no_mail_is_sent_none_is_promised(client, settings, django_capture_on_commit_callbacks):
    post = PostFactory()
    assert 'name="notify"' in client.get(post.get_absolute_url()).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert 'name="notify"' not in client.get(post.get_absolute_url()).content.decode()
    words = {"name": "Nina", "email": "nina@example.org", "body": "Bonjour", "notify": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("comments:submit", args=[post.get_absolute_url().strip("/"), post.pk]), words)
    assert Comment.objects.filter(name="Nina").exists()
    assert not Subscription.objects.exists()
    assert "Mails come" not in client.get("/privacy/").content.decode()
    for page in (client.get("/comments/my-data/"), client.post("/comments/my-data/", {"email": "nina@example.org"})):
        assert "This site sends no mail." in page.content.decode()
        assert 'name="email"' not in page.content.decode()
        assert "on its way" not in page.content.decode()
