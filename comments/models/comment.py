"""What readers answer."""

from collections import defaultdict

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog import pagecache
from blog.models import Post
from comments import rendering, threads

from .avatar import BATCH, Avatar


class CommentQuerySet(models.QuerySet):
    def approved(self):
        """What everybody may read."""
        return self.filter(status=Comment.Status.APPROVED)

    def waiting(self):
        return self.filter(status=Comment.Status.PENDING)

    def update(self, **values):
        """Update, and remember when: an approval changes what readers see as much as a new comment does."""
        return super().update(**{"changed_at": timezone.now(), **values})

    def add_many(self, comments):
        """Keep many new comments with all that `Comment.save` gives each, in a few queries.

        A comment's parent may be one of them. One that brings its own id keeps it.
        """
        faces = Avatar.of_many({comment.email for comment in comments})
        for comment in comments:
            comment.render()
            comment.avatar = faces.get(comment.email)
        parents, numbered = [comment.parent for comment in comments], all(comment.pk for comment in comments)
        with transaction.atomic():
            if not numbered:  # a path needs the ids, which the database gives
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
            if numbered:
                self.bulk_create(comments, BATCH)
            else:
                self.bulk_update(comments, ["parent", "path"], BATCH)


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

    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), related_name="comments")
    parent = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("in reply to"), null=True, blank=True, related_name="replies"
    )
    # Where it stands in the conversation; written once, see `comments.threads`.
    path = models.CharField(max_length=threads.PATH_LENGTH, editable=False, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.COMMENT, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    # Why it waits, in words, for the moderator.
    reason = models.CharField(_("why it waits"), max_length=300, blank=True, editable=False)
    looks_like_spam = models.BooleanField(_("looks like spam"), default=False, editable=False)
    # What the filter thought when it came in: from 0 to 1. Empty where it was not asked.
    spam_probability = models.FloatField(_("likely spam"), null=True, blank=True, editable=False)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="comments"
    )
    name = models.CharField(_("name"), max_length=245)
    email = models.EmailField(_("e-mail"), blank=True)
    url = models.URLField(_("website"), max_length=500, blank=True)
    avatar = models.ForeignKey(Avatar, models.SET_NULL, null=True, blank=True, editable=False)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True, editable=False)
    user_agent = models.CharField(max_length=300, blank=True, editable=False)

    body = models.TextField(_("text"))
    html = models.TextField(editable=False, blank=True)
    renderer_version = models.PositiveSmallIntegerField(editable=False, default=0)
    created_at = models.DateTimeField(_("date"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    wordpress_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["post", "status", "path"], name="comment_reading_order"),
            models.Index(fields=["status", "-created_at"], name="comment_queue"),
            models.Index(fields=["email", "status"], name="comment_by_email"),
            models.Index(fields=["ip", "-created_at"], name="comment_by_ip"),
        ]
        # Of its post alone: two blogs that moved in may each have had a comment 7.
        constraints = [models.UniqueConstraint(fields=["post", "wordpress_id"], name="comment_imported_once")]
        permissions = [("erase_people", _("Can export and erase what is kept about a person"))]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self):
        return _("%(name)s on “%(post)s”") % {"name": self.name, "post": self.post}

    def save(self, *args, **kwargs):
        """Keep the comment with what follows from it: its HTML, its avatar and, the first time, its place."""
        self.render()
        self.avatar = Avatar.of(self.email)
        with transaction.atomic(), pagecache.writing("comments_comment", [self.post_id]):
            super().save(*args, **kwargs)
            if not self.path:
                self.path = self.own_path()
                super().save(update_fields=["path"])

    def render(self):
        """Bring `html` up to date with `body`."""
        self.html, self.renderer_version = rendering.render(self.body), rendering.VERSION

    def own_path(self):
        """Return its place in the conversation, once it and its parent have been stored."""
        return threads.path(self.parent.path if self.parent else "", self.pk, self.created_at)

    def get_absolute_url(self):
        return f"{self.post.get_absolute_url()}#comment-{self.pk}"

    @property
    def guid(self):
        """A feed id that never changes: for a comment that came from WordPress, the one its feed had there."""
        number = f"comment-{self.wordpress_id}" if self.wordpress_id else f"reply-{self.pk}"
        return f"{self.post.guid}#{number}"
