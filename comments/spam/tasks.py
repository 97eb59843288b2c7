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
            comment.reason = f"{_('Akismet takes it for spam.')} {comment.reason}"[:300]
        elif publish and comment.edited_at is None:  # other words are another question
            comment.status, comment.reason = Comment.Status.APPROVED, ""
        comment.save()
        announcing.came_in(comment)
