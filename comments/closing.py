"""Until when readers may comment."""

import datetime

from django.utils import timezone


def closes_at(post, discussion):
    """Return the moment when comments on `post` close by themselves, or None. Pages stay open, as in WordPress."""
    if not discussion.close_after_days or post.kind == post.Kind.PAGE or post.published_at is None:
        return None
    return post.published_at + datetime.timedelta(days=discussion.close_after_days)


def is_open(post, discussion) -> bool:
    moment = closes_at(post, discussion)
    return post.comments_open and (moment is None or timezone.now() < moment)
