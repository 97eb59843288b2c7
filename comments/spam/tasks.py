"""Asking others about a comment, while nobody waits."""

import datetime
import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from comments import announcing
from comments.models import Comment, DiscussionSettings
from comments.models.comment import lock
from comments.spam import akismet

logger = logging.getLogger(__name__)

# After a failure: minutes until the next try. After the last, the blog's own verdict stands.
WAITS = (1, 5, 30)
MOST_REPORTS = 500  # of one decision


@task(priority=5)
def ask_akismet(comment_id, publish, tries=0):
    """Ask Akismet about a comment that waits; with `publish`, the blog's own rules let it pass.

    It only ever holds: what it does not take for spam stands as the blog's own rules say.
    """
    comment = Comment.objects.waiting().select_related("post").filter(pk=comment_id).first()
    if comment is None:
        return
    try:
        is_spam = akismet.takes_for_spam(comment, DiscussionSettings.load().akismet_key)
    except (OSError, ValueError) as error:
        logger.warning("Akismet gave no verdict: %s", type(error).__name__)
        if tries < len(WAITS):
            later = ask_akismet.using(run_after=timezone.now() + datetime.timedelta(minutes=WAITS[tries]))
            later.enqueue(comment_id, publish, tries + 1)
            return
        is_spam = False
    with transaction.atomic():
        lock([comment.post_id])
        comment = Comment.objects.waiting().filter(pk=comment_id).first()
        if comment is None:  # a moderator was quicker
            return
        if is_spam:
            comment.looks_like_spam = True
            comment.held_for = " ".join(dict.fromkeys(["spam", *comment.held_for.split()]))
            comment.reason = f"{_('Akismet takes it for spam.')} {comment.reason}"[:300]
        elif publish and comment.edited_at is None:  # other words are another question
            comment.status, comment.reason = Comment.Status.APPROVED, ""
        comment.save()
        announcing.came_in(comment)


@task(priority=-10)
def tell_akismet(comment_id, is_spam, tries=0):
    """Tell Akismet what a moderator decided on a comment, unless somebody decided otherwise since."""
    said = Comment.Status.SPAM if is_spam else Comment.Status.APPROVED
    comment = Comment.objects.filter(status=said).select_related("post").filter(pk=comment_id).first()
    key = DiscussionSettings.load().akismet_key
    if comment is None or not key:
        return
    try:
        akismet.report(comment, key, is_spam=is_spam)
    except (OSError, ValueError) as error:
        logger.warning("Akismet did not take a report: %s", type(error).__name__)
        if tries < len(WAITS):
            later = tell_akismet.using(run_after=timezone.now() + datetime.timedelta(minutes=WAITS[tries]))
            later.enqueue(comment_id, is_spam, tries + 1)


def report(changes: dict) -> None:
    """Have Akismet told of decisions, {comment id: (status before, status now)}, where it was or may have been wrong.

    Only of what it was asked about: of comments whose IP address is known still.
    """
    if not DiscussionSettings.load().akismet_key:
        return
    judged = Comment.objects.filter(pk__in=list(changes)[:MOST_REPORTS], user=None).exclude(ip=None)
    for pk, looked_like_spam in judged.values_list("pk", "looks_like_spam"):
        before, now = changes[pk]
        if now == Comment.Status.SPAM or (
            now == Comment.Status.APPROVED and (before == Comment.Status.SPAM or looked_like_spam)
        ):
            is_spam = now == Comment.Status.SPAM
            transaction.on_commit(lambda pk=pk, is_spam=is_spam: tell_akismet.enqueue(pk, is_spam), robust=True)
