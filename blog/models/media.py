"""Pictures and files that posts show or link to."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def dated_path(media, filename):
    """`2011/10/name.jpg`: WordPress's own folders, so an imported file keeps its path."""
    return f"{media.uploaded_at:%Y/%m}/{filename}"


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
    def find_picture(cls, address):
        """Return the `rendering.Picture` that an `<img src>` in a text means, or None.

        `address` is a path below MEDIA_URL, or a WordPress upload address, absolute or not.
        """
        raise NotImplementedError

    @property
    def absolute_url(self):
        return urljoin(settings.SITE_URL, self.file.url)

    @property
    def is_picture(self):
        return self.width is not None
