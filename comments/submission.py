"""The one way a visitor's comment gets in."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Post, User
from comments import announcing, closing, links, moderation, rendering, subscriptions, tasks, watchlists
from comments.clients import network_of
from comments.models import Comment, DiscussionSettings
from comments.spam.features import in_words
from comments.spam.learning import look_at
from comments.spam.tasks import ask_akismet
from comments.turns import turn

WINDOW = datetime.timedelta(minutes=5)  # in which `DiscussionSettings.most_per_address` and `…_network` count
DOUBLE_SUBMIT = datetime.timedelta(hours=1)
MOST_REASONS = 300  # characters
# The same words elsewhere, when they are long enough to be nobody's chance.
REPEATED, SHORTEST = datetime.timedelta(days=1), 25


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


def submit(post: Post, words: dict, visitor: Visitor, doubts=()) -> Comment:
    """Judge and keep a comment. `words` holds validated name, email, url, body and parent (of this post, or None), and
    `notify` where the visitor wants replies by mail. `doubts` says what speaks against the form they came with.

    The same words sent twice (a double click, a reload) are one comment. Raises `Closed` or `TooMany`.
    """
    with turn(), transaction.atomic():
        # One at a time per post, so that of two identical submissions the second sees the first.
        post = Post.objects.select_for_update().get(pk=post.pk)
        discussion = DiscussionSettings.load()
        if not (post.is_live and closing.is_open(post, discussion)):
            raise Closed
        if twin := find_twin(post, words):
            return twin
        if is_flooding(visitor.ip, discussion):
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
        verdict = moderation.judge(facts_of(comment, doubts))
        comment.status = Comment.Status.APPROVED if verdict.approved else Comment.Status.PENDING
        if verdict.blocked:
            comment.status, comment.looks_like_spam = Comment.Status.SPAM, True
        comment.reason, comment.held_for = " ".join(verdict.reasons)[:MOST_REASONS], " ".join(verdict.causes)
        asks_akismet = bool(discussion.akismet_key) and not (verdict.blocked or from_staff(visitor))
        if asks_akismet and verdict.approved:
            comment.status, comment.reason = Comment.Status.PENDING, _("Akismet is being asked.")
        comment.save()
        if words.get("notify"):
            subscriptions.ask(comment)
        tasks.ask_for_avatar(comment)
        if asks_akismet:
            transaction.on_commit(lambda: ask_akismet.enqueue(comment.pk, verdict.approved))
        else:
            announcing.came_in(comment)
    return comment


def is_of(visitor: Visitor, comment: Comment) -> bool:
    """Whether `visitor` may have sent `comment`. The same words sent twice are one comment, whoever sends them second;
    but it stays the first one's. Words that nobody has read yet are known to their writer alone, wherever they are by
    now."""
    is_unread = comment.status == Comment.Status.PENDING and comment.decided_at is None
    return visitor.user == comment.user and (is_unread or visitor.ip == comment.ip)


def from_staff(visitor):
    return bool(visitor.user and visitor.user.is_staff)


def find_twin(post, words):
    recent = post.comments.by_address(words["email"]).filter(created_at__gte=timezone.now() - DOUBLE_SUBMIT)
    return recent.filter(**{name: words[name] for name in ("parent", "name", "email", "body")}).first()


def is_flooding(ip, discussion):
    """Whether too much came lately from an address or its network."""
    if ip is None:
        return False
    counts = dict(since(WINDOW).exclude(ip=None).values_list("ip").annotate(Count("pk")))
    network = network_of(ip)
    of_network = sum(count for other, count in counts.items() if network_of(other) == network)
    return counts.get(ip, 0) >= discussion.most_per_address or of_network >= discussion.most_per_network


def since(window):
    """The comments of the last `window`, of any status: the index that the moderators' queue uses finds them."""
    return Comment.objects.filter(status__in=Comment.Status.values, created_at__gte=timezone.now() - window).order_by()


def is_repeated(comment):
    body = comment.body.strip()
    return len(body) >= SHORTEST and since(REPEATED).filter(body=comment.body).exclude(pk=comment.pk).exists()


def facts_of(comment, doubts=()):
    discussion = DiscussionSettings.load()
    is_staff = from_staff(comment)
    # An author who moved in has no rights here, but a name to lose.
    of_the_house = User.objects.filter(Q(is_staff=True) | Q(posts__isnull=False))
    staff_address = of_the_house.filter(email__iexact=comment.email).exists()
    looks = look_at(comment)
    comment.spam_probability, comment.looks_like_spam = round(looks.probability, 3), looks.is_spam
    subject = watchlists.Subject(comment.name, comment.email, comment.url, comment.body, comment.ip)
    html = rendering.render(comment.body)
    doubts = [*doubts, *links.doubts(html)]
    if is_repeated(comment):
        doubts.append(_("The same words came with another comment."))
    known = Comment.objects.approved().by_address(comment.email).filter(name=comment.name)
    return moderation.Facts(
        links=links.count(html),
        doubts=tuple(doubts),
        most_links=discussion.most_links,
        policy=discussion.policy,
        from_staff=is_staff,
        approved_before=known.exists(),
        claims_staff_address=staff_address and not is_staff,
        trusted=comment.email.lower() in watchlists.entries(discussion.trusted.lower()),
        held_by=watchlists.first_match(watchlists.entries(discussion.held), subject),
        blocked_by=watchlists.first_match(watchlists.entries(discussion.blocked), subject),
        spam_signs=tuple(in_words(sign) for sign in looks.reasons) if looks.is_spam else None,
    )
