"""What readers answer."""

import datetime
import secrets
from collections import defaultdict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog import pagecache
from blog.models import Post
from blog.models.site import Singleton
from blog.tasks import update_search
from comments import avatars, rendering, threads, watchlists


def validate_watchlist(text):
    if wrong := watchlists.unusable(text):
        raise ValidationError(_("This is no IP address or range: %(entry)s"), params={"entry": wrong[0][:60]})


class DiscussionSettings(Singleton):
    """The rules of the conversation."""

    class Policy(models.TextChoices):
        EVERYONE_WAITS = "everyone", _("Everyone waits for approval")
        FIRST_TIMERS_WAIT = "first", _("Only newcomers wait for approval")
        NOBODY_WAITS = "nobody", _("Nobody waits")

    class Avatars(models.TextChoices):
        LOCAL = "local", _("Fetched from Gravatar, served from here (private)")
        DIRECT = "direct", _("Loaded from Gravatar by each reader (tells Gravatar who reads you)")
        NONE = "none", _("No avatars")

    class Rating(models.TextChoices):
        G = "g", _("G: for everyone")
        PG = "pg", _("PG: may offend some")
        R = "r", _("R: for adults")
        X = "x", _("X: anything")

    class Notices(models.TextChoices):
        WAITING = "waiting", _("For each comment that waits")
        ALL = "all", _("For each comment")
        DAILY = "daily", _("Once a day, when comments wait")
        NONE = "none", _("Never")

    policy = models.CharField(_("approval"), max_length=10, choices=Policy, default=Policy.FIRST_TIMERS_WAIT)
    most_links = models.PositiveSmallIntegerField(
        _("links without waiting"), default=2, help_text=_("A comment with more links than this waits for approval.")
    )
    held = models.TextField(
        _("what waits"),
        blank=True,
        validators=[validate_watchlist],
        help_text=_(
            "One a line: words (a star for the rest: casino*), an e-mail address, @domain, an IP address or range."
        ),
    )
    blocked = models.TextField(
        _("what is blocked"),
        blank=True,
        validators=[validate_watchlist],
        help_text=_("The same. It goes straight to the spam, where you still find it."),
    )
    trusted = models.TextField(
        _("who never waits"),
        blank=True,
        help_text=_("E-mail addresses, one a line. Anybody can type an address: choose ones that are not public."),
    )
    avatars = models.CharField(_("avatars"), max_length=10, choices=Avatars, default=Avatars.LOCAL)
    avatar_rating = models.CharField(_("highest Gravatar rating"), max_length=2, choices=Rating, default=Rating.G)

    notices = models.CharField(
        _("mail to the author"),
        max_length=10,
        choices=Notices,
        default=Notices.WAITING,
        help_text=_("What looks like spam never sends a mail."),
    )
    address_days = models.PositiveSmallIntegerField(
        _("days that IP addresses are kept"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("They tell spammers apart; afterwards they are erased."),
    )
    privacy_note = models.TextField(
        _("who answers for this site"),
        blank=True,
        help_text=_("Shown on the privacy page: a name, an address, whatever the law where you live wants."),
    )
    digest_sent_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("discussion settings")
        verbose_name_plural = _("discussion settings")

    def __str__(self):
        return str(self._meta.verbose_name)


def new_avatar_key():
    return secrets.token_urlsafe(12)


BATCH = 500  # rows a statement
AVATAR_LIFE = datetime.timedelta(days=7)


class Avatar(models.Model):
    """The face of one e-mail address. The public `key` says nothing about the address."""

    key = models.CharField(max_length=32, unique=True, default=new_avatar_key, editable=False)
    # SHA-256 of the trimmed, lower-case address: how Gravatar names it. Never leaves this table but to Gravatar.
    email_hash = models.CharField(max_length=64, unique=True, editable=False)
    image = models.FileField(upload_to="avatars", blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.key

    @classmethod
    def of(cls, email):
        """Return the avatar of an e-mail address, made if need be; None for no address."""
        if not email:
            return None
        return cls.objects.get_or_create(email_hash=avatars.email_hash(email))[0]

    @classmethod
    def of_many(cls, emails):
        """Return {address: avatar} for many e-mail addresses: `of` in three queries."""
        hashes = {email: avatars.email_hash(email) for email in emails if email}
        cls.objects.bulk_create(
            [cls(email_hash=hashed) for hashed in set(hashes.values())], BATCH, ignore_conflicts=True
        )
        found = cls.objects.in_bulk(set(hashes.values()), field_name="email_hash")
        return {email: found[hashed] for email, hashed in hashes.items()}

    @property
    def is_stale(self):
        return self.fetched_at is None or self.fetched_at < timezone.now() - AVATAR_LIFE


def tell_search(posts):
    """Let the worker bring the index up to date with what is said below these posts (keys)."""
    update_search.enqueue(posts)


class CommentQuerySet(models.QuerySet):
    def approved(self):
        """What everybody may read."""
        return self.filter(status=Comment.Status.APPROVED)

    def waiting(self):
        return self.filter(status=Comment.Status.PENDING)

    def update(self, **values):
        """Update, and remember when: an approval changes what readers see as much as a new comment does.

        It changes by what search finds their posts, too.
        """
        posts = list(self.order_by().values_list("post", flat=True).distinct()) if "status" in values else []
        count = super().update(**{"changed_at": timezone.now(), **values})
        if posts:
            transaction.on_commit(lambda: tell_search(posts), robust=True)
        return count

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
            approved = {comment.post_id for comment in comments if comment.status == Comment.Status.APPROVED}
            if approved:
                transaction.on_commit(lambda: tell_search(sorted(approved)), robust=True)


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
        is_new = self._state.adding
        with transaction.atomic(), pagecache.writing("comments_comment", [self.post_id]):
            super().save(*args, **kwargs)
            if not self.path:
                self.path = self.own_path()
                super().save(update_fields=["path"])
            if self.status == self.Status.APPROVED or not is_new:
                transaction.on_commit(lambda: tell_search([self.post_id]), robust=True)

    def render(self):
        """Bring `html` up to date with `body`."""
        self.html, self.renderer_version = rendering.render(self.body), rendering.VERSION

    def rerender(self):
        """Render again and keep the result."""
        self.render()
        with pagecache.writing("comments_comment", [self.post_id]):
            kept = {"html": self.html, "renderer_version": self.renderer_version}
            type(self).objects.filter(pk=self.pk).update(**kept)

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


class Subscription(models.Model):
    """That a commenter asked for replies by mail. Nothing is sent before they confirmed it, by mail."""

    class Scope(models.TextChoices):
        BRANCH = "branch", _("Replies below my comment")
        POST = "post", _("Every comment on this article")

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="subscription")
    email = models.EmailField()  # in lower case
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.BRANCH)
    asked_at = models.DateTimeField(null=True)  # when the mail that asks for confirmation was sent
    confirmed_at = models.DateTimeField(null=True)
    muted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="subscription_by_email")]

    def __str__(self):
        return f"{self.comment_id}: {self.scope}"


class MutedAddress(models.Model):
    """An address that wants no more mail from this blog about anybody's comments."""

    email = models.EmailField(unique=True)  # in lower case
    muted_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.pk)


class Notice(models.Model):
    """That a follower was told of a comment: they are told once, however often it is approved."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="notices")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "comment"], name="told_once")]

    def __str__(self):
        return f"{self.subscription_id}: {self.comment_id}"


class SpamFilter(Singleton):
    """What `comments.spam` learned from the moderators' decisions. Written by the task worker."""

    weights = models.JSONField(default=dict)
    bias = models.FloatField(default=0)
    threshold = models.FloatField(null=True)  # of the score; NULL while it has too little to go by
    decisions = models.PositiveIntegerField(default=0)
    learned_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.decisions}"
