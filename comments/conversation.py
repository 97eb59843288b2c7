"""The conversation below a post, as one visitor reads it: a page of it, in a few queries whatever its length."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse

from blog import pagecache
from comments import avatars, links, mentions, threads, waiting
from comments.models import Comment, DiscussionSettings, Voice
from comments.models.comment import page_address

MOST_NAMES, MOST_SPOKEN = 60, 3000  # that the mentions of one page are looked for among
ORDERS = {"newest": True, "oldest": False}  # in an address: ?comments=newest


@dataclass
class Conversation:
    post: object
    comments: list  # of this page, in reading order
    nodes: list  # the same as `threads.Node`s
    total: int  # comments on all pages
    page: object  # of django.core.paginator
    newest_first: bool
    in_own_order: bool  # as the site shows it, not as this reader asked

    def address(self, number):
        """Return where a page of this conversation is, in the order the reader chose."""
        return page_address(self.post, number) + ("" if self.in_own_order else f"?comments={self.order}")

    def weigh(self):
        """Return roughly how many bytes of memory it takes."""
        return sum(2 * len(comment.html) + 4000 for comment in self.comments)

    @property
    def order(self):
        return "newest" if self.newest_first else "oldest"

    @property
    def other_order(self):
        """Return where the reader gets it the other way round."""
        order = "oldest" if self.newest_first else "newest"
        return self.post.get_absolute_url() + (f"?comments={order}" if self.in_own_order else "") + "#comments"

    @property
    def numbers(self):
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)


def conversation(request, post, number=1):
    """Return the page `number` of what `request`'s visitor may read below `post`; read once for one answer."""
    if not hasattr(request, "conversation"):
        discussion = DiscussionSettings.current()
        request.shows_gravatars = discussion.avatars == DiscussionSettings.Avatars.DIRECT
        newest_first = ORDERS.get(request.GET.get("comments"), discussion.newest_first)
        own = waiting.read(request)

        def make():
            return read(post, seen_by(request, post), number, newest_first, discussion)

        if own:
            request.conversation = make()
            changeable = waiting.changeable(request, discussion.edit_minutes)
            for comment in request.conversation.comments:
                comment.may_be_changed = comment.pk in changeable
        else:
            key = ("conversation", post.pk, number, newest_first)
            request.conversation = pagecache.kept(key, make, of=(post, discussion), weigh=Conversation.weigh)
    return request.conversation


def seen_by(request, post):
    """What everybody may read below `post`, and of the visitor's own what waits."""
    own = waiting.read(request)
    if not own:
        return post.comments.approved()
    return post.comments.filter(Q(status=Comment.Status.APPROVED) | Q(pk__in=own, status=Comment.Status.PENDING))


def place(comment, seen):
    """Note on which page of what is `seen` a comment stands, for its permalink."""
    discussion = DiscussionSettings.current()
    earlier = seen.before(comment.path, newest_first=discussion.newest_first).count()
    comment.page = earlier // discussion.per_page + 1
    return comment


