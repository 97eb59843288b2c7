"""What moderators decide. Every change of a comment's status by a person goes through here, and can be undone."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from blog import pagecache
from comments import announcing, tasks
from comments.models import Comment, Decision
from comments.models.comment import lock
from comments.spam.tasks import report

UNDOABLE = datetime.timedelta(days=1)
BATCH = 500  # ids a statement


@transaction.atomic
def decide(comments, status: Comment.Status, by=None) -> Decision:
    """Give the comments of a queryset a status, with what follows from it; return what was changed, and by whom.

    The spam filter learns from every decision; whoever asked to be told of a comment is told when it is published.
    """
    comments = comments.order_by()
    lock(set(comments.exclude(status=status).values_list("post_id", flat=True)))
    changing = comments.exclude(status=status).select_for_update(of=("self",))
    rows = list(changing.values_list("pk", "post_id", "status"))
    before = {pk: was for pk, _post, was in rows}
    give(before, {post for _pk, post, _was in rows}, status)
    decision = Decision(moderator=by, status=status, before=before, count=len(before))
    if before:
        decision.save()
        follow_up({pk: (was, status) for pk, was in before.items()})
        if status == Comment.Status.APPROVED:
            announcing.published(before)
    return decision


@transaction.atomic
def undo(decision: Decision) -> int:
    """Give each comment of a decision the status it had before; return how many got it back.

    What somebody has decided on since stays as they decided. Nobody is mailed: whoever follows was told when it was
    first published, or will be when it is.
    """
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if not is_undoable(decision):
        return 0
    earlier = defaultdict(list)
    for pk, was in decision.before.items():
        earlier[was].append(int(pk))
    decided = Comment.objects.filter(status=decision.status)
    lock(set(of(decided, [int(pk) for pk in decision.before], "post_id")))
    given_back = {}
    for was, pks in earlier.items():
        posts = dict(of(decided.select_for_update(), pks, "pk", "post_id"))
        give(posts, set(posts.values()), was)
        given_back |= dict.fromkeys(posts, (decision.status, was))
    reply = Comment.objects.filter(pk=decision.reply_id, status=Comment.Status.APPROVED).first()
    if reply:
        give([reply.pk], {reply.post_id}, Comment.Status.TRASH)
    Decision.objects.filter(pk=decision.pk).update(undone_at=timezone.now())
    follow_up(given_back)
    return len(given_back)


def is_undoable(decision: Decision) -> bool:
    return decision.undone_at is None and decision.made_at > timezone.now() - UNDOABLE


def last_of(moderator) -> Decision | None:
    """Return the moderator's newest decision that can be undone."""
    recent = Decision.objects.filter(moderator=moderator, undone_at=None, made_at__gt=timezone.now() - UNDOABLE)
    return recent.order_by("-made_at", "-pk").first()


def give(pks, posts, status):
    """Give comments a status, with what their pages show of it."""
    with pagecache.writing("comments_comment", posts):
        for batch in batches(pks):
            Comment.objects.filter(pk__in=batch).update(status=status, decided_at=timezone.now())
        if status == Comment.Status.APPROVED:
            Comment.objects.number(posts)


def follow_up(changes):
    """Have the spam filters learn from a decision, or from its undoing: {comment id: (status before, status now)}."""
    transaction.on_commit(tasks.learn_spam.enqueue, robust=True)
    report(changes)


def of(comments, pks, *fields):
    """Return values of those of `comments` that are among `pks`, however many these are."""
    for batch in batches(pks):
        yield from comments.filter(pk__in=batch).order_by().values_list(*fields, flat=len(fields) == 1)


def batches(pks):
    pks = list(pks)
    return [pks[start : start + BATCH] for start in range(0, len(pks), BATCH)]
