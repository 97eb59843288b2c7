"""What readers answer."""

from collections import defaultdict

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Coalesce, Lower, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from blog import pagecache
from blog.models import Post
from blog.tasks import update_search
from comments import people, rendering, threads

from .avatar import BATCH, Avatar
from .discussion import DiscussionSettings


def tell_search(posts):
    """Let the worker bring the index up to date with what is said below these posts (keys), once for all that is said
    until it comes: it reads the whole conversation each time."""
    planned = DBTaskResult.objects.filter(task_path=update_search.module_path, status=TaskResultStatus.READY)
    if not planned.filter(args_kwargs={"args": [posts], "kwargs": {}}).exists():
        update_search.enqueue(posts)


class CommentQuerySet(models.QuerySet):
    def approved(self):
        """What everybody may read."""
        return self.filter(status=Comment.Status.APPROVED)

    def waiting(self):
        return self.filter(status=Comment.Status.PENDING)

    def by_address(self, *emails):
        """What was given with one of these e-mail addresses, in capitals or not; an index finds it."""
        wanted = [Lower(models.Value(email)) for email in emails]
        return self.alias(address=Lower("email")).filter(address__in=wanted)

    def update(self, **values):
        """Update, and remember when: an approval changes what readers see as much as a new comment does.

        It changes by what search finds their posts, too.
        """
        if isinstance(values.get("name"), str):
            values["folded_name"] = people.folded(values["name"])
        posts = list(self.order_by().values_list("post", flat=True).distinct()) if "status" in values else []
        count = super().update(**{"changed_at": timezone.now(), **values})
        if posts:
            transaction.on_commit(lambda: tell_search(posts), robust=True)
        return count

    def in_reading_order(self, *, newest_first=False):
        """Each comment after the one it answers; conversations by date."""
        return self.annotate(root=root_of("path")).order_by("-root", "path") if newest_first else self.order_by("path")

    def before(self, path, *, newest_first=False):
        """What stands before `path`, a place or an expression for one, in reading order."""
        if newest_first:
            root = path[: threads.KEY_LENGTH] if isinstance(path, str) else root_of(path)
            return self.annotate(root=root_of("path")).filter(
                models.Q(root__gt=root) | models.Q(root=root, path__lt=path)
            )
        return self.filter(path__lt=path)

    def with_pages(self, *, parents=False):
        """Annotate `page`, the page of its conversation on which each stands, and with `parents` the `parent_page`."""
        discussion = DiscussionSettings.current()
        pages = {"page": page_of("path", discussion)}
        if parents:
            pages["parent_page"] = page_of("parent__path", discussion)
        return self.annotate(**pages)

    def number(self, post_ids):
        """Give a number to each published comment of these posts that has none yet."""
        fresh = list(self.approved().filter(post__in=post_ids, number=None).only("post_id", "number", "created_at"))
        self.bulk_update(numbered(fresh), ["number"], BATCH)

    def add_many(self, comments):
        """Keep many new comments with all that `Comment.save` gives each, in a few queries.

        A comment's parent may be one of them. One that brings its own id keeps it.
        """
        faces = Avatar.of_many({comment.email for comment in comments})
        for comment in comments:
            comment.render()
            comment.avatar = faces.get(comment.email)
        parents, has_ids = [comment.parent for comment in comments], all(comment.pk for comment in comments)
        with transaction.atomic():
            numbered([comment for comment in comments if comment.status == Comment.Status.APPROVED])
            if not has_ids:  # a path needs the ids, which the database gives
                for comment in comments:
                    comment.parent = None
                self.bulk_create(comments, BATCH)
            answers = defaultdict(list)
            for comment, parent in zip(comments, parents, strict=True):
                comment.parent = parent
                answers[comment.parent_id].append(comment)
            line = [comment for comment in comments if comment.parent is None or comment.parent.path]
            while line:
                comment = line.pop()
                comment.path = comment.own_path()
                line += answers[comment.pk]
            if has_ids:
                self.bulk_create(comments, BATCH)
            else:
                self.bulk_update(comments, ["parent", "path"], BATCH)
            approved = {comment.post_id for comment in comments if comment.status == Comment.Status.APPROVED}
            if approved:
                transaction.on_commit(lambda: tell_search(sorted(approved)), robust=True)


def root_of(path):
    return Substr(path, 1, threads.KEY_LENGTH)


def page_of(path, discussion):
    """Return an expression for the page on which `path` (a field's name) stands."""
    outer = models.OuterRef(path)
    earlier = Comment.objects.approved().filter(post=models.OuterRef("post"))
    earlier = earlier.before(outer, newest_first=discussion.newest_first).order_by()
    counted = models.Subquery(earlier.values("post").annotate(count=models.Count("pk")).values("count"))
    return Coalesce(counted, 0) / discussion.per_page + 1


def page_address(post, page):
    """Return the path of a page of the conversation below `post`: WordPress's own, so that its links go on working."""
    return post.get_absolute_url() + (f"comment-page-{page}/" if page > 1 else "")


def lock(post_ids):
    """Let nobody else number, judge or decide below these posts until the transaction ends. Posts are locked before
    comments, everywhere and in one order, so that two never wait for each other."""
    list(Post.objects.select_for_update().filter(pk__in=post_ids).order_by("pk").values_list("pk"))


def numbered(comments):
    """Return `comments`, published and without numbers, with the next ones of their posts, by date.

    A number is given once, when a comment is first published, and never to another: a link that says “17” means the
    same comment for ever, whatever is removed later, and a page shows its numbers without counting the others.
    """
    posts = {comment.post_id for comment in comments}
    lock(posts)
    known = Comment.objects.filter(post__in=posts).exclude(number=None).order_by()
    last = dict(known.values_list("post").annotate(models.Max("number")))
    for comment in sorted(comments, key=lambda comment: (comment.created_at, comment.pk or 0)):
        last[comment.post_id] = comment.number = last.get(comment.post_id, 0) + 1
    return comments


