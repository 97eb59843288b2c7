"""Who hears of new comments by mail."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comment import Comment


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
