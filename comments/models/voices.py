"""Answers that stand on other sites (Webmention, pingback), and what this one tells others."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Post

from .comment import Comment

# What the index of a unique address still holds on PostgreSQL.
LONGEST_ADDRESS = 1000  # characters


class Voice(models.Model):
    """Where a comment that was not typed here stands: the page of another site that links to the post."""

    class Gesture(models.TextChoices):
        MENTION = "mention", _("mentions this")
        REPLY = "reply", _("replies")
        LIKE = "like", _("likes this")
        REPOST = "repost", _("passed this on")
        BOOKMARK = "bookmark", _("bookmarked this")

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="voice")
    post = models.ForeignKey(Post, models.CASCADE, related_name="voices")
    source = models.URLField(_("source"), max_length=LONGEST_ADDRESS)
    target = models.URLField(max_length=LONGEST_ADDRESS)
    gesture = models.CharField(max_length=10, choices=Gesture, default=Gesture.MENTION)
    published_at = models.DateTimeField(null=True)  # as its author says
    checked_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)  # since when the source is not there, or does not link any more

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "source"], name="one_voice_a_source")]
        verbose_name = _("voice from elsewhere")
        verbose_name_plural = _("voices from elsewhere")

    def __str__(self):
        return self.source


class SentMention(models.Model):
    """That a post links to a page elsewhere, and what its site made of being told."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        SENT = "sent", _("sent")
        UNHEARD = "unheard", _("takes no mentions")
        FAILED = "failed", _("failed")

    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), related_name="sent_mentions")
    target = models.URLField(_("linked page"), max_length=LONGEST_ADDRESS)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    # The link was taken out of the post; its site is told a last time.
    is_removed = models.BooleanField(_("link taken out"), default=False)
    digest = models.CharField(max_length=64, blank=True)  # of the post as it was when this was last asked for
    note = models.CharField(_("answer"), max_length=300, blank=True)
    told_at = models.DateTimeField(_("when"), null=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["post", "target"], name="one_mention_a_link")]
        verbose_name = _("sent mention")
        verbose_name_plural = _("sent mentions")

    def __str__(self):
        return self.target
