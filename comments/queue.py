"""What the moderators' queue shows beside the comments themselves, in a few queries whatever its length."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Lower

from comments.models import Comment
from comments.moderation import CAUSES


@dataclass(frozen=True)
class Record:
    """What became of the other comments that were given with the same e-mail address."""

    approved: int = 0
    spam: int = 0


def counts() -> dict[str, int]:
    """Return how many comments there are of each status, by one query that reads an index alone."""
    rows = Comment.objects.order_by().values_list("status").annotate(count=Count("pk"))
    return {**dict.fromkeys(Comment.Status.values, 0), **dict(rows)}


def combinations() -> dict[str, int]:
    """Return how many comments wait for each combination of causes: {"first links": 3}."""
    return dict(Comment.objects.waiting().order_by().values_list("held_for").annotate(count=Count("pk")))


def by_cause(combined: dict[str, int]) -> dict[str, int]:
    """Return how many wait for each of CAUSES, from `combinations`. One that waits for two counts for both."""
    total = Counter()
    for held_for, count in combined.items():
        total.update(dict.fromkeys(held_for.split(), count))
    return {cause: total[cause] for cause in CAUSES if total[cause]}


def with_records(comments: list) -> list:
    """Return `comments`, each with its writer's `record`: None where there is no address to tell by."""
    emails = {comment.email for comment in comments if comment.email}
    judged = Comment.objects.by_address(*sorted(emails)).filter(status__in=["approved", "spam"]).order_by()
    counted = {}
    if emails:
        rows = judged.values_list(Lower("email"), "status").annotate(count=Count("pk"))
        counted = {(email, status): count for email, status, count in rows}
    for comment in comments:
        found = {
            status: counted.get((comment.email.lower(), status), 0) - (comment.status == status)
            for status in ("approved", "spam")
        }
        comment.record = Record(**found) if comment.email else None
    return comments
