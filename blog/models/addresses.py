"""Where posts stood before they stood here."""

from django.db import models

from .post import Post


class FormerAddress(models.Model):
    """An address that leads to a post or page beside its own: its permalink in the blog it moved in from."""

    # Decoded, without the slashes around it: `archives/2011/l’été`.
    path = models.CharField(max_length=500, unique=True)
    post = models.ForeignKey(Post, models.CASCADE, related_name="former_addresses")

    def __str__(self):
        return f"/{self.path}/"
