"""Deleting a post or page: first it is put away, with its comments and revisions, and for 30 days it can come back.

`published()` never holds what is in the trash. What comes back is a draft, at its old address and date: nothing becomes
public because somebody undid a mistake.
"""

import datetime
import logging

from django.db import transaction
from django.utils import timezone

from blog.models import Post

STAYS = datetime.timedelta(days=30)

logger = logging.getLogger(__name__)


def put(post):
    """Put a post in the trash."""
    from blog.tasks import plan_tidying

    post.status, post.trashed_at = Post.Status.TRASH, timezone.now()
    post.save()
    transaction.on_commit(lambda: plan_tidying(), robust=True)


def bring_back(post):
    """Make a draft of a post in the trash."""
    post.status, post.trashed_at = Post.Status.DRAFT, None
    post.save()


def empty():
    """Delete for good what has been in the trash for long enough."""
    for post in Post.objects.trashed().filter(trashed_at__lt=timezone.now() - STAYS):
        logger.info("Deleted for good after %d days in the trash: %s (%s)", STAYS.days, post.title, post.slug)
        post.delete()