def read(post, seen, number, newest_first, discussion):
    """Return a page of the comments `seen`."""
    start = max(0, number - 1) * discussion.per_page
    with pagecache.reading("comments_comment", post.pk):
        rows = seen.in_reading_order(newest_first=newest_first)
        shown = rows.select_related("avatar", "voice").defer("body", "ip", "user_agent", "reason")
        if start:
            # From the one before: what it shares with this page was shown there. The ids first, so that the database
            # walks to a late page in its index and not through the texts.
            ids = list(rows.values_list("pk", flat=True)[start - 1 : start + discussion.per_page + 1])
            comments = list(shown.filter(pk__in=ids))
        else:
            comments = list(shown[: discussion.per_page + 1])
        before = comments.pop(0).path if start and comments else ""
        is_last = len(comments) <= discussion.per_page
        total = start + len(comments) if is_last and (comments or not start) else seen.count()
        comments = comments[: discussion.per_page]
        by_id = {comment.pk: comment for comment in comments}
        elsewhere = {comment.parent_id for comment in comments} - {None, *by_id}
        if elsewhere and total > len(comments):
            parents = seen.filter(pk__in=elsewhere).with_pages().only("name", "path", "post", "status")
            by_id = {parent.pk: parent for parent in parents} | by_id
    for comment in comments:
        comment.answered = by_id.get(comment.parent_id)
        comment.avatar_url = avatar_url(comment, discussion)
        comment.elsewhere = elsewhere_of(comment)
        comment.is_by_author = comment.user_id is not None and comment.user_id == post.author_id
    link_mentions(comments, seen, post, total)
    here = {comment.pk for comment in comments}
    in_own_order = newest_first == discussion.newest_first
    for comment in by_id.values():
        # A reader's own order has other pages: its comments are linked where everybody finds them.
        comment.post, comment.is_waiting = post, comment.status == Comment.Status.PENDING
        comment.own_address = f"#comment-{comment.pk}" if in_own_order else address_of(post, comment.pk)
        comment.address = f"#comment-{comment.pk}" if comment.pk in here else comment.get_absolute_url()
    return Conversation(
        post=post,
        comments=comments,
        nodes=threads.arrange(comments, after=before, newest_first=newest_first),
        total=total,
        page=Paginator(range(total), discussion.per_page).get_page(number),
        newest_first=newest_first,
        in_own_order=in_own_order,
    )


def link_mentions(comments, seen, post, total):
    """Have `@Name` in the `html` of each of `comments` lead to the nearest earlier comment of whom it means.

    Where a page holds the whole conversation, nobody has to be looked for.
    """
    talking = [comment for comment in comments if "@" in comment.html]
    if not talking:
        return
    others = comments
    if total > len(comments):
        wanted = Q()
        for name in sorted(set().union(*(mentions.first_words(comment.html) for comment in talking)))[:MOST_NAMES]:
            wanted |= Q(folded_name=name) | Q(folded_name__startswith=f"{name} ")
        with pagecache.reading("comments_comment", post.pk):
            found = seen.filter(wanted).only("folded_name", "created_at")
            others = list(found.order_by("-created_at", "-pk")[:MOST_SPOKEN]) if wanted else []
    here = {comment.pk for comment in comments}
    spoken = [mentions.Spoken(other.folded_name, (other.created_at, other.pk), other) for other in others]

    def address(comment):
        return f"#comment-{comment.pk}" if comment.pk in here else address_of(post, comment.pk)

    for comment in talking:
        comment.html = mentions.link(comment.html, (comment.created_at, comment.pk), spoken, address)


def elsewhere_of(comment):
    """Return where a comment that was not written here stands, and what it does there; None for one written here."""
    if comment.kind == Comment.Kind.COMMENT:
        return None
    voice = getattr(comment, "voice", None)  # a pingback that moved in from WordPress has none
    source = voice.source if voice else comment.url
    return {
        "source": source,
        "host": links.host_of(source),
        "gesture": voice.gesture if voice else Voice.Gesture.MENTION,
        "words": (voice.get_gesture_display() if voice else Voice.Gesture.MENTION.label),
        "date": (voice and voice.published_at) or comment.created_at,
    }


def address_of(post, comment_id):
    """Return the path that leads to a comment, on whatever page it stands by then."""
    return f"{post.get_absolute_url()}comment-{comment_id}/"


def avatar_url(comment, discussion):
    """Return where the commenter's face is; "" when the author wants none."""
    if discussion.avatars == DiscussionSettings.Avatars.NONE:
        return ""
    if discussion.avatars == DiscussionSettings.Avatars.DIRECT and comment.avatar and comment.avatar.email_hash:
        base = "https://gravatar.com/avatar/"
        return avatars.gravatar_url(
            base, comment.avatar.email_hash, rating=discussion.avatar_rating, default="identicon"
        )
    return reverse("comments:avatar", args=[comment.avatar.key if comment.avatar else "nobody"])
