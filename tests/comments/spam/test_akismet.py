"""Akismet is asked where the author wants it, and only ever holds."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from comments.decisions import decide, undo
from comments.models import Comment, DiscussionSettings
from comments.spam import akismet
from comments.spam.tasks import WAITS, ask_akismet, tell_akismet
from tests.comments.forms import stamped
from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


class Oracle(HTTPServer):
    """Akismet's place, here."""

    answer, status, asked = b"false", 200, None
    called = ()

    class RequestHandlerClass(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.server.asked = {name: value for name, (value,) in parse_qs(body).items()}
            self.server.called = (*self.server.called, self.path.strip("/"))
            self.send_response(self.server.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(self.server.answer)

        def log_message(self, *args):
            pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)


@pytest.fixture
def oracle(monkeypatch):
    server = Oracle()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(akismet, "URL", f"http://127.0.0.1:{server.server_port}/")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def post(oracle):
    DiscussionSettings(policy="nobody", akismet_key="a-key").save()
    return PostFactory(slug="aube", author=UserFactory(is_staff=True, email="author@example.org"))


def send(client, post, django_capture_on_commit_callbacks, **changed):
    words = {"name": "Camille", "email": "camille@example.org", "body": "Une pensée.", **stamped(post), **changed}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{post.get_absolute_url()}comment/{post.pk}/", words)
    return Comment.objects.latest("pk")


def test_what_it_lets_pass_is_published(client, post, oracle, django_capture_on_commit_callbacks):
    comment = send(client, post, django_capture_on_commit_callbacks)
    assert (comment.status, comment.reason, comment.number) == (Comment.Status.APPROVED, "", 1)
    assert oracle.asked["api_key"] == "a-key"
    assert oracle.asked["comment_content"] == "Une pensée."
    assert oracle.asked["user_ip"] == "127.0.0.1"


def test_what_it_takes_for_spam_waits_says_why_and_mails_nobody(
    client, post, oracle, django_capture_on_commit_callbacks
):
    oracle.answer = b"true"
    comment = send(client, post, django_capture_on_commit_callbacks)
    assert (comment.status, comment.looks_like_spam) == (Comment.Status.PENDING, True)
    assert comment.reason.startswith("Akismet takes it for spam.")
    assert mail.outbox == []


def test_it_publishes_nothing_that_has_to_wait_here(client, post, oracle, django_capture_on_commit_callbacks):
    DiscussionSettings(policy="everyone", akismet_key="a-key").save()
    comment = send(client, post, django_capture_on_commit_callbacks)
    assert comment.status == Comment.Status.PENDING
    assert [message.to for message in mail.outbox] == [["author@example.org"]]


@pytest.mark.parametrize(("status", "answer"), [(500, b""), (302, b"true"), (200, b"invalid"), (200, b"x" * 5000)])
def test_where_it_gives_no_verdict_the_blogs_own_stands_in_the_end(post, oracle, status, answer, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    oracle.status, oracle.answer = status, answer
    comment = CommentFactory(post=post, status=Comment.Status.PENDING)
    ask_akismet.func(comment.pk, True)
    assert DBTaskResult.objects.filter(task_path=ask_akismet.module_path).count() == 1
    comment.refresh_from_db()
    assert comment.status == Comment.Status.PENDING
    ask_akismet.func(comment.pk, True, len(WAITS))
    comment.refresh_from_db()
    assert comment.status == Comment.Status.APPROVED


def test_a_moderator_who_was_quicker_is_right(post, oracle):
    comment = CommentFactory(post=post, status=Comment.Status.PENDING)
    decide(Comment.objects.all(), Comment.Status.SPAM)
    ask_akismet.func(comment.pk, True)
    comment.refresh_from_db()
    assert comment.status == Comment.Status.SPAM
    assert oracle.asked is None


def test_without_a_key_nobody_is_asked_and_with_one_the_privacy_page_says_so(
    client, post, oracle, django_capture_on_commit_callbacks
):
    assert "akismet.com" in client.get("/privacy/").content.decode()
    DiscussionSettings(policy="nobody").save()
    assert send(client, post, django_capture_on_commit_callbacks).status == Comment.Status.APPROVED
    assert oracle.asked is None
    assert "akismet" not in client.get("/privacy/").content.decode()


# What moderators saw otherwise ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "looked_like_spam", "decided", "called"),
    [
        ("pending", False, "spam", ["submit-spam"]),
        ("approved", False, "spam", ["submit-spam"]),
        ("spam", False, "approved", ["submit-ham"]),
        ("pending", True, "approved", ["submit-ham"]),
        ("pending", False, "approved", []),
        ("pending", False, "trash", []),
    ],
)
def test_it_is_told_what_a_moderator_saw(
    post, oracle, django_capture_on_commit_callbacks, before, looked_like_spam, decided, called
):
    CommentFactory(post=post, status=before, looks_like_spam=looked_like_spam, ip="192.0.2.1", body="Des mots.")
    with django_capture_on_commit_callbacks(execute=True):
        decide(Comment.objects.all(), decided)
    assert list(oracle.called) == called
    if called:
        assert (oracle.asked["comment_content"], oracle.asked["user_ip"]) == ("Des mots.", "192.0.2.1")


def test_it_is_told_of_a_decision_that_was_taken_back(post, oracle, django_capture_on_commit_callbacks):
    CommentFactory(post=post, ip="192.0.2.1")
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(Comment.objects.all(), Comment.Status.SPAM, by=post.author)
    with django_capture_on_commit_callbacks(execute=True):
        undo(decision)
    assert oracle.called == ("submit-spam", "submit-ham")


def test_a_decision_that_was_taken_back_before_the_worker_came_is_not_told(post, oracle):
    comment = CommentFactory(post=post, ip="192.0.2.1")
    tell_akismet.func(comment.pk, True)
    assert oracle.called == ()


def test_nobody_is_told_without_a_key_of_staff_or_of_a_comment_that_came_from_nowhere(
    post, oracle, django_capture_on_commit_callbacks
):
    CommentFactory(post=post)
    CommentFactory(post=post, ip="192.0.2.1", user=post.author)
    with django_capture_on_commit_callbacks(execute=True):
        decide(Comment.objects.all(), Comment.Status.SPAM)
    DiscussionSettings(policy="nobody").save()
    CommentFactory(post=post, ip="192.0.2.1")
    with django_capture_on_commit_callbacks(execute=True):
        decide(Comment.objects.all(), Comment.Status.SPAM)
    assert oracle.called == ()


@pytest.mark.parametrize(("status", "answer"), [(500, b""), (200, b"invalid")])
def test_a_report_that_was_not_taken_is_sent_again_later(post, oracle, settings, status, answer):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    oracle.status, oracle.answer = status, answer
    comment = CommentFactory(post=post, status="spam", ip="192.0.2.1")
    tell_akismet.func(comment.pk, True)
    (again,) = DBTaskResult.objects.filter(task_path=tell_akismet.module_path)
    assert again.run_after is not None
    tell_akismet.func(comment.pk, True, len(WAITS))
    assert DBTaskResult.objects.count() == 1
