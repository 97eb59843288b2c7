"""What moderators decided, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .comment import Comment


class Decision(models.Model):
    """That comments were given a status, and which each had before."""

    # Empty where it came by a link in a mail, or from whoever wrote the comment.
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=Comment.Status)
    before = models.JSONField(default=dict)  # {comment id: its status before}
    # The reply that an approval came with: undone, both go.
    reply = models.ForeignKey(Comment, models.SET_NULL, null=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["moderator", "-made_at"], name="decision_of_moderator")]

    def __str__(self):
        return f"{self.status}: {self.count}"
