"""The one way a visitor's comment gets in."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from blog.models import Post, User
from comments import announcing, moderation, subscriptions, tasks, watchlists
from comments.models import Comment, DiscussionSettings
from comments.spam.features import in_words
from comments.spam.learning import look_at

# A conversation in full swing stays below this; a script does not.
MOST_PER_ADDRESS, WINDOW = 30, datetime.timedelta(minutes=5)
DOUBLE_SUBMIT = datetime.timedelta(hours=1)


class Refused(Exception):
    """The comment was not taken in: nothing is stored, and the visitor's words go back to them."""


class Closed(Refused):
    """Nobody may comment on this post any more."""


class TooMany(Refused):
    """Too many comments came from this address; `retry_after` seconds later it may try again."""

    retry_after = int(WINDOW.total_seconds())


@dataclass(frozen=True)
class Visitor:
    """Who sends a comment, as far as the request tells."""

    ip: str | None = None
    user_agent: str = ""
    user: User | None = None  # logged in


def submit(post: Post, words: dict, visitor: Visitor) -> Comment:
    """Judge and keep a comment. `words` holds validated name, email, url, body and parent (of this post, or None), and
    `notify` where the visitor wants replies by mail.

    The same words sent twice (a double click, a reload) are one comment. Raises `Closed` or `TooMany`.
    """
    with transaction.atomic():
        # One at a time per post, so that of two identical submissions the second sees the first.
        post = Post.objects.select_for_update().get(pk=post.pk)
        if not (post.is_live and post.comments_open):
            raise Closed
        if twin := find_twin(post, words):
            return twin
        if is_flooding(visitor.ip):
            raise TooMany
        comment = Comment(
            post=post,
            parent=words["parent"],
            name=words["name"],
            email=words["email"],
            url=words["url"],
            body=words["body"],
            ip=visitor.ip,
            user_agent=visitor.user_agent[:300],
            user=visitor.user,
        )
        verdict = moderation.judge(facts_of(comment))
        comment.status = Comment.Status.APPROVED if verdict.approved else Comment.Status.PENDING
        if verdict.blocked:
            comment.status, comment.looks_like_spam = Comment.Status.SPAM, True
        comment.reason = " ".join(verdict.reasons)[:300]
        comment.save()
        if words.get("notify"):
            subscriptions.ask(comment)
        tasks.ask_for_avatar(comment)
        announcing.came_in(comment)
    return comment


def find_twin(post, words):
    recent = post.comments.filter(created_at__gte=timezone.now() - DOUBLE_SUBMIT)
    return recent.filter(**{name: words[name] for name in ("parent", "name", "email", "body")}).first()


def is_flooding(ip):
    if ip is None:
        return False
    return Comment.objects.filter(ip=ip, created_at__gte=timezone.now() - WINDOW).count() >= MOST_PER_ADDRESS


def facts_of(comment):
    discussion = DiscussionSettings.load()
    from_staff = bool(comment.user and comment.user.is_staff)
    # An author who moved in has no rights here, but a name to lose.
    of_the_house = User.objects.filter(Q(is_staff=True) | Q(posts__isnull=False))
    staff_address = of_the_house.filter(email__iexact=comment.email).exists()
    looks = look_at(comment)
    comment.spam_probability, comment.looks_like_spam = round(looks.probability, 3), looks.is_spam
    subject = watchlists.Subject(comment.name, comment.email, comment.url, comment.body, comment.ip)
    known = Comment.objects.approved().filter(email__iexact=comment.email, name=comment.name)
    return moderation.Facts(
        links=comment.body.lower().count("http://") + comment.body.lower().count("https://"),
        most_links=discussion.most_links,
        policy=discussion.policy,
        from_staff=from_staff,
        approved_before=known.exists(),
        claims_staff_address=staff_address and not from_staff,
        trusted=comment.email.lower() in watchlists.entries(discussion.trusted.lower()),
        held_by=watchlists.first_match(watchlists.entries(discussion.held), subject),
        blocked_by=watchlists.first_match(watchlists.entries(discussion.blocked), subject),
        spam_signs=tuple(in_words(sign) for sign in looks.reasons) if looks.is_spam else None,
    )
