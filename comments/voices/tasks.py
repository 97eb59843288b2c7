"""What the worker does for voices from elsewhere: nobody waits while a stranger's server is asked."""

import datetime
import logging

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from blog.models import Post
from comments.models import DiscussionSettings, SentMention
from comments.voices import receiving, sending
from comments.voices.fetching import Refused, Unreachable

logger = logging.getLogger(__name__)

# After a failure: minutes until the next try.
WAITS_TO_LOOK = (5, 60)
WAITS_TO_TELL = (5, 60, 12 * 60)
MOST_WAITING = 1000  # sources to look at; then senders are asked to come back


@task(priority=-5)
def receive(source, target, kind, ip=None, tries=0):
    """Look whether `source` links to `target`, and keep what it says as a comment."""
    try:
        entry = receiving.look(source, target)
    except Refused as refusal:
        logger.info("A mention was not taken in: %s", refusal)
        return
    except Unreachable as trouble:
        logger.info("A mention's source cannot be reached: %s", trouble)
        if tries < len(WAITS_TO_LOOK):
            later = receive.using(run_after=timezone.now() + datetime.timedelta(minutes=WAITS_TO_LOOK[tries]))
            later.enqueue(source, target, kind, ip, tries + 1)
        return
    receiving.take_in(entry, source, target, kind=kind, ip=ip)


def is_busy() -> bool:
    """Whether so much waits to be looked at that more would only wait longer."""
    waiting = DBTaskResult.objects.filter(task_path=receive.module_path, status=TaskResultStatus.READY)
    return waiting.count() >= MOST_WAITING


@task(priority=-5)
def send_mentions(post_id):
    """Tell the sites that a post links to of its publication, its change or its withdrawal."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None or not DiscussionSettings.load().sends_mentions:
        return
    if post.is_scheduled:
        send_mentions.using(run_after=post.published_at).enqueue(post_id)
    if post.is_live or post.sent_mentions.exists():
        for mention in sending.plan(post):
            tell.enqueue(mention.pk)


@task(priority=-5)
def tell(mention_id, tries=0):
    """Tell one page of a link to it; when its server has trouble, try again later."""
    mention = SentMention.objects.select_related("post").filter(pk=mention_id).first()
    if mention is None or mention.status != SentMention.Status.WAITING:
        return
    try:
        sending.send(mention)
    except Unreachable:
        if tries < len(WAITS_TO_TELL):
            later = tell.using(run_after=timezone.now() + datetime.timedelta(minutes=WAITS_TO_TELL[tries]))
            later.enqueue(mention_id, tries + 1)
        else:
            SentMention.objects.filter(pk=mention_id).update(status=SentMention.Status.FAILED)


@task(priority=-5)
def tell_of_deletion(source, targets):
    """A post was deleted: those who heard of it look again, and find it gone."""
    for target in targets:
        try:
            sending.tell(source, target)
        except Unreachable as trouble:
            logger.info("%s", trouble)
