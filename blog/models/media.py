"""Pictures and files that posts show or link to."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.rendering import File, Picture, Variant


def dated_path(media, filename):
    """`2011/10/name.jpg`, as in WordPress; a file that came from there keeps its own folder."""
    folder = PurePosixPath(media.legacy_path).parent if media.legacy_path else f"{media.uploaded_at:%Y/%m}"
    return f"{folder}/{filename}"


def original_of(path):
    """Return the path of the upload that WordPress made `name-300x200.jpg`, `name-scaled.jpg`… from."""
    return re.sub(r"-(?:\d+x\d+|scaled|rotated|e\d{10,})(?=\.\w+$)", "", path)


class Media(models.Model):
    """An uploaded file. A picture has a width and a height; anything else has neither."""

    file = models.FileField(_("file"), upload_to=dated_path, max_length=300)
    title = models.CharField(_("title"), max_length=200, blank=True)
    alt = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    content_type = models.CharField(_("type"), max_length=100, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False, help_text=_("In bytes."))
    focal_x = models.FloatField(default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)])
    focal_y = models.FloatField(default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)])
    # Smaller copies made by the task worker: [{"type": "image/avif", "width": 800, "height": 533, "path": "…"}]
    variants = models.JSONField(default=list, blank=True, editable=False)
    # `2011/10/name.jpg` below /wp-content/uploads/ where the file came from WordPress.
    legacy_path = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)
    wordpress_id = models.PositiveBigIntegerField(null=True, blank=True, unique=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("media file")
        verbose_name_plural = _("media")

    def __str__(self):
        return self.title or self.file.name

    @classmethod
    def find(cls, address):
        """Return the `rendering.Picture` or `rendering.File` that an address in a text means, or None.

        `address` is a path below MEDIA_URL, here or at SITE_URL, or a WordPress upload address of any host; that of
        a resized copy (`name-300x200.jpg`, `name-scaled.jpg`) means its original.
        """
        path = address.removeprefix(settings.SITE_URL)
        if "%00" in path:  # which no PostgreSQL text can hold
            media = None
        elif path.startswith(settings.MEDIA_URL):
            media = cls.objects.filter(file=unquote(path.removeprefix(settings.MEDIA_URL))).first()
        elif "/uploads/" in path:
            media = cls.at_legacy_address(path)
        elif attachment := re.fullmatch(r"/\?attachment_id=(\d{1,18})", path):
            media = cls.objects.filter(wordpress_id=attachment[1]).first()
        else:
            media = None
        return media and (media.as_picture() if media.is_picture else media.as_file())

    @classmethod
    def at_legacy_address(cls, address):
        """Return what a text means by an upload's `address` (with or without a host), or None.

        Two blogs that moved in may each have had a `2011/10/cat.jpg`: the later one's stands below its host's name.
        """
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        path = unquote(parts.path).partition("/uploads/")[2]
        return (parts.hostname and cls.at_legacy_path(f"{parts.hostname}/{path}")) or cls.at_legacy_path(path)

    @classmethod
    def at_legacy_path(cls, path):
        """Return what stood at `path` below WordPress's uploads folder, or the original of that resized copy."""
        found = {media.legacy_path: media for media in cls.objects.filter(legacy_path__in=[path, original_of(path)])}
        return found.get(path) or found.get(original_of(path))

    def as_picture(self):
        storage = self.file.storage
        return Picture(
            media_id=self.pk,
            url=self.file.url,
            width=self.width,
            height=self.height,
            type=self.content_type,
            alt=self.alt,
            caption=self.caption,
            focal_x=self.focal_x,
            focal_y=self.focal_y,
            variants=tuple(
                Variant(type=variant["type"], width=variant["width"], url=storage.url(variant["path"]))
                for variant in self.variants
            ),
        )

    def as_file(self):
        return File(media_id=self.pk, url=self.file.url, content_type=self.content_type, title=self.title)

    def delete(self, *args, **kwargs):
        """Delete the row and, once that is certain, its files."""
        names = [self.file.name, *(variant["path"] for variant in self.variants)]
        storage = self.file.storage
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(lambda: [storage.delete(name) for name in names])
        return deleted

    @property
    def absolute_url(self):
        return urljoin(settings.SITE_URL, self.file.url)

    @property
    def is_picture(self):
        return self.width is not None
