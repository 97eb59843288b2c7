"""What moderators decide. Every change of a comment's status by a person goes through here."""

from django.db import transaction

from comments import tasks
from comments.models import Comment


@transaction.atomic
def decide(comments, status: Comment.Status) -> int:
    """Give the comments of a queryset a status, let the spam filter learn from it, return how many there were."""
    count = comments.update(status=status)
    if count:
        transaction.on_commit(tasks.learn_spam.enqueue, robust=True)
    return count
