"""What the spam filter learned."""

from django.db import models

from blog.models.site import Singleton


class SpamFilter(Singleton):
    """What `comments.spam` learned from the moderators' decisions. Written by the task worker."""

    weights = models.JSONField(default=dict)
    bias = models.FloatField(default=0)
    threshold = models.FloatField(null=True)  # of the score; NULL while it has too little to go by
    decisions = models.PositiveIntegerField(default=0)
    learned_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.decisions}"
