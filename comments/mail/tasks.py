"""Sending. Mail that is down holds up nobody: what could not be sent is tried again, later and later."""

import datetime
import logging

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from blog.models import User
from comments import subscriptions
from comments.mail import letters
from comments.models import Comment, DiscussionSettings

logger = logging.getLogger(__name__)

# After a failure: minutes until the next try. After the last, the task is kept as failed, for the author to see.
WAITS = (1, 10, 60, 6 * 60, 24 * 60)
DIGEST_HOUR = 8  # local time
IN_DIGEST = 50  # comments


@task(priority=10)
def deliver(letter: dict, tries: int = 0):
    """Send a mail that `letters` made; when that fails, try again later."""
    message = EmailMultiAlternatives(letter["subject"], letter["text"], to=[letter["to"]], headers=letter["headers"])
    message.attach_alternative(letter["html"], "text/html")
    try:
        message.send()
    except Exception as error:
        # Whatever the backend raises: an answer of the server, a name that is not found, a connection that breaks.
        if tries >= len(WAITS):
            raise
        logger.warning("A mail could not be sent and will be tried again: %s", type(error).__name__)
        later = deliver.using(run_after=timezone.now() + datetime.timedelta(minutes=WAITS[tries]))
        later.enqueue(letter, tries + 1)


def told_by_mail(post) -> list[str]:
    """Return the addresses that hear of comments on `post`: its author's, or else the administrators'."""
    author = post.author
    if author.is_active and author.is_staff and author.email:
        return [author.email]
    administrators = User.objects.filter(is_superuser=True, is_active=True).exclude(email="")
    return list(administrators.values_list("email", flat=True))


@task()
def tell_author(comment_id):
    """Tell whoever looks after the post of a new comment, as the discussion settings say."""
    comment = Comment.objects.select_related("post__author", "user").filter(pk=comment_id).first()
    if comment is None or comment.looks_like_spam:
        return
    notices, waits = DiscussionSettings.load().notices, comment.status == Comment.Status.PENDING
    published = comment.status == Comment.Status.APPROVED
    if notices == DiscussionSettings.Notices.DAILY and waits:
        plan_digest()
    elif (notices == "waiting" and waits) or (notices == "all" and (waits or published)):
        own = comment.user.email if comment.user else ""
        for address in told_by_mail(comment.post):
            if address != own:
                deliver.enqueue(letters.to_author(comment, address))


def plan_digest():
    """Have the digest sent at the next DIGEST_HOUR; planning it twice sends it once."""
    now = timezone.localtime()
    moment = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if moment <= now:
        moment += datetime.timedelta(days=1)
    send_digest.using(run_after=moment).enqueue(moment.date().isoformat())


@task()
def send_digest(day):
    """Send each author one mail about what waits below their posts. `day`: for which it was planned."""
    with transaction.atomic():
        # Of several that were planned for one day, the first does it.
        discussion = DiscussionSettings.objects.select_for_update().filter(pk=1).first()
        if discussion is None or discussion.digest_sent_on == datetime.date.fromisoformat(day):
            return
        DiscussionSettings.objects.filter(pk=1).update(digest_sent_on=day)
        waiting = {}
        for comment in Comment.objects.waiting().filter(looks_like_spam=False).select_related("post__author"):
            for address in told_by_mail(comment.post):
                waiting.setdefault(address, []).append(comment)
        for address, comments in waiting.items():
            deliver.enqueue(letters.digest(comments[:IN_DIGEST], len(comments), address))


@task()
def tell_followers(comment_id):
    """A comment was published: ask its commenter whether they want replies, and tell those who follow."""
    comment = Comment.objects.approved().select_related("post", "parent").filter(pk=comment_id).first()
    if comment is None or not comment.post.is_live:
        return
    with transaction.atomic():  # a follower is marked as told and their mail queued, or neither
        if asked := subscriptions.to_be_asked(comment):
            deliver.enqueue(letters.confirmation(asked))
        for subscription in subscriptions.to_be_told(comment):
            deliver.enqueue(letters.reply(comment, subscription))
