"""What a text was before: each save, and what is being written and not yet saved."""

import hashlib
import zlib

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .post import Post


class CompressedTextField(models.BinaryField):
    """Text that is kept to be read again, never to be searched: a third of its size in the database."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else zlib.decompress(value).decode()

    def get_prep_value(self, value):
        return zlib.compress(value.encode("utf-8", "replace"))


class Revision(models.Model):
    """The words of a post or page at one moment. `blog.revisions.keeping` writes them and says how long they stay."""

    class Kind(models.TextChoices):
        SAVE = "save", _("saved")
        AUTOSAVE = "autosave", _("not saved")

    # None: a text that was begun and that nobody has saved yet.
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="revisions")
    post_kind = models.CharField(max_length=10, choices=Post.Kind, default=Post.Kind.POST)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SAVE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Which tab writes an autosave: two tabs of one person never write over each other.
    tab = models.CharField(max_length=32, blank=True)

    title = models.TextField(blank=True)
    excerpt = models.TextField(blank=True)
    body = CompressedTextField()
    body_format = models.CharField(max_length=10, choices=Post.Format, default=Post.Format.MARKDOWN)
    digest = models.CharField(max_length=64, blank=True)

    WORDS = ("title", "excerpt", "body", "body_format")

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["post", "kind", "-created_at"], name="revision_of_post"),
            models.Index(fields=["author", "tab"], name="revision_of_tab"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "tab"], condition=models.Q(kind="autosave"), name="one_autosave_per_tab"
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.created_at:%Y-%m-%d %H:%M:%S})"

    def save(self, *args, **kwargs):
        self.digest = digest_of(self)
        super().save(*args, **kwargs)

    @property
    def is_autosave(self):
        return self.kind == self.Kind.AUTOSAVE


def digest_of(text):
    """Return what tells two texts apart without reading them; `text` is a post or a revision."""
    words = "\0".join(str(getattr(text, name)).replace("\r\n", "\n") for name in Revision.WORDS)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
