"""Replies by mail, for those who asked and said so twice."""

from django.db.models import Q
from django.utils import timezone

from comments.models import Comment, MutedAddress, Notice, Subscription
from comments.threads import KEY_LENGTH


def ask(comment: Comment) -> None:
    """Note that the commenter wants replies. They are asked by mail when their comment is published, not before."""
    if comment.email and not wants_silence(comment.email):
        Subscription.objects.get_or_create(comment=comment, defaults={"email": comment.email.lower()})


def wants_silence(email: str) -> bool:
    return MutedAddress.objects.filter(email=email.lower()).exists()


def to_be_asked(comment: Comment) -> Subscription | None:
    """Return the subscription whose owner must now be asked, marked as asked; None when there is nobody to ask.

    Whoever confirmed once below the same post is not asked again: this comment's replies are confirmed with it.
    """
    found = Subscription.objects.filter(comment=comment, asked_at=None, confirmed_at=None, muted_at=None).first()
    if found is None or wants_silence(found.email):
        return None
    same = Subscription.objects.filter(email=found.email, comment__post=comment.post, muted_at=None)
    if same.exclude(confirmed_at=None).exists():
        Subscription.objects.filter(pk=found.pk).update(confirmed_at=timezone.now())
        return None
    if same.exclude(asked_at=None).exists():  # one question for each conversation is enough
        return None
    return found if Subscription.objects.filter(pk=found.pk, asked_at=None).update(asked_at=timezone.now()) else None


def confirm(subscription: Subscription, scope: str) -> None:
    """Take a commenter's yes, for all they wrote below this post."""
    same = Subscription.objects.filter(email=subscription.email, comment__post=subscription.comment.post)
    same.filter(confirmed_at=None).update(confirmed_at=timezone.now())
    same.update(scope=scope, muted_at=None)
    MutedAddress.objects.filter(email=subscription.email).delete()


def mute(subscription: Subscription, *, everything: bool = False) -> None:
    """No more mail about this post's comments; with `everything`, about any, ever."""
    same = Subscription.objects.filter(email=subscription.email)
    if not everything:
        same = same.filter(comment__post=subscription.comment.post)
    same.filter(muted_at=None).update(muted_at=timezone.now())
    if everything:
        MutedAddress.objects.get_or_create(email=subscription.email)


def to_be_told(comment: Comment) -> list[Subscription]:
    """Return who must be told of a published comment, one subscription an address, each marked as told."""
    ancestors = [comment.path[:end] for end in range(KEY_LENGTH, len(comment.path), KEY_LENGTH)]
    branch = Q(comment__path__in=ancestors) | Q(comment=comment.parent_id)
    followed = (
        Subscription.objects.filter(comment__post=comment.post, muted_at=None, comment__status=Comment.Status.APPROVED)
        .exclude(confirmed_at=None)
        .exclude(email=comment.email.lower())
        .filter(Q(scope=Subscription.Scope.POST) | branch)
        .select_related("comment__post")
        .order_by("-comment__path")  # the nearest of their comments first
    )
    told = {}
    for subscription in followed:
        if subscription.email in told or subscription.comment_id == comment.pk:
            continue
        told[subscription.email] = subscription
    already = Notice.objects.filter(comment=comment, subscription__email__in=told)
    for email in already.values_list("subscription__email", flat=True):
        told.pop(email, None)
    silent = set(MutedAddress.objects.filter(email__in=told).values_list("email", flat=True))
    chosen = [subscription for email, subscription in told.items() if email not in silent]
    Notice.objects.bulk_create(
        [Notice(subscription=subscription, comment=comment) for subscription in chosen], ignore_conflicts=True
    )
    return chosen
