"""What follows when a comment comes in or is published: mails, which the worker sends."""

from django.db import transaction

from comments.mail import tasks
from comments.models import Comment
from comments.tasks import plan_erasure


def came_in(comment: Comment) -> None:
    """Tell the author of a new comment, unless it looks like spam, and everybody if it is published."""
    if not comment.looks_like_spam:
        transaction.on_commit(lambda: tasks.tell_author.enqueue(comment.pk), robust=True)
    if comment.status == Comment.Status.APPROVED:
        published([comment.pk])
    if comment.ip or comment.user_agent:
        transaction.on_commit(plan_erasure, robust=True)


def published(comment_ids) -> None:
    """Ask the commenters whether they want replies, and tell those who follow."""
    for pk in comment_ids:
        transaction.on_commit(lambda pk=pk: tasks.tell_followers.enqueue(pk), robust=True)
