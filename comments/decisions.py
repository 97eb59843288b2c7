"""What moderators decide. Every change of a comment's status by a person goes through here."""

from django.db import transaction

from blog import pagecache
from comments import announcing, tasks
from comments.models import Comment
from comments.models.comment import lock


@transaction.atomic
def decide(comments, status: Comment.Status) -> int:
    """Give the comments of a queryset a status, with what follows from it; return how many there were.

    The spam filter learns from every decision; whoever asked to be told of a comment is told when it is published.
    """
    lock(set(comments.exclude(status=status).order_by().values_list("post_id", flat=True)))
    changing = dict(comments.exclude(status=status).select_for_update(of=("self",)).values_list("pk", "post_id"))
    with pagecache.writing("comments_comment", set(changing.values())):
        count = comments.update(status=status)
        if status == Comment.Status.APPROVED:
            Comment.objects.number(set(changing.values()))
    if changing:
        transaction.on_commit(tasks.learn_spam.enqueue, robust=True)
    if status == Comment.Status.APPROVED:
        announcing.published(changing)
    return count
