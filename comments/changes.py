"""Second thoughts: those who wrote a comment change it, or take it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Post
from comments import announcing, moderation, submission
from comments.decisions import decide
from comments.models import Comment

# What a moderator removed is not its writer's any more.
CHANGEABLE = (Comment.Status.APPROVED, Comment.Status.PENDING)


class Removed(Exception):
    """The comment is gone: nothing was changed."""


@transaction.atomic
def change(comment: Comment, body: str) -> Comment:
    """Give a comment other words, and judge them anew: it may have to wait again, and never stops waiting by this.

    Raises `Removed`.
    """
    Post.objects.select_for_update().get(pk=comment.post_id)
    comment = Comment.objects.select_related("post").select_for_update(of=("self",)).get(pk=comment.pk)
    if comment.status not in CHANGEABLE:
        raise Removed
    if comment.body == body:
        return comment
    comment.body, comment.edited_at = body, timezone.now()
    verdict = moderation.judge(submission.facts_of(comment))
    new = [reason for reason in verdict.reasons if reason not in comment.reason]
    if new and not verdict.approved:
        comment.reason = " ".join([comment.reason, *new]).strip()[: submission.MOST_REASONS]
        causes = [*comment.held_for.split(), *verdict.causes]
        comment.held_for = " ".join(dict.fromkeys(causes))
        comment.status, was = Comment.Status.PENDING, comment.status
        if verdict.blocked:
            comment.status, comment.looks_like_spam = Comment.Status.SPAM, True
        elif was == Comment.Status.APPROVED:
            announcing.came_in(comment)
    comment.save()
    return comment


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Take a comment back. Its moderators still find it in the trash; readers see a tombstone where it has replies.

    Raises `Removed`.
    """
    own = Comment.objects.filter(pk=comment.pk, status__in=CHANGEABLE)
    if not decide(own, Comment.Status.TRASH).count:
        raise Removed
    Comment.objects.filter(pk=comment.pk).update(reason=_("Whoever wrote it took it back."))