class Comment(models.Model):
    class Status(models.TextChoices):
        PENDING = "pending", _("waiting")
        APPROVED = "approved", _("approved")
        SPAM = "spam", _("spam")
        TRASH = "trash", _("trash")

    class Kind(models.TextChoices):
        COMMENT = "comment", _("comment")
        PINGBACK = "pingback", _("pingback")
        TRACKBACK = "trackback", _("trackback")
        WEBMENTION = "webmention", _("webmention")

    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), related_name="comments")
    parent = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("in reply to"), null=True, blank=True, related_name="replies"
    )
    # Where it stands in the conversation; written once, see `comments.threads`.
    path = models.CharField(max_length=threads.PATH_LENGTH, editable=False, blank=True)
    # Of its post's published comments; given once, see `numbered`.
    number = models.PositiveIntegerField(null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.COMMENT, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    # Why it waits, in words, for the moderator.
    reason = models.CharField(_("why it waits"), max_length=300, blank=True, editable=False)
    # The same in single words of `moderation.CAUSES`, parted by spaces.
    held_for = models.CharField(max_length=60, blank=True, editable=False)
    looks_like_spam = models.BooleanField(_("looks like spam"), default=False, editable=False)
    # What the filter thought when it came in: from 0 to 1. Empty where it was not asked.
    spam_probability = models.FloatField(_("likely spam"), null=True, blank=True, editable=False)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="comments"
    )
    name = models.CharField(_("name"), max_length=245)
    folded_name = models.CharField(max_length=245, editable=False, blank=True)  # how a mention finds it
    email = models.EmailField(_("e-mail"), blank=True)
    url = models.URLField(_("website"), max_length=500, blank=True)
    avatar = models.ForeignKey(Avatar, models.SET_NULL, null=True, blank=True, editable=False)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True, editable=False)
    user_agent = models.CharField(max_length=300, blank=True, editable=False)

    body = models.TextField(_("text"))
    html = models.TextField(editable=False, blank=True)
    renderer_version = models.PositiveSmallIntegerField(editable=False, default=0)
    created_at = models.DateTimeField(_("date"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)  # by whoever wrote it
    decided_at = models.DateTimeField(null=True, editable=False)  # by a moderator, or undone
    changed_at = models.DateTimeField(auto_now=True)
    wordpress_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["post", "status", "path"], name="comment_reading_order"),
            models.Index(fields=["post", "folded_name"], name="comment_by_name"),
            models.Index(fields=["status", "-created_at", "-id"], name="comment_queue"),
            # A page's ids are found in these without a look at the comments themselves.
            models.Index(fields=["status", "held_for", "-created_at", "-id"], name="comment_held_for"),
            models.Index(fields=["kind", "status", "-created_at", "-id"], name="comment_by_kind"),
            models.Index(fields=["-created_at", "-id"], name="comment_by_date"),
            models.Index(Lower("email"), "status", name="comment_by_email"),
            models.Index(fields=["ip", "-created_at"], name="comment_by_ip"),
        ]
        # Of its post alone: two blogs that moved in may each have had a comment 7.
        constraints = [
            models.UniqueConstraint(fields=["post", "wordpress_id"], name="comment_imported_once"),
            models.UniqueConstraint(fields=["post", "number"], name="comment_numbered_once"),
        ]
        permissions = [("erase_people", _("Can export and erase what is kept about a person"))]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self):
        return _("%(name)s on “%(post)s”") % {"name": self.name, "post": self.post}

    def save(self, *args, **kwargs):
        """Keep the comment with what follows from it: its HTML, its avatar and, the first time, its place."""
        is_new = self._state.adding
        self.render()
        if self.email or not (self.avatar and self.avatar.photo):
            self.avatar = Avatar.of(self.email)
        with transaction.atomic(), pagecache.writing("comments_comment", [self.post_id]):
            if self.status == self.Status.APPROVED and self.number is None:
                numbered([self])
            super().save(*args, **kwargs)
            if not self.path:
                self.path = self.own_path()
                super().save(update_fields=["path"])
            if self.status == self.Status.APPROVED or not is_new:
                transaction.on_commit(lambda: tell_search([self.post_id]), robust=True)

    def rerender(self):
        """Render again and keep the result."""
        self.render()
        with pagecache.writing("comments_comment", [self.post_id]):
            kept = {"html": self.html, "renderer_version": self.renderer_version}
            type(self).objects.filter(pk=self.pk).update(**kept)

    def render(self):
        """Bring up to date what follows from the name and the words."""
        self.html, self.renderer_version = rendering.render(self.body, self.post.lang), rendering.VERSION
        self.folded_name = people.folded(self.name)

    def own_path(self):
        """Return its place in the conversation, once it and its parent have been stored."""
        return threads.path(self.parent.path if self.parent else "", self.pk, self.created_at)

    def get_absolute_url(self):
        """The permalink, with the page of the conversation on which it stands."""
        if not hasattr(self, "page"):
            discussion = DiscussionSettings.current()
            earlier = self.post.comments.approved().before(self.path, newest_first=discussion.newest_first).count()
            self.page = earlier // discussion.per_page + 1
        return f"{page_address(self.post, self.page)}#comment-{self.pk}"

    @property
    def guid(self):
        """A feed id that never changes: for a comment that came from WordPress, the one its feed had there."""
        number = f"comment-{self.wordpress_id}" if self.wordpress_id else f"reply-{self.pk}"
        return f"{self.post.guid}#{number}"
