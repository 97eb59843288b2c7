"""On SQLite, whoever comments waits for their turn, and nobody is passed over."""

import threading

import pytest
from django.db import OperationalError, connection

from comments import submission
from comments.models import Comment, DiscussionSettings
from comments.turns import turn
from tests.comments.forms import stamped
from tests.factories import CommentFactory, PostFactory


@pytest.mark.django_db(transaction=True)
def test_the_next_begins_when_the_one_before_is_done():
    if connection.vendor != "sqlite":
        return  # where others lock a post alone
    order, first_is_in = [], threading.Event()

    def second():
        first_is_in.wait()
        with turn():
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with turn():
        first_is_in.set()
        thread.join(0.2)  # it has every chance to come too early
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_a_comment_is_written_in_ones_turn(monkeypatch):
    taken = []

    def noted():
        taken.append(connection.in_atomic_block)
        return turn()

    monkeypatch.setattr(submission, "turn", noted)
    post = PostFactory()
    words = {"name": "Camille", "email": "camille@example.org", "url": "", "body": "Une pensée.", "parent": None}
    submission.submit(post, words, submission.Visitor())
    assert taken == [False]


@pytest.mark.django_db
def test_a_database_that_is_too_busy_loses_no_words(client, monkeypatch):
    DiscussionSettings(policy="nobody").save()
    post = CommentFactory().post

    def refuse(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(submission, "submit", refuse)
    words = {"name": "Camille", "email": "camille@example.org", "body": "Une <b>pensée</b>.", **stamped(post)}
    answer = client.post(f"{post.get_absolute_url()}comment/{post.pk}/", words)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Une &lt;b&gt;pensée&lt;/b&gt;." in answer.content.decode()
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_search_reads_a_conversation_once_for_all_that_is_said_until_then(settings):
    from django_tasks_db.models import DBTaskResult

    from comments.models import tell_search

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for posts in ([1], [1], [2], [1]):
        tell_search(posts)
    planned = [task.args_kwargs["args"] for task in DBTaskResult.objects.filter(task_path__endswith="update_search")]
    assert sorted(planned) == [[[1]], [[2]]]
    DBTaskResult.objects.update(status="RUNNING")
    tell_search([1])
    assert DBTaskResult.objects.filter(status="READY").count() == 1
